#include "sqlite/backup.h"

#include "sqlite/fixed_tables.h"
#include "sqlite/store.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace yifa::sqlite {
namespace {

namespace fs = std::filesystem;

/// Removes the unfinished copy, with what SQLite may have put beside it, unless told to keep it.
class Unfinished {
public:
  explicit Unfinished(fs::path file) : file_(std::move(file)) { remove(); }
  Unfinished(const Unfinished &) = delete;
  Unfinished &operator=(const Unfinished &) = delete;
  ~Unfinished() { remove(); }
  const fs::path &path() const { return file_; }

private:
  void remove() const {
    for (const char *tail : {"", "-wal", "-shm", "-journal"})
      ::unlink((file_.string() + tail).c_str());
  }
  fs::path file_;
};

Status sync(const fs::path &path, int flags) {
  int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  bool done = fd >= 0 && ::fsync(fd) == 0;
  auto why = errno;
  if (fd >= 0) ::close(fd);
  if (!done)
    return unavailable(
        fmt::format("cannot confirm {} on disk: {}", path.string(), std::strerror(why)));
  return Done{};
}

Status copy_pages(SqliteConnection &from, SqliteConnection &to, const fs::path &file) {
  auto *copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (copy == nullptr)
    return error_of(to.handle(), sqlite3_errcode(to.handle()), "begin the copy " + file.string());
  // In one step: the copy holds its snapshot, and writers go on in the log.
  int code = sqlite3_backup_step(copy, -1);
  int finished = sqlite3_backup_finish(copy);
  if (code != SQLITE_DONE)
    return error_of(to.handle(), finished != SQLITE_OK ? finished : code,
                    "write the copy " + file.string());
  return Done{};
}

/// Every county's sum is the sum of its offices.
Status check_sums(SqliteConnection &db) {
  for (const char *table : {"tally", "tally_stock"}) {
    auto rows = TRY(db.prepare(fmt::format("SELECT county, indicator FROM (SELECT county, month, "
                                           "indicator, dimension, grp, sum(value * (1 - 2 * "
                                           "level)) AS rest FROM {} WHERE county <> '' GROUP BY "
                                           "county, month, indicator, dimension, grp) WHERE "
                                           "rest <> 0 LIMIT 1",
                                           table),
                               sql::Use::Once));
    if (TRY(rows.step()))
      return unavailable(
          fmt::format("the sums of county {} do not add up (figure {}); `yifa verify` names all "
                      "that does not fit",
                      rows.text_at(0), rows.text_at(1)));
  }
  return Done{};
}

} // namespace

Status check_integrity(SqliteConnection &db) {
  auto pages = TRY(db.pragma("integrity_check(20)"));
  if (pages != "ok") return unavailable("the store's file is damaged: " + pages);
  auto references = TRY(db.pragma("foreign_key_check"));
  if (!references.empty())
    return unavailable("the store holds parts without their record: " + references);
  // The text of the search is folded from rows; the index must at least be whole in itself.
  auto search = db.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')");
  if (!search) return unavailable("the search index is damaged: " + search.error().message);
  return Done{};
}

Status verify_file(const fs::path &file) {
  // Opened for writing because the search index checks itself by a command; nothing is changed.
  auto db = TRY(SqliteConnection::open(file, {}));
  auto id = TRY(db->pragma("application_id"));
  if (id != std::to_string(kApplicationId))
    return unavailable(fmt::format("{} is no store of yifa", file.string()));
  auto version = TRY(db->pragma("user_version"));
  if (std::strtoll(version.c_str(), nullptr, 10) >
      static_cast<long long>(fixed_table_steps().size()))
    return unavailable(fmt::format("{} was written by a newer yifa", file.string()));
  TRY(check_integrity(*db));
  return check_sums(*db);
}

Status copy_to(SqliteConnection &from, const fs::path &file) {
  if (fs::is_directory(file))
    return invalid(fmt::format("{} is a folder; name a file", file.string()));
  Unfinished part(fs::path(fmt::format("{}.{}.part", file.string(), ::getpid())));
  {
    auto to = TRY(SqliteConnection::open(part.path(), {.create = true}));
    TRY(copy_pages(from, *to, file));
    // One file, without a log beside it.
    if (TRY(to->pragma("journal_mode = DELETE")) != "delete")
      return unavailable("the copy cannot be closed into one file");
  }
  TRY(verify_file(part.path()));
  TRY(sync(part.path(), O_RDONLY));
  if (::rename(part.path().c_str(), file.c_str()) != 0)
    return unavailable(
        fmt::format("cannot name the copy {}: {}", file.string(), std::strerror(errno)));
  return sync(fs::absolute(file).parent_path(), O_RDONLY | O_DIRECTORY);
}

} // namespace yifa::sqlite
