#include "sql/tally_asking.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

constexpr std::size_t kFewIndicators = 8;
constexpr int kFewMonths = 36;

} // namespace

TallyAsking::TallyAsking(const record::TallyQuery &query)
    : query_(query), first_(query.stock ? 0 : query.from.index()), last_(query.to.index()) {}

bool TallyAsking::few() const {
  return !query_.indicators.empty() && query_.indicators.size() <= kFewIndicators &&
         (query_.stock || last_ - first_ < kFewMonths);
}

bool TallyAsking::wanted(std::string_view indicator) const {
  return query_.indicators.empty() || std::find(query_.indicators.begin(), query_.indicators.end(),
                                                indicator) != query_.indicators.end();
}

store::Statement TallyAsking::of_county(const std::string &county, bool offices,
                                        const std::string *indicator) const {
  store::Statement made;
  const auto bind = [&made](store::Parameter value) {
    made.parameters.push_back(std::move(value));
    return "?" + std::to_string(made.parameters.size());
  };
  const auto in_county = bind(county);
  const auto from = bind(std::int64_t{first_});
  const auto to = bind(std::int64_t{last_});
  std::string with;
  std::string tables;
  std::string where = fmt::format(" WHERE t.county = {} AND t.level = {}", in_county,
                                  offices ? "0 AND t.org = o.org" : "1 AND t.org = t.county");
  // Offices are found by hopping from key to key, so that what lies between costs nothing.
  if (offices) {
    const auto end = bind(query_.scope.end());
    with = fmt::format("o(org) AS (SELECT min(org) FROM {0} WHERE county = {1} AND level = 0 AND "
                       "org >= {2} AND org < {3} UNION ALL SELECT (SELECT min(n.org) FROM {0} n "
                       "WHERE n.county = {1} AND n.level = 0 AND n.org > o.org AND n.org < {3}) "
                       "FROM o WHERE o.org IS NOT NULL)",
                       table(), in_county, bind(query_.scope.first()), end);
    tables = "o CROSS JOIN ";
  }
  if (indicator != nullptr) where += " AND t.indicator = " + bind(*indicator);
  if (indicator != nullptr && !query_.stock) {
    with += fmt::format("{}m(month) AS (SELECT {} UNION ALL SELECT month + 1 FROM m WHERE month "
                        "< {})",
                        with.empty() ? "" : ", ", from, to);
    tables += "m CROSS JOIN ";
    where += " AND t.month = m.month AND m.month <= " + to;
  } else {
    where += fmt::format(" AND t.month >= {} AND t.month <= {}", from, to);
  }
  made.sql = fmt::format("{}{} SELECT t.indicator, t.dimension, t.grp, t.month, t.value, t.org "
                         "FROM {}{} t{}",
                         with.empty() ? "" : "WITH RECURSIVE ", with, tables, table(), where);
  return made;
}

store::Statement TallyAsking::beneath(const std::string *indicator) const {
  // Offices above the counties keep their own rows under the empty county, which is not looked for.
  store::Statement made{"",
                        {query_.scope.is_nation() ? std::string("0") : query_.scope.first(),
                         query_.scope.end(), std::int64_t{first_}, std::int64_t{last_}}};
  std::string months = "t.month >= ?3 AND t.month <= ?4";
  std::string month_by_month;
  if (indicator != nullptr) {
    made.parameters.emplace_back(*indicator);
    months += " AND t.indicator = ?5";
    if (!query_.stock) {
      month_by_month = "CROSS JOIN m ";
      months += " AND t.month = m.month";
    }
  }
  // OFFSET 0: each office's rows are looked up by the whole key, in no other order.
  made.sql = fmt::format(
      "WITH RECURSIVE c(county) AS (SELECT min(county) FROM {0} WHERE county >= ?1 AND county < ?2 "
      "UNION ALL SELECT (SELECT min(n.county) FROM {0} n WHERE n.county > c.county AND n.county < "
      "?2) FROM c WHERE c.county IS NOT NULL), m(month) AS (SELECT ?3 UNION ALL SELECT month + 1 "
      "FROM m WHERE month < ?4) SELECT r.indicator, r.dimension, r.grp, r.month, r.value, r.org "
      "FROM c CROSS JOIN LATERAL (WITH RECURSIVE o(org) AS (SELECT min(org) FROM {0} WHERE county "
      "= c.county AND level = 0 UNION ALL SELECT (SELECT min(n.org) FROM {0} n WHERE n.county = "
      "c.county AND n.level = 0 AND n.org > o.org) FROM o WHERE o.org IS NOT NULL) SELECT s.* FROM "
      "o {1}CROSS JOIN LATERAL (SELECT t.* FROM {0} t WHERE t.county = c.county AND t.level = 0 "
      "AND "
      "t.org = o.org AND {2} OFFSET 0) s) r WHERE length(c.county) = 6",
      table(), month_by_month, months);
  return made;
}

store::Statement TallyAsking::rising() const {
  return {"SELECT indicator, dimension, grp, month, value FROM rising WHERE stock = ?1 AND month "
          ">= ?2 AND month <= ?3 AND county >= ?4 AND county < ?5",
          {std::int64_t{query_.stock ? 1 : 0}, std::int64_t{first_}, std::int64_t{last_},
           query_.scope.first(), query_.scope.end()}};
}

} // namespace yifa::sql
