#pragma once

#include "http/desk.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace yifa::http {

/// The room to try things in: the example towns in a data directory of their own. Sessions enter
/// and leave it; their accounts stay where they are. When somebody wipes it, the directory is gone
/// and everybody is out.
class Training {
public:
  struct Means {
    /// Makes or opens the directory with the example towns in it.
    std::function<Result<std::unique_ptr<service::Workspace>>()> open;
    std::function<void()> remove; ///< the directory, its key, all of it
  };
  Training(Means means, bool secure) : means_(std::move(means)), secure_(secure) {}

  /// The desk of the room, made when nobody is in it.
  Result<std::shared_ptr<Desk>> enter(const std::string &session);
  /// The room's desk when this session is in it; else null.
  std::shared_ptr<Desk> of(const std::string &session);
  void leave(const std::string &session);
  /// Everybody out; the directory is removed once the last request is done with it.
  void wipe();

private:
  struct Room {
    Room(std::unique_ptr<service::Workspace> opened, bool secure, std::function<void()> gone)
        : space(std::move(opened)), desk(std::make_unique<Desk>(*space, secure)),
          after(std::move(gone)) {}
    ~Room() {
      desk.reset();
      space.reset();
      if (wiped) after();
    }
    Room(const Room &) = delete;
    Room &operator=(const Room &) = delete;
    std::unique_ptr<service::Workspace> space;
    std::unique_ptr<Desk> desk;
    std::function<void()> after;
    bool wiped = false;
  };

  Means means_;
  bool secure_;
  std::mutex mutex_;
  std::shared_ptr<Room> room_;
  /// A wiped room is still held by a request, and its directory not yet removed.
  std::shared_ptr<std::atomic<bool>> clearing_ = std::make_shared<std::atomic<bool>>(false);
  std::set<std::string> inside_;
};

/// The visitor as he is in the room: the same roles, in an example town (or its county).
Visitor in_training(Visitor visitor, Desk &room);

} // namespace yifa::http
