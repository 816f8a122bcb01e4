#pragma once

#include "catalog/model.h"

#include <string>
#include <vector>

namespace yifa::procedure {

/// A time limit of the catalog and where it stands.
struct Rule {
  const catalog::RecordType *type = nullptr;
  const catalog::Part *part = nullptr; ///< null on the record itself
  const catalog::Deadline *deadline = nullptr;
};

/// Every time limit in force on that day: of each ledger those of the edition of the day.
std::vector<Rule> rules_on(const catalog::Catalog &catalog, Date day);

/// NotFound with the nearest id, or saying that the rule is not yet or no longer in force that day.
Result<Rule> find_rule(const catalog::Catalog &catalog, const std::string &id, Date day);

} // namespace yifa::procedure
