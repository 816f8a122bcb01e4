#pragma once

#include "catalog/model.h"
#include "store/port.h"

#include <string>
#include <utility>
#include <vector>

namespace yifa::service {

/// Conditions written by a person as one predicate (all must hold): field=value, field=a|b,
/// field>=v, field<=v, field!=v, field? (filled), field!? (empty). Codes by code or label, offices
/// by code or name. Invalid: an unknown or personal field (with the nearest name), a value that
/// does not fit; all at once.
Result<catalog::Predicate> read_filters(const catalog::Catalog &catalog,
                                        const catalog::RecordType &type, store::Reader &reader,
                                        const OrgCode &near,
                                        const std::vector<std::string> &written);

/// Where the next page of a list begins: behind the record with that day and id, written DAY/ID.
/// Invalid.
Result<std::pair<Date, RecordId>> read_cursor(const std::string &text);
std::string write_cursor(const record::Record &last);

} // namespace yifa::service
