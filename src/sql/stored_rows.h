#pragma once

#include "record/org.h"
#include "sql/connection.h"
#include "store/port.h"

#include <string>

/// Rows as the store's questions read them.
namespace yifa::sql {

/// "SELECT … FROM due", in the columns of due_row.
std::string due_rows();
Result<store::DueRow> due_row(const Prepared &row);

/// The columns of org_row.
inline constexpr const char *kOrgColumns = "code, since, until, name, kind, successor";
/// The beginning of a name that nobody knows.
inline constexpr std::int64_t kAlways = INT32_MIN;
Result<record::Org> org_row(const Prepared &row);

} // namespace yifa::sql
