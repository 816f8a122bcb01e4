#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace yifa::ooxml {

/// What a number format makes of a number.
struct NumberShape {
  bool date = false;    ///< shows year, month or day
  bool time = false;    ///< shows hours, minutes or seconds
  bool elapsed = false; ///< [h]:mm, which counts past 24
  bool percent = false;
  bool operator==(const NumberShape &) const = default;
};

/// A format code as in styles.xml: yyyy-mm-dd, 0.00%, yyyy"年"m"月"d"日";@ … Only the first section
/// counts. Codes are those of the file, which are English in every language version.
NumberShape shape_of_code(std::string_view code);

/// A built-in format by its id (ECMA-376 §18.8.30, with the date formats 27–36 and 50–58 of the
/// Chinese editions).
NumberShape shape_of_builtin(std::uint32_t id);

/// Fifteen significant digits, as a spreadsheet shows them, without exponent: 12, 0.1, -3.5.
std::string plain_number(double value);

struct DatedText {
  enum class Kind { Number, Date, Moment, Time } kind = Kind::Number;
  std::string text;
};

/// A serial day number in the words of its format: a date, a moment or a time. Number when no day
/// of 1900–9999 is meant (0, negative, 1900-02-29).
DatedText dated_text(double serial, const NumberShape &shape, bool from_1904);

} // namespace yifa::ooxml
