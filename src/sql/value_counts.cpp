#include "sql/value_counts.h"

#include <fmt/format.h>

namespace yifa::sql {

std::vector<std::string> recount_values(const store::TypeShape &type, const Dialect &dialect) {
  std::vector<std::string> out = {
      fmt::format("DELETE FROM value_count WHERE type = '{}'", type.id)};
  const auto count = [&](const std::string &field, const std::string &column) {
    out.push_back(fmt::format(
        "INSERT INTO value_count (county, level, org, type, field, value, month, records, late) "
        "SELECT county, 0, substr(owner_org, 1, 9), '{0}', '{1}', {2}, {4}, count(*), sum(late) "
        "FROM {3} WHERE withdrawn = 0 AND {2} IS NOT NULL GROUP BY 1, 3, 6, 7",
        type.id, field, column, store::quoted(type.table.name), dialect.month_of("day")));
  };
  count(kStateCounted, "state");
  for (const int i : type.counted) {
    const auto &field = type.at.fields[static_cast<std::size_t>(i)].id;
    count(field, store::quoted("f_" + field));
  }
  out.push_back(fmt::format(
      "INSERT INTO value_count (county, level, org, type, field, value, month, records, late) "
      "SELECT county, 1, county, type, field, value, month, sum(records), sum(late) FROM "
      "value_count WHERE level = 0 AND county <> '' AND type = '{}' GROUP BY county, type, field, "
      "value, month",
      type.id));
  return out;
}

} // namespace yifa::sql
