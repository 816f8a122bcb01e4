#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace yifa::http {

/// What a page's form sent (application/x-www-form-urlencoded): the first value of each name.
/// Invalid: more than 40 fields, a bad escape, not UTF-8, a NUL.
Result<std::map<std::string, std::string>> parse_form(std::string_view body);

} // namespace yifa::http
