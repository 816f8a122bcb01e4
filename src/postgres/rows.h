#pragma once

#include "postgres/connection.h"
#include "sql/rows.h"

#include <cstdint>
#include <string>
#include <vector>

namespace yifa::postgres {

/// Rows that go as one statement with an array a column. Each value is kept at once as it will be
/// sent: its size and its bytes, in the engine's binary form of an array's element.
class ArrayRows final : public sql::Rows {
public:
  /// `form` and `home` must outlive it.
  ArrayRows(PostgresConnection &home, const sql::RowForm &form);

  std::unique_ptr<sql::Statement> row() override;
  std::size_t size() const override { return rows_; }
  void cut(std::size_t from) override;
  Status write(std::size_t many) override;

private:
  class Row;
  struct Column {
    std::string values;
    std::vector<std::size_t> ends; ///< behind each value
    bool has_null = false;         ///< said of an array that could have one
  };
  Status add(const Bound &row);

  PostgresConnection &home_;
  const sql::RowForm &form_;
  std::string sql_;
  Bound room_;
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
};

} // namespace yifa::postgres
