#include "sqlite/dialect.h"

#include <fmt/format.h>

namespace yifa::sqlite {

using store::Column;
using store::ColumnType;
using store::Index;
using store::quoted;
using store::Table;

std::string SqliteDialect::column_words(const Column &column) const {
  auto name = quoted(column.name);
  std::string type;
  std::string check;
  switch (column.type) {
  case ColumnType::Text:
  case ColumnType::Json:
    type = "TEXT";
    break;
  case ColumnType::Hash:
    type = "TEXT";
    check = fmt::format("length({}) = 64", name);
    break;
  case ColumnType::Integer:
  case ColumnType::Moment:
    type = "INTEGER";
    break;
  case ColumnType::Count:
    type = "INTEGER";
    check = fmt::format("{} >= 0", name);
    break;
  case ColumnType::Flag:
    type = "INTEGER";
    check = fmt::format("{} IN (0, 1)", name);
    break;
  case ColumnType::Day:
    type = "INTEGER";
    check = fmt::format("{} BETWEEN -2147483648 AND 2147483647", name);
    break;
  case ColumnType::Id:
    type = "BLOB";
    check = fmt::format("length({}) = 16", name);
    break;
  case ColumnType::Bytes:
    type = "BLOB";
    break;
  }
  auto out = name + " " + type;
  if (column.required) out += " NOT NULL";
  if (!check.empty()) out += " CHECK (" + check + ")";
  return out;
}

std::string SqliteDialect::create_table(const Table &table) const {
  std::string out = "CREATE TABLE " + quoted(table.name) + " (\n";
  for (const auto &column : table.columns) out += "  " + column_words(column) + ",\n";
  out += "  PRIMARY KEY (" + store::name_list(table.primary_key) + ")";
  if (!table.parent.empty()) {
    auto key = store::name_list(table.parent_key);
    out += fmt::format(",\n  FOREIGN KEY ({}) REFERENCES {}", key, quoted(table.parent));
  }
  out += table.clustered ? "\n) STRICT, WITHOUT ROWID" : "\n) STRICT";
  return out;
}

std::string SqliteDialect::create_index(const Table &table, const Index &index) const {
  auto columns = index.columns;
  columns.insert(columns.end(), index.carried.begin(), index.carried.end());
  auto out = fmt::format("CREATE {}INDEX {} ON {} ({})", index.unique ? "UNIQUE " : "",
                         quoted(index.name), quoted(table.name), store::name_list(columns));
  if (!index.filled.empty()) out += " WHERE " + quoted(index.filled) + " IS NOT NULL";
  if (!index.below_town.empty()) out += " WHERE length(" + quoted(index.below_town) + ") > 9";
  return out;
}

std::string SqliteDialect::plain(const std::string &column) const { return "+" + column; }

std::string SqliteDialect::month_of(const std::string &column) const {
  return fmt::format("strftime('%Y', {0} * 86400, 'unixepoch') * 12 + strftime('%m', {0} * 86400, "
                     "'unixepoch') - 1",
                     column);
}

std::string SqliteDialect::sum(const std::string &a, const std::string &b) const {
  // NULL, which a required column refuses: SQLite would turn the sum into a float.
  return fmt::format("iif(typeof({0} + {1}) = 'integer', {0} + {1}, NULL)", a, b);
}

const SqliteDialect &dialect() {
  static const SqliteDialect made;
  return made;
}

} // namespace yifa::sqlite
