#include "reading/place.h"

#include "base/text.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kLongestName = 12; // of a place without its superiors
constexpr std::size_t kLongestPrefix = 24;

/// Cuts what ends a superior's name: 邓州市|张村镇. A name may hold such a character itself, so one
/// is cut only where two characters of a name are left.
std::size_t place_start(std::u32string_view text, std::size_t start, std::size_t kind_at,
                        const Lexicon &lexicon) {
  const auto &superior = lexicon.words("structure.superior");
  const auto &before = lexicon.words("structure.before_place");
  auto begin = start;
  for (auto i = start; i < kind_at; ++i) {
    if (auto n = superior.before(text, i + 1)) {
      auto prefix = i + 1 - begin;
      auto left = kind_at - (i + 1);
      if (prefix >= n + 1 && (left >= 2 || (left == 1 && prefix > 2))) begin = i + 1;
    }
    if (auto n = before.at(text, i); n && i + n < kind_at) {
      // 和平镇, 对口镇: a name may begin with such a word, so only what stands behind a longer word
      // or behind another character is cut
      if (n >= 2 || i > begin) {
        if (kind_at - (i + n) >= 2 || n >= 2) begin = i + n;
      }
    }
  }
  return begin;
}

} // namespace

std::optional<PlaceName> find_place(std::u32string_view text, const Lexicon &lexicon,
                                    std::size_t from) {
  const auto &kinds = lexicon.words("structure.town");
  const auto &none = lexicon.words("structure.no_place");
  const auto &tails = lexicon.words("structure.place_tail");
  for (auto i = from; i < text.size(); ++i) {
    auto n = kinds.at(text, i);
    if (!n) continue;
    auto end = i + n;
    auto start = i;
    while (start > from && i - start < kLongestPrefix && text::is_han(text[start - 1])) --start;
    if (start > from && digit_value(text[start - 1]) >= 0 && text[start] == U'年')
      ++start; // 2025年|重固镇
    start = place_start(text, start, i, lexicon);
    // 村镇 is no town, 张村镇 is one
    auto word = none.before(text, end);
    bool one_more = end - start == word + 1 && tails.before(text, end) == word;
    if ((word && !one_more) || i - start > kLongestName || start == i) {
      i = end - 1;
      continue;
    }
    PlaceName made;
    made.span = {start, end};
    made.name = std::u32string(text.substr(start, end - start));
    made.kind = std::u32string(text.substr(i, n));
    return made;
  }
  return std::nullopt;
}

std::vector<PlaceName> find_places(std::u32string_view text, const Lexicon &lexicon) {
  std::vector<PlaceName> out;
  for (std::size_t from = 0;;) {
    auto found = find_place(text, lexicon, from);
    if (!found) return out;
    from = found->span.end;
    out.push_back(std::move(*found));
  }
}

std::optional<YearName> find_year(std::u32string_view text, std::size_t from) {
  for (auto i = from; i < text.size(); ++i) {
    if (text[i] == U'《') { // a title's years are its own
      auto close = text.find(U'》', i);
      if (close != text.npos) i = close;
      continue;
    }
    if (digit_value(text[i]) < 0 && han_digit_value(text[i]) < 0) continue;
    bool han = digit_value(text[i]) < 0;
    auto value = [&](std::size_t at) {
      return han ? han_digit_value(text[at]) : digit_value(text[at]);
    };
    auto end = i;
    int year = 0;
    while (end < text.size() && end - i < 5 && value(end) >= 0) year = year * 10 + value(end++);
    bool period = i > 1 && digit_value(text[i - 2]) >= 0 &&
                  (text[i - 1] == U'—' || text[i - 1] == U'－' || text[i - 1] == U'-');
    if (end - i == 4 && year >= 1949 && year < 2100 && !period) {
      auto mark = end;
      while (mark < text.size() && text[mark] == U' ') ++mark;
      if (mark < text.size() && text[mark] == U'年') return YearName{year, {i, mark + 1}};
    }
    while (end < text.size() && value(end) >= 0) ++end;
    i = std::max(i, end - 1);
  }
  return std::nullopt;
}

} // namespace yifa::reading
