#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yifa::http {

/// What a request line asks for, decoded.
struct Target {
  std::string path; ///< begins with "/"; no empty, "." or ".." segment, no control character
  std::vector<std::pair<std::string, std::string>> query; ///< in order; + is a blank
};

inline constexpr std::size_t kLongestTarget = 8000; ///< bytes as sent

/// Reads "/a/b?c=d" or "http://host/a/b?c=d", of which scheme and host are dropped: Host alone says
/// where a request goes. A path is refused when two readers could take it for different things.
/// Invalid: longer than kLongestTarget, "%" without two hexadecimal digits, a control character or
/// NUL (also when encoded), not UTF-8, "//", a segment "." or "..", a backslash or an encoded slash
/// in the path, a fragment.
Result<Target> parse_target(std::string_view text);

} // namespace yifa::http
