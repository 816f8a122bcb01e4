#include "sql/many_rows.h"
#include "sql/session.h"

#include <fmt/format.h>

namespace yifa::sql {
namespace {

/// One table of sums, its rows given many at a time.
class SumsAtOnce {
public:
  /// `key`: the columns of its primary key; `values`: those that are added up. Both with commas.
  SumsAtOnce(Connection &db, std::string table, std::string key, std::string values,
             std::initializer_list<const char *> types)
      : db_(db), table_(std::move(table)), key_(std::move(key)), values_(std::move(values)),
        rows_(types), fallen_(types) {}

  /// `may_end`: the sum may be back at zero, and then the row goes.
  template <typename... A> Status add(bool may_end, const A &...row) {
    rows_.add(row...);
    if (may_end) fallen_.add(row...);
    return rows_.full() ? write() : Status(Done{});
  }

  Status write() {
    const auto columns = key_ + ", " + values_;
    std::string again;
    std::string left = values_;
    while (!left.empty()) {
      const auto name = left.substr(0, left.find(','));
      again += fmt::format("{}{} = {}", again.empty() ? "" : ", ", name,
                           db_.dialect().sum(table_ + "." + name, "excluded." + name));
      left = name.size() == left.size() ? "" : left.substr(name.size() + 2);
    }
    TRY(rows_.run(db_, fmt::format("INSERT INTO {0} ({1}) SELECT * FROM {2} ON CONFLICT ({3}) DO "
                                   "UPDATE SET {4}",
                                   table_, columns, rows_.words(), key_, again)));
    return fallen_.run(
        db_,
        fmt::format("DELETE FROM {0} WHERE ({1}) IN (SELECT {1} FROM {2} AS given({3})) AND "
                    "{4} = 0",
                    table_, key_, fallen_.words(), columns, values_.substr(0, values_.find(','))));
  }

private:
  Connection &db_;
  std::string table_;
  std::string key_;
  std::string values_;
  ManyRows rows_;
  ManyRows fallen_;
};

} // namespace

Status Session::write_moves_at_once(const std::map<Move, std::int64_t> &own,
                                    const std::map<Move, std::int64_t> &counties) {
  const bool rise = db_.dialect().keeps_node_sums();
  ManyRows rising({"text", "smallint", "integer", "text", "text", "text", "bigint"});
  const auto append =
      fmt::format("INSERT INTO rising (county, stock, month, indicator, dimension, grp, value) "
                  "SELECT * FROM {}",
                  rising.words());
  for (const bool stock : {false, true}) {
    SumsAtOnce sums(db_, stock ? "tally_stock" : "tally",
                    "county, level, org, indicator, dimension, grp, month", "value",
                    {"text", "smallint", "text", "text", "text", "text", "integer", "bigint"});
    for (const auto &[move, value] : own) {
      const auto &[is_stock, owner, indicator, dimension, group, month] = move;
      if (is_stock != stock || value == 0) continue;
      const auto county = owner.size() >= 6 ? owner.substr(0, 6) : std::string();
      TRY(sums.add(value < 0 || stock, county, 0, owner, indicator, dimension, group, month,
                   value));
    }
    for (const auto &[move, value] : counties) {
      const auto &[is_stock, county, indicator, dimension, group, month] = move;
      if (is_stock != stock || value == 0) continue;
      TRY(sums.add(value < 0 || stock, county, 1, county, indicator, dimension, group, month,
                   value));
      if (!rise) continue;
      rising.add(county, stock ? 1 : 0, month, indicator, dimension, group, value);
      if (rising.full()) TRY(rising.run(db_, append));
    }
    TRY(sums.write());
  }
  return rising.run(db_, append);
}

Status Session::write_values_at_once(const std::map<SumKey, ValueCount> &months,
                                     const std::map<SumKey, ValueCount> &sums) {
  const bool rise = db_.dialect().keeps_node_sums();
  ManyRows rising({"text", "integer", "text", "text", "bigint", "bigint"});
  const auto append = fmt::format("INSERT INTO rising_count (county, month, type, state, records, "
                                  "late) SELECT * FROM {}",
                                  rising.words());
  SumsAtOnce by_month(db_, "month_count", "county, level, org, month, type, state", "records, late",
                      {"text", "smallint", "text", "integer", "text", "text", "bigint", "bigint"});
  for (const auto &[key, count] : months) {
    if (count == ValueCount()) continue;
    const auto &[county, level, org, type, month, field, state] = key;
    TRY(by_month.add(count.records < 0, county, level, org, month, type, state, count.records,
                     count.late));
    if (level != 1 || !rise) continue;
    rising.add(county, month, type, state, count.records, count.late);
    if (rising.full()) TRY(rising.run(db_, append));
  }
  TRY(by_month.write());
  TRY(rising.run(db_, append));
  SumsAtOnce by_value(
      db_, "value_count", "county, level, org, type, month, field, value", "records, late",
      {"text", "smallint", "text", "text", "integer", "text", "text", "bigint", "bigint"});
  for (const auto &[key, count] : sums) {
    if (count == ValueCount()) continue;
    const auto &[county, level, org, type, month, field, value] = key;
    TRY(by_value.add(count.records < 0, county, level, org, type, month, field, value,
                     count.records, count.late));
  }
  return by_value.write();
}

} // namespace yifa::sql
