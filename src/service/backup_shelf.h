#pragma once

#include "service/upkeep.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::service {

/// A backup that stands in the directory's `backups/`.
struct ShelvedBackup {
  std::string name; ///< of the file
  Moment at;
  std::int64_t bytes = 0;
  std::optional<Moment> verified; ///< when it was last opened and checked as a whole
};

/// Backups taken from the desk. They lie beside the data: carrying them to another machine is the
/// administrator's, and the page says so.
class BackupShelf {
public:
  explicit BackupShelf(Workspace &space) : space_(space) {}

  /// The latest first.
  Result<std::vector<ShelvedBackup>> list();
  /// Takes one (service::backup, which opens it again and proves it).
  Result<ShelvedBackup> add();

private:
  std::filesystem::path folder() const { return space_.folder() / "backups"; }

  Workspace &space_;
};

} // namespace yifa::service
