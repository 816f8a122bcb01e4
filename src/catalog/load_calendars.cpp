#include "catalog/loading.h"

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

constexpr int kLongestHoliday = 31;

/// Days of one notice; a day stands once in all notices.
class CalendarReader {
public:
  explicit CalendarReader(Loading &loading) : loading_(loading), report_(loading.report) {}

  void read(const Node &root) {
    Shape shape(root, report_, "a calendar", {"year", "notice", "seen", "holidays", "make_up"});
    if (!shape.good()) return;
    HolidayYear made;
    made.year = static_cast<int>(shape.number("year"));
    made.source.law = shape.need_text("notice");
    if (const Node *seen = shape.need("seen"))
      made.source.seen = read_seen(*seen, report_, made.source.mark);
    const Node *year = shape.need("year");
    if (!year) return;
    if (made.year < 1949 || made.year > 9998) {
      report_.error(*year, fmt::format("{} is no year", made.year));
      return;
    }
    if (loading_.catalog.calendars.contains(made.year)) {
      report_.error(*year, fmt::format("the year {} has a calendar already", made.year));
      return;
    }
    if (const Node *off = shape.need("holidays"))
      for (const auto &one : off->items) read_off(one, made);
    if (const Node *work = shape.get("make_up"))
      for (const auto &one : work->items) read_work(one, made);
    loading_.catalog.calendars.emplace(made.year, std::move(made));
  }

private:
  void read_off(const Node &node, HolidayYear &made) {
    Shape shape(node, report_, "a holiday", {"name", "from", "to"});
    if (!shape.good()) return;
    const auto name = shape.need_text("name");
    const auto from = day(shape.need("from"), made.year);
    const auto to = shape.has("to") ? day(shape.get("to"), made.year) : from;
    if (!from || !to) return;
    if (*to < *from || to->days() - from->days() >= kLongestHoliday) {
      report_.error(node, "a holiday ends on or after its first day, and within a month");
      return;
    }
    for (Date at = *from; at <= *to; at = at.plus_days(1))
      if (!made.off.emplace(at, name).second)
        report_.error(node, fmt::format("{} is off already", at.text()));
  }

  void read_work(const Node &node, HolidayYear &made) {
    Shape shape(node, report_, "a make-up working day", {"name", "day"});
    if (!shape.good()) return;
    const auto name = shape.need_text("name");
    const Node *written = shape.need("day");
    const auto at = day(written, made.year);
    if (!at) return;
    if (made.off.contains(*at) || !made.work.emplace(*at, name).second)
      report_.error(*written, fmt::format("{} is named already", at->text()));
    if (at->weekday() < 5)
      report_.error(*written, fmt::format("{} is a working day anyhow", at->text()));
  }

  /// A notice tells of its year, and of the days before it that join its first holiday.
  std::optional<Date> day(const Node *node, int year) {
    if (!node) return std::nullopt;
    auto found = read_date(*node, report_, "a day");
    if (!found) return std::nullopt;
    const bool joins = found->year() == year - 1 && found->month() == 12;
    if (found->year() == year || joins) return found;
    report_.error(*node, fmt::format("{} is not of the year {}", found->text(), year));
    return std::nullopt;
  }

  Loading &loading_;
  Report &report_;
};

} // namespace

void load_calendars(Loading &loading) {
  CalendarReader reader(loading);
  for (const auto &file : loading.files)
    if (file.path.starts_with("calendars/") && !file.root.broken()) reader.read(file.root);
}

} // namespace yifa::catalog
