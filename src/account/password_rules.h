#pragma once

#include "base/result.h"

#include <cstddef>
#include <string_view>
#include <vector>

/// Which passwords are taken. Length and unknownness count; no kinds of characters are asked for
/// (OWASP ASVS 2.1).
namespace yifa::account {

constexpr std::size_t kLeastPasswordCharacters = 10; ///< code points
constexpr std::size_t kMostPasswordBytes = 256;

enum class PasswordFault {
  TooShort,
  TooLong,
  NotText,  ///< ill-formed UTF-8 or control characters
  Common,   ///< among those tried first (account/common.h)
  OwnName,  ///< holds the account's id or the person's name
  Repeated, ///< account/pattern.h
  Run,
  PersonalNumber,
};

/// A stable word for messages in other languages: "too_short", "common", …
std::string_view to_string(PasswordFault fault);
/// The same as a sentence.
std::string_view explain(PasswordFault fault);

/// Everything that is wrong with it; of one too long only that.
std::vector<PasswordFault> password_faults(std::string_view password, std::string_view user_id,
                                           std::string_view name);

/// Invalid, each fault a problem at `where`; Done when there is none.
Status check_password(std::string_view password, std::string_view user_id, std::string_view name,
                      std::string_view where = "password");

} // namespace yifa::account
