#include "service/rising_sums.h"

#include <chrono>

namespace yifa::service {
namespace {

constexpr auto kBetweenRises = std::chrono::milliseconds(500);
/// After a failure: a server that is away is not asked twice a second.
constexpr auto kAfterFailure = std::chrono::seconds(10);

} // namespace

RisingSums::RisingSums(store::Store &store) : store_(store) {
  if (store_.writes_apart()) thread_ = std::thread([this] { run(); });
}

RisingSums::~RisingSums() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void RisingSums::run() {
  std::unique_lock lock(mutex_);
  std::chrono::milliseconds pause = kBetweenRises;
  while (!ended_.wait_for(lock, pause, [this] { return ending_; })) {
    lock.unlock();
    // Figures are exact without it, so what fails now is done later and nobody need be told.
    pause = store_.raise_sums() ? kBetweenRises : kAfterFailure;
    lock.lock();
  }
}

} // namespace yifa::service
