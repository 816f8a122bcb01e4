#pragma once

#include "indicator/contributions.h"

#include <optional>
#include <string>
#include <vector>

/// The keys under which an item stands in the tally, written and read in one place.
namespace yifa::indicator {

/// Between a group and a key in the dimension "=<dimension>" of a distinct count by groups.
inline constexpr char group_end = '\x1f';
/// Between a group of a cohort and the month of the outcome. Neither may stand in a text, so
/// neither in a group.
inline constexpr char outcome_mark = '\x1e';

struct Entry {
  std::string dimension;
  std::string group;
  std::int64_t value = 0;
};

/// Total, keys and groups of one item, without month and outcome.
std::vector<Entry> entries(const catalog::Indicator &indicator, const Item &item);

/// The group of a cohort's item: its outcome's month stands behind it.
std::string with_outcome(const std::string &group, Month outcome);

/// What a zero return confirms.
struct ZeroDays {
  Date from;
  Date to; ///< inclusive
  std::vector<std::string> categories;
};

/// Nothing unless the type confirms zeros and this record does so now.
std::optional<ZeroDays> zero_return(const catalog::RecordType &type, const record::Record &record,
                                    const record::Surroundings &around);

} // namespace yifa::indicator
