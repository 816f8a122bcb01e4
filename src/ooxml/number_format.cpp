#include "ooxml/number_format.h"

#include "base/date.h"
#include "base/text.h"

#include <cmath>

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

/// The letters of the first section that are not literal text, lower case; [h], [mm], [ss] become
/// one capital H.
std::string format_letters(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    char c = code[i];
    if (c == ';') break;
    if (c == '"') {
      auto end = code.find('"', i + 1);
      if (end == std::string_view::npos) break;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i; // the next character is literal, a width or a filler
    } else if (c == '[') {
      auto end = code.find(']', i + 1);
      if (end == std::string_view::npos) break;
      auto inside = text::lower_ascii(code.substr(i + 1, end - i - 1));
      bool elapsed = !inside.empty() && inside.find_first_not_of(inside[0]) == std::string::npos &&
                     (inside[0] == 'h' || inside[0] == 'm' || inside[0] == 's');
      if (elapsed) out += 'H';
      i = end;
    } else {
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  return out;
}

DatedText number_of(double serial) { return {DatedText::Kind::Number, plain_number(serial)}; }

} // namespace

NumberShape shape_of_code(std::string_view code) {
  NumberShape shape;
  std::string letters = format_letters(code);
  if (letters.starts_with("general")) return shape;
  for (std::string_view marker : {"am/pm", "a/p"})
    if (letters.find(marker) != std::string::npos) {
      letters = text::replace_all(letters, marker, "");
      shape.time = true;
    }
  auto has = [&](char c) { return letters.find(c) != std::string::npos; };
  shape.percent = has('%');
  shape.elapsed = has('H');
  shape.time = shape.time || shape.elapsed || has('h') || has('s');
  bool digits = has('0') || has('#') || has('?');
  // e is the year in eras, but the exponent in 0.00E+00; aaa is the weekday.
  shape.date = has('y') || has('d') || letters.find("aaa") != std::string::npos ||
               (has('m') && !shape.time) || (has('e') && !digits);
  return shape;
}

NumberShape shape_of_builtin(std::uint32_t id) {
  NumberShape shape;
  if (id == 9 || id == 10) shape.percent = true;
  if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
      (id >= 50 && id <= 54) || id == 57 || id == 58)
    shape.date = true;
  if ((id >= 18 && id <= 22) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
      id == 56)
    shape.time = true;
  if (id == 46) shape.elapsed = true;
  return shape;
}

std::string plain_number(double value) {
  if (value == 0) return "0"; // -0 too
  if (std::fabs(value) < 1e15 && value == std::trunc(value))
    return fmt::format("{}", static_cast<std::int64_t>(value));
  // d.dddde±xx with fifteen digits, then the point is moved.
  std::string scientific = fmt::format("{:.14e}", value);
  auto e = scientific.find('e');
  int exponent = std::atoi(scientific.c_str() + e + 1);
  std::string digits;
  for (char c : scientific.substr(0, e))
    if (c >= '0' && c <= '9') digits += c;
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  std::string out = value < 0 ? "-" : "";
  if (exponent < 0)
    return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0');
  return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

DatedText dated_text(double serial, const NumberShape &shape, bool from_1904) {
  constexpr double kLastSerial = 2'958'466; // the day after 9999-12-31
  if (!(serial >= 0) || serial >= kLastSerial) return number_of(serial);
  std::int64_t seconds = std::llround(serial * 86'400);
  auto clock = [](std::int64_t s) {
    return fmt::format("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  };
  if (shape.elapsed && !shape.date) return {DatedText::Kind::Time, clock(seconds)};
  std::int64_t day = seconds / 86'400, rest = seconds % 86'400;
  if (shape.time && !shape.date && day == 0) return {DatedText::Kind::Time, clock(rest)};
  if (from_1904)
    day += 1462;
  else if (day == 0 || day == 60)
    return number_of(serial); // 1900-01-00, and 1900-02-29 that never was
  else if (day < 60)
    ++day;
  // From here days count from 1899-12-30.
  Date date = Date::from_days(static_cast<std::int32_t>(day - 25'569));
  if (date.year() > 9999) return number_of(serial);
  if (!shape.time || rest == 0) return {DatedText::Kind::Date, date.text()};
  return {DatedText::Kind::Moment, date.text() + "T" + clock(rest)};
}

} // namespace yifa::ooxml
