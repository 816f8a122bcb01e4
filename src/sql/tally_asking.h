#pragma once

#include "record/tally.h"
#include "store/select.h"

#include <string>
#include <string_view>

namespace yifa::sql {

/// What of the tally a query asks: offices' own rows or kept sums, as statements. Offices and
/// counties are found by hopping from key to key, so that what lies between costs nothing.
class TallyAsking {
public:
  /// The query must outlive it.
  explicit TallyAsking(const record::TallyQuery &query);

  const char *table() const { return query_.stock ? "tally_stock" : "tally"; }
  /// Of so few indicators each is looked up by itself: month stands before indicator in a flow's
  /// key, and in a range of months every row would be looked at.
  bool few() const;
  bool wanted(std::string_view indicator) const;

  /// Of one county: its offices' own rows, or its sum. Columns: indicator, dimension, group, month,
  /// value, office. `indicator`: of a few.
  store::Statement of_county(const std::string &county, bool offices,
                             const std::string *indicator) const;
  /// Offices' own rows of every county beneath a scope above them, in one statement; the same
  /// columns. For an engine that takes LATERAL, on one server.
  store::Statement beneath(const std::string *indicator) const;
  /// What the kept sums of a scope above the counties do not hold yet: indicator, dimension, group,
  /// month, value.
  store::Statement rising() const;

private:
  const record::TallyQuery &query_;
  const int first_; ///< months, inclusive
  const int last_;
};

} // namespace yifa::sql
