#pragma once

#include "service/backup_plan.h"
#include "service/upkeep.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::service {

/// A backup in the directory's `backups/` or in the plan's folder.
struct ShelvedBackup {
  std::string name; ///< of the file
  Moment at;
  std::int64_t bytes = 0;
  std::optional<Moment> verified; ///< when it was restored into a scratch directory and found whole
  bool daily = false;             ///< made by the plan
};

/// What the system administrator should know of backups: sentences without final stop.
struct BackupState {
  BackupPlan plan;
  std::vector<ShelvedBackup> backups; ///< the latest first
  std::optional<BackupAttempt> last;  ///< by the plan
  std::vector<std::string> warnings;
};

/// Backups taken from the desk and by the plan. Carrying them to another machine is the
/// administrator's, and the page says so.
class BackupShelf {
public:
  explicit BackupShelf(Workspace &space) : space_(space) {}

  Result<BackupState> state();
  /// Takes one, restores it into a scratch directory, verifies what came out and throws that away.
  /// What cannot be restored is no backup: it is removed and the reason is the error. `daily` puts
  /// it where the plan says and removes those beyond the number to be kept.
  Result<ShelvedBackup> add(bool daily = false);
  /// If the plan's time has come: adds one and notes what became of it. Whether it tried.
  Result<bool> add_if_due();

private:
  std::filesystem::path own_folder() const { return space_.folder() / "backups"; }
  std::filesystem::path folder_of(const BackupPlan &plan) const {
    return plan.folder.empty() ? own_folder() : plan.folder;
  }
  Result<std::vector<ShelvedBackup>> list(store::Reader &reader, const BackupPlan &plan);
  Status prove(const std::filesystem::path &file);
  Status remove_oldest(const BackupPlan &plan);

  Workspace &space_;
};

} // namespace yifa::service
