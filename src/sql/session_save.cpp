#include "sql/session.h"

#include <utility>

namespace yifa::sql {

// What is gathered in memory is set aside rather than written at the beginning of a step: written
// once for many steps, it costs a fraction. Should the step write it early, undoing brings it back.

Status Session::save() {
  TRY(writable());
  TRY(noted(rows_.begin_step()));
  saved_ = Saved{heads_, moved_heads_, {}, text_bytes_};
  moves_.save();
  values_.save();
  texts_.save();
  records_.save();
  answers_.save();
  return Done{};
}

Status Session::keep() {
  TRY(writable());
  if (!saved_) return internal_error("no step of this transaction is open");
  // What was put off may have failed: this step goes then, and the transaction goes on.
  if (auto kept = rows_.keep_step(); !kept) {
    TRY(back());
    return kept;
  }
  saved_.reset();
  // The lesser part is the step's.
  bool sound = true;
  join(moves_, [&](auto &before, const auto &move, std::int64_t value) {
    auto &sum = before[move];
    const auto next = checked_add(sum, value);
    sound = sound && next.has_value();
    sum = next.value_or(sum);
  });
  if (!sound) return noted(Status(internal_error("a figure is too large to be added up")));
  join(values_, [](auto &before, const auto &key, const ValueCount &count) {
    before[key].records += count.records;
    before[key].late += count.late;
  });
  const auto replace = [](auto &before, const auto &key, auto &value) {
    before.insert_or_assign(key, std::move(value));
  };
  join(texts_, replace);
  join(records_, replace);
  join(answers_, replace);
  return Done{};
}

Status Session::back() {
  if (!saved_) return internal_error("no step of this transaction is open");
  auto saved = std::move(*saved_);
  saved_.reset();
  heads_ = std::move(saved.heads);
  moved_heads_ = std::move(saved.moved_heads);
  for (auto &[key, numbers] : saved.registers) {
    if (numbers) {
      registers_.insert_or_assign(key, std::move(*numbers));
    } else {
      registers_.erase(key);
    }
  }
  moves_.back();
  values_.back();
  texts_.back();
  records_.back();
  answers_.back();
  text_bytes_ = saved.text_bytes;
  offices_.clear();
  orgs_.clear();
  no_limits_.clear();
  limits_.clear();
  no_limits_stand_ = false;
  read_.clear();
  for (const auto &[id, put] : records_.now) {
    put_types_.insert(TRY(shape_->type(put.record.type)));
    changed_ = changed_ || !put.fresh;
  }
  auto undone = rows_.undo_step();
  spoiled_ = !undone;
  return undone;
}

} // namespace yifa::sql
