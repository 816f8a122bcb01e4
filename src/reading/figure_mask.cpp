#include "reading/figure_mask.h"

#include "base/text.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kNameMost = 120; // characters within 《》
constexpr std::size_t kQuoteMost = 24; // longer words in quotation marks are sentences
constexpr std::u32string_view kDayMarks = U"年月日号时点";

bool is_any_digit(char32_t c) { return digit_value(c) >= 0; }

} // namespace

FigureMask::FigureMask(const Text &text, const Structure &structure, const FigureWords &words)
    : all_(text.all()), words_(words), barred_(all_.size(), 0), quoted_(all_.size(), 0) {
  between(U'《', U'》', kNameMost, barred_);
  between(U'“', U'”', kQuoteMost, quoted_);
  between(U'‘', U'’', kQuoteMost, quoted_);
  between(U'「', U'」', kQuoteMost, quoted_);
  for (const auto &section : structure.sections)
    bar(section.label.span.start, section.label.span.end);
  for (const auto &points : structure.enumerations)
    for (const auto &label : points.labels) bar(label.span.start, label.span.end);
  numbers_of_papers();
  days();
  names();
}

void FigureMask::bar(std::size_t from, std::size_t to) {
  for (auto i = from; i < std::min(to, barred_.size()); ++i) barred_[i] = 1;
}

void FigureMask::between(char32_t open, char32_t close, std::size_t most,
                         std::vector<char> &marks) {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i] != open) continue;
    auto end = i + 1;
    while (end < all_.size() && all_[end] != close && all_[end] != U'\n' && end - i <= most) ++end;
    if (end >= all_.size() || all_[end] != close) continue;
    for (auto k = i; k <= end; ++k) marks[k] = 1;
    i = end;
  }
}

/// 〔2024〕25号, (2024)25号, 第713号: up to four digits in brackets and all digits before 号.
void FigureMask::numbers_of_papers() {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i] != U'号') continue;
    auto start = i;
    while (start > 0 && (is_any_digit(all_[start - 1]) ||
                         std::u32string_view(U"〔〕[]（）()【】").find(all_[start - 1]) !=
                             std::u32string_view::npos))
      --start;
    if (start < i) bar(start, i + 1);
  }
}

/// 2023年, 3月5日, 2021－2025年, 12时30分, 二〇二三年, 第三十三条.
void FigureMask::days() {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i] == U'第') {
      auto end = i + 1;
      while (end < all_.size() && end - i < 9 &&
             (is_han_numeral(all_[end]) || is_any_digit(all_[end]) || all_[end] == U' '))
        ++end;
      if (end > i + 1) bar(i, end);
      continue;
    }
    if (!is_any_digit(all_[i]) && !is_han_numeral(all_[i])) continue;
    auto number = numeral_at(all_, i);
    if (!number) continue;
    auto end = i + number->length;
    auto mark = end;
    if (mark < all_.size() && all_[mark] == U' ') ++mark;
    bool day = mark < all_.size() && kDayMarks.find(all_[mark]) != kDayMarks.npos;
    // 2021—2025年: a year without its mark before a dash
    auto whole = number->value.millionths() / 1'000'000;
    bool year = !number->han && !number->grouped && number->length == 4 && whole >= 1949 &&
                whole < 2100 && mark < all_.size() &&
                (words_.range.at(all_, mark) > 0 || all_[mark] == U'、' || all_[mark] == U'）' ||
                 all_[mark] == U')' || all_[mark] == U'〕');
    bool clock = mark < all_.size() && (all_[mark] == U':' || all_[mark] == U'：') &&
                 mark + 1 < all_.size() && is_any_digit(all_[mark + 1]) && whole < 25;
    if (clock) {
      end = mark + 1;
      while (end < all_.size() && is_any_digit(all_[end])) ++end;
      bar(i, end);
    } else if (day) {
      bar(i, mark + 1);
    } else if (year) {
      bar(i, end);
    }
    i = end - 1;
  }
}

void FigureMask::names() {
  for (std::size_t i = 0; i < all_.size(); ++i)
    if (auto n = words_.named.at(all_, i)) bar(i, i + n);
}

} // namespace yifa::reading
