#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

/// The yardstick: SQLite by itself, as fast as it goes with the same promises (write-ahead log,
/// synchronous FULL, pages of 8 KB). It writes the rows that the store wrote, byte for byte and in
/// the same transactions, into the same tables with the same indexes, and does nothing else: no
/// index of words, no hash, no look at what stood there before. A failure ends the program.
namespace yifa::bench {

struct Cell {
  enum class Kind { Null, Integer, Text, Blob };
  Kind kind = Kind::Null;
  std::int64_t number = 0;
  std::string bytes;
  static Cell of(std::int64_t n) { return {Kind::Integer, n, {}}; }
  static Cell of(std::string text) { return {Kind::Text, 0, std::move(text)}; }
};
using Row = std::vector<Cell>;

class BareSqlite {
public:
  explicit BareSqlite(const std::filesystem::path &file);
  BareSqlite(const BareSqlite &) = delete;
  BareSqlite &operator=(const BareSqlite &) = delete;
  ~BareSqlite();

  /// Makes a table like one of another database, indexes too, and returns the rows
  /// it has there, in the order they were written. Its insert gets the next number: 0, 1, …
  std::vector<Row> adopt(const std::filesystem::path &from, const std::string &table);
  /// The rows of a query on another database.
  static std::vector<Row> read(const std::filesystem::path &from, const std::string &sql);
  /// Runs statements on another database.
  static void run(const std::filesystem::path &on, const std::string &sql);
  /// Prepares a further statement; it gets the next number.
  void prepare(const std::string &sql);

  void begin();
  void write(std::size_t statement, const Row &row);
  /// Durable when it returns.
  void commit();

private:
  void check(int code) const;
  sqlite3_stmt *prepared(const std::string &sql) const;
  static void bind(sqlite3_stmt *statement, const Row &row);

  sqlite3 *db_ = nullptr;
  sqlite3_stmt *begin_ = nullptr;
  sqlite3_stmt *commit_ = nullptr;
  std::vector<sqlite3_stmt *> statements_;
};

} // namespace yifa::bench
