#pragma once

#include "procedure/reckon.h"
#include "procedure/rules.h"
#include "service/environment.h"

#include <optional>

/// One time limit laid out day by day, as a small calendar shows it.
namespace yifa::service {

struct LimitDay {
  enum class Kind {
    Start,   ///< the day it starts from, which is not counted
    Counted, ///< `n` is its number
    Off,     ///< passed over; `why` says which day off, or that it was suspended
    MadeUp,  ///< counted, a day off by its weekday that makes up for another
    Due,     ///< the last day
  };
  Date day;
  Kind kind = Kind::Counted;
  std::int64_t n = 0; ///< of counted days and the due day; 0 where none is counted
  std::string why;
};
std::string_view to_string(LimitDay::Kind kind); ///< "start", "counted", "off", "made_up", "due"

/// A limit of more days is not laid out: nobody counts a year on a calendar.
inline constexpr std::int64_t kMostLimitDays = 200;

/// In order of day. Only start and due day of a limit that names a date, and of one longer than
/// kMostLimitDays; of one counted back the due day stands first.
std::vector<LimitDay> days_of(const catalog::Deadline &rule, const procedure::Reckoning &reckoning);

struct DeadlineRequest {
  std::string rule;
  Date from;
  std::optional<Date> on; ///< to tell how many days are left
};

struct DeadlineDays {
  procedure::Rule rule;
  std::string what; ///< the rule in words: 20个工作日内；可延长20个工作日
  procedure::Reckoning reckoning;
  std::vector<LimitDay> days;
  std::optional<std::int64_t> days_left;
};

/// A time limit of the catalog from a day on. Beyond the known calendars it is a marked estimate.
/// NotFound for an unknown rule, Invalid for a day too far away.
Result<DeadlineDays> deadline_days(Environment &environment, const DeadlineRequest &request);

} // namespace yifa::service
