#include "http/training.h"

namespace yifa::http {

Result<std::shared_ptr<Desk>> Training::enter(const std::string &session) {
  const std::lock_guard lock(mutex_);
  // A room that was wiped must be gone before the next one is made in its place.
  if (*clearing_) return unavailable("the training room is being cleared; try again");
  if (!room_)
    room_ = std::make_shared<Room>(TRY(means_.open()), secure_,
                                   [remove = means_.remove, clearing = clearing_] {
                                     remove();
                                     *clearing = false;
                                   });
  inside_.insert(session);
  return std::shared_ptr<Desk>(room_, room_->desk.get());
}

std::shared_ptr<Desk> Training::of(const std::string &session) {
  const std::lock_guard lock(mutex_);
  if (!room_ || !inside_.contains(session)) return nullptr;
  return {room_, room_->desk.get()};
}

void Training::leave(const std::string &session) {
  const std::lock_guard lock(mutex_);
  inside_.erase(session);
}

void Training::wipe() {
  std::shared_ptr<Room> last;
  const std::lock_guard lock(mutex_);
  inside_.clear();
  if (!room_) { // of an earlier run of the program; nobody is in it
    if (!*clearing_) means_.remove();
    return;
  }
  room_->wiped = true;
  *clearing_ = true;
  last.swap(room_); // the directory goes with whoever holds it last
}

Visitor in_training(Visitor visitor, Desk &room) {
  auto &user = visitor.signed_in.user;
  const auto &town = room.training_town();
  user.org =
      user.org.level() <= OrgLevel::County ? OrgCode::parse(town.county()).value_or(town) : town;
  user.ledgers.clear();
  visitor.actor = service::actor_of(user);
  return visitor;
}

} // namespace yifa::http
