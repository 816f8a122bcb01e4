#pragma once

#include "base/date.h"
#include "base/org_code.h"

#include <optional>
#include <utility>
#include <vector>

/// How a period lies on the months the tally keeps.
namespace yifa::indicator {

struct Cut {
  std::optional<std::pair<Month, Month>> months; ///< first and last month wholly inside
  std::vector<Period> pieces; ///< what is left over: at most one at each end, each inside one month
  std::optional<Period> tail; ///< the piece that ends the period inside a month
};

Cut cut_of(const Period &period);

/// The last day of the month before the one the period ends in: where a stock's tally stops when
/// that month is cut.
Date month_before(const Period &period);

/// Nation to county: figures that several townships make together.
bool above_townships(const OrgCode &org);

} // namespace yifa::indicator
