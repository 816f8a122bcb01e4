#include "reading/numeral.h"

#include <string>

namespace yifa::reading {
namespace {

constexpr std::int64_t kMost = 1'000'000'000'000; // beyond it no report counts

struct Scale {
  char32_t c;
  std::int64_t value;
};
constexpr Scale kScales[] = {
    {U'十', 10}, {U'百', 100}, {U'千', 1000}, {U'万', 10'000}, {U'亿', 100'000'000}};

/// The blank between digits and 万 that word processors like to add.
std::size_t numeral_blanks(std::u32string_view text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && n < 2 && (text[at + n] == U' ' || text[at + n] == U'\u00a0')) ++n;
  return n;
}

std::optional<Numeral> written_in_digits(std::u32string_view text, std::size_t at) {
  std::string written;
  auto i = at;
  bool grouped = false;
  while (i < text.size()) {
    if (int digit = digit_value(text[i]); digit >= 0) {
      written += static_cast<char>('0' + digit);
      ++i;
      continue;
    }
    // 1,234 and 1，234: a separator is followed by exactly three digits
    if ((text[i] == U',' || text[i] == U'，') && !written.empty() &&
        (grouped ? true : written.size() <= 3)) {
      std::size_t run = 0;
      while (i + 1 + run < text.size() && digit_value(text[i + 1 + run]) >= 0) ++run;
      if (run != 3) break;
      grouped = true;
      ++i;
      continue;
    }
    break;
  }
  if (written.empty() || written.size() > 12) return std::nullopt;
  if (i + 1 < text.size() && (text[i] == U'.' || text[i] == U'．') &&
      digit_value(text[i + 1]) >= 0) {
    std::string decimals;
    auto k = i + 1;
    while (k < text.size() && digit_value(text[k]) >= 0)
      decimals += static_cast<char>('0' + digit_value(text[k++]));
    if (decimals.size() <= 6) {
      written += "." + decimals;
      i = k;
    }
  }
  auto value = Decimal::parse(written);
  if (!value) return std::nullopt;
  Numeral made;
  made.value = *value;
  made.grouped = grouped;
  auto scale_at = i + numeral_blanks(text, i);
  if (scale_at < text.size())
    if (auto scale = han_scale(text[scale_at]); scale >= 100) {
      // 2万 is a number, 2百货 is not met; 3千瓦 is a unit
      bool unit = text[scale_at] == U'千' && scale_at + 1 < text.size() &&
                  (text[scale_at + 1] == U'瓦' || text[scale_at + 1] == U'克' ||
                   text[scale_at + 1] == U'米');
      if (!unit && value->millionths() <= kMost * 1'000'000 / scale) {
        made.value = Decimal::from_millionths(value->millionths() * scale);
        i = scale_at + 1;
      }
    }
  made.length = i - at;
  return made;
}

std::optional<Numeral> written_in_han(std::u32string_view text, std::size_t at) {
  auto end = at;
  bool scaled = false;
  while (end < text.size() && is_han_numeral(text[end])) scaled |= han_scale(text[end++]) > 0;
  if (end == at) return std::nullopt;
  Numeral made;
  made.han = true;
  made.length = end - at;
  if (!scaled) {
    if (made.length > 9) return std::nullopt;
    std::int64_t value = 0;
    for (auto i = at; i < end; ++i) value = value * 10 + han_digit_value(text[i]);
    made.digits = made.length > 1;
    made.value = Decimal::from_int(value);
    return made;
  }
  std::int64_t total = 0;   // of what stands before 万 and 亿
  std::int64_t section = 0; // below 万
  std::int64_t digit = -1;
  for (auto i = at; i < end; ++i) {
    if (auto scale = han_scale(text[i]); scale >= 10'000) {
      auto part = section + (digit > 0 ? digit : 0);
      if (part == 0) part = total == 0 ? 1 : 0;
      total = scale == 100'000'000 ? (total + part) * scale : total + part * scale;
      section = 0;
      digit = -1;
    } else if (scale > 0) {
      section += (digit > 0 ? digit : 1) * scale;
      digit = -1;
    } else {
      digit = han_digit_value(text[i]);
    }
    if (total > kMost) return std::nullopt;
  }
  if (digit > 0) section += digit;
  made.value = Decimal::from_int(total + section);
  return made;
}

} // namespace

int digit_value(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return -1;
}

int han_digit_value(char32_t c) {
  switch (c) {
  case U'零':
  case U'〇':
  case U'○':
    return 0;
  case U'一':
    return 1;
  case U'二':
  case U'两':
    return 2;
  case U'三':
    return 3;
  case U'四':
    return 4;
  case U'五':
    return 5;
  case U'六':
    return 6;
  case U'七':
    return 7;
  case U'八':
    return 8;
  case U'九':
    return 9;
  default:
    return -1;
  }
}

std::int64_t han_scale(char32_t c) {
  for (const auto &scale : kScales)
    if (scale.c == c) return scale.value;
  return 0;
}

bool is_han_numeral(char32_t c) { return han_digit_value(c) >= 0 || han_scale(c) > 0; }

std::optional<Numeral> numeral_at(std::u32string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  if (digit_value(text[at]) >= 0) return written_in_digits(text, at);
  if (is_han_numeral(text[at])) return written_in_han(text, at);
  return std::nullopt;
}

} // namespace yifa::reading
