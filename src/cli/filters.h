#pragma once

#include "catalog/model.h"
#include "store/port.h"

namespace yifa::cli {

/// Conditions written on the command line as one predicate (all must hold): field=value, field=a|b,
/// field>=v, field<=v, field!=v, field? (filled), field!? (empty). Codes by code or label, offices
/// by code or name. Invalid: an unknown or personal field (with the nearest name), a value that
/// does not fit; all at once.
Result<catalog::Predicate> read_filters(const catalog::Catalog &catalog,
                                        const catalog::RecordType &type, store::Reader &reader,
                                        const OrgCode &near,
                                        const std::vector<std::string> &written);

} // namespace yifa::cli
