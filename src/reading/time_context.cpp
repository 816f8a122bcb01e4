#include "reading/time_context.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/numeral.h"
#include "reading/place.h"

#include <algorithm>

namespace yifa::reading {
namespace {

bool stops_clause(char32_t c) { return c != U'、' && ends_clause(c); }

/// A month or day: 1 to `most` before `mark`.
std::optional<int> part_of_date(std::u32string_view text, std::size_t &at, char32_t mark,
                                int most) {
  while (at < text.size() && text[at] == U' ') ++at;
  auto number = numeral_at(text, at);
  if (!number) return std::nullopt;
  auto end = at + number->length;
  while (end < text.size() && text[end] == U' ') ++end;
  if (end >= text.size() || text[end] != mark) return std::nullopt;
  for (int n = 1; n <= most; ++n)
    if (number->value == Decimal::from_int(n)) {
      at = end + 1;
      return n;
    }
  return std::nullopt;
}

} // namespace

Span clause_around(const Text &text, std::size_t offset) {
  const auto paragraph = text.paragraphs()[text.paragraph_at(offset)];
  const auto &all = text.all();
  auto start = std::min(offset, paragraph.end);
  while (start > paragraph.start && !stops_clause(all[start - 1])) --start;
  auto end = std::max(offset, paragraph.start);
  while (end < paragraph.end && !stops_clause(all[end])) ++end;
  return {start, end};
}

Span sentence_around(const Case &report, std::size_t offset) {
  const auto &all = report.structure().sentences;
  auto found = std::upper_bound(
      all.begin(), all.end(), offset,
      [](std::size_t at, const Sentence &sentence) { return at < sentence.span.start; });
  if (found != all.begin() && std::prev(found)->span.holds(offset)) return std::prev(found)->span;
  return report.text().paragraphs()[report.text().paragraph_at(offset)];
}

bool within_brackets(const Text &text, std::size_t offset, char32_t open, char32_t close) {
  const auto paragraph = text.paragraphs()[text.paragraph_at(offset)];
  const auto &all = text.all();
  for (auto i = offset; i > paragraph.start; --i) {
    if (all[i - 1] == close) return false;
    if (all[i - 1] == open) return true;
  }
  return false;
}

bool in_running_text(const Case &report, std::size_t offset) {
  auto paragraph = report.text().paragraph_at(offset);
  const auto &roles = report.structure().roles;
  if (paragraph >= roles.size()) return false;
  auto role = roles[paragraph];
  return role == Role::Lead || role == Role::Heading || role == Role::Body;
}

bool span_has(const Case &report, Span span, std::string_view list) {
  return report.lexicon.words(list).find(report.text().view(span)) != std::u32string_view::npos;
}

std::optional<Date> read_written_date(std::u32string_view text) {
  if (auto year = find_year(text)) {
    auto at = year->span.end;
    auto month = part_of_date(text, at, U'月', 12);
    if (!month) return std::nullopt;
    auto day = part_of_date(text, at, U'日', 31);
    auto made = Date::from(year->year, static_cast<unsigned>(*month),
                           day ? static_cast<unsigned>(*day) : 28U);
    return made ? std::optional<Date>(*made) : std::nullopt;
  }
  auto made = Date::parse_lenient(text::trim(text::encode(text)));
  return made ? std::optional<Date>(*made) : std::nullopt;
}

std::optional<ReportDay> read_report_day(const Case &report) {
  const auto &structure = report.structure();
  if (!structure.year) return std::nullopt;
  ReportDay out;
  out.year = *structure.year;
  out.start = first_day({out.year, 1});
  out.at = last_day({out.year + 1, 1});
  out.last = last_day({out.year + 1, 3});
  if (structure.date.empty()) return out;
  // A date of signature far from the year is a fault of its own and no measure of anything.
  auto written = read_written_date(report.text().view(structure.date));
  if (written && written->year() >= out.year && written->year() <= out.year + 1)
    out.at = out.last = *written;
  return out;
}

} // namespace yifa::reading
