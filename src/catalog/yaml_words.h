#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What in a YAML file is not what it seems: bytes nobody sees and words other readers take for
/// something else.
namespace yifa::catalog {

/// y, no, On, true, null, ~ in any case.
bool is_truth_word(std::string_view word);

/// What another reader takes an unquoted word for: "a number of base 60" for 12:30; empty if it
/// stays a text (or is plainly true, false or a number).
std::string misread_as(std::string_view word);

/// Control, direction and zero-width characters, and line ends other than LF.
bool is_invisible(char32_t c);

struct ByteFault {
  std::size_t offset = 0;
  std::string message;
};
/// Faults of the bytes themselves, the first twenty: too many, no UTF-8, tabs, control and
/// invisible characters.
std::vector<ByteFault> byte_faults(std::string_view text);

} // namespace yifa::catalog
