#include "sql/session.h"

#include <utility>

namespace yifa::sql {

// What is gathered in memory is set aside rather than written at the beginning of a step: written
// once for many steps, it costs a fraction. Should the step write it early, undoing brings it back.

Status Session::save() {
  TRY(writable());
  if (saved_) return internal_error("a step of this transaction is still open");
  TRY(noted(carry_out("SAVEPOINT step")));
  saved_ = Saved{heads_, moved_heads_, registers_, text_bytes_};
  moves_.save();
  values_.save();
  texts_.save();
  return Done{};
}

Status Session::keep() {
  TRY(writable());
  if (!saved_) return internal_error("no step of this transaction is open");
  // What was put off may have failed: this step goes then, and the transaction goes on.
  if (auto settled = db_.settle(); !settled) {
    TRY(back());
    return settled;
  }
  saved_.reset();
  // The lesser part is the step's.
  if (!moves_.written) {
    for (const auto &[move, value] : moves_.now) {
      auto &sum = moves_.before[move];
      const auto next = checked_add(sum, value);
      if (!next) return noted(Status(internal_error("a figure is too large to be added up")));
      sum = *next;
    }
    moves_.back();
  }
  if (!values_.written) {
    for (const auto &[key, count] : values_.now) {
      values_.before[key].records += count.records;
      values_.before[key].late += count.late;
    }
    values_.back();
  }
  if (!texts_.written) {
    for (auto &[id, text] : texts_.now) texts_.before[id] = std::move(text);
    texts_.back();
  }
  moves_.before.clear();
  values_.before.clear();
  texts_.before.clear();
  return noted(carry_out("RELEASE step"));
}

Status Session::back() {
  if (!saved_) return internal_error("no step of this transaction is open");
  auto saved = std::move(*saved_);
  saved_.reset();
  heads_ = std::move(saved.heads);
  moved_heads_ = std::move(saved.moved_heads);
  registers_ = std::move(saved.registers);
  moves_.back();
  values_.back();
  texts_.back();
  text_bytes_ = saved.text_bytes;
  offices_.clear();
  orgs_.clear();
  no_limits_.clear();
  // What was put off may have failed too, and goes with the step.
  (void)db_.settle();
  // A statement that failed for want of space may have ended the whole transaction.
  if (!db_.in_transaction()) {
    spoiled_ = true;
    return unavailable("the transaction was given up");
  }
  spoiled_ = false;
  TRY(noted(carry_out("ROLLBACK TO step")));
  TRY(noted(carry_out("RELEASE step")));
  return noted(db_.settle());
}

} // namespace yifa::sql
