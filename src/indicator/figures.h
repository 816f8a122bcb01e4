#pragma once

#include "indicator/plan.h"
#include "record/figure.h"
#include "record/org.h"

#include <functional>

/// From tally rows to figures. What a status means and when a zero stands: docs/adr/0020-zero.md.
namespace yifa::indicator {

/// Everything a computation looks at; it looks at nothing else.
struct Evidence {
  std::vector<record::TallyRow> rows; ///< of all of the plan's tallies, and of gather()
  /// The administrative villages (Org::Kind::Village, not communities) under the scope, in the tree
  /// of the period's last day.
  std::vector<OrgCode> villages;
  /// The townships under the scope that are expected to report; the township itself (or the village
  /// or department asked for) when the scope is one. Offices that have rows and are missing here
  /// are counted beside them. Without any, above a township, no zero is confirmed.
  std::vector<OrgCode> offices;
  /// The name of an office or of a linked record, for groups by org and link fields; the code
  /// itself where empty.
  std::function<std::string(const catalog::Dimension &dimension, const std::string &group)> name_of;
};

/// Adds what this record of a sweep gives to the cut months.
void gather(const catalog::Catalog &catalog, const Sweep &sweep, const catalog::RecordType &type,
            const record::Record &record, const record::Surroundings &around, Evidence &evidence);

/// One figure for each requested id (all of the catalog's when none is named), in catalog order.
std::vector<record::Figure> compute(const catalog::Catalog &catalog, const Request &request,
                                    const Evidence &evidence);

} // namespace yifa::indicator
