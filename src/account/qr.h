#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace yifa::account {

/// The text as a QR code (bytes, error correction M) in one SVG of black on white with its quiet
/// zone: no script, no style, nothing fetched. Invalid when the text is too long for one.
Result<std::string> qr_svg(std::string_view text);

} // namespace yifa::account
