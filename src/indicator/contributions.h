#pragma once

#include "catalog/model.h"
#include "record/matches.h"
#include "record/tally.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// From one record to what it adds to each figure. Pure: the record, its rows and parts, and the
/// surroundings its predicates name. Contributions of a record before and after a change give the
/// moves of the tally (difference); the sum over all records is the tally (docs/adr/0021-tally.md).
namespace yifa::indicator {

/// The pseudo-indicator under which zero returns are tallied: dimension "category", group = the
/// category's code, value 1 for every month wholly inside the return's dates.
inline constexpr std::string_view zero_returns = "@zero";
/// The dimension under which the keys of a distinct count are tallied.
inline constexpr std::string_view key_dimension = "=";

/// One thing an indicator counts: the record, one of its parts or one line, with all its figure
/// needs.
struct Item {
  Date day;                  ///< flow: when it counts; stock: since when it is in force
  std::optional<Date> ended; ///< stock: the last day it is in force
  std::optional<Date>
      outcome;            ///< cohort: the day of the outcome; an item without one does not exist
  std::int64_t value = 0; ///< 1, or the sum's part in its smallest unit
  std::vector<std::vector<std::string>>
      groups;                    ///< by Indicator::by: the distinct groups it stands in
  std::vector<std::string> keys; ///< Distinct: what is counted once

  /// Whether it counts in a figure of this period, to the day.
  bool counts_in(const Period &period) const;
  bool stock = false;
};

/// What a leaf indicator (count, sum, distinct) counts in this record. Empty for withdrawn records,
/// other types, and Least, Total, Ratio.
std::vector<Item> items(const catalog::Catalog &catalog, const catalog::Indicator &indicator,
                        const catalog::RecordType &type, const record::Record &record,
                        const record::Surroundings &around);

/// The leaf indicators by record type; made once per catalog, which must outlive it. Immutable,
/// shared by threads.
class Counter {
public:
  explicit Counter(const catalog::Catalog &catalog);

  /// Everything the record adds to the tally, summed by key, sorted, without zeros. A cohort
  /// indicator
  /// (`until: period_end`) carries the month of its outcome behind its group: "civil", U+001E,
  /// Month::index.
  std::vector<record::Contribution> contributions(const catalog::RecordType &type,
                                                  const record::Record &record,
                                                  const record::Surroundings &around) const;
  /// Sorted by id.
  const std::vector<const catalog::Indicator *> &leaves_of(std::string_view type) const;

private:
  const catalog::Catalog *catalog_;
  std::map<std::string, std::vector<const catalog::Indicator *>, std::less<>> leaves_;
};

/// The same for a single record, without a Counter at hand.
std::vector<record::Contribution> contributions(const catalog::Catalog &catalog,
                                                const catalog::RecordType &type,
                                                const record::Record &record,
                                                const record::Surroundings &around);

/// after − before, key by key, without zeros: what the tally must be moved by when a record
/// changes. Both sorted.
std::vector<record::Contribution> difference(const std::vector<record::Contribution> &before,
                                             const std::vector<record::Contribution> &after);

} // namespace yifa::indicator
