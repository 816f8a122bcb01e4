#include "sqlite/session.h"

#include <utility>

namespace yifa::sqlite {

// What is gathered in memory is copied rather than written at the beginning of a step: written once
// for many steps, it costs a fraction. Should the step write it early, undoing brings both back.

Status Session::save() {
  TRY(writable());
  if (saved_) return internal_error("a step of this transaction is still open");
  TRY(noted(db_.execute("SAVEPOINT step")));
  saved_ = Saved{heads_, moved_heads_, registers_, moves_, texts_, text_bytes_};
  return Done{};
}

Status Session::keep() {
  TRY(writable());
  if (!saved_) return internal_error("no step of this transaction is open");
  saved_.reset();
  return noted(db_.execute("RELEASE step"));
}

Status Session::back() {
  if (!saved_) return internal_error("no step of this transaction is open");
  auto saved = std::move(*saved_);
  saved_.reset();
  heads_ = std::move(saved.heads);
  moved_heads_ = std::move(saved.moved_heads);
  registers_ = std::move(saved.registers);
  moves_ = std::move(saved.moves);
  texts_ = std::move(saved.texts);
  text_bytes_ = saved.text_bytes;
  offices_.clear();
  orgs_.clear();
  // A statement that failed for want of space may have ended the whole transaction.
  if (!db_.in_transaction()) {
    spoiled_ = true;
    return unavailable("the transaction was given up");
  }
  spoiled_ = false;
  return noted(db_.execute("ROLLBACK TO step; RELEASE step"));
}

} // namespace yifa::sqlite
