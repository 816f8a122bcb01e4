#pragma once

#include "sqlite/connection.h"

#include <map>

/// The search of SQLite: FTS5 over tokens of our own.
namespace yifa::sqlite {

/// A contentless index beside the rows of search_text. A record's place in the index is its day and
/// a counter: going backwards through places is going backwards through days, and the first page of
/// a common word costs a page, not all hits.
class SqliteTextIndex final : public sql::TextIndex {
public:
  explicit SqliteTextIndex(SqliteConnection &db) : db_(db) {}

  void begin_writing() override { next_.clear(); }
  Status add(const sql::SearchRow &row) override;
  Status remove(const sql::SearchRow &row) override;
  Status clear() override;
  store::Statement count(const sql::TextQuery &query, std::int64_t most) const override;
  store::Statement hits(const sql::TextQuery &query, bool oldest_first) const override;

private:
  Result<std::int64_t> next_place(std::int32_t day);

  SqliteConnection &db_;
  std::map<std::int32_t, std::int64_t> next_; ///< by day, while texts are written
};

/// Makes the tokenizer "han" (sql/words.h) known to a connection.
Status register_han(sqlite3 *db);

} // namespace yifa::sqlite
