#include "sql/stored_rows.h"

#include <fmt/format.h>

namespace yifa::sql {

using record::Org;

std::string due_rows() { return "SELECT owner_org, due, binds, type, record, rule, part FROM due"; }

Result<store::DueRow> due_row(const Prepared &row) {
  store::DueRow out;
  out.owner = TRY(row.org_at(0));
  out.due = Date::from_days(static_cast<std::int32_t>(row.integer(1)));
  out.binds = row.text_at(2);
  out.type = row.text_at(3);
  out.record = TRY(row.id_at(4));
  out.rule = row.text_at(5);
  out.part = TRY(row.id_at(6));
  return out;
}

Result<Org> org_row(const Prepared &row) {
  Org org;
  org.code = TRY(row.org_at(0));
  if (row.integer(1) != kAlways)
    org.from = Date::from_days(static_cast<std::int32_t>(row.integer(1)));
  if (!row.is_null(2)) org.to = Date::from_days(static_cast<std::int32_t>(row.integer(2)));
  org.name = row.text_at(3);
  const auto kind = row.integer(4);
  if (kind < 0 || kind > static_cast<std::int64_t>(Org::Kind::Department))
    return internal_error(
        fmt::format("the store holds an office of no known kind: {}", org.code.text()));
  org.kind = static_cast<Org::Kind>(kind);
  org.successor = TRY(row.org_at(5));
  return org;
}

} // namespace yifa::sql
