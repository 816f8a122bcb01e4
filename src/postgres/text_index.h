#pragma once

#include "sql/connection.h"
#include "sql/text_index.h"

#include <memory>

namespace yifa::postgres {

/// The search of PostgreSQL: our tokens as the lexemes of a tsvector beside each text, under GIN.
/// No dictionary and no parser of the engine is asked.
class PostgresTextIndex final : public sql::TextIndex {
public:
  explicit PostgresTextIndex(sql::Connection &db) : db_(db) {}

  void begin_writing() override;
  Status end_writing() override;
  Status add(const sql::SearchRow &row) override;
  bool replaces() const override { return true; }
  Status replace(const sql::SearchRow &row) override;
  Status remove(const sql::SearchRow &row) override;
  Status clear() override;
  store::Statement count(const sql::TextQuery &query, std::int64_t most) const override;
  store::Statement hits(const sql::TextQuery &query, bool oldest_first) const override;

private:
  Status put(const sql::SearchRow &row, const sql::RowForm &form,
             std::unique_ptr<sql::Rows> &gathered);

  sql::Connection &db_;
  std::unique_ptr<sql::Rows> added_; ///< where the engine takes arrays
  std::unique_ptr<sql::Rows> replaced_;
};

} // namespace yifa::postgres
