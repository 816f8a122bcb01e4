#pragma once

#include "sql/dialect.h"

namespace yifa::sqlite {

/// STRICT tables with CHECK constraints; numbered parameters ?1, ?2.
class SqliteDialect final : public sql::Dialect {
public:
  std::string create_table(const store::Table &table) const override;
  std::string create_index(const store::Table &table, const store::Index &index) const override;
  std::string column_words(const store::Column &column) const override;
  std::string plain(const std::string &column) const override;
  std::string month_of(const std::string &column) const override;
  std::string sum(const std::string &a, const std::string &b) const override;
  bool takes_arrays() const override { return false; }
  bool keeps_node_sums() const override { return false; }
};

const SqliteDialect &dialect();

} // namespace yifa::sqlite
