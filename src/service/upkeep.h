#pragma once

#include "service/workspace.h"

#include <filesystem>
#include <functional>

/// Keeping the store whole: verify, backup, restore.
namespace yifa::service {

struct VerifyReport {
  std::int64_t chains = 0;
  std::int64_t events = 0;
  std::int64_t records = 0;
  std::int64_t tally_rows = 0;
  std::int64_t attachments = 0;
  std::vector<Problem> faults; ///< at most 50; of a chain the first event that does not fit
};

/// Proves, from one snapshot, that each chain's hashes fit, that replaying the events gives every
/// row, that derived fields are what they would be now, that each tally row is a count of records,
/// and that every attachment named is there and unaltered. Unavailable when the store cannot be
/// read; whatever does not fit is in the report.
Result<VerifyReport> verify(Environment &environment,
                            const std::function<void(double, const std::string &)> &progress = {});

struct BackupReport {
  std::int64_t bytes = 0;
  std::int64_t attachments = 0;
};

/// Store, attachments and overlay in one file, taken while others write. The file is opened again
/// and checked before this says done; a backup that cannot be restored is an error now, and no file
/// stays.
Result<BackupReport> backup(Workspace &space, const std::filesystem::path &file);

/// Unpacks, verifies, and only then puts the directory in its place. Invalid when the directory
/// exists and is not empty.
Result<VerifyReport> restore(const std::filesystem::path &file, const std::filesystem::path &folder,
                             const WorkspaceOptions &options, const StoreOpener &opener);

/// Forgets again what the list beside the master key says was forgotten: after a database was
/// brought back to a moment by its own tools (restore does it by itself). How many there were.
Result<std::int64_t> forget_again(Environment &environment);

} // namespace yifa::service
