#include "postgres/store.h"

#include "postgres/connection.h"
#include "postgres/fixed_tables.h"
#include "postgres/rights.h"
#include "postgres/spread.h"
#include "sql/migrate.h"
#include "sql/node_sums.h"
#include "sql/session.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace yifa::postgres {
namespace {

/// As many connections as may be open at once for one purpose; waiting for one is fair enough.
class Pool {
public:
  explicit Pool(const Url &url) : url_(url), left_(url.connections) {}

  /// One used before, or a new one; a place is taken until give_back() or drop().
  Result<std::unique_ptr<PostgresConnection>> borrow(bool fresh) {
    {
      const auto began = std::chrono::steady_clock::now();
      std::unique_lock lock(mutex_);
      if (!free_.wait_for(lock, std::chrono::seconds(url_.wait_seconds), [&] { return left_ > 0; }))
        return unavailable("the store is busy: too many ask at once; try again");
      waited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      --left_;
      if (fresh) idle_.clear(); // what stood idle went with the one that was lost
      if (!idle_.empty()) {
        auto one = std::move(idle_.back());
        idle_.pop_back();
        return one;
      }
    }
    auto made = PostgresConnection::open(url_);
    if (!made) drop();
    return made;
  }

  void give_back(std::unique_ptr<PostgresConnection> connection) {
    {
      const std::lock_guard lock(mutex_);
      ++left_;
      if (connection->sound())
        idle_.push_back(std::move(connection));
      else
        ++lost_;
    }
    free_.notify_one();
  }

  struct Counts {
    double busy = 0;
    double idle = 0;
    double waited = 0; ///< seconds, all together
    double lost = 0;
  };
  Counts counts() {
    const std::lock_guard lock(mutex_);
    return {static_cast<double>(url_.connections - left_), static_cast<double>(idle_.size()),
            waited_, lost_};
  }

  /// Of a connection that was lost or never came to be.
  void drop() {
    {
      const std::lock_guard lock(mutex_);
      ++left_;
      ++lost_;
    }
    free_.notify_one();
  }

private:
  const Url &url_;
  std::mutex mutex_;
  std::condition_variable free_;
  int left_;
  double waited_ = 0;
  double lost_ = 0;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
};

/// The gauges of one pool.
void tell(const std::string &pool, const Pool::Counts &counts, std::vector<store::Gauge> &to) {
  const auto label = "pool=\"" + pool + "\"";
  to.push_back({"connections", label + ",state=\"busy\"", counts.busy});
  to.push_back({"connections", label + ",state=\"idle\"", counts.idle});
  to.push_back({"waited_seconds_total", label, counts.waited, true});
  to.push_back({"lost_connections_total", label, counts.lost, true});
}

class PostgresStore final : public store::Store, public sql::Home {
public:
  explicit PostgresStore(Url url)
      : url_(std::move(url)), readers_(url_), writers_(url_),
        shape_(std::make_shared<store::Shape>()) {}

  Status prepare() {
    auto db = TRY(PostgresConnection::open(url_));
    TRY(upgrade_fixed_tables(*db, url_.partitions));
    url_.spread = TRY(is_spread(*db));
    return Done{};
  }

  Result<std::unique_ptr<store::Reader>> read() override {
    auto session = TRY(begin(sql::Mode::Read, {}, false));
    return std::unique_ptr<store::Reader>(std::move(session));
  }

  Result<std::unique_ptr<store::Writer>> write(const store::Writing &how) override {
    auto session = TRY(begin(how.bulk ? sql::Mode::Bulk : sql::Mode::Write, how.county, how.late));
    return std::unique_ptr<store::Writer>(std::move(session));
  }

  bool writes_apart() const override { return true; }

  Status migrate(const catalog::Catalog &catalog) override {
    auto shape = TRY(store::shape_of(catalog));
    auto db = TRY(PostgresConnection::open(url_));
    TRY(sql::migrate(*db, *shape));
    if (TRY(is_spread(*db))) TRY(spread(*db));
    const std::lock_guard lock(mutex_);
    shape_ = std::move(shape);
    return Done{};
  }

  Result<std::vector<std::string>> planned(const catalog::Catalog &catalog) override {
    const auto shape = TRY(store::shape_of(catalog));
    auto db = TRY(PostgresConnection::open(url_));
    return sql::planned(*db, *shape);
  }

  Status backup(const std::string &) override {
    return unavailable("a database is backed up by its own tools (pg_basebackup, pg_dump), or "
                       "moved into a file with yifa store move; see docs/operations.md");
  }

  Status grant(const std::string &account) override {
    auto db = TRY(PostgresConnection::open(url_));
    return postgres::grant(*db, account);
  }

  Result<std::vector<std::string>> distribute() override {
    auto db = TRY(PostgresConnection::open(url_));
    auto done = TRY(spread(*db));
    url_.spread = true;
    return done;
  }

  std::vector<store::Gauge> gauges() override {
    std::vector<store::Gauge> out;
    tell("reading", readers_.counts(), out);
    tell("writing", writers_.counts(), out);
    return out;
  }

  bool has_backups_of_its_own() const override { return true; }

  Status check() override {
    auto db = TRY(PostgresConnection::open(url_));
    // Every big table answers: a damaged page or index that is met is told.
    return db->execute("SELECT count(*) FROM event; SELECT count(*) FROM search_text; SELECT "
                       "count(*) FROM record_home; SELECT count(*) FROM answer");
  }

  Result<std::int64_t> raise_sums() override {
    auto db = TRY(follow());
    if (!db) return std::int64_t{0};
    const auto raised = sql::raise_node_sums(*db);
    return TRY(end(std::move(db), raised));
  }

  Result<bool> rebuild_sums() override {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::seconds(url_.wait_seconds);
    auto db = TRY(follow());
    for (; !db && Clock::now() < until; db = TRY(follow()))
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (!db) return unavailable("somebody else changes the sums; try again");
    const auto done = sql::rebuild_node_sums(*db);
    TRY(end(std::move(db), done));
    return true;
  }

  void give_back(std::unique_ptr<sql::Connection> connection, sql::Mode mode) override {
    std::unique_ptr<PostgresConnection> own(
        static_cast<PostgresConnection *>(connection.release()));
    pool(mode).give_back(std::move(own));
  }
  void writer_done(const std::string &) override {}

private:
  /// A connection whose transaction follows the writers; nothing while another one does.
  Result<std::unique_ptr<PostgresConnection>> follow() {
    auto db = TRY(writers_.borrow(false));
    const auto begun = db->begin_following();
    if (begun && *begun) return db;
    writers_.give_back(std::move(db));
    if (!begun) return begun.error();
    return std::unique_ptr<PostgresConnection>();
  }

  /// Keeps what a follower did, or undoes it where that failed.
  template <typename T> Result<T> end(std::unique_ptr<PostgresConnection> db, Result<T> did) {
    const auto kept = did ? db->commit() : Status(Done{});
    if (!did || !kept) db->undo();
    writers_.give_back(std::move(db));
    if (!kept) return kept.error();
    return did;
  }

  Pool &pool(sql::Mode mode) { return mode == sql::Mode::Read ? readers_ : writers_; }

  Result<std::unique_ptr<sql::Session>> begin(sql::Mode mode, const std::string &county,
                                              bool late) {
    auto db = TRY(pool(mode).borrow(false));
    auto begun = db->begin(mode, county);
    if (!begun && !db->sound()) {
      // The server went away while the connection stood idle: nothing was asked yet.
      db.reset();
      pool(mode).drop();
      db = TRY(pool(mode).borrow(true));
      begun = db->begin(mode, county);
    }
    if (!begun) {
      db->undo();
      pool(mode).give_back(std::move(db));
      return std::move(begun).error();
    }
    std::shared_ptr<const store::Shape> shape;
    {
      const std::lock_guard lock(mutex_);
      shape = shape_;
    }
    return std::make_unique<sql::Session>(*this, std::move(db), std::move(shape), mode, county,
                                          late);
  }

  Url url_;
  Pool readers_;
  Pool writers_;
  std::mutex mutex_;
  std::shared_ptr<const store::Shape> shape_;
};

} // namespace

Result<std::unique_ptr<store::Store>> open(const std::string &url) {
  auto store = std::make_unique<PostgresStore>(TRY(parse_url(url)));
  TRY(store->prepare());
  return std::unique_ptr<store::Store>(std::move(store));
}

} // namespace yifa::postgres
