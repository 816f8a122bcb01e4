#include "sqlite/store.h"

#include "sqlite/backup.h"
#include "sqlite/migrate.h"
#include "sqlite/session.h"

#include <chrono>
#include <mutex>
#include <semaphore>
#include <thread>

#include <fmt/format.h>

namespace yifa::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdleKept = 32; // one for each thread of a server

class SqliteStore final : public store::Store, public Home {
public:
  SqliteStore(fs::path file, const OpenOptions &options)
      : file_(std::move(file)), wait_(options.wait_milliseconds),
        shape_(std::make_shared<store::Shape>()) {}

  Result<std::unique_ptr<store::Reader>> read() override {
    auto session = TRY(begin(Session::Mode::Read));
    return std::unique_ptr<store::Reader>(std::move(session));
  }

  Result<std::unique_ptr<store::Writer>> write(bool bulk) override {
    auto session = TRY(begin(bulk ? Session::Mode::Bulk : Session::Mode::Write));
    return std::unique_ptr<store::Writer>(std::move(session));
  }

  Status migrate(const catalog::Catalog &catalog) override {
    auto shape = TRY(store::shape_of(catalog));
    auto db = TRY(borrow());
    if (!TRY(fits(db, *shape))) {
      TRY(db.execute("BEGIN IMMEDIATE"));
      auto change = [&]() -> Status {
        TRY(apply_changes(db, TRY(plan_changes(db, *shape)), *shape));
        return db.execute("COMMIT");
      };
      auto done = change();
      if (!done) {
        if (db.in_transaction()) (void)db.execute("ROLLBACK");
        return done;
      }
    }
    bind(std::move(shape));
    give_back(std::move(db), false);
    return Done{};
  }

  Result<std::vector<std::string>> planned(const catalog::Catalog &catalog) override {
    auto shape = TRY(store::shape_of(catalog));
    auto db = TRY(borrow());
    std::vector<std::string> out;
    for (auto &change : TRY(plan_changes(db, *shape)))
      if (!change.words.empty()) out.push_back(std::move(change.words));
    give_back(std::move(db), false);
    return out;
  }

  Status backup(const std::string &file) override {
    auto db = TRY(borrow());
    TRY(copy_to(db, file));
    give_back(std::move(db), false);
    return Done{};
  }

  Status check() override {
    auto db = TRY(borrow());
    TRY(check_integrity(db));
    give_back(std::move(db), false);
    return Done{};
  }

  void give_back(Connection connection, bool wrote) override {
    const std::lock_guard lock(mutex_);
    if (wrote && !idle_writer_)
      idle_writer_ = std::move(connection);
    else if (!wrote && idle_.size() < kIdleKept)
      idle_.push_back(std::move(connection));
  }
  void writer_done() override { writer_.release(); }

  /// A connection, used before or new.
  Result<Connection> borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return Connection::open(file_, {.wait_milliseconds = wait_});
  }

  Result<Connection> borrow_writer() {
    {
      const std::lock_guard lock(mutex_);
      if (idle_writer_) {
        auto connection = std::move(*idle_writer_);
        idle_writer_.reset();
        return connection;
      }
    }
    auto made = TRY(borrow());
    TRY(made.keep_pages(kPagesOfWriter));
    // Pages that change with every record are copied back to the file once in many commits.
    TRY(made.execute("PRAGMA wal_autocheckpoint = 3000"));
    return made;
  }

private:
  Result<std::unique_ptr<Session>> begin(Session::Mode mode) {
    const bool writes = mode != Session::Mode::Read;
    // Within this program writers queue here, where waiting is fair and costs nothing.
    if (writes && !writer_.try_acquire_for(std::chrono::milliseconds(wait_)))
      return unavailable(
          "the store is busy: another change has been going on for too long; try again");
    auto db = writes ? borrow_writer() : borrow();
    if (!db) {
      if (writes) writer_.release();
      return std::move(db).error();
    }
    auto session = std::make_unique<Session>(*this, std::move(*db), shape(), mode);
    TRY(session->begin());
    return session;
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
  std::vector<Connection> idle_;
  std::optional<Connection> idle_writer_; ///< there is one at a time
  std::counting_semaphore<1> writer_{1};
};

/// Page size and log mode stand in the file; several programs may arrive at a new directory at
/// once.
Status prepare_file(Connection &db, int wait) {
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
  auto db = TRY(Connection::open(
      file, {.create = options.create, .wait_milliseconds = options.wait_milliseconds}));
  TRY(prepare_file(db, options.wait_milliseconds));
  auto made = std::make_unique<SqliteStore>(file, options);
  made->give_back(std::move(db), false);
  return std::unique_ptr<store::Store>(std::move(made));
}

} // namespace yifa::sqlite
