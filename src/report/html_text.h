#pragma once

#include <string>
#include <string_view>

namespace yifa::report {

/// Text as it stands inside HTML elements and quoted attributes.
std::string html_escaped(std::string_view text);

} // namespace yifa::report
