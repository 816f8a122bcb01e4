#pragma once

#include "base/date.h"
#include "crypto/key.h"

#include <string>
#include <string_view>

namespace yifa::service {

/// How long a form may lie open before it is sent.
inline constexpr std::int64_t kFormSeconds = 24 * 60 * 60;

/// A hidden field of a form: a nonce and the time it was made, signed for one purpose. Nothing of
/// it is kept. Unavailable when the random source gives nothing.
Result<std::string> make_form_token(const crypto::Key &key, std::string_view purpose, Moment now);

/// The nonce (hexadecimal) of a token of ours for that purpose that is not too old; else empty.
std::string form_nonce(const crypto::Key &key, std::string_view purpose, std::string_view token,
                       Moment now);

} // namespace yifa::service
