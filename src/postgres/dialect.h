#pragma once

#include "sql/dialect.h"

namespace yifa::postgres {

/// Tables whose texts are compared by their bytes, as everywhere in Yifa. What an index carries
/// along beyond the record's own columns is left out: here it saves nothing.
class PostgresDialect final : public sql::Dialect {
public:
  explicit PostgresDialect(bool spread) : spread_(spread) {}
  std::string create_table(const store::Table &table) const override;
  std::string create_index(const store::Table &table, const store::Index &index) const override;
  std::string column_words(const store::Column &column) const override;
  std::string plain(const std::string &column) const override { return column; }
  std::string month_of(const std::string &column) const override;
  std::string sum(const std::string &a, const std::string &b) const override {
    return a + " + " + b; // the engine itself refuses what 64 bits do not hold
  }
  /// Rows of arrays have no county that tells where they go.
  bool takes_arrays() const override { return !spread_; }
  bool keeps_node_sums() const override { return true; }
  bool spread() const override { return spread_; }

private:
  bool spread_;
};

const PostgresDialect &dialect(bool spread);

} // namespace yifa::postgres
