#include "sql/session.h"

#include <fmt/format.h>

namespace yifa::sql {

Session::Session(Home &home, std::unique_ptr<Connection> connection,
                 std::shared_ptr<const store::Shape> shape, Mode mode, std::string county,
                 bool late)
    : home_(home), connection_(std::move(connection)), db_(*connection_), shape_(std::move(shape)),
      mode_(mode), county_(std::move(county)), rows_(db_, late && mode != Mode::Read) {}

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
  TRY(flush_records());
  TRY(flush_answers());
  TRY(rows_.write());
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
  TRY(noted(flush())); // so that nothing put off comes after the emptying
  limits_.clear();
  read_.clear();
  offices_.clear();
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

const TypeSql &Session::sql_of(const store::TypeShape &type) {
  return sql_.try_emplace(&type, type).first->second;
}

} // namespace yifa::sql
