#pragma once

#include "catalog/loading.h"

namespace yifa::catalog {

/// Whether a text can be a setting's value: "300000" for money, "1/2" for a share.
bool setting_fits(std::string_view type, std::string_view value);

/// Lays an overlay's time on a deadline. A reason when it may not: a statute fixes the value and
/// the change would shorten a party's or the public's time, lengthen the office's, or cannot be
/// proved to do neither.
std::optional<std::string> change_deadline(Loading &loading, const Shape &shape, Deadline &deadline,
                                           const Source &source);

/// What a time of n units is in days, at least and at most, whatever the calendar.
struct DayRange {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
DayRange days_of(std::int64_t amount, Deadline::Unit unit);

} // namespace yifa::catalog
