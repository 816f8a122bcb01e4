#pragma once

#include "service/backup_shelf.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace yifa::service {

/// Looks on a thread of its own, several times a minute, whether the backup of the plan is due, and
/// makes it. What went wrong stands in BackupState; a place without a plan costs a look.
class NightlyBackups {
public:
  explicit NightlyBackups(Workspace &space);
  /// Waits for a backup under way.
  ~NightlyBackups();
  NightlyBackups(const NightlyBackups &) = delete;
  NightlyBackups &operator=(const NightlyBackups &) = delete;

private:
  void run();

  Workspace &space_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

} // namespace yifa::service
