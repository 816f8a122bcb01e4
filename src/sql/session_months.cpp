#include "sql/session.h"

namespace yifa::sql {
namespace {

/// The rows of a scope: an office's own, found through the offices that keep records, and above the
/// counties the counties' sums.
std::string months_of(const store::MonthCountQuery &query, const Dialect &dialect,
                      std::vector<store::Parameter> &bound) {
  const auto bind = [&bound](store::Parameter value) {
    bound.push_back(std::move(value));
    return "?" + std::to_string(bound.size());
  };
  auto months = " AND m.month >= " + bind(std::int64_t{query.from.index()}) +
                " AND m.month <= " + bind(std::int64_t{query.to.index()});
  std::string types;
  for (const auto &type : query.types) types += (types.empty() ? "" : ", ") + bind(type);
  if (!types.empty()) months += " AND m.type IN (" + types + ")";
  const auto &scope = query.scope;
  const auto level = scope.level();
  // Worded so that the whole scope is not walked once an office.
  const std::string own = "SELECT m.* FROM office o CROSS JOIN month_count m WHERE m.county = " +
                          dialect.plain("o.county") +
                          " AND m.level = 0 AND m.org = " + dialect.plain("o.org") + months;
  const std::string sums = "SELECT m.* FROM month_count m WHERE m.level = 1" + months;
  const auto within = [&](const char *column) {
    return std::string(column) + " >= " + bind(scope.first()) + " AND " + column + " < " +
           bind(scope.end());
  };
  if (level == OrgLevel::County && !query.by_org)
    return sums + " AND m.county = " + bind(scope.text()) + " AND m.org = m.county";
  if (level >= OrgLevel::County)
    return own + " AND o.county = " + bind(scope.county()) + " AND " + within("o.org");
  if (query.by_org) return own + " AND " + within("o.org");
  const auto above = own + " AND o.county = '' AND " + within("o.org");
  if (dialect.keeps_node_sums())
    return above + " UNION ALL " + sums + " AND m.county = " + bind(scope.text()) +
           " AND m.org = m.county UNION ALL SELECT m.county, 1, m.county, m.month, m.type, "
           "m.state, m.records, m.late FROM rising_count m WHERE " +
           within("m.county") + months;
  return above +
         " UNION ALL SELECT m.* FROM (SELECT DISTINCT county FROM office WHERE county <> '' AND " +
         within("county") +
         ") c CROSS JOIN month_count m WHERE m.county = " + dialect.plain("c.county") +
         " AND m.level = 1 AND m.org = " + dialect.plain("c.county") + months;
}

} // namespace

Result<std::vector<store::MonthCount>>
Session::counts_by_month(const store::MonthCountQuery &query) {
  TRY(noted(flush_values()));
  std::vector<store::Parameter> bound;
  const std::string org = query.by_org ? "org" : "''";
  const std::string month = query.by_month ? "month" : "0";
  const auto sql = "SELECT " + org + ", type, " + month +
                   ", state, CAST(sum(records) AS BIGINT), CAST(sum(late) AS BIGINT) FROM (" +
                   months_of(query, db_.dialect(), bound) +
                   ") AS m GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";
  auto rows = TRY(prepare(sql));
  rows.bind_all(bound);
  std::vector<store::MonthCount> out;
  while (TRY(rows.step())) {
    store::MonthCount count;
    if (query.by_org) count.org = TRY(rows.org_at(0));
    count.type = rows.text_at(1);
    count.month =
        query.by_month ? Month::from_index(static_cast<int>(rows.integer(2))) : query.from;
    count.state = rows.text_at(3);
    count.records = rows.integer(4);
    count.late = rows.integer(5);
    if (count.records != 0) out.push_back(std::move(count));
  }
  return out;
}

Result<std::vector<OrgCode>> Session::offices_in_states(const store::StatesQuery &query) {
  TRY(noted(flush_values()));
  std::vector<store::Parameter> bound;
  const auto bind = [&bound](store::Parameter value) {
    bound.push_back(std::move(value));
    return "?" + std::to_string(bound.size());
  };
  const auto from = bind(query.scope.first());
  const auto until = bind(query.scope.end());
  const auto first = bind(std::int64_t{query.from.index()});
  const auto last = bind(std::int64_t{query.to.index()});
  std::string among;
  for (const auto &[type, states] : query.states) {
    std::string each;
    for (const auto &state : states) each += (each.empty() ? "" : ", ") + bind(state);
    if (each.empty()) continue;
    among += among.empty() ? "" : " OR ";
    among += "(m.type = " + bind(type) + " AND m.state IN (" + each + "))";
  }
  std::vector<OrgCode> out;
  if (among.empty()) return out;
  auto rows = TRY(prepare(
      "SELECT o.org FROM office o WHERE o.org >= " + from + " AND o.org < " + until +
      " AND EXISTS (SELECT 1 FROM month_count m WHERE m.county = o.county AND m.level = 0 AND "
      "m.org = o.org AND m.month >= " +
      first + " AND m.month <= " + last + " AND m.records > 0 AND (" + among +
      ")) ORDER BY o.org"));
  rows.bind_all(bound);
  while (TRY(rows.step())) out.push_back(TRY(rows.org_at(0)));
  return out;
}

} // namespace yifa::sql
