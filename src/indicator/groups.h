#pragma once

#include "indicator/figures.h"

namespace yifa::indicator {

/// The groups of one dimension with labels and units, largest first, then by the list's rank.
std::vector<record::Figure::Group> labelled(const catalog::Catalog &catalog,
                                            const catalog::Indicator &indicator,
                                            const catalog::Dimension &dimension,
                                            const std::map<std::string_view, std::int64_t> &values,
                                            const Evidence &evidence);

} // namespace yifa::indicator
