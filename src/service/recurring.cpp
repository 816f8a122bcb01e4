#include "service/recurring.h"

#include <utility>

namespace yifa::service {

Recurring::Recurring(Pause first, std::function<Pause()> work)
    : work_(std::move(work)), thread_([this, first] { run(first); }) {}

Recurring::~Recurring() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Recurring::run(Pause pause) {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, pause, [this] { return ending_; })) {
    lock.unlock();
    pause = work_();
    lock.lock();
  }
}

} // namespace yifa::service
