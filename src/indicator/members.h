#pragma once

#include "indicator/plan.h"

/// The other direction: which records make a figure. The same items as the tally, judged to the
/// day, so that the shares of all records add up to the figure.
///
///   for (leaf : leaves(catalog, indicator))
///     for (record of candidates(catalog, *leaf, org, period))
///       if (share(...).belongs) …
///
/// Count and sum: the values add up to the figure. Distinct: the number of different keys is the
/// figure. Least: the values by key (village), 0 for a village without one; the smallest is the
/// figure. Total: over all its leaves. Ratio: numerator and denominator each on its own (leaves of
/// `of_indicator` and of `over`).
namespace yifa::indicator {

/// What one record gives to one leaf indicator in one period.
struct Share {
  bool belongs = false;   ///< something of it is counted (also with the value 0 of a sum)
  std::int64_t value = 0; ///< of count and sum
  /// With `by`: value by group of that dimension (of a distinct count: how many keys it has there).
  /// Else the keys of a distinct count.
  std::map<std::string, std::int64_t> keys;
};

/// `by` names a dimension of the indicator whose groups are wanted ("villages" for a least); empty
/// for none.
Share share(const catalog::Catalog &catalog, const catalog::Indicator &leaf,
            const catalog::RecordType &type, const record::Record &record, const Period &period,
            const record::Surroundings &around, std::string_view by = {});

/// The dimension of a least's base indicator that holds the villages; nullptr if it has none.
const catalog::Dimension *village_dimension(const catalog::Catalog &catalog,
                                            const catalog::Indicator &base);

} // namespace yifa::indicator
