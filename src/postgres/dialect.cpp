#include "postgres/dialect.h"

#include <fmt/format.h>

namespace yifa::postgres {
namespace {

using store::Column;
using store::ColumnType;
using store::Index;
using store::quoted;
using store::Table;

struct Kept {
  const char *type;
  const char *check; ///< {} is the column; may be empty
};

Kept kept_as(ColumnType type) {
  switch (type) {
  case ColumnType::Text:
  case ColumnType::Json:
    return {"text COLLATE \"C\"", ""};
  case ColumnType::Hash:
    return {"text COLLATE \"C\"", "length({}) = 64"};
  case ColumnType::Integer:
  case ColumnType::Moment:
    return {"bigint", ""};
  case ColumnType::Count:
    return {"bigint", "{} >= 0"};
  case ColumnType::Flag:
    return {"smallint", "{} IN (0, 1)"};
  case ColumnType::Day:
    return {"integer", ""};
  case ColumnType::Id:
    return {"bytea", "octet_length({}) = 16"};
  case ColumnType::Bytes:
    return {"bytea", ""};
  }
  return {"bytea", ""};
}

} // namespace

std::string PostgresDialect::column_words(const Column &column) const {
  const auto name = quoted(column.name);
  const auto kept = kept_as(column.type);
  auto out = name + " " + kept.type;
  if (column.required) out += " NOT NULL";
  if (*kept.check != '\0') out += " CHECK (" + fmt::format(fmt::runtime(kept.check), name) + ")";
  return out;
}

std::string PostgresDialect::create_table(const Table &table) const {
  std::string out = "CREATE TABLE " + quoted(table.name) + " (\n";
  for (const auto &column : table.columns) out += "  " + column_words(column) + ",\n";
  // No foreign key: a table can be spread over servers only before it has one.
  return out + "  PRIMARY KEY (" + store::name_list(table.primary_key) + ")\n)";
}

std::string PostgresDialect::create_index(const Table &table, const Index &index) const {
  auto out = fmt::format("CREATE {}INDEX {} ON {} ({})", index.unique ? "UNIQUE " : "",
                         quoted(index.name), quoted(table.name), store::name_list(index.columns));
  std::vector<std::string> carried;
  for (const auto &name : index.carried)
    if (!name.starts_with("f_")) carried.push_back(name);
  if (!carried.empty()) out += " INCLUDE (" + store::name_list(carried) + ")";
  if (!index.filled.empty()) out += " WHERE " + quoted(index.filled) + " IS NOT NULL";
  if (!index.below_town.empty()) out += " WHERE length(" + quoted(index.below_town) + ") > 9";
  return out;
}

std::string PostgresDialect::month_of(const std::string &column) const {
  return fmt::format("CAST(extract(year FROM date '1970-01-01' + CAST({0} AS integer)) * 12 + "
                     "extract(month FROM date '1970-01-01' + CAST({0} AS integer)) - 1 AS bigint)",
                     column);
}

const PostgresDialect &dialect(bool spread) {
  static const PostgresDialect alone(false);
  static const PostgresDialect over_servers(true);
  return spread ? over_servers : alone;
}

} // namespace yifa::postgres
