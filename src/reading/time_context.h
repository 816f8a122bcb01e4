#pragma once

#include "base/date.h"
#include "reading/check.h"

#include <optional>
#include <string>
#include <vector>

/// What the checks of time ask of a passage: its clause and sentence, and the report's own days.
namespace yifa::reading {

/// From the last stop before an offset to the next one (，。；：！？), within its paragraph.
Span clause_around(const Text &text, std::size_t offset);
/// The sentence an offset lies in; its paragraph where it lies in none (headings).
Span sentence_around(const Case &report, std::size_t offset);
/// Whether the offset stands within a pair of these brackets in its paragraph.
bool within_brackets(const Text &text, std::size_t offset, char32_t open, char32_t close);
/// Whether text of the report stands there: no title, number, letterhead, signature or note.
bool in_running_text(const Case &report, std::size_t offset);
/// The first word of a list in a span.
bool span_has(const Case &report, Span span, std::string_view list);

/// The report's own days.
struct ReportDay {
  int year = 0; ///< reported on; 0 where unknown
  Date start;   ///< its first day
  Date at;      ///< the day it was signed, else 31 January of the following year
  /// The last day anything it tells of may have happened: the day it was signed, else 31 March of
  /// the following year, by which such reports are published.
  Date last;
};
/// Nothing where the year is not known.
std::optional<ReportDay> read_report_day(const Case &report);
/// 2024年1月10日, 二〇二四年一月十日, 2024-01-10.
std::optional<Date> read_written_date(std::u32string_view text);

/// time.event_early, time.stale_event, time.stale_congress: meetings held after the report's day,
/// campaigns of years gone by, the congress before the last as the newest.
void check_events(Case &report, const ReportDay &day);

} // namespace yifa::reading
