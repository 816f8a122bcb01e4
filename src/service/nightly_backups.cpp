#include "service/nightly_backups.h"

#include <chrono>

namespace yifa::service {
namespace {

constexpr auto kBetweenLooks = std::chrono::seconds(15);

} // namespace

NightlyBackups::NightlyBackups(Workspace &space) : space_(space), thread_([this] { run(); }) {}

NightlyBackups::~NightlyBackups() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void NightlyBackups::run() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kBetweenLooks, [this] { return ending_; })) {
    lock.unlock();
    // A store that cannot serve now is asked again at the next look.
    (void)BackupShelf(space_).add_if_due();
    lock.lock();
  }
}

} // namespace yifa::service
