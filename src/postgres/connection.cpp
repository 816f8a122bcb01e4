#include "postgres/connection.h"

#include "postgres/dialect.h"
#include "postgres/error.h"
#include "postgres/rows.h"
#include "postgres/statement.h"
#include "postgres/text_index.h"

#include <algorithm>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace yifa::postgres {
namespace {

/// So many answers fit into the buffers between server and client: sending more before reading any
/// could stop both.
constexpr std::size_t kSentAtMost = 200;
/// Rows of a walk taken at a time: few at first, for who only wants the first page.
constexpr int kFirstRows = 64;
constexpr int kMoreRows = 1000;
/// "yifa" in ASCII: the first half of our advisory locks.
constexpr int kLockSpace = 0x79696661;
constexpr const char *kIndexes = "@index";

void say_nothing(void *, const char *) {}

Error unknown_end() {
  return unavailable("the connection to the database server was lost while it was keeping this; "
                     "look whether it was kept, or ask again with the same client key");
}

} // namespace

void ConnectionClosed::operator()(pg_conn *connection) const { PQfinish(connection); }
void AnswerCleared::operator()(pg_result *result) const { PQclear(result); }

/// A statement that is asked at once, with all its rows.
class PostgresConnection::Asked final : public BoundStatement {
public:
  Asked(PostgresConnection &home, std::string sql, bool keep)
      : home_(home), sql_(std::move(sql)), keep_(keep) {}

  Result<bool> step() override {
    if (!answer_) {
      answer_ = TRY(home_.ask(sql_, bound_, keep_));
      row_ = -1;
    }
    if (row_ + 1 >= PQntuples(answer_.get())) return false;
    ++row_;
    return true;
  }
  Status run() override {
    auto done = answer_ ? Status(Done{}) : home_.send(sql_, bound_, keep_);
    reset();
    return done;
  }
  void reset() override { answer_.reset(); }

private:
  PostgresConnection &home_;
  std::string sql_;
  bool keep_;
};

/// A statement whose rows are taken as they come, by a cursor of the transaction.
class PostgresConnection::Walking final : public BoundStatement {
public:
  Walking(PostgresConnection &home, std::string sql) : home_(home), sql_(std::move(sql)) {}
  Walking(const Walking &) = delete;
  Walking &operator=(const Walking &) = delete;
  ~Walking() override { close(); }

  Result<bool> step() override {
    if (cursor_.empty()) {
      cursor_ = fmt::format("walk{}", ++home_.cursors_);
      TRY(home_.send(fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", cursor_, sql_), bound_));
      TRY(fetch(kFirstRows));
    }
    if (row_ + 1 >= PQntuples(answer_.get())) {
      if (PQntuples(answer_.get()) < asked_) return false;
      TRY(fetch(kMoreRows));
      if (PQntuples(answer_.get()) == 0) return false;
    }
    ++row_;
    return true;
  }
  Status run() override {
    while (TRY(step())) {
    }
    reset();
    return Done{};
  }
  void reset() override { close(); }

private:
  Status fetch(int rows) {
    asked_ = rows;
    answer_ = TRY(home_.ask(fmt::format("FETCH {} FROM {}", rows, cursor_), {}));
    row_ = -1;
    return Done{};
  }
  void close() {
    answer_.reset();
    if (!cursor_.empty() && PQtransactionStatus(home_.connection_.get()) == PQTRANS_INTRANS)
      (void)home_.send("CLOSE " + cursor_, {});
    cursor_.clear();
  }

  PostgresConnection &home_;
  std::string sql_;
  std::string cursor_; ///< empty: not asked yet
  int asked_ = 0;
};

PostgresConnection::PostgresConnection(pg_conn *connection, const Url &url)
    : connection_(connection), wait_seconds_(url.wait_seconds), direct_(url.direct),
      spread_(url.spread), texts_(std::make_unique<PostgresTextIndex>(*this)) {}

PostgresConnection::~PostgresConnection() = default;

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const Url &url) {
  const char *names[] = {"dbname", "fallback_application_name", "client_encoding", "options",
                         nullptr};
  // Notices would go to the program's error output, with values of rows in them.
  const char *values[] = {url.libpq.c_str(), "yifa", "UTF8", nullptr, nullptr};
  std::unique_ptr<PostgresConnection> made(
      new PostgresConnection(PQconnectdbParams(names, values, 1), url));
  auto *connection = made->connection_.get();
  if (PQstatus(connection) != CONNECTION_OK)
    return connection_error(connection, "reach the database server");
  PQsetNoticeProcessor(connection, say_nothing, nullptr);
  if (PQserverVersion(connection) < 140000)
    return unavailable("the database server is older than PostgreSQL 14");
  if (PQenterPipelineMode(connection) != 1)
    return connection_error(connection, "speak to the database server");
  return made;
}

const std::string &PostgresConnection::translated(std::string_view sql) {
  auto found = translated_.find(sql);
  if (found != translated_.end()) return found->second;
  std::string out(sql);
  std::replace(out.begin(), out.end(), '?', '$');
  return translated_.emplace(std::string(sql), std::move(out)).first->second;
}

Result<sql::Prepared> PostgresConnection::prepare(std::string_view sql, sql::Use use) {
  if (use == sql::Use::Often)
    return sql::Prepared(std::make_unique<Asked>(*this, translated(sql), true));
  std::string text(sql);
  std::replace(text.begin(), text.end(), '?', '$');
  if (use == sql::Use::Walk)
    return sql::Prepared(std::make_unique<Walking>(*this, std::move(text)));
  return sql::Prepared(std::make_unique<Asked>(*this, std::move(text), false));
}

Status PostgresConnection::lost() {
  lost_ = true;
  sent_ = 0;
  expected_.clear();
  return connection_error(connection_.get(), "reach the database server");
}

Status PostgresConnection::send(const std::string &sql, const Bound &bound, bool keep) {
  if (lost_) return lost();
  auto *connection = connection_.get();
  const auto n = bound.types.size();
  std::vector<const char *> values(n);
  std::vector<int> lengths(n);
  const std::vector<int> binary(n, 1);
  for (std::size_t i = 0; i < n; ++i) {
    if (bound.nulls[i]) continue;
    const auto view = bound.at(i);
    values[i] = view.data() != nullptr ? view.data() : "";
    lengths[i] = static_cast<int>(view.size());
  }
  const auto count = static_cast<int>(n);
  int done = 0;
  if (direct_ && keep) {
    // The types of NULLs are found by the engine, so they are part of what is prepared.
    std::string key = sql;
    key.append(reinterpret_cast<const char *>(bound.types.data()), n * sizeof(unsigned));
    auto [found, fresh] = named_.try_emplace(std::move(key));
    if (fresh) found->second.name = fmt::format("s{}", named_.size());
    if (!found->second.known) {
      if (PQsendPrepare(connection, found->second.name.c_str(), sql.c_str(), count,
                        bound.types.data()) != 1)
        return lost();
      found->second.known = Known::Sent;
      expected_.push_back(&found->second);
      ++sent_;
    }
    done = PQsendQueryPrepared(connection, found->second.name.c_str(), count, values.data(),
                               lengths.data(), binary.data(), 1);
  } else {
    done = PQsendQueryParams(connection, sql.c_str(), count, bound.types.data(), values.data(),
                             lengths.data(), binary.data(), 1);
  }
  if (done != 1) return lost();
  expected_.push_back(nullptr);
  ++sent_;
  if (sent_ < kSentAtMost) return Done{};
  return settle();
}

Status PostgresConnection::push() {
  return lost_ || PQflush(connection_.get()) < 0 ? lost() : Status(Done{});
}

std::unique_ptr<sql::Rows> PostgresConnection::gather(const sql::RowForm &form) {
  return std::make_unique<ArrayRows>(*this, form);
}

Result<Answer> PostgresConnection::answers() {
  auto *connection = connection_.get();
  if (lost_) return std::move(lost()).error();
  if (PQpipelineSync(connection) != 1) return std::move(lost()).error();
  Answer last;
  std::optional<Error> failed;
  bool ended = false;
  int silent = 0;
  while (true) {
    Answer answer(PQgetResult(connection));
    if (!answer) {
      // One silence stands between two answers; two in a row are the end of the line.
      if (++silent > 1 || PQstatus(connection) != CONNECTION_OK) return std::move(lost()).error();
      continue;
    }
    silent = 0;
    const auto status = PQresultStatus(answer.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    Named *prepared = nullptr;
    if (!expected_.empty()) {
      prepared = expected_.front();
      expected_.pop_front();
    }
    const bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    if (prepared != nullptr) prepared->known = good ? std::optional(Known::Yes) : std::nullopt;
    if (good) {
      last = std::move(answer);
      continue;
    }
    last.reset();
    if (status == PGRES_PIPELINE_ABORTED) continue;
    if (!failed) failed = error_of(answer.get(), "use the store");
    ended = ended || ends_connection(answer.get());
  }
  sent_ = 0;
  expected_.clear();
  if (ended || PQstatus(connection) != CONNECTION_OK) lost_ = true;
  if (failed) return *std::move(failed);
  if (!last) return internal_error("the database server gave no answer");
  return last;
}

Status PostgresConnection::settle() {
  if (sent_ == 0) return Done{};
  TRY(answers());
  return Done{};
}

Result<Answer> PostgresConnection::ask(const std::string &sql, const Bound &bound, bool keep) {
  if (sent_ + 2 >= kSentAtMost) TRY(settle());
  TRY(send(sql, bound, keep));
  return answers();
}

Result<Answer> PostgresConnection::plain(const std::string &sql) {
  TRY(settle());
  auto *connection = connection_.get();
  if (lost_ || PQexitPipelineMode(connection) != 1) return std::move(lost()).error();
  Answer answer(PQexec(connection, sql.c_str()));
  const auto status = PQresultStatus(answer.get());
  std::optional<Error> failed;
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN)
    failed = error_of(answer.get(), "change the store");
  if (failed && ends_connection(answer.get())) lost_ = true;
  if (status != PGRES_COPY_IN && PQstatus(connection) == CONNECTION_OK &&
      PQenterPipelineMode(connection) != 1)
    lost_ = true;
  if (PQstatus(connection) != CONNECTION_OK) lost_ = true;
  if (failed) return *failed;
  return answer;
}

Status PostgresConnection::execute(const std::string &sql) {
  TRY(plain(sql));
  return Done{};
}

Status PostgresConnection::copy_in(const std::string &sql, std::string_view lines) {
  TRY(plain(sql));
  auto *connection = connection_.get();
  if (PQputCopyData(connection, lines.data(), static_cast<int>(lines.size())) != 1 ||
      PQputCopyEnd(connection, nullptr) != 1)
    return lost();
  std::optional<Error> failed;
  while (Answer answer{PQgetResult(connection)})
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK)
      failed = error_of(answer.get(), "fill the store");
  if (PQstatus(connection) != CONNECTION_OK || PQenterPipelineMode(connection) != 1) return lost();
  if (failed) return *failed;
  return Done{};
}

Status PostgresConnection::begin(sql::Mode mode, const std::string &county) {
  if (mode == sql::Mode::Read) {
    TRY(send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}));
    // A snapshot is taken by the first look, not by BEGIN.
    TRY(send("SELECT 1", {}));
    return settle();
  }
  // Each statement of a writer sees what was kept before it; that nobody else writes to the same
  // county is held by a lock of the transaction, which a pooler and a lost connection let go too.
  TRY(send("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", {}));
  TRY(send(fmt::format("SET LOCAL lock_timeout = '{}s'", wait_seconds_), {}));
  if (county.empty()) {
    TRY(send(fmt::format("SELECT pg_advisory_xact_lock({}, 0)", kLockSpace), {}));
  } else {
    TRY(send(fmt::format("SELECT pg_advisory_xact_lock_shared({}, 0)", kLockSpace), {}));
    TRY(send(fmt::format("SELECT pg_advisory_xact_lock({}, {})", kLockSpace, county), {}));
  }
  return settle();
}

Result<bool> PostgresConnection::begin_following() {
  TRY(send("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE", {}));
  const auto answer = TRY(ask(fmt::format("SELECT pg_try_advisory_xact_lock_shared({0}, 0) AND "
                                          "pg_try_advisory_xact_lock({1}, 0)",
                                          kLockSpace, kLockSpace + 1),
                              {}));
  const char *got = PQgetvalue(answer.get(), 0, 0);
  if (got != nullptr && *got != 0) return true;
  undo();
  return false;
}

Status PostgresConnection::commit() {
  TRY(settle());
  auto done = ask("COMMIT", {});
  if (!done && lost_) return unknown_end();
  if (!done) return std::move(done).error();
  // A transaction that had failed answers COMMIT with ROLLBACK.
  if (std::string_view(PQcmdStatus(done->get())) != "COMMIT")
    return unavailable("the transaction was given up");
  return Done{};
}

void PostgresConnection::undo() {
  if (lost_) return;
  (void)settle();
  if (lost_ || !in_transaction()) return;
  (void)ask("ROLLBACK", {});
}

bool PostgresConnection::in_transaction() const {
  const auto status = PQtransactionStatus(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool PostgresConnection::failed() const {
  return lost_ || PQtransactionStatus(connection_.get()) == PQTRANS_INERROR;
}

bool PostgresConnection::sound() const {
  return !lost_ && !in_transaction() && PQstatus(connection_.get()) == CONNECTION_OK;
}

const sql::Dialect &PostgresConnection::dialect() const { return postgres::dialect(spread_); }

Status PostgresConnection::empty_tables(const std::vector<std::string> &tables) {
  for (const auto &table : tables) TRY(send("DELETE FROM " + store::quoted(table), {}));
  return settle();
}

Result<std::map<std::string, std::string>> PostgresConnection::made_indexes() {
  std::map<std::string, std::string> made;
  auto rows = TRY(prepare("SELECT column_name, kind FROM schema_column WHERE table_name = ?1"));
  rows.with(kIndexes);
  while (TRY(rows.step())) made[rows.text_at(0)] = rows.text_at(1);
  return made;
}

Status PostgresConnection::note_index(const std::string &name, const std::string &sql) {
  auto note = TRY(prepare("INSERT INTO schema_column (table_name, column_name, kind) VALUES (?1, "
                          "?2, ?3) ON CONFLICT (table_name, column_name) DO UPDATE SET kind = "
                          "excluded.kind"));
  return note.with(kIndexes, name, sql).run();
}

} // namespace yifa::postgres
