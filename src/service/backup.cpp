#include "service/forgotten.h"
#include "service/ledgers.h"
#include "service/pack.h"
#include "service/upkeep.h"
#include "store/move.h"

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

/// Removes a folder of ours on every way out.
class Scratch {
public:
  explicit Scratch(fs::path folder) : folder_(std::move(folder)) {}
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;
  ~Scratch() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  const fs::path &folder() const { return folder_; }

private:
  fs::path folder_;
};

void add_folder(std::vector<PackEntry> &entries, const fs::path &root, const std::string &name) {
  std::error_code error;
  if (!fs::is_directory(root / name, error)) return;
  for (const auto &entry : fs::recursive_directory_iterator(root / name, error))
    if (entry.is_regular_file() && !entry.path().filename().string().ends_with(".part"))
      entries.push_back({fs::relative(entry.path(), root).generic_string(), entry.path()});
}

/// A database's content as the file a directory would hold, and settings that name it: what is
/// restored needs no server.
Result<fs::path> copy_into_file(Workspace &space, const fs::path &folder) {
  auto &env = space.environment();
  auto file = TRY(space.opener()("sqlite", folder));
  TRY(store::move(env.store, *file, *env.catalog));
  std::error_code error;
  fs::copy_file(space.folder() / "yifa.yaml", folder / "yifa.yaml", error);
  if (error)
    return unavailable(fmt::format("cannot write beside {}: {}", folder.string(), error.message()));
  TRY(name_store(folder, "sqlite"));
  return folder / "yifa.yaml";
}

} // namespace

Result<std::int64_t> forget_again(Environment &env) {
  std::int64_t forgotten = 0;
  Ledgers ledgers(env);
  for (const auto &id : TRY(read_forgotten(env.forgotten_list))) {
    record::Command command;
    {
      auto reader = TRY(env.store.read());
      auto type = TRY(reader->type_of(id));
      if (!type || !TRY(reader->record_key(id))) continue;
      command.type = *type;
    }
    command.action = "forget";
    command.record = id;
    command.reason = "forgotten before this backup was restored";
    auto writer = TRY(env.store.write());
    TRY(ledgers.apply_in(*writer, command, local_operator("restore")));
    TRY(writer->commit());
    ++forgotten;
  }
  return forgotten;
}

Result<BackupReport> backup(Workspace &space, const fs::path &file) {
  std::error_code error;
  auto target = fs::absolute(file);
  if (fs::exists(target, error))
    return invalid(fmt::format("{} exists already; a backup never overwrites", file.string()));
  Scratch scratch(target.string() + ".store.part");
  fs::create_directories(scratch.folder(), error);
  if (error)
    return unavailable(fmt::format("cannot write beside {}: {}", file.string(), error.message()));
  auto copy = scratch.folder() / "yifa.db";
  auto settings = space.folder() / "yifa.yaml";
  if (space.environment().store.has_backups_of_its_own())
    settings = TRY(copy_into_file(space, scratch.folder()));
  else
    TRY(space.environment().store.backup(copy.string()));
  // The copy is taken first: whatever attachment it names was there before it.
  std::vector<PackEntry> entries{{"yifa.yaml", settings}, {"yifa.db", copy}};
  auto before = entries.size();
  add_folder(entries, space.folder(), "catalog.d");
  auto overlay = entries.size() - before;
  add_folder(entries, space.folder(), "blobs");
  BackupReport report;
  report.attachments = static_cast<std::int64_t>(entries.size() - before - overlay);
  report.bytes = TRY(write_pack(target, entries));
  return report;
}

Result<VerifyReport> restore(const fs::path &file, const fs::path &folder,
                             const WorkspaceOptions &options, const StoreOpener &opener) {
  auto kind = folder_kind(folder);
  if (kind != FolderKind::Absent && kind != FolderKind::Empty)
    return invalid(fmt::format("{} is not empty; restore into a new directory", folder.string()));
  std::error_code error;
  auto clean = fs::absolute(folder).lexically_normal();
  if (!clean.has_filename()) clean = clean.parent_path();
  Scratch scratch(clean.string() + ".restore.part");
  fs::remove_all(scratch.folder(), error);
  fs::create_directories(scratch.folder(), error);
  if (error)
    return unavailable(fmt::format("cannot write beside {}: {}", folder.string(), error.message()));
  TRY(read_pack(file, scratch.folder()));
  fs::create_directories(scratch.folder() / "catalog.d", error);
  VerifyReport report;
  {
    auto unpacked = options;
    unpacked.data = scratch.folder();
    auto space = TRY(Workspace::open(unpacked, opener));
    report = TRY(verify(space->environment()));
    if (report.faults.empty()) TRY(forget_again(space->environment()));
  }
  if (!report.faults.empty())
    return invalid(fmt::format("{} was unpacked but does not fit together; nothing was restored",
                               file.string()),
                   report.faults);
  fs::remove(clean, error); // an empty directory gives way
  fs::rename(scratch.folder(), clean, error);
  if (error)
    return unavailable(
        fmt::format("cannot put {} in its place: {}", folder.string(), error.message()));
  return report;
}

} // namespace yifa::service
