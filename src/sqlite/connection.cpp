#include "sqlite/connection.h"

#include "sqlite/dialect.h"
#include "sqlite/text_index.h"

#include <chrono>
#include <climits>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

namespace yifa::sqlite {
namespace {

constexpr auto kWaitStep = std::chrono::milliseconds(2);

/// Extended codes that matter to a person; everything else is judged by its primary code.
const char *disk_detail(int code) {
  switch (code) {
  case SQLITE_IOERR_FSYNC:
  case SQLITE_IOERR_DIR_FSYNC:
    return "it did not confirm what was written";
  case SQLITE_IOERR_SHORT_READ:
    return "the file is shorter than it should be";
  default:
    return "reading or writing failed";
  }
}

/// Open handles carry how long to wait; SQLite gives it back with every try.
int wait_for_others(void *limit, int tries) {
  auto step = kWaitStep.count();
  if (static_cast<std::int64_t>(tries) * step >= reinterpret_cast<std::intptr_t>(limit)) return 0;
  std::this_thread::sleep_for(kWaitStep);
  return 1;
}

} // namespace

Error error_of(sqlite3 *db, int code, std::string_view doing) {
  const char *said = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (code & 0xFF) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return unavailable(fmt::format(
        "cannot {}: another program is writing to the store; try again in a moment", doing));
  case SQLITE_FULL:
    return unavailable(
        fmt::format("cannot {}: the disk is full; nothing of this step was kept", doing));
  case SQLITE_IOERR:
    return unavailable(
        fmt::format("cannot {}: the disk failed ({}; code {}); nothing of this step was kept",
                    doing, disk_detail(code), code));
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return unavailable(fmt::format(
        "cannot {}: the store's file is damaged or is no store ({}); restore the last backup",
        doing, said));
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return unavailable(fmt::format(
        "cannot {}: the store's file or folder may not be written by this user", doing));
  case SQLITE_CANTOPEN:
    return unavailable(fmt::format("cannot {}: the store's file cannot be opened", doing));
  case SQLITE_NOMEM:
    return unavailable(fmt::format("cannot {}: out of memory", doing));
  case SQLITE_TOOBIG:
    return invalid(fmt::format("cannot {}: a text is longer than the store can hold", doing));
  default:
    return internal_error(fmt::format("cannot {}: {} (SQLite code {})", doing, said, code));
  }
}

/// A prepared statement out of the connection's cache.
class SqliteConnection::Lent final : public sql::Statement {
public:
  Lent(SqliteConnection &home, sqlite3_stmt *statement, bool cached)
      : home_(home), statement_(statement), cached_(cached) {}
  Lent(const Lent &) = delete;
  Lent &operator=(const Lent &) = delete;
  ~Lent() override { home_.give_back(statement_, cached_); }

  Result<bool> step() override {
    const int code = failed_ != SQLITE_OK ? failed_ : sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto error =
        error_of(home_.db_, code, sqlite3_stmt_readonly(statement_) != 0 ? "read" : "write");
    reset();
    return error;
  }

  Status run() override {
    while (TRY(step())) {
    }
    reset();
    return Done{};
  }

  void reset() override {
    sqlite3_reset(statement_);
    failed_ = SQLITE_OK;
  }

  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  std::string_view bytes(int column) const override {
    const auto *data = static_cast<const char *>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data != nullptr ? std::string_view(data, size) : std::string_view();
  }

  void null(int column) override { note(sqlite3_bind_null(statement_, column + 1)); }
  void integer(int column, std::int64_t value) override {
    note(sqlite3_bind_int64(statement_, column + 1, value));
  }
  void text(int column, std::string_view value) override { text_of(column, value, SQLITE_STATIC); }
  void bytes(int column, std::string_view value) override {
    note(sqlite3_bind_blob64(statement_, column + 1, value.data() != nullptr ? value.data() : "",
                             value.size(), SQLITE_STATIC));
  }
  void copied_text(int column, std::string_view value) override {
    text_of(column, value, SQLITE_TRANSIENT);
  }

private:
  void text_of(int column, std::string_view value, sqlite3_destructor_type kept) {
    // A view without data would be bound as NULL.
    note(sqlite3_bind_text64(statement_, column + 1, value.data() != nullptr ? value.data() : "",
                             value.size(), kept, SQLITE_UTF8));
  }
  void note(int code) {
    if (code != SQLITE_OK) failed_ = code;
  }

  SqliteConnection &home_;
  sqlite3_stmt *statement_;
  bool cached_;
  int failed_ = 0; ///< of a bind; told by the next step
};

SqliteConnection::SqliteConnection(sqlite3 *db)
    : db_(db), texts_(std::make_unique<SqliteTextIndex>(*this)) {}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::filesystem::path &file,
                                                                 const Options &options) {
  if (!options.create && !std::filesystem::exists(file))
    return not_found(fmt::format("there is no store at {}", file.string()));
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
              (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
              (options.create ? SQLITE_OPEN_CREATE : 0);
  sqlite3 *db = nullptr;
  int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
  std::unique_ptr<SqliteConnection> made(new SqliteConnection(db));
  if (code != SQLITE_OK) return error_of(db, code, "open " + file.string());
  sqlite3_busy_handler(
      db, wait_for_others,
      reinterpret_cast<void *>(static_cast<std::intptr_t>(options.wait_milliseconds)));
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  TRY(register_han(db));
  TRY(made->execute(
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
      "PRAGMA journal_size_limit = 33554432;"));
  TRY(made->keep_pages(kPagesKept));
  return made;
}

SqliteConnection::~SqliteConnection() {
  texts_.reset();
  for (auto &[sql, statements] : idle_)
    for (auto *statement : statements) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
}

Result<sql::Prepared> SqliteConnection::prepare(std::string_view sql, sql::Use use) {
  const bool cached = use != sql::Use::Once;
  if (cached) {
    auto found = idle_.find(sql);
    if (found != idle_.end() && !found->second.empty()) {
      auto *statement = found->second.back();
      found->second.pop_back();
      return sql::Prepared(std::make_unique<Lent>(*this, statement, true));
    }
  }
  sqlite3_stmt *statement = nullptr;
  int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                cached ? SQLITE_PREPARE_PERSISTENT : 0, &statement, nullptr);
  if (code != SQLITE_OK) return error_of(db_, code, "ask the store");
  return sql::Prepared(std::make_unique<Lent>(*this, statement, cached));
}

void SqliteConnection::give_back(sqlite3_stmt *statement, bool cached) {
  if (!cached) {
    sqlite3_finalize(statement);
    return;
  }
  sqlite3_reset(statement);
  // What was bound by reference may be gone.
  sqlite3_clear_bindings(statement);
  const char *sql = sqlite3_sql(statement);
  auto found = idle_.find(std::string_view(sql));
  if (found == idle_.end()) found = idle_.emplace(sql, std::vector<sqlite3_stmt *>()).first;
  found->second.push_back(statement);
}

Status SqliteConnection::execute(const std::string &sql) {
  int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(db_, code, "change the store");
  return Done{};
}

Status SqliteConnection::begin(sql::Mode mode, const std::string &) {
  TRY(execute(mode == sql::Mode::Read ? "BEGIN" : "BEGIN IMMEDIATE"));
  bulk_ = mode == sql::Mode::Bulk;
  if (bulk_) TRY(keep_pages(kPagesOfBulk));
  if (mode != sql::Mode::Read) return Done{};
  // A snapshot is taken by the first look, not by BEGIN.
  return TRY(prepare("SELECT 1 FROM meta LIMIT 1")).run();
}

Status SqliteConnection::commit() { return execute("COMMIT"); }

void SqliteConnection::undo() {
  if (in_transaction()) (void)execute("ROLLBACK");
  if (std::exchange(bulk_, false)) (void)keep_pages(kPagesOfWriter);
}

const sql::Dialect &SqliteConnection::dialect() const { return sqlite::dialect(); }

Status SqliteConnection::empty_tables(const std::vector<std::string> &tables) {
  // Overwriting freed pages with zeros would double the work; there is nothing secret in these
  // tables.
  std::string sql = "PRAGMA secure_delete = FAST;";
  for (const auto &table : tables) sql += "DELETE FROM " + store::quoted(table) + ";";
  return execute(sql + "PRAGMA secure_delete = ON");
}

Result<std::map<std::string, std::string>> SqliteConnection::made_indexes() {
  std::map<std::string, std::string> made;
  auto rows =
      TRY(prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index'", sql::Use::Once));
  while (TRY(rows.step())) made[rows.text_at(0)] = rows.text_at(1);
  return made;
}

Result<std::string> SqliteConnection::pragma(const std::string &name) {
  auto statement = TRY(prepare("PRAGMA " + name, sql::Use::Once));
  std::string out;
  while (TRY(statement.step())) out += (out.empty() ? "" : "\n") + statement.text_at(0);
  return out;
}

Status SqliteConnection::keep_pages(int kibibytes) {
  return execute(fmt::format("PRAGMA cache_size = {}", -kibibytes));
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
bool SqliteConnection::was_busy() const {
  int code = sqlite3_errcode(db_) & 0xFF;
  return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}

} // namespace yifa::sqlite
