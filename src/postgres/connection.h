#pragma once

#include "postgres/url.h"
#include "sql/connection.h"
#include "sql/text_index.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct pg_conn;
struct pg_result;

/// libpq under RAII, in pipeline mode: what asks for no answer is sent and not waited for.
namespace yifa::postgres {

struct ConnectionClosed {
  void operator()(pg_conn *connection) const;
};
struct AnswerCleared {
  void operator()(pg_result *result) const;
};
using Answer = std::unique_ptr<pg_result, AnswerCleared>;

/// Parameters of one statement, in the engine's binary form.
struct Bound {
  std::vector<unsigned> types;
  std::vector<std::string> values; ///< numbers are written here
  std::vector<std::string_view> views;
  std::vector<bool> nulls;

  std::string_view at(std::size_t i) const {
    return values[i].empty() ? views[i] : std::string_view(values[i]);
  }
};

class PostgresConnection final : public sql::Connection {
public:
  /// Unavailable when the server cannot be reached or does not let us in.
  static Result<std::unique_ptr<PostgresConnection>> open(const Url &url);
  PostgresConnection(const PostgresConnection &) = delete;
  PostgresConnection &operator=(const PostgresConnection &) = delete;
  ~PostgresConnection() override;

  Result<sql::Prepared> prepare(std::string_view sql, sql::Use use = sql::Use::Often) override;
  std::unique_ptr<sql::Rows> gather(const sql::RowForm &form) override;
  Status execute(const std::string &sql) override;
  Status settle() override;
  Status begin(sql::Mode mode, const std::string &county) override;
  /// Begins a transaction that follows writers of counties, and sees one moment: false, and none
  /// is begun, while another one follows or somebody writes to every county at once.
  Result<bool> begin_following();
  /// Unavailable when the connection ends before the server has answered: then nobody here knows
  /// whether it was kept, and whoever asked asks again with the same client key.
  Status commit() override;
  void undo() override;
  bool in_transaction() const override;
  bool failed() const override;
  bool sound() const override;
  const sql::Dialect &dialect() const override;
  sql::TextIndex &texts() override { return *texts_; }
  Status empty_tables(const std::vector<std::string> &tables) override;
  Result<std::map<std::string, std::string>> made_indexes() override;
  Status note_index(const std::string &name, const std::string &sql) override;

  /// Fills a table from lines in COPY's text form; done when it returns.
  Status copy_in(const std::string &sql, std::string_view lines);

private:
  class Asked;
  class Walking;
  friend class ArrayRows;
  PostgresConnection(pg_conn *connection, const Url &url);

  /// Sends a statement and waits for nothing; `keep` it prepared, if that is allowed.
  Status send(const std::string &sql, const Bound &bound, bool keep = false);
  /// Lets the server begin with what was sent.
  Status push();
  /// Sends it and waits for its answer and all before.
  Result<Answer> ask(const std::string &sql, const Bound &bound, bool keep = false);
  /// Waits for all that was sent; gives the last answer, or the first failure.
  Result<Answer> answers();
  Status lost();
  Result<Answer> plain(const std::string &sql);
  const std::string &translated(std::string_view sql);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  enum class Known { Sent, Yes };
  struct Named {
    std::string name;
    std::optional<Known> known; ///< by the server
  };

  std::unique_ptr<pg_conn, ConnectionClosed> connection_;
  int wait_seconds_;
  bool direct_;
  bool spread_;
  bool lost_ = false;
  std::size_t sent_ = 0;         ///< statements whose answers were not read
  std::deque<Named *> expected_; ///< by answer: what it prepares, or nullptr
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> translated_;
  std::unordered_map<std::string, Named> named_;
  int cursors_ = 0;
  std::unique_ptr<sql::TextIndex> texts_;
};

} // namespace yifa::postgres
