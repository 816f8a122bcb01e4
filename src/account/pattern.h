#pragma once

#include <string_view>

/// What makes a long password easy: nothing in it that had to be found out. All of these look at
/// lower-case, half-width text.
namespace yifa::account {

/// A piece of at most four characters over and over: "aaaaaaaaaa", "abcabcabcabc".
bool is_repeated(std::string_view text);

/// Little but neighbours on the keyboard, in the alphabet or among the digits, in either direction:
/// "1qaz2wsx3edc", "qwertyuiop", "abcdefghij", "9876543210".
bool is_run(std::string_view text);

/// A day of birth, a mobile number or an identity number with little beside it: "lihua19880808".
bool is_personal_number(std::string_view text);

} // namespace yifa::account
