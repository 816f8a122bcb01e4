#pragma once

#include "procedure/calendar.h"

#include <optional>
#include <string>
#include <vector>

/// The arithmetic of time limits. Days are counted here and nowhere else.
/// Source: 民法典 第二百至二百零四条; 行政处罚法 第八十五条 and its like for working days.
namespace yifa::procedure {

/// Days that are not counted, both ends included.
struct Stretch {
  Date from;
  Date to;
};

struct Extension {
  std::int64_t amount = 0;
  catalog::Deadline::Unit unit = catalog::Deadline::Unit::Days;
};

struct ReckonInput {
  Date from; ///< of `before`: the event that is counted back from
  std::vector<Stretch> pauses;
  std::vector<Extension> extensions; ///< granted one after the other
  /// Working days of a year without a notice are taken by the weekday, and the result is marked.
  bool estimate = false;
};

/// A day that was passed over, or a weekend day that was counted because it makes up for another.
struct NamedDay {
  Date day;
  std::string why;
};

/// A time limit with its own working shown.
struct Reckoning {
  Date from;
  /// within, by: the last day. before: the last day on which it is early enough. lasts: the first
  /// day on which it has lasted. not_before: the last day of waiting, allowed from the next. keep:
  /// the last day of keeping.
  Date due;
  std::optional<Date> unextended; ///< the due day before extensions
  std::int64_t counted = 0;       ///< calendar or working days from the start to the due day
  std::vector<NamedDay> skipped;  ///< in order of day
  std::vector<NamedDay> made_up;  ///< weekend days that were counted
  bool rolled = false;            ///< moved to the next working day, as the statute says
  bool estimated = false;         ///< some year had no notice
};

/// Invalid when a year has no calendar (naming it, unless `estimate`), when a pause ends before it
/// begins, or when the day lies beyond the year 9998. Hours are counted in days of 24: whoever has
/// moments uses reckon_hours.
Result<Reckoning> reckon(const catalog::Deadline &rule, const ReckonInput &input,
                         const Calendar &calendar);

/// The moment `amount` hours after.
Moment reckon_hours(const catalog::Deadline &rule, Moment from);

/// Whether `until` satisfies the rule: on or before the due day; of lasts on or after it; of
/// not_before after it.
bool satisfied(const catalog::Deadline &rule, const Reckoning &reckoning, Date until);

} // namespace yifa::procedure
