#pragma once

#include "base/date.h"
#include "base/org_code.h"

#include <string>
#include <vector>

namespace yifa::record {

/// What one record adds to one figure. Flow contributions count in their month; stock contributions
/// count from their month on (+1 when it comes into force, −1 in the month after it ends).
struct Contribution {
  std::string indicator;
  std::string
      dimension; ///< empty for the total; a dimension's id; "=" for the keys of a distinct count
  std::string group; ///< code, org code or id; empty for the total
  Month month;
  bool stock = false;
  std::int64_t value =
      0; ///< count, or sum in the unit's smallest part (fen, millionths of a number)
  auto operator<=>(const Contribution &) const = default;
};

/// A contribution of one office: what the tally table holds, summed.
struct TallyRow {
  OrgCode org; ///< filled when asked by office
  Month month; ///< filled when asked by month
  std::string indicator;
  std::string dimension;
  std::string group;
  std::int64_t value = 0;
};

struct TallyQuery {
  OrgCode scope; ///< with its whole subtree
  Month from;    ///< ignored for stocks
  Month to;      ///< inclusive
  bool stock = false;
  std::vector<std::string> indicators; ///< empty: all
  bool by_month = false;
  bool by_org = false;
};

} // namespace yifa::record
