#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

/// Codes that a person reads from paper and types: five bits a character, and no letter that looks
/// like a digit.
namespace yifa::account {

/// So many characters from the system's random source, in groups: "7K2MQ-9XWTB". Unavailable when
/// the source gives nothing.
Result<std::string> new_code(std::size_t characters, std::size_t group);

/// What was typed in the form that is hashed: upper case, half width, without blanks and hyphens, O
/// as 0, I and L as 1. Empty when it holds anything else.
std::string normal_code(std::string_view typed);

} // namespace yifa::account
