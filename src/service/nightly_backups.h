#pragma once

#include "service/backup_shelf.h"
#include "service/recurring.h"

namespace yifa::service {

/// Looks on a thread of its own, several times a minute, whether the backup of the plan is due, and
/// makes it. What went wrong stands in BackupState; a place without a plan costs a look. Its end
/// waits for a backup under way.
class NightlyBackups {
public:
  explicit NightlyBackups(Workspace &space);

private:
  Recurring looking_;
};

} // namespace yifa::service
