#include "bare_sqlite.h"

#include <cstdio>
#include <cstdlib>

#include <sqlite3.h>

namespace yifa::bench {
namespace {

std::string text_of(sqlite3_stmt *row, int column) {
  const auto *data = static_cast<const char *>(sqlite3_column_blob(row, column));
  return data != nullptr
             ? std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(row, column)))
             : std::string();
}

Row row_of(sqlite3_stmt *statement) {
  Row row;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    Cell cell;
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
      cell = Cell::of(sqlite3_column_int64(statement, i));
      break;
    case SQLITE_TEXT:
      cell = Cell::of(text_of(statement, i));
      break;
    case SQLITE_BLOB:
      cell = {Cell::Kind::Blob, 0, text_of(statement, i)};
      break;
    default:
      break;
    }
    row.push_back(std::move(cell));
  }
  return row;
}

} // namespace

void BareSqlite::check(int code) const {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  std::fprintf(stderr, "bare SQLite: %s\n", sqlite3_errmsg(db_));
  std::abort();
}

BareSqlite::BareSqlite(const std::filesystem::path &file) {
  check(sqlite3_open_v2(file.c_str(), &db_,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr));
  check(sqlite3_exec(db_,
                     "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = "
                     "FULL; PRAGMA cache_size = -8000",
                     nullptr, nullptr, nullptr));
  begin_ = prepared("BEGIN IMMEDIATE");
  commit_ = prepared("COMMIT");
}

BareSqlite::~BareSqlite() {
  for (auto *statement : statements_) sqlite3_finalize(statement);
  sqlite3_finalize(begin_);
  sqlite3_finalize(commit_);
  sqlite3_close(db_);
}

sqlite3_stmt *BareSqlite::prepared(const std::string &sql) const {
  sqlite3_stmt *statement = nullptr;
  check(sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
  return statement;
}

void BareSqlite::prepare(const std::string &sql) { statements_.push_back(prepared(sql)); }

std::vector<Row> BareSqlite::adopt(const std::filesystem::path &from, const std::string &table) {
  sqlite3 *source = nullptr;
  check(sqlite3_open_v2(from.c_str(), &source, SQLITE_OPEN_READONLY, nullptr));
  sqlite3_stmt *shape = nullptr;
  check(sqlite3_prepare_v2(source,
                           "SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL "
                           "AND type IN ('table', 'index') ORDER BY type DESC",
                           -1, &shape, nullptr));
  check(sqlite3_bind_text(shape, 1, table.c_str(), -1, SQLITE_STATIC));
  std::string create;
  while (sqlite3_step(shape) == SQLITE_ROW) {
    check(sqlite3_exec(db_, text_of(shape, 0).c_str(), nullptr, nullptr, nullptr));
    if (create.empty()) create = text_of(shape, 0);
  }
  sqlite3_finalize(shape);
  std::vector<Row> rows;
  sqlite3_stmt *all = nullptr;
  const bool clustered = create.find("WITHOUT ROWID") != std::string::npos;
  const auto select = "SELECT * FROM \"" + table + "\"" + (clustered ? "" : " ORDER BY rowid");
  check(sqlite3_prepare_v2(source, select.c_str(), -1, &all, nullptr));
  while (sqlite3_step(all) == SQLITE_ROW) rows.push_back(row_of(all));
  std::string marks;
  for (int i = 0; i < sqlite3_column_count(all); ++i) marks += i == 0 ? "?" : ", ?";
  sqlite3_finalize(all);
  sqlite3_close(source);
  prepare("INSERT INTO \"" + table + "\" VALUES (" + marks + ")");
  return rows;
}

std::vector<Row> BareSqlite::read(const std::filesystem::path &from, const std::string &sql) {
  BareSqlite source(from);
  auto *statement = source.prepared(sql);
  std::vector<Row> rows;
  while (sqlite3_step(statement) == SQLITE_ROW) rows.push_back(row_of(statement));
  sqlite3_finalize(statement);
  return rows;
}

void BareSqlite::run(const std::filesystem::path &on, const std::string &sql) {
  BareSqlite target(on);
  target.check(sqlite3_exec(target.db_, sql.c_str(), nullptr, nullptr, nullptr));
}

void BareSqlite::bind(sqlite3_stmt *statement, const Row &row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    int n = static_cast<int>(i) + 1;
    const auto &cell = row[i];
    switch (cell.kind) {
    case Cell::Kind::Null:
      sqlite3_bind_null(statement, n);
      break;
    case Cell::Kind::Integer:
      sqlite3_bind_int64(statement, n, cell.number);
      break;
    case Cell::Kind::Text:
      sqlite3_bind_text(statement, n, cell.bytes.data(), static_cast<int>(cell.bytes.size()),
                        SQLITE_STATIC);
      break;
    case Cell::Kind::Blob:
      sqlite3_bind_blob(statement, n, cell.bytes.data(), static_cast<int>(cell.bytes.size()),
                        SQLITE_STATIC);
      break;
    }
  }
}

void BareSqlite::begin() {
  check(sqlite3_step(begin_));
  sqlite3_reset(begin_);
}

void BareSqlite::write(std::size_t statement, const Row &row) {
  auto *s = statements_[statement];
  bind(s, row);
  check(sqlite3_step(s));
  sqlite3_reset(s);
}

void BareSqlite::commit() {
  check(sqlite3_step(commit_));
  sqlite3_reset(commit_);
}

} // namespace yifa::bench
