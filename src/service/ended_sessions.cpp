#include "service/ended_sessions.h"

#include <chrono>

namespace yifa::service {
namespace {

constexpr auto kBetweenSweeps = std::chrono::minutes(10);

} // namespace

EndedSessions::EndedSessions(Environment &environment, SessionRules rules)
    : sessions_(environment, rules), thread_([this] { run(); }) {}

EndedSessions::~EndedSessions() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void EndedSessions::run() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kBetweenSweeps, [this] { return ending_; })) {
    lock.unlock();
    // They open nothing any more: what cannot be removed now is removed later.
    (void)sessions_.sweep();
    lock.lock();
  }
}

} // namespace yifa::service
