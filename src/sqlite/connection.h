#pragma once

#include "sql/connection.h"
#include "sql/text_index.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

/// SQLite's C interface under RAII. Every code it returns becomes an Error here and nowhere else.
namespace yifa::sqlite {

/// What SQLite's result code means for the person at the desk. `doing` completes "cannot …".
Error error_of(sqlite3 *db, int code, std::string_view doing);

/// Pages kept by a connection, in kibibytes; by the one that writes, and while it writes very much
/// at once.
constexpr int kPagesKept = 2000;
constexpr int kPagesOfWriter = 32'000;
constexpr int kPagesOfBulk = 16'000;

/// One open database. Used by one thread at a time; lends statements from its cache, so it stays
/// where it is while any is lent.
class SqliteConnection final : public sql::Connection {
public:
  struct Options {
    bool create = false;
    bool read_only = false;
    int wait_milliseconds = 20'000; ///< for another program's writing
  };
  /// Unavailable when the file cannot be opened or is no database; NotFound when it is not there
  /// and may not be made.
  static Result<std::unique_ptr<SqliteConnection>> open(const std::filesystem::path &file,
                                                        const Options &options);
  SqliteConnection(const SqliteConnection &) = delete;
  SqliteConnection &operator=(const SqliteConnection &) = delete;
  ~SqliteConnection() override;

  /// `sql` is one statement; the text may be asked twice at once: that is two statements.
  Result<sql::Prepared> prepare(std::string_view sql, sql::Use use = sql::Use::Often) override;
  Status execute(const std::string &sql) override;
  Status settle() override { return Done{}; }
  Status begin(sql::Mode mode, const std::string &county) override;
  Status commit() override;
  void undo() override;
  bool in_transaction() const override;
  bool sound() const override { return !in_transaction(); }
  const sql::Dialect &dialect() const override;
  sql::TextIndex &texts() override { return *texts_; }
  Status empty_tables(const std::vector<std::string> &tables) override;
  Result<std::map<std::string, std::string>> made_indexes() override;
  Status note_index(const std::string &, const std::string &) override { return Done{}; }

  Result<std::string> pragma(const std::string &name);
  /// How much of the file stays in this connection's memory. The system keeps pages too, and those
  /// of a connection are let go whenever another one has written: little is enough.
  Status keep_pages(int kibibytes);
  /// The last failure was only that another program is busy.
  bool was_busy() const;
  sqlite3 *handle() const { return db_; }

private:
  class Lent;
  explicit SqliteConnection(sqlite3 *db);
  void give_back(sqlite3_stmt *statement, bool cached);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  sqlite3 *db_ = nullptr;
  bool bulk_ = false; ///< more pages are kept than usual
  std::unordered_map<std::string, std::vector<sqlite3_stmt *>, TextHash, std::equal_to<>> idle_;
  std::unique_ptr<sql::TextIndex> texts_;
};

} // namespace yifa::sqlite
