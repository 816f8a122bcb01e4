#include "ooxml/docx_numbering.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

/// Each figure for itself: 10 is 一〇.
std::string by_digits(int value, const char32_t *digits) {
  std::string out;
  for (char c : std::to_string(value)) out += text::encode(digits[c - '0']);
  return out;
}

std::string with_signs(int value, std::u32string_view digits, std::u32string_view powers) {
  std::string out;
  bool gap = false;
  int power = 1000;
  for (std::size_t k = 0; k < 4; ++k, power /= 10) {
    auto digit = static_cast<std::size_t>(value / power % 10);
    if (digit == 0) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += text::encode(digits[0]);
    gap = false;
    out += text::encode(digits[digit]);
    if (k < 3) out += text::encode(powers[k]);
  }
  return out;
}

std::string letters(int value, char first) {
  int times = (value - 1) / 26 + 1; // Word: AA, BB, CC …
  return std::string(static_cast<std::size_t>(std::min(times, 20)),
                     static_cast<char>(first + (value - 1) % 26));
}

std::string roman(int value) {
  static constexpr std::pair<int, const char *> kSigns[] = {
      {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
      {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  std::string out;
  for (auto [worth, sign] : kSigns)
    for (; value >= worth; value -= worth) out += sign;
  return out;
}

std::string one_sign(int value, char32_t first, int most) {
  if (value < 1 || value > most) return std::to_string(value);
  return text::encode(static_cast<char32_t>(first + static_cast<char32_t>(value - 1)));
}

std::string circled(int value) {
  if (value == 0) return text::encode(U'⓪');
  if (value <= 20) return one_sign(value, U'①', 20);
  if (value <= 35) return one_sign(value - 20, U'㉑', 15);
  if (value <= 50) return one_sign(value - 35, U'㊱', 15);
  return std::to_string(value);
}

std::string of_cycle(int value, std::u32string_view signs) {
  return text::encode(signs[static_cast<std::size_t>(value - 1) % signs.size()]);
}

} // namespace

std::string numbering_text(std::string_view format, int value) {
  if (format == "none") return {};
  if (value < 0 || value > 9999) return std::to_string(value);
  if (format == "decimalZero") return fmt::format("{:02}", value);
  if (format == "decimalFullWidth" || format == "decimalFullWidth2")
    return by_digits(value, U"０１２３４５６７８９");
  if (format == "ideographDigital" || format == "japaneseDigitalTenThousand" ||
      format == "taiwaneseDigital")
    return by_digits(value, U"〇一二三四五六七八九");
  if (value == 0) return format.find("ounting") != format.npos ? "〇" : "0";
  if (format == "chineseCounting" || format == "chineseCountingThousand" ||
      format == "japaneseCounting" || format == "taiwaneseCounting" ||
      format == "taiwaneseCountingThousand")
    return text::chinese_number(value);
  if (format == "chineseLegalSimplified")
    return with_signs(value, U"零壹贰叁肆伍陆柒捌玖", U"仟佰拾");
  if (format == "ideographLegalTraditional" || format == "japaneseLegal")
    return with_signs(value, U"零壹貳參肆伍陸柒捌玖", U"仟佰拾");
  if (format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese")
    return circled(value);
  if (format == "decimalEnclosedParen") return one_sign(value, U'⑴', 20);
  if (format == "decimalEnclosedFullstop") return one_sign(value, U'⒈', 20);
  if (format == "ideographEnclosedCircle") return one_sign(value, U'㊀', 10);
  if (format == "ideographTraditional") return of_cycle(value, U"甲乙丙丁戊己庚辛壬癸");
  if (format == "ideographZodiac") return of_cycle(value, U"子丑寅卯辰巳午未申酉戌亥");
  if (format == "upperLetter") return letters(value, 'A');
  if (format == "lowerLetter") return letters(value, 'a');
  if (format == "upperRoman") return roman(value);
  if (format == "lowerRoman") return text::lower_ascii(roman(value));
  return std::to_string(value);
}

} // namespace yifa::ooxml
