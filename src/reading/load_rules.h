#pragma once

#include "catalog/loader.h"
#include "reading/finding.h"

namespace yifa::reading {

/// Reads "checks/rules/GROUP.yaml" of the sources. Invalid with file, line and column: an unknown
/// word, a rule twice, a severity that is none, an example missing.
Result<Rules> load_rules(const catalog::Sources &sources);

} // namespace yifa::reading
