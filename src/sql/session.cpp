#include "sql/session.h"

#include <fmt/format.h>

namespace yifa::sql {

Session::Session(Home &home, std::unique_ptr<Connection> connection,
                 std::shared_ptr<const store::Shape> shape, Mode mode, std::string county)
    : home_(home), connection_(std::move(connection)), db_(*connection_), shape_(std::move(shape)),
      mode_(mode), county_(std::move(county)) {}

Session::~Session() {
  db_.undo();
  home_.give_back(std::move(connection_), mode_);
  if (mode_ != Mode::Read && !spent_) home_.writer_done(county_);
}

Status Session::writable() const {
  if (mode_ == Mode::Read) return internal_error("this transaction only reads");
  if (spent_) return internal_error("this transaction is over");
  if (spoiled_)
    return unavailable("an earlier step of this transaction failed, so nothing more is written");
  return Done{};
}

Status Session::writes_to(const std::string &county) const {
  TRY(writable());
  if (!county_.empty() && county != county_)
    return internal_error(fmt::format("a change of county {} was begun as one of county {}",
                                      county.empty() ? "(none)" : county, county_));
  return Done{};
}

Status Session::writes_everywhere() const {
  TRY(writable());
  if (!county_.empty())
    return internal_error("a change of every county was begun as one of county " + county_);
  return Done{};
}

Status Session::flush() {
  TRY(flush_moves());
  TRY(flush_values());
  TRY(flush_heads());
  TRY(flush_registers());
  return flush_texts();
}

Status Session::commit() {
  auto done = writable();
  if (spent_ || mode_ == Mode::Read) return done;
  if (done) done = flush();
  if (done) done = db_.commit();
  if (!done) db_.undo();
  // Whatever became of it, the next writer may begin.
  spent_ = true;
  home_.writer_done(county_);
  return done;
}

Status Session::clear_derived_tables() {
  TRY(writes_everywhere());
  moves_.clear();
  values_.clear();
  texts_.clear();
  offices_.clear();
  text_bytes_ = 0;
  std::vector<std::string> tables;
  for (const auto &[id, type] : shape_->types) {
    for (const auto &part : type.parts) tables.push_back(part.table.name);
    tables.push_back(type.table.name);
  }
  for (const char *fixed : {"record_home", "office", "link", "attachment", "alike", "tally",
                            "tally_stock", "due", "month_count", "value_count"})
    tables.emplace_back(fixed);
  if (db_.dialect().keeps_node_sums())
    for (const char *waiting : {"rising", "rising_count"}) tables.emplace_back(waiting);
  TRY(noted(db_.empty_tables(tables)));
  return noted(db_.texts().clear());
}

const Session::TypeSql &Session::sql_of(const store::TypeShape &type) {
  auto [found, fresh] = sql_.try_emplace(&type);
  TypeSql &sql = found->second;
  if (!fresh) return sql;
  auto names = [](const store::Table &table) {
    std::vector<std::string> out;
    for (const auto &column : table.columns) out.push_back(column.name);
    return out;
  };
  auto marks = [](std::size_t n) {
    std::string out;
    for (std::size_t i = 1; i <= n; ++i) out += fmt::format("{}?{}", i > 1 ? ", " : "", i);
    return out;
  };
  auto columns = names(type.table);
  auto table = store::quoted(type.table.name);
  sql.columns = store::name_list(columns);
  sql.select = fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id = ?2", sql.columns, table);
  sql.insert =
      fmt::format("INSERT INTO {} ({}) VALUES ({})", table, sql.columns, marks(columns.size()));
  std::string sets;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (i != store::kCounty && i != store::kId)
      sets += fmt::format("{}{} = ?{}", sets.empty() ? "" : ", ", store::quoted(columns[i]), i + 1);
  sql.update = fmt::format("UPDATE {} SET {} WHERE county = ?1 AND id = ?2", table, sets);
  for (const auto &part : type.parts) {
    auto part_columns = names(part.table);
    auto part_table = store::quoted(part.table.name);
    sql.part_select.push_back(fmt::format("SELECT {} FROM {} WHERE county = ?1 AND record IN (",
                                          store::name_list(part_columns), part_table));
    std::string again;
    for (std::size_t i = store::kPosition + 1; i < part_columns.size(); ++i)
      again += fmt::format("{}{} = excluded.{}", again.empty() ? "" : ", ",
                           store::quoted(part_columns[i]), store::quoted(part_columns[i]));
    sql.part_put.push_back(fmt::format(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT (county, record, position) DO UPDATE SET {}",
        part_table, store::name_list(part_columns), marks(part_columns.size()), again));
    sql.part_cut.push_back(fmt::format(
        "DELETE FROM {} WHERE county = ?1 AND record = ?2 AND position >= ?3", part_table));
  }
  return sql;
}

} // namespace yifa::sql
