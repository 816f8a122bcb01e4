#pragma once

#include "service/environment.h"

#include <filesystem>
#include <optional>
#include <string>

/// What is kept of backups beside the files: when one is made by itself, which were proved, what
/// went wrong last.
namespace yifa::service {

/// Once a day, by the clock of the place.
struct BackupPlan {
  bool on = false;
  int minute = 150;             ///< of the day: 02:30
  std::filesystem::path folder; ///< empty: the directory's own `backups/`
  int keep = 14;                ///< so many of those made by the plan; older ones are removed
  bool operator==(const BackupPlan &) const = default;
};

/// "02:30" and back. Invalid.
std::string minute_text(int minute);
Result<int> read_minute(const std::string &written);

/// The plan as it stands; one that is off when none was made.
Result<BackupPlan> backup_plan(store::Reader &reader);
/// For the system administrator and the local operator; Forbidden to others. Invalid at "at",
/// "folder" (an absolute path to a directory that is there and can be written, not inside the data
/// directory `data`) or "keep". The change is an event of the administrative chain.
Status keep_backup_plan(Environment &environment, const std::filesystem::path &data,
                        const BackupPlan &plan, const Actor &actor);

/// When a backup of that name was last restored into a scratch directory and found whole.
Result<std::optional<Moment>> proved_at(store::Reader &reader, const std::string &name);
Status note_proved(store::Writer &writer, const std::string &name, Moment at);
Status forget_proved(store::Writer &writer, const std::string &name);

/// The last attempt by the plan.
struct BackupAttempt {
  Moment at;
  std::string fault; ///< empty when it went well
};
Result<std::optional<BackupAttempt>> last_attempt(store::Reader &reader);
Status note_attempt(store::Writer &writer, const BackupAttempt &attempt);

/// Whether the plan's time of today has come and it was not tried since.
bool backup_due(const BackupPlan &plan, const std::optional<BackupAttempt> &last, Moment now);

} // namespace yifa::service
