#include "procedure/reckon.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::procedure {
namespace {

using catalog::Deadline;

constexpr std::int64_t kMostDays = 366 * 100;

/// One counting under way.
class Counting {
public:
  Counting(const Deadline &rule, const ReckonInput &input, const Calendar &calendar)
      : rule_(rule), input_(input), calendar_(calendar) {}

  Result<Reckoning> run() {
    for (const auto &pause : input_.pauses)
      if (pause.to < pause.from)
        return invalid(fmt::format("a suspension from {} cannot end on {}", pause.from.text(),
                                   pause.to.text()));
    out_.from = input_.from;
    if (rule_.kind == Deadline::Kind::By) {
      out_.due = fixed_day();
    } else {
      if (rule_.amount > kMostDays) return invalid("a time limit of more than a hundred years");
      const bool back = rule_.kind == Deadline::Kind::Before;
      out_.due = TRY(advance(input_.from, rule_.amount, rule_.unit, back));
    }
    if (!input_.extensions.empty()) out_.unextended = out_.due;
    for (const auto &more : input_.extensions)
      out_.due = TRY(advance(out_.due, more.amount, more.unit, false));
    if (rule_.roll) TRY(roll());
    std::sort(out_.skipped.begin(), out_.skipped.end(),
              [](const auto &a, const auto &b) { return a.day < b.day; });
    std::sort(out_.made_up.begin(), out_.made_up.end(),
              [](const auto &a, const auto &b) { return a.day < b.day; });
    return std::move(out_);
  }

private:
  /// The day `amount` units after (or before) `from`; the day itself is not counted.
  Result<Date> advance(Date from, std::int64_t amount, Deadline::Unit unit, bool back) {
    const int step = back ? -1 : 1;
    switch (unit) {
    case Deadline::Unit::Months:
    case Deadline::Unit::Years: {
      const auto months = static_cast<int>(amount) * (unit == Deadline::Unit::Years ? 12 : 1);
      Date end = from.plus_months(step * months);
      // Days of suspension lie outside the months: as many are added.
      for (Date day = from.plus_days(step); day != end.plus_days(step); day = day.plus_days(step))
        if (paused(day)) {
          skip(day, "suspended");
          end = end.plus_days(step);
        }
      out_.counted += (end.days() - from.days()) * step;
      return end;
    }
    case Deadline::Unit::Workdays:
      return count(from, amount, step, true);
    case Deadline::Unit::Hours:
      return count(from, (amount + 23) / 24, step, false);
    case Deadline::Unit::Days:
      break;
    }
    return count(from, amount, step, false);
  }

  Result<Date> count(Date from, std::int64_t amount, int step, bool workdays) {
    Date day = from;
    for (std::int64_t n = 0; n < amount;) {
      day = day.plus_days(step);
      if (paused(day)) {
        skip(day, "suspended");
        continue;
      }
      if (workdays) {
        TRY(known(day));
        auto is = calendar_.on(day);
        if (!is.works) {
          skip(day, is.why);
          continue;
        }
        if (!is.why.empty()) out_.made_up.push_back({day, is.why});
      }
      ++n;
    }
    out_.counted += amount;
    return day;
  }

  /// The last day before the date, or the date itself where the text includes it.
  Date fixed_day() const {
    const int year = input_.from.year() + (rule_.of == "next_year" ? 1 : 0);
    auto day =
        Date::from(year, static_cast<unsigned>(rule_.month), static_cast<unsigned>(rule_.day));
    // The catalog holds only dates that exist in every year but 29 February.
    const Date date = day ? *day : last_day(Month(year, static_cast<unsigned>(rule_.month)));
    return rule_.inclusive ? date : date.plus_days(-1);
  }

  Status roll() {
    while (true) {
      TRY(known(out_.due));
      auto is = calendar_.on(out_.due);
      if (is.works) return Done{};
      skip(out_.due, is.why);
      out_.due = out_.due.plus_days(1);
      out_.rolled = true;
    }
  }

  bool paused(Date day) const {
    return std::any_of(input_.pauses.begin(), input_.pauses.end(),
                       [&](const Stretch &pause) { return pause.from <= day && day <= pause.to; });
  }
  void skip(Date day, std::string why) { out_.skipped.push_back({day, std::move(why)}); }

  Status known(Date day) {
    const int year = day.year();
    if (year == checked_) return Done{};
    if (!calendar_.knows(year)) {
      if (!input_.estimate)
        return invalid(fmt::format("there is no calendar of {}: the notices from {} to {} are "
                                   "known; add calendars/{}.yaml, or ask for an estimate",
                                   year, calendar_.first_year(), calendar_.last_year(), year));
      out_.estimated = true;
    }
    checked_ = year;
    return Done{};
  }

  const Deadline &rule_;
  const ReckonInput &input_;
  const Calendar &calendar_;
  Reckoning out_;
  int checked_ = 0;
};

} // namespace

Result<Reckoning> reckon(const Deadline &rule, const ReckonInput &input, const Calendar &calendar) {
  return Counting(rule, input, calendar).run();
}

Moment reckon_hours(const Deadline &rule, Moment from) {
  return Moment::from_unix(from.unix_seconds() + rule.amount * 3600);
}

bool satisfied(const Deadline &rule, const Reckoning &reckoning, Date until) {
  switch (rule.kind) {
  case Deadline::Kind::Lasts:
    return until >= reckoning.due;
  case Deadline::Kind::NotBefore:
    return until > reckoning.due;
  case Deadline::Kind::Within:
  case Deadline::Kind::Before:
  case Deadline::Kind::By:
  case Deadline::Kind::Keep:
    break;
  }
  return until <= reckoning.due;
}

} // namespace yifa::procedure
