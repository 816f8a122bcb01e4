#include "sql/gathering.h"

namespace yifa::sql {
namespace {

/// So many rows of a table are sent at the latest: the engine adds them while more are made.
constexpr std::size_t kGathered = 128;

} // namespace

Result<Prepared> Gathering::adding(const RowForm &form) {
  if (!late_) return db_.prepare(form.one());
  auto &table = tables_[form.one()];
  if (!table.rows) table = {&form, db_.gather(form)};
  if (table.rows->size() >= kGathered) TRY(write(table));
  return Prepared(table.rows->row());
}

Result<Prepared> Gathering::prepare(std::string_view sql, Use use) {
  if (late_) {
    for (auto &[one, table] : tables_)
      if (table.rows->size() > 0 && names_table(sql, table.form->table())) TRY(write(table));
    if (!sql.starts_with("SELECT") && !sql.starts_with("WITH")) TRY(mark());
  }
  return db_.prepare(sql, use);
}

Status Gathering::write(Table &table) {
  if (table.rows->size() == 0) return Done{};
  TRY(mark()); // which sends what was gathered before the step
  return table.rows->write(table.rows->size());
}

Status Gathering::write() {
  for (auto &[one, table] : tables_) TRY(write(table));
  return Done{};
}

Status Gathering::write(const RowForm &form) {
  const auto found = tables_.find(form.one());
  return found == tables_.end() ? Status(Done{}) : write(found->second);
}

Status Gathering::begin_step() {
  if (step_) return internal_error("a step of this transaction is still open");
  step_ = true;
  marked_ = false;
  for (auto &[one, table] : tables_) table.before = table.rows->size();
  return late_ ? Status(Done{}) : mark();
}

Status Gathering::mark() {
  if (!step_ || marked_) return Done{};
  for (auto &[one, table] : tables_) {
    if (table.before > 0) TRY(table.rows->write(table.before));
    table.before = 0;
  }
  marked_ = true;
  return carry_out("SAVEPOINT step");
}

Status Gathering::keep_step() {
  if (!step_) return internal_error("no step of this transaction is open");
  // What was put off may have failed. Where refusals may come late nobody waits for them here.
  if (!late_) TRY(db_.settle());
  step_ = false;
  return marked_ ? carry_out("RELEASE step") : Status(Done{});
}

Status Gathering::undo_step() {
  if (!step_) return internal_error("no step of this transaction is open");
  step_ = false;
  for (auto &[one, table] : tables_) table.rows->cut(table.before);
  // What was put off may have failed too. In a step of its own it goes with the step; where it may
  // have been an earlier step's, which was said to be kept, all of them go.
  const auto settled = db_.settle();
  if (!db_.in_transaction() || (late_ && (!settled || db_.failed())))
    return unavailable("the transaction was given up");
  if (!marked_) return Done{};
  TRY(carry_out("ROLLBACK TO step"));
  TRY(carry_out("RELEASE step"));
  return db_.settle();
}

} // namespace yifa::sql
