#include "service/backup_shelf.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBackupEnding = ".yifa-backup";
constexpr std::string_view kDailyEnding = ".daily.yifa-backup";
constexpr std::size_t kStamp = 15; ///< "20260106T154233"
/// A daily backup may be late by the time it takes and a restart; not by another day.
constexpr std::int64_t kOldSeconds = std::int64_t{36} * 3600;

/// "20260106T154233.yifa-backup" → the moment it names.
std::optional<Moment> taken_at(const std::string &name) {
  const auto ending = name.size() < kStamp ? std::string() : name.substr(kStamp);
  if (ending != kBackupEnding && ending != kDailyEnding) return std::nullopt;
  const auto moment = Moment::parse(name.substr(0, 4) + "-" + name.substr(4, 2) + "-" +
                                    name.substr(6, 2) + "T" + name.substr(9, 2) + ":" +
                                    name.substr(11, 2) + ":" + name.substr(13, 2) + "+08:00");
  return moment ? std::optional(*moment) : std::nullopt;
}

bool is_daily(const std::string &name) { return name.substr(kStamp) == kDailyEnding; }

std::vector<std::string> warnings_of(const BackupState &state, Moment now) {
  std::vector<std::string> out;
  if (!state.plan.on) out.emplace_back("no backup is made by itself: set a time for it");
  if (state.last && !state.last->fault.empty())
    out.push_back(fmt::format("the backup of {} failed: {}", state.last->at.date().text(),
                              state.last->fault));
  std::optional<Moment> proved;
  for (const auto &one : state.backups)
    if (one.verified && (!proved || *proved < *one.verified)) proved = one.verified;
  if (!proved)
    out.emplace_back("there is no backup that was restored on trial and found whole");
  else if (now.unix_seconds() - proved->unix_seconds() > kOldSeconds && state.plan.on)
    out.push_back(fmt::format("the last proved backup is of {}", proved->date().text()));
  return out;
}

} // namespace

Result<std::vector<ShelvedBackup>> BackupShelf::list(store::Reader &reader,
                                                     const BackupPlan &plan) {
  std::vector<ShelvedBackup> out;
  for (const auto &folder : std::set<fs::path>{own_folder(), folder_of(plan)}) {
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(folder, error)) {
      const auto name = entry.path().filename().string();
      const auto at = taken_at(name);
      if (!at) continue;
      out.push_back({name, *at, static_cast<std::int64_t>(entry.file_size(error)),
                     TRY(proved_at(reader, name)), is_daily(name)});
    }
  }
  std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.name > b.name; });
  return out;
}

Result<BackupState> BackupShelf::state() {
  auto &env = space_.environment();
  auto reader = TRY(env.store.read());
  BackupState state;
  state.plan = TRY(backup_plan(*reader));
  state.backups = TRY(list(*reader, state.plan));
  state.last = TRY(last_attempt(*reader));
  state.warnings = warnings_of(state, env.clock.now());
  return state;
}

Status BackupShelf::prove(const fs::path &file) {
  auto scratch = space_.folder() / "spool" / (space_.environment().ids.next().text() + ".restored");
  std::error_code error;
  fs::create_directories(scratch.parent_path(), error);
  auto options = space_.options();
  options.key = space_.key_file();
  const auto restored = restore(file, scratch, options, space_.opener());
  fs::remove_all(scratch, error);
  if (restored) return Done{};
  fs::remove(file, error);
  return restored.error();
}

Result<ShelvedBackup> BackupShelf::add(bool daily) {
  auto &env = space_.environment();
  const auto plan = TRY(backup_plan(*TRY(env.store.read())));
  const auto folder = daily ? folder_of(plan) : own_folder();
  std::error_code error;
  if (folder == own_folder()) fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error))
    return unavailable("the folder for backups is not there");
  const auto now = env.clock.now();
  auto name = now.text().substr(0, 19);
  std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
  name += daily ? kDailyEnding : kBackupEnding;
  const auto made = TRY(backup(space_, folder / name));
  TRY(prove(folder / name));
  auto writer = TRY(env.store.write());
  const auto proved = env.clock.now();
  TRY(note_proved(*writer, name, proved));
  TRY(writer->commit());
  if (daily) TRY(remove_oldest(plan));
  return ShelvedBackup{name, now, made.bytes, proved, daily};
}

Status BackupShelf::remove_oldest(const BackupPlan &plan) {
  auto &env = space_.environment();
  const auto all = TRY(list(*TRY(env.store.read()), plan));
  auto writer = TRY(env.store.write());
  int seen = 0;
  for (const auto &one : all) {
    if (!one.daily || ++seen <= plan.keep) continue;
    std::error_code error;
    fs::remove(folder_of(plan) / one.name, error);
    TRY(forget_proved(*writer, one.name));
  }
  return writer->commit();
}

Result<bool> BackupShelf::add_if_due() {
  auto &env = space_.environment();
  {
    auto reader = TRY(env.store.read());
    if (!backup_due(TRY(backup_plan(*reader)), TRY(last_attempt(*reader)), env.clock.now()))
      return false;
  }
  BackupAttempt attempt{env.clock.now(), {}};
  if (const auto made = add(true); !made) attempt.fault = made.error().message;
  auto writer = TRY(env.store.write());
  TRY(note_attempt(*writer, attempt));
  TRY(writer->commit());
  return true;
}

} // namespace yifa::service
