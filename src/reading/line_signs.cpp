#include "reading/line_signs.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::u32string_view kLineStops = U"。！？；：!?;:…";
constexpr std::u32string_view kLineInner = U"，。；！？：、,;";
constexpr std::u32string_view kLineUnfinished = U"，、,—－-～~（(《“‘〔【[";
constexpr std::u32string_view kLineClosing = U"”’）)》】〕]\"'";
constexpr std::u32string_view kLineHanDigits = U"〇零一二两三四五六七八九十百";
constexpr std::u32string_view kRoundOpening = U"（(";
constexpr std::u32string_view kRoundClosing = U"）)";

// A line longer than this is no heading that stands for itself.
constexpr std::size_t kLineHeading = 48;
constexpr std::size_t kLineShort = 24;
constexpr std::size_t kLineDate = 20;
constexpr std::size_t kLineProse = 28;

bool line_any(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool line_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

std::size_t skip_line_blanks(std::u32string_view line, std::size_t at) {
  while (at < line.size() && (line[at] == U' ' || line[at] == U'\u3000' || line[at] == U'\u00A0'))
    ++at;
  return at;
}

std::size_t line_run(std::u32string_view line, std::size_t at, bool (*is)(char32_t)) {
  std::size_t n = 0;
  while (at + n < line.size() && is(line[at + n])) ++n;
  return n;
}

bool line_han_digit(char32_t c) { return line_any(kLineHanDigits, c); }

/// （一） (1) 一) 1）
std::size_t bracket_label(std::u32string_view line) {
  std::size_t at = line_any(kRoundOpening, line[0]) ? skip_line_blanks(line, 1) : 0;
  std::size_t n = line_run(line, at, line_han_digit);
  if (n == 0) n = line_run(line, at, line_digit);
  if (n == 0 || n > 3) return 0;
  at = skip_line_blanks(line, at + n);
  return at < line.size() && line_any(kRoundClosing, line[at]) ? at + 1 : 0;
}

/// 一、 1. 1、 ①
std::size_t stop_label(std::u32string_view line) {
  if (line[0] >= U'①' && line[0] <= U'⑳') return 1;
  std::size_t n = line_run(line, 0, line_han_digit);
  if (n > 0 && n <= 3 && n < line.size() && line_any(U"、．.", line[n])) return n + 1;
  n = line_run(line, 0, line_digit);
  if (n == 0 || n > 2 || n >= line.size() || !line_any(U"、．.", line[n])) return 0;
  // "3.5" is a number.
  return n + 1 < line.size() && !line_digit(line[n + 1]) ? n + 1 : 0;
}

/// 一是 · 第三章 · 第三，
std::size_t word_label(std::u32string_view line, const Lexicon &lexicon) {
  std::size_t n = line_run(line, 0, line_han_digit);
  if (n > 0 && n <= 2)
    if (auto mark = lexicon.words("lines.point_marks").at(line, n)) return n + mark;
  if (auto head = lexicon.words("lines.ordinal_head").at(line, 0)) {
    n = line_run(line, head, line_han_digit);
    if (n == 0) n = line_run(line, head, line_digit);
    if (n > 0)
      if (auto unit = lexicon.words("lines.ordinal_units").at(line, head + n))
        return head + n + unit;
  }
  return lexicon.words("lines.beginners").at(line, 0);
}

/// 张政〔2024〕25号, with any brackets.
bool is_number_line(std::u32string_view line, const Lexicon &lexicon) {
  if (line.size() > kLineHeading) return false;
  auto open = line.find_first_of(U"〔[（(【﹝");
  if (open == std::u32string_view::npos || open + 5 >= line.size()) return false;
  for (std::size_t i = 1; i <= 4; ++i)
    if (!line_digit(line[open + i])) return false;
  return line_any(U"〕]）)】﹞", line[open + 5]) &&
         lexicon.words("lines.number_end").find(line, open + 6) != std::u32string_view::npos &&
         line.find_first_of(kLineInner) == std::u32string_view::npos;
}

} // namespace

std::size_t line_label(std::u32string_view line, const Lexicon &lexicon) {
  if (line.empty()) return 0;
  if (auto n = bracket_label(line)) return n;
  if (auto n = stop_label(line)) return n;
  return word_label(line, lexicon);
}

bool is_date_line(std::u32string_view line, const Lexicon &lexicon) {
  if (line.size() > kLineDate || line.size() < 4) return false;
  const auto &parts = lexicon.words("lines.date_parts");
  bool digit = false;
  for (std::size_t at = 0; at < line.size();) {
    if (line_digit(line[at]) || line_han_digit(line[at]) || line[at] == U'○' || line[at] == U'元') {
      digit = true;
      ++at;
    } else if (auto n = parts.at(line, at)) {
      at += n;
    } else if (line_any(U" \u3000\u00A0-./（）()", line[at])) {
      ++at;
    } else {
      return false;
    }
  }
  return digit;
}

bool left_open(std::u32string_view text) {
  constexpr std::u32string_view kPairs = U"“”‘’（）《》〔〕【】()";
  std::u32string open;
  for (char32_t c : text) {
    auto at = kPairs.find(c);
    if (at == std::u32string_view::npos) continue;
    if (at % 2 == 0)
      open += c;
    else if (!open.empty() && open.back() == kPairs[at - 1])
      open.pop_back();
  }
  return !open.empty();
}

LineSigns read_line_signs(std::u32string_view line, const Lexicon &lexicon) {
  LineSigns signs;
  if (line.empty()) return signs;
  auto core = line;
  while (!core.empty() && line_any(kLineClosing, core.back())) core.remove_suffix(1);
  signs.ends = !core.empty() && line_any(kLineStops, core.back());
  // "第3." ends nothing, "工作." does.
  if (core.size() > 1 && core.back() == U'.') signs.ends = !line_digit(core[core.size() - 2]);
  signs.broken_off = !signs.ends && (line_any(kLineUnfinished, line.back()) ||
                                     lexicon.words("lines.unfinished").before(line, line.size()));
  std::size_t label = line_label(line, lexicon);
  signs.begins = label > 0;
  signs.opens = lexicon.words("lines.openings").at(line, 0) > 0;
  // 2024年，… opens a paragraph; 2024年工作要点 goes on.
  std::size_t year = line_run(line, 0, line_digit);
  if (year == 4)
    if (auto mark = lexicon.words("lines.year_marks").at(line, 4)) {
      auto comma = line.find(U'，', 4);
      signs.opens = signs.opens || (comma != std::u32string_view::npos && comma <= 4 + mark + 2);
    }
  std::size_t inner = line.substr(0, line.size() - 1).find_first_of(kLineInner, label);
  bool plain = inner == std::u32string_view::npos;
  signs.prose = line.size() >= kLineProse && !plain;
  bool stops_inside = line.find_first_of(U"。；！？", label) != std::u32string_view::npos;
  bool numbered = bracket_label(line) > 0 || stop_label(line) > 0;
  bool heading = numbered && line.size() <= kLineHeading && !stops_inside;
  bool addressee =
      line.size() <= kLineHeading && (line.back() == U'：' || line.back() == U':') && plain;
  signs.alone = !signs.broken_off && (heading || addressee || is_date_line(line, lexicon) ||
                                      is_number_line(line, lexicon) ||
                                      (line.size() <= kLineShort && plain && !signs.ends));
  return signs;
}

} // namespace yifa::reading
