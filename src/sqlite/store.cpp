#include "sqlite/store.h"

#include "sql/migrate.h"
#include "sql/session.h"
#include "sqlite/backup.h"
#include "sqlite/upgrade.h"

#include <chrono>
#include <mutex>
#include <semaphore>
#include <thread>

#include <fmt/format.h>

namespace yifa::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdleKept = 32; // one for each thread of a server

class SqliteStore final : public store::Store, public sql::Home {
public:
  SqliteStore(fs::path file, const OpenOptions &options)
      : file_(std::move(file)), wait_(options.wait_milliseconds),
        shape_(std::make_shared<store::Shape>()) {}

  Result<std::unique_ptr<store::Reader>> read() override {
    auto session = TRY(begin(sql::Mode::Read, {}));
    return std::unique_ptr<store::Reader>(std::move(session));
  }

  Result<std::unique_ptr<store::Writer>> write(const store::Writing &how) override {
    auto session = TRY(begin(how.bulk ? sql::Mode::Bulk : sql::Mode::Write, how.county));
    return std::unique_ptr<store::Writer>(std::move(session));
  }

  Status migrate(const catalog::Catalog &catalog) override {
    auto shape = TRY(store::shape_of(catalog));
    auto db = TRY(borrow());
    TRY(sql::migrate(*db, *shape));
    bind(std::move(shape));
    give_back(std::move(db), sql::Mode::Read);
    return Done{};
  }

  Result<std::vector<std::string>> planned(const catalog::Catalog &catalog) override {
    const auto shape = TRY(store::shape_of(catalog));
    auto db = TRY(borrow());
    auto out = TRY(sql::planned(*db, *shape));
    give_back(std::move(db), sql::Mode::Read);
    return out;
  }

  Status backup(const std::string &file) override {
    auto db = TRY(borrow());
    TRY(copy_to(*db, file));
    give_back(std::move(db), sql::Mode::Read);
    return Done{};
  }

  Status check() override {
    auto db = TRY(borrow());
    TRY(check_integrity(*db));
    give_back(std::move(db), sql::Mode::Read);
    return Done{};
  }

  void give_back(std::unique_ptr<sql::Connection> connection, sql::Mode mode) override {
    // A connection that cannot even undo is closed instead of lent again.
    if (!connection->sound()) return;
    std::unique_ptr<SqliteConnection> own(static_cast<SqliteConnection *>(connection.release()));
    const std::lock_guard lock(mutex_);
    // A writer's pages stay warm for the next one.
    if (mode != sql::Mode::Read && !idle_writer_)
      idle_writer_ = std::move(own);
    else if (mode == sql::Mode::Read && idle_.size() < kIdleKept)
      idle_.push_back(std::move(own));
  }
  void writer_done(const std::string &) override { writer_.release(); }

private:
  /// A connection, used before or new.
  Result<std::unique_ptr<SqliteConnection>> borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return SqliteConnection::open(file_, {.wait_milliseconds = wait_});
  }

  Result<std::unique_ptr<SqliteConnection>> borrow_writer() {
    {
      const std::lock_guard lock(mutex_);
      if (idle_writer_) return std::move(idle_writer_);
    }
    auto made = TRY(borrow());
    TRY(made->keep_pages(kPagesOfWriter));
    // Pages that change with every record are copied back to the file once in many commits.
    TRY(made->execute("PRAGMA wal_autocheckpoint = 3000"));
    return made;
  }

  Result<std::unique_ptr<sql::Session>> begin(sql::Mode mode, const std::string &county) {
    const bool writes = mode != sql::Mode::Read;
    // One file has one writer, whatever its county. Within this program writers queue here, where
    // waiting is fair and costs nothing.
    if (writes && !writer_.try_acquire_for(std::chrono::milliseconds(wait_)))
      return unavailable(
          "the store is busy: another change has been going on for too long; try again");
    auto db = writes ? borrow_writer() : borrow();
    if (!db) {
      if (writes) writer_.release();
      return std::move(db).error();
    }
    if (auto begun = (*db)->begin(mode, county); !begun) {
      if (writes) writer_.release();
      give_back(std::move(*db), mode);
      return std::move(begun).error();
    }
    return std::make_unique<sql::Session>(*this, std::move(*db), shape(), mode, county);
  }

  std::shared_ptr<const store::Shape> shape() {
    const std::lock_guard lock(mutex_);
    return shape_;
  }
  void bind(std::shared_ptr<const store::Shape> shape) {
    const std::lock_guard lock(mutex_);
    shape_ = std::move(shape);
  }

  fs::path file_;
  int wait_;
  std::mutex mutex_;
  std::shared_ptr<const store::Shape> shape_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  std::unique_ptr<SqliteConnection> idle_writer_; ///< there is one at a time
  std::counting_semaphore<1> writer_{1};
};

/// Page size and log mode stand in the file; several programs may arrive at a new directory at
/// once.
Status prepare_file(SqliteConnection &db, int wait) {
  if (TRY(db.pragma("journal_mode")) == "wal") return upgrade_fixed_tables(db);
  TRY(db.execute("PRAGMA page_size = 8192"));
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait);
  while (true) {
    auto mode = db.pragma("journal_mode = WAL");
    if (mode && *mode == "wal") break;
    if (mode)
      return unavailable(
          "the store cannot keep a write-ahead log here (is it on a network drive?)");
    if (!db.was_busy() || std::chrono::steady_clock::now() > until) return std::move(mode).error();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return upgrade_fixed_tables(db);
}

} // namespace

Result<std::unique_ptr<store::Store>> open(const fs::path &directory, const OpenOptions &options) {
  std::error_code failed;
  if (options.create) fs::create_directories(directory, failed);
  if (failed)
    return unavailable(
        fmt::format("cannot make the data directory {}: {}", directory.string(), failed.message()));
  auto file = directory / kFileName;
  auto db = TRY(SqliteConnection::open(
      file, {.create = options.create, .wait_milliseconds = options.wait_milliseconds}));
  TRY(prepare_file(*db, options.wait_milliseconds));
  auto made = std::make_unique<SqliteStore>(file, options);
  made->give_back(std::move(db), sql::Mode::Read);
  return std::unique_ptr<store::Store>(std::move(made));
}

} // namespace yifa::sqlite
