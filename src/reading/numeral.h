#pragma once

#include "base/quantity.h"

#include <cstddef>
#include <optional>
#include <string_view>

/// Numbers as Chinese texts write them.
namespace yifa::reading {

struct Numeral {
  Decimal value;
  std::size_t length = 0; ///< code points
  bool han = false;       ///< written in Han numerals (but for a 万 or 亿 after digits)
  bool digits = false;    ///< a row of Han digits, 二〇二三, as years are written
  bool grouped = false;   ///< with thousands separators
};

/// 0–9 of an ASCII or full-width digit; -1 for another character.
int digit_value(char32_t c);
/// 0–9 of 零〇○一二两三…九; -1.
int han_digit_value(char32_t c);
/// 10 of 十, 100 of 百, 1000 of 千, 10^4 of 万, 10^8 of 亿; 0.
std::int64_t han_scale(char32_t c);
/// Any character a Han numeral is made of.
bool is_han_numeral(char32_t c);

/// The longest number that begins at `at`: 1,234.5 · ２万 · 1.62万 · 十二 · 两万 · 百 · 二〇二三.
/// Nothing where none begins, or where it does not fit into a Decimal.
std::optional<Numeral> numeral_at(std::u32string_view text, std::size_t at);

} // namespace yifa::reading
