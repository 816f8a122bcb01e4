#pragma once

#include "store/schema.h"

namespace yifa::sqlite {

/// STRICT tables with CHECK constraints; numbered parameters ?1, ?2.
class SqliteDialect final : public store::Dialect {
public:
  std::string create_table(const store::Table &table) const override;
  std::string create_index(const store::Table &table, const store::Index &index) const override;
  std::string add_column(const store::Table &table, const store::Column &column) const override;
  std::string rename_column(const store::Table &table, const std::string &from,
                            const std::string &to) const override;
  std::string parameter(int n) const override { return "?" + std::to_string(n); }
};

const SqliteDialect &dialect();

} // namespace yifa::sqlite
