#include "sql/session.h"
#include "sql/value_counts.h"

#include "store/select.h"

#include <algorithm>

namespace yifa::sql {

using record::Query;
using record::Record;
using store::TypeShape;

void Session::move_values(const TypeShape &type, const Record &record, std::int64_t sign) {
  if (record.withdrawn) return;
  const auto add = [&](const std::string &field, const std::string &value) {
    auto &count =
        values_
            .now[{record.owner_org.text(), type.id, field, value, record.day.month_of().index()}];
    count.records += sign;
    if (record.late) count.late += sign;
  };
  add(kStateCounted, record.state);
  for (const int i : type.counted)
    if (const auto *code = record.value(i).get<catalog::Code>())
      add(type.at.fields[static_cast<std::size_t>(i)].id, code->text);
}

Status Session::flush_values() {
  if (saved_ && !values_.written) {
    TRY(write_values(values_.before));
    values_.written = true;
  }
  TRY(write_values(values_.now));
  values_.now.clear();
  return Done{};
}

Status Session::write_values(const std::map<ValueKey, ValueCount> &values) {
  TRY(rows_.mark());
  std::map<SumKey, ValueCount> months;
  std::map<SumKey, ValueCount> sums;
  for (const auto &[key, count] : values) {
    if (count == ValueCount()) continue;
    const auto &[owner, type, field, value, month] = key;
    const auto county = owner.size() >= 6 ? owner.substr(0, 6) : std::string();
    const auto add = [&, &of = count](auto &to, int level, const std::string &org,
                                      const std::string &name, const std::string &held,
                                      const std::string &ledger, int when) {
      auto &sum = to[{county, level, org, ledger, when, name, held}];
      sum.records += of.records;
      sum.late += of.late;
    };
    add(sums, 0, owner.substr(0, 9), field, value, type, month);
    if (!county.empty()) add(sums, 1, county, field, value, type, month);
    if (field != kStateCounted) continue;
    add(months, 0, owner, field, value, type, month);
    if (!county.empty()) add(months, 1, county, field, value, type, month);
  }
  if (db_.dialect().takes_arrays()) return write_values_at_once(months, sums);
  const bool rise = db_.dialect().keeps_node_sums();
  for (const auto &[key, count] : months) {
    if (count == ValueCount()) continue;
    TRY(add_to_months(key, count));
    const auto &[county, level, org, type, month, field, state] = key;
    if (level != 1 || !rise) continue;
    auto append = TRY(prepare("INSERT INTO rising_count (county, month, type, state, records, "
                              "late) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    TRY(append.with(county, month, type, state, count.records, count.late).run());
  }
  for (const auto &[key, count] : sums)
    if (count != ValueCount()) TRY(add_to_values(key, count));
  return Done{};
}

Status Session::add_to_values(const SumKey &key, const ValueCount &count) {
  const auto &[county, level, org, type, month, field, value] = key;
  auto add = TRY(prepare(
      "INSERT INTO value_count (county, level, org, type, month, field, value, records, late) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (county, level, org, type, month, "
      "field, value) DO UPDATE SET "
      "records = value_count.records + excluded.records, late = value_count.late + excluded.late"));
  TRY(add.with(county, level, org, type, month, field, value, count.records, count.late).run());
  if (count.records >= 0) return Done{};
  auto remove = TRY(prepare(
      "DELETE FROM value_count WHERE county = ?1 AND level = ?2 AND org = ?3 AND type = ?4 AND "
      "month = ?5 AND field = ?6 AND value = ?7 AND records = 0"));
  return remove.with(county, level, org, type, month, field, value).run();
}

Status Session::add_to_months(const SumKey &key, const ValueCount &count) {
  const auto &[county, level, org, type, month, field, state] = key;
  auto add = TRY(prepare(
      "INSERT INTO month_count (county, level, org, month, type, state, records, late) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (county, level, org, month, type, state) DO "
      "UPDATE SET "
      "records = month_count.records + excluded.records, late = month_count.late + excluded.late"));
  TRY(add.with(county, level, org, month, type, state, count.records, count.late).run());
  if (count.records >= 0) return Done{};
  auto remove = TRY(prepare(
      "DELETE FROM month_count WHERE county = ?1 AND level = ?2 AND org = ?3 AND month = ?4 AND "
      "type = ?5 AND state = ?6 AND records = 0"));
  return remove.with(county, level, org, month, type, state).run();
}

namespace {

/// A count that is kept: records of a ledger by one field and some of its values.
struct AskedValues {
  std::string field;
  std::vector<std::string> values; ///< empty: every one
};

/// What a query asks for as such a count; nothing when it is none.
std::optional<AskedValues> asked_values(const TypeShape &type, const Query &query) {
  using Kind = catalog::Predicate::Kind;
  if (query.with_withdrawn || query.after || !query.handler.empty() ||
      (query.scope.level() != OrgLevel::County && query.scope.level() != OrgLevel::Township) ||
      (query.period && !query.period->whole_months()))
    return std::nullopt;
  const auto *where = &query.where;
  if (where->kind == Kind::All && where->children.size() == 1) where = &where->children.front();
  if (where->kind == Kind::True || (where->kind == Kind::All && where->children.empty()))
    return AskedValues{kStateCounted, query.states};
  if (!query.states.empty() || where->kind != Kind::Compare ||
      where->field.kind != catalog::FieldRef::Kind::Field || where->any_of.empty() ||
      !where->has.empty() || !where->none_of.empty() || where->min || where->max || where->filled ||
      std::find(type.counted.begin(), type.counted.end(), where->field.index) == type.counted.end())
    return std::nullopt;
  AskedValues asked{type.at.fields[static_cast<std::size_t>(where->field.index)].id, {}};
  for (const auto &operand : where->any_of) {
    const auto *code = operand.literal.get<catalog::Code>();
    if (code == nullptr || !operand.setting.empty() ||
        operand.same.kind != catalog::FieldRef::Kind::None)
      return std::nullopt;
    asked.values.push_back(code->text);
  }
  return asked;
}

} // namespace

Result<std::optional<std::int64_t>> Session::kept_count(const TypeShape &type, const Query &query) {
  const auto asked = asked_values(type, query);
  if (!asked) return std::optional<std::int64_t>();
  TRY(noted(flush_values()));
  std::vector<store::Parameter> bound;
  const auto bind = [&bound](store::Parameter value) {
    bound.push_back(std::move(value));
    return "?" + std::to_string(bound.size());
  };
  std::string kept = " AND v.type = " + bind(type.id) + " AND v.field = " + bind(asked->field);
  if (!asked->values.empty()) {
    std::string list;
    for (const auto &value : asked->values) list += (list.empty() ? "" : ", ") + bind(value);
    kept += " AND v.value IN (" + list + ")";
  }
  if (query.period)
    kept += " AND v.month >= " + bind(std::int64_t{query.period->from.month_of().index()}) +
            " AND v.month <= " + bind(std::int64_t{query.period->last().month_of().index()});
  std::string sql = "SELECT CAST(coalesce(sum(" +
                    std::string(query.only_late ? "late" : "records") + "), 0) AS BIGINT) FROM ";
  sql += "value_count v WHERE v.county = " + bind(query.scope.county()) +
         " AND v.level = " + bind(std::int64_t{query.scope.level() == OrgLevel::County ? 1 : 0}) +
         " AND v.org = " + bind(query.scope.text()) + kept;
  auto rows = TRY(prepare(sql));
  rows.bind_all(bound);
  if (!TRY(rows.step())) return internal_error("a count gave no row");
  return std::optional(rows.integer(0));
}

Result<std::optional<std::int64_t>> Session::count(const Query &query, std::int64_t most) {
  const auto *shape = TRY(shape_->type(query.type));
  if (!store::narrows_exactly(*shape, query.where, db_.dialect()))
    return std::optional<std::int64_t>();
  const auto kept = TRY(kept_count(*shape, query));
  const auto statement = kept ? store::count_placed(*shape, query, most, db_.dialect())
                              : store::count_records(*shape, query, most, db_.dialect());
  if (!statement) return kept;
  auto rows = TRY(prepare(statement->sql, Use::Once));
  rows.bind_all(statement->parameters);
  if (!TRY(rows.step())) return internal_error("a count gave no row");
  return std::optional(kept.value_or(0) + rows.integer(0));
}

} // namespace yifa::sql
