#include "sqlite/connection.h"

#include "sqlite/han.h"

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

// ---- Prepared

Prepared::Prepared(Connection &home, sqlite3_stmt *statement, bool cached)
    : home_(&home), statement_(statement), cached_(cached) {}

Prepared::Prepared(Prepared &&other) noexcept
    : home_(other.home_), statement_(std::exchange(other.statement_, nullptr)),
      cached_(other.cached_), failed_(other.failed_) {}

Prepared::~Prepared() {
  if (statement_ != nullptr) home_->give_back(statement_, cached_);
}

void Prepared::bind_all(const std::vector<store::Parameter> &parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    int n = static_cast<int>(i);
    const auto &p = parameters[i];
    if (const auto *number = std::get_if<std::int64_t>(&p)) integer(n, *number);
    if (const auto *words = std::get_if<std::string>(&p)) text(n, *words);
    if (const auto *id = std::get_if<RecordId>(&p)) bytes(n, store::id_bytes(*id));
  }
}

Result<bool> Prepared::step() {
  int code = failed_ != SQLITE_OK ? failed_ : sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  auto error =
      error_of(home_->db_, code, sqlite3_stmt_readonly(statement_) != 0 ? "read" : "write");
  reset();
  return error;
}

Status Prepared::run() {
  while (TRY(step())) {
  }
  reset();
  return Done{};
}

void Prepared::reset() {
  sqlite3_reset(statement_);
  failed_ = SQLITE_OK;
}

bool Prepared::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Prepared::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
std::string_view Prepared::bytes(int column) const {
  const auto *data = static_cast<const char *>(sqlite3_column_blob(statement_, column));
  auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data != nullptr ? std::string_view(data, size) : std::string_view();
}

void Prepared::note(int code) {
  if (code != SQLITE_OK) failed_ = code;
}
void Prepared::null(int column) { note(sqlite3_bind_null(statement_, column + 1)); }
void Prepared::integer(int column, std::int64_t value) {
  note(sqlite3_bind_int64(statement_, column + 1, value));
}
void Prepared::text(int column, std::string_view value) {
  // A view without data would be bound as NULL.
  note(sqlite3_bind_text64(statement_, column + 1, value.data() != nullptr ? value.data() : "",
                           value.size(), SQLITE_STATIC, SQLITE_UTF8));
}
void Prepared::bytes(int column, std::string_view value) {
  note(sqlite3_bind_blob64(statement_, column + 1, value.data() != nullptr ? value.data() : "",
                           value.size(), SQLITE_STATIC));
}
void Prepared::copied_text(int column, std::string_view value) {
  note(sqlite3_bind_text64(statement_, column + 1, value.data() != nullptr ? value.data() : "",
                           value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

// ---- Connection

Result<Connection> Connection::open(const std::filesystem::path &file, const Options &options) {
  if (!options.create && !std::filesystem::exists(file))
    return not_found(fmt::format("there is no store at {}", file.string()));
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
              (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
              (options.create ? SQLITE_OPEN_CREATE : 0);
  sqlite3 *db = nullptr;
  int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
  Connection made(db);
  if (code != SQLITE_OK) return error_of(db, code, "open " + file.string());
  sqlite3_busy_handler(
      db, wait_for_others,
      reinterpret_cast<void *>(static_cast<std::intptr_t>(options.wait_milliseconds)));
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  TRY(register_han(db));
  TRY(made.execute(
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
      "PRAGMA journal_size_limit = 33554432;"));
  TRY(made.keep_pages(kPagesKept));
  return made;
}

Connection::Connection(Connection &&other) noexcept
    : db_(std::exchange(other.db_, nullptr)), idle_(std::move(other.idle_)) {
  other.idle_.clear();
}

Connection &Connection::operator=(Connection &&other) noexcept {
  if (this != &other) {
    close();
    db_ = std::exchange(other.db_, nullptr);
    idle_ = std::move(other.idle_);
    other.idle_.clear();
  }
  return *this;
}

Connection::~Connection() { close(); }

void Connection::close() {
  for (auto &[sql, statements] : idle_)
    for (auto *statement : statements) sqlite3_finalize(statement);
  idle_.clear();
  sqlite3_close_v2(db_);
  db_ = nullptr;
}

Result<Prepared> Connection::prepare(std::string_view sql, bool cached) {
  if (cached) {
    auto found = idle_.find(sql);
    if (found != idle_.end() && !found->second.empty()) {
      auto *statement = found->second.back();
      found->second.pop_back();
      return Prepared(*this, statement, true);
    }
  }
  sqlite3_stmt *statement = nullptr;
  int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                cached ? SQLITE_PREPARE_PERSISTENT : 0, &statement, nullptr);
  if (code != SQLITE_OK) return error_of(db_, code, "ask the store");
  return Prepared(*this, statement, cached);
}

void Connection::give_back(sqlite3_stmt *statement, bool cached) {
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

Status Connection::execute(const std::string &sql) {
  int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(db_, code, "change the store");
  return Done{};
}

Result<std::string> Connection::pragma(const std::string &name) {
  auto statement = TRY(prepare("PRAGMA " + name, false));
  std::string out;
  while (TRY(statement.step())) out += (out.empty() ? "" : "\n") + statement.text_at(0);
  return out;
}

Status Connection::keep_pages(int kibibytes) {
  return execute(fmt::format("PRAGMA cache_size = {}", -kibibytes));
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
bool Connection::was_busy() const {
  int code = sqlite3_errcode(db_) & 0xFF;
  return code == SQLITE_BUSY || code == SQLITE_LOCKED;
}
std::int64_t Connection::changed() const { return sqlite3_changes64(db_); }

} // namespace yifa::sqlite
