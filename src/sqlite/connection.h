#pragma once

#include "base/date.h"
#include "base/id.h"
#include "base/org_code.h"
#include "base/result.h"
#include "store/row.h"
#include "store/select.h"

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

class Connection;

/// A prepared statement, lent by its connection's cache and given back reset. May be nested: the
/// same text asked for twice is two statements.
class Prepared final : public store::RowSource, public store::RowSink {
public:
  Prepared(Connection &home, sqlite3_stmt *statement, bool cached);
  Prepared(Prepared &&other) noexcept;
  Prepared &operator=(Prepared &&) = delete;
  ~Prepared() override;

  /// Binds parameters 1, 2, …; texts and bytes are taken by reference and must live until the last
  /// step.
  template <typename... A> Prepared &with(const A &...values) {
    int n = 0;
    (put(n++, values), ...);
    return *this;
  }
  void bind_all(const std::vector<store::Parameter> &parameters);

  /// True when a row is at hand, false at the end.
  Result<bool> step();
  /// Steps to the end and makes ready to be bound again.
  Status run();
  void reset();

  // RowSource
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view bytes(int column) const override;
  std::string text_at(int column) const { return std::string(bytes(column)); }
  Result<RecordId> id_at(int column) const { return store::stored_id(bytes(column)); }
  Result<OrgCode> org_at(int column) const { return store::stored_org(bytes(column)); }

  // RowSink, parameters from 0
  void null(int column) override;
  void integer(int column, std::int64_t value) override;
  void text(int column, std::string_view value) override;
  void bytes(int column, std::string_view value) override;
  void copied_text(int column, std::string_view value) override;

private:
  void put(int n, std::int64_t value) { integer(n, value); }
  void put(int n, int value) { integer(n, value); }
  void put(int n, bool value) { integer(n, value ? 1 : 0); }
  void put(int n, std::string_view value) { text(n, value); }
  void put(int n, const std::string &value) { text(n, value); }
  void put(int n, const char *value) { text(n, value); }
  void put(int n, const RecordId &value) { bytes(n, store::id_bytes(value)); }
  void put(int n, const OrgCode &value) { text(n, value.text()); }
  void put(int n, std::nullptr_t) { null(n); }
  struct Bytes;
  void note(int code);

  Connection *home_;
  sqlite3_stmt *statement_;
  bool cached_;
  int failed_ = 0; ///< of a bind; told by the next step

  friend class Connection;
};

/// Pages kept by a connection, in kibibytes; by the one that writes, and while it writes very much
/// at once.
constexpr int kPagesKept = 2000;
constexpr int kPagesOfWriter = 32'000;
constexpr int kPagesOfBulk = 16'000;

/// One open database. Used by one thread at a time.
class Connection {
public:
  struct Options {
    bool create = false;
    bool read_only = false;
    int wait_milliseconds = 20'000; ///< for another program's writing
  };
  /// Unavailable when the file cannot be opened or is no database; NotFound when it is not there
  /// and may not be made.
  static Result<Connection> open(const std::filesystem::path &file, const Options &options);

  Connection(Connection &&other) noexcept;
  Connection &operator=(Connection &&other) noexcept;
  ~Connection();

  /// `sql` is one statement; `cached` keeps it prepared for the next time.
  Result<Prepared> prepare(std::string_view sql, bool cached = true);
  /// One or several statements without parameters.
  Status execute(const std::string &sql);
  Result<std::string> pragma(const std::string &name);
  /// How much of the file stays in this connection's memory. The system keeps pages too, and those
  /// of a connection are let go whenever another one has written: little is enough.
  Status keep_pages(int kibibytes);
  bool in_transaction() const;
  /// The last failure was only that another program is busy.
  bool was_busy() const;
  sqlite3 *handle() const { return db_; }
  /// Rows changed by the last statement.
  std::int64_t changed() const;

private:
  explicit Connection(sqlite3 *db) : db_(db) {}
  void give_back(sqlite3_stmt *statement, bool cached);
  void close();

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  sqlite3 *db_ = nullptr;
  std::unordered_map<std::string, std::vector<sqlite3_stmt *>, TextHash, std::equal_to<>> idle_;
  friend class Prepared;
};

} // namespace yifa::sqlite
