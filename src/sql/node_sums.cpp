#include "sql/node_sums.h"

#include "base/date.h"

#include <vector>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

/// A table of sums and where its changes wait.
struct Kept {
  const char *table;
  const char *key;    ///< columns behind county, level and org
  const char *values; ///< columns that are added up
  const char *rising;
  const char *which; ///< of the rows that wait, as `r`
};

constexpr Kept kKept[] = {
    {"tally", "month, indicator, dimension, grp", "value", "rising", "r.stock = 0"},
    {"tally_stock", "indicator, dimension, grp, month", "value", "rising", "r.stock = 1"},
    {"month_count", "month, type, state", "records, late", "rising_count", "true"},
};

std::vector<std::string> names_of(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const auto comma = list.find(", ");
    out.emplace_back(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 2);
  }
  return out;
}

/// "CAST(sum(r.records) AS bigint), CAST(sum(r.late) AS bigint)"
std::string summed(const Kept &kept, const std::string &row) {
  std::string out;
  for (const auto &name : names_of(kept.values))
    out += fmt::format("{}CAST(sum({}.{}) AS bigint)", out.empty() ? "" : ", ", row, name);
  return out;
}

std::string into(const Kept &kept) {
  return fmt::format("INSERT INTO {} (county, level, org, {}, {}) ", kept.table, kept.key,
                     kept.values);
}

std::string anything_of(const Kept &kept, const std::string &row) {
  std::string out;
  for (const auto &name : names_of(kept.values))
    out += fmt::format("{}sum({}.{}) <> 0", out.empty() ? "" : " OR ", row, name);
  return out;
}

std::string of_row(const std::string &row, std::string_view list) {
  std::string out;
  for (const auto &name : names_of(list)) out += (out.empty() ? "" : ", ") + row + "." + name;
  return out;
}

/// The nodes of one length beneath one another: every sum of the longer codes is added to that of
/// the shorter. Nodes are found by hopping from key to key, and each is added up by itself, so that
/// what must be held at once is one node's.
std::string one_level_up(const Kept &kept, int from, int to) {
  // "~" stands behind every digit and before nothing else that is looked for.
  const auto hop = fmt::format(
      "WITH RECURSIVE h(county) AS (SELECT min(county) FROM {0} WHERE county >= '0' UNION ALL "
      "SELECT (SELECT min(n.county) FROM {0} n WHERE n.county > CASE WHEN length(h.county) >= "
      "{1} THEN substr(h.county, 1, {1}) || '~' ELSE h.county END) FROM h WHERE h.county IS NOT "
      "NULL), node(code) AS (SELECT DISTINCT substr(county, 1, {2}) FROM h WHERE length(county) "
      ">= {1}) ",
      kept.table, from, to);
  const auto counties = fmt::format(
      "(WITH RECURSIVE c(county) AS (SELECT min(county) FROM {0} WHERE county > node.code AND "
      "county < node.code || '~' UNION ALL SELECT (SELECT min(n.county) FROM {0} n WHERE n.county "
      "> c.county AND n.county < node.code || '~') FROM c WHERE c.county IS NOT NULL) SELECT "
      "county FROM c WHERE length(county) = {1})",
      kept.table, from);
  return into(kept) +
         fmt::format(
             "{0}SELECT node.code, 1, node.code, {1}, {2} FROM node CROSS JOIN LATERAL "
             "(SELECT {3}, {4} FROM {5} below CROSS JOIN LATERAL (SELECT * FROM {6} t "
             "WHERE t.county = below.county AND t.level = 1) r GROUP BY {3} HAVING {7}) s",
             hop, of_row("s", kept.key), of_row("s", kept.values), of_row("r", kept.key),
             [&] {
               std::string out;
               for (const auto &name : names_of(kept.values))
                 out += fmt::format("{0}CAST(sum(r.{1}) AS bigint) AS {1}", out.empty() ? "" : ", ",
                                    name);
               return out;
             }(),
             counties, kept.table, anything_of(kept, "r"));
}

/// The same in plain words, for tables on several servers.
std::string one_level_up_plainly(const Kept &kept, int from, int to) {
  const auto node = fmt::format("substr(r.county, 1, {})", to);
  return into(kept) + fmt::format("SELECT {0}, 1, {0}, {1}, {2} FROM {3} r WHERE r.level = 1 AND "
                                  "length(r.county) = {4} GROUP BY {0}, {1} HAVING {5}",
                                  node, of_row("r", kept.key), summed(kept, "r"), kept.table, from,
                                  anything_of(kept, "r"));
}

Status carry_out(Connection &db, const std::string &sql) {
  return TRY(db.prepare(sql, Use::Once)).run();
}

} // namespace

std::string nodes_above(const std::string &row) {
  return fmt::format("(VALUES (''), (substr({0}.county, 1, 2)), (substr({0}.county, 1, 4))) AS "
                     "node(code)",
                     row);
}

Result<std::int64_t> raise_node_sums(Connection &db) {
  auto waiting = TRY(db.prepare(
      "SELECT (SELECT count(*) FROM rising) + (SELECT count(*) FROM rising_count)", Use::Once));
  if (!TRY(waiting.step())) return internal_error("a count gave no row");
  const auto found = waiting.integer(0);
  if (found == 0) return found;
  for (const auto &kept : kKept) {
    std::string again;
    for (const auto &name : names_of(kept.values))
      again += fmt::format("{0}{1} = {2}.{1} + excluded.{1}", again.empty() ? "" : ", ", name,
                           kept.table);
    TRY(carry_out(db, into(kept) +
                          fmt::format("SELECT node.code, 1, node.code, {0}, {1} FROM {2} r CROSS "
                                      "JOIN LATERAL {3} WHERE {4} GROUP BY node.code, {0} HAVING "
                                      "{5} ON CONFLICT (county, level, org, {6}) DO UPDATE SET {7}",
                                      of_row("r", kept.key), summed(kept, "r"), kept.rising,
                                      nodes_above("r"), kept.which, anything_of(kept, "r"),
                                      kept.key, again)));
  }
  TRY(carry_out(db, "DELETE FROM rising"));
  TRY(carry_out(db, "DELETE FROM rising_count"));
  return found;
}

Status rebuild_node_sums(Connection &db) {
  const bool plainly = db.dialect().spread();
  for (const auto &kept : kKept) {
    if (plainly) {
      TRY(carry_out(
          db, fmt::format("DELETE FROM {} WHERE level = 1 AND length(county) < 6", kept.table)));
      for (int digits = 6; digits > 0; digits -= 2)
        TRY(carry_out(db, one_level_up_plainly(kept, digits, digits - 2)));
      continue;
    }
    // Nodes are few: theirs are found by name, not by looking at every row.
    TRY(carry_out(db, fmt::format("WITH RECURSIVE h(county) AS (SELECT min(county) FROM {0} UNION "
                                  "ALL SELECT (SELECT min(n.county) FROM {0} n WHERE n.county > "
                                  "h.county) FROM h WHERE h.county IS NOT NULL) DELETE FROM {0} t "
                                  "USING h WHERE length(h.county) < 6 AND t.county = h.county AND "
                                  "t.level = 1",
                                  kept.table)));
    for (int digits = 6; digits > 0; digits -= 2)
      TRY(carry_out(db, one_level_up(kept, digits, digits - 2)));
  }
  TRY(carry_out(db, "DELETE FROM rising"));
  TRY(carry_out(db, "DELETE FROM rising_count"));
  return db.settle();
}

Status check_node_sums(
    Connection &db,
    const std::function<void(const std::string &where, const std::string &what)> &fault) {
  for (const auto &kept : kKept) {
    for (const auto &value : names_of(kept.values)) {
      const auto key = std::string(kept.key);
      const auto above = [&](const std::string &from, const std::string &where, int sign) {
        return fmt::format("SELECT node.code, {}, {}, {} FROM {} r CROSS JOIN LATERAL {} WHERE {}",
                           of_row("r", key), sign > 0 ? "r." + value : "0",
                           sign > 0 ? "0" : "r." + value, from, nodes_above("r"), where);
      };
      auto rows = TRY(db.prepare(
          fmt::format("SELECT code, month, concat_ws(' ', {0}), CAST(sum(kept) AS text), "
                      "CAST(sum(given) AS text) FROM (SELECT r.county, {1}, r.{2}, 0 FROM {3} r "
                      "WHERE r.level = 1 AND length(r.county) < 6 UNION ALL {4} UNION ALL {5}) AS "
                      "held(code, {0}, kept, given) GROUP BY code, {0} HAVING sum(kept) <> "
                      "sum(given) ORDER BY code, {0}",
                      key, of_row("r", key), value, kept.table, above(kept.rising, kept.which, 1),
                      above(kept.table, "r.level = 1 AND length(r.county) = 6", -1)),
          Use::Walk));
      while (TRY(rows.step()))
        fault(fmt::format("{} of {} {}", kept.table,
                          rows.bytes(0).empty() ? std::string("the nation") : rows.text_at(0),
                          rows.text_at(2)),
              fmt::format("says {}, its counties give {}", rows.text_at(3), rows.text_at(4)));
    }
  }
  return Done{};
}

} // namespace yifa::sql
