#include "account/password_rules.h"

#include "account/common.h"
#include "account/pattern.h"
#include "base/text.h"

#include <string>

namespace yifa::account {
namespace {

/// Shorter ids and names stand in passwords by accident.
constexpr std::size_t kShortestId = 3;
constexpr std::size_t kShortestName = 2;

bool holds(std::string_view text, std::string_view part, std::size_t shortest) {
  return text::length(part) >= shortest &&
         text.find(text::lower_ascii(part)) != std::string_view::npos;
}

} // namespace

std::string_view to_string(PasswordFault fault) {
  switch (fault) {
  case PasswordFault::TooShort:
    return "too_short";
  case PasswordFault::TooLong:
    return "too_long";
  case PasswordFault::NotText:
    return "not_text";
  case PasswordFault::Common:
    return "common";
  case PasswordFault::OwnName:
    return "own_name";
  case PasswordFault::Repeated:
    return "repeated";
  case PasswordFault::Run:
    return "run";
  case PasswordFault::PersonalNumber:
    break;
  }
  return "personal_number";
}

std::string_view explain(PasswordFault fault) {
  switch (fault) {
  case PasswordFault::TooShort:
    return "the password needs at least 10 characters";
  case PasswordFault::TooLong:
    return "the password may have at most 256 bytes";
  case PasswordFault::NotText:
    return "the password holds characters that cannot be typed";
  case PasswordFault::Common:
    return "this password is among those that are tried first";
  case PasswordFault::OwnName:
    return "the password must not hold the account's or the person's name";
  case PasswordFault::Repeated:
    return "the password is one short piece over and over";
  case PasswordFault::Run:
    return "the password is little but neighbours on the keyboard or in the alphabet";
  case PasswordFault::PersonalNumber:
    break;
  }
  return "the password is little but a date, a telephone number or an identity number";
}

std::vector<PasswordFault> password_faults(std::string_view password, std::string_view user_id,
                                           std::string_view name) {
  if (password.size() > kMostPasswordBytes) return {PasswordFault::TooLong};
  std::vector<PasswordFault> faults;
  if (!text::valid_utf8(password) || text::has_control(password) ||
      password.find_first_of("\t\n") != std::string_view::npos)
    faults.push_back(PasswordFault::NotText);
  const auto plain = text::lower_ascii(text::to_half_width(password));
  if (text::length(plain) < kLeastPasswordCharacters) faults.push_back(PasswordFault::TooShort);
  if (is_common(plain)) faults.push_back(PasswordFault::Common);
  if (holds(plain, user_id, kShortestId) || holds(plain, name, kShortestName))
    faults.push_back(PasswordFault::OwnName);
  if (is_repeated(plain))
    faults.push_back(PasswordFault::Repeated);
  else if (is_run(plain))
    faults.push_back(PasswordFault::Run);
  if (is_personal_number(plain)) faults.push_back(PasswordFault::PersonalNumber);
  return faults;
}

Status check_password(std::string_view password, std::string_view user_id, std::string_view name,
                      std::string_view where) {
  std::vector<Problem> problems;
  for (auto fault : password_faults(password, user_id, name))
    problems.push_back({std::string(where), std::string(explain(fault)), "", ""});
  if (problems.empty()) return Done{};
  return invalid("this password cannot be used", std::move(problems));
}

} // namespace yifa::account
