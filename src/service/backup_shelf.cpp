#include "service/backup_shelf.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr const char *kBackupEnding = ".yifa-backup";

/// "20260106T154233.yifa-backup" → the moment it names.
std::optional<Moment> taken_at(const std::string &name) {
  if (!name.ends_with(kBackupEnding) || name.size() != 15 + std::string(kBackupEnding).size())
    return std::nullopt;
  const auto moment = Moment::parse(name.substr(0, 4) + "-" + name.substr(4, 2) + "-" +
                                    name.substr(6, 2) + "T" + name.substr(9, 2) + ":" +
                                    name.substr(11, 2) + ":" + name.substr(13, 2) + "+08:00");
  return moment ? std::optional(*moment) : std::nullopt;
}

} // namespace

Result<std::vector<ShelvedBackup>> BackupShelf::list() {
  std::vector<ShelvedBackup> out;
  std::error_code error;
  for (const auto &entry : fs::directory_iterator(folder(), error)) {
    const auto name = entry.path().filename().string();
    const auto at = taken_at(name);
    if (!at) continue;
    // Nothing is put on the shelf before it was proved.
    out.push_back({name, *at, static_cast<std::int64_t>(entry.file_size(error)), *at});
  }
  std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.name > b.name; });
  return out;
}

Result<ShelvedBackup> BackupShelf::add() {
  std::error_code error;
  fs::create_directories(folder(), error);
  if (error) return unavailable("the folder for backups cannot be made");
  const auto now = space_.environment().clock.now();
  auto name = now.text().substr(0, 19);
  std::erase_if(name, [](char c) { return c == '-' || c == ':'; });
  name += kBackupEnding;
  const auto made = TRY(backup(space_, folder() / name));
  return ShelvedBackup{name, now, made.bytes, now};
}

} // namespace yifa::service
