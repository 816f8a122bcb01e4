#include "sql/type_sql.h"

#include <fmt/format.h>

namespace yifa::sql {
namespace {

Cell cell_of(store::ColumnType type) {
  using store::ColumnType;
  switch (type) {
  case ColumnType::Text:
  case ColumnType::Json:
  case ColumnType::Hash:
    return Cell::Text;
  case ColumnType::Integer:
  case ColumnType::Moment:
  case ColumnType::Count:
  case ColumnType::Flag:
  case ColumnType::Day:
    return Cell::Whole;
  case ColumnType::Id:
  case ColumnType::Bytes:
    break;
  }
  return Cell::Bytes;
}

std::vector<std::string> names_of(const store::Table &table) {
  std::vector<std::string> out;
  for (const auto &column : table.columns) out.push_back(column.name);
  return out;
}

bool in_key(const store::Table &table, const std::string &name) {
  for (const auto &key : table.primary_key)
    if (key == name) return true;
  return false;
}

RowForm form_of(const store::Table &table, bool replacing) {
  std::vector<RowForm::Column> columns;
  std::string sets;
  for (const auto &column : table.columns) {
    columns.push_back({column.name, cell_of(column.type)});
    if (in_key(table, column.name)) continue;
    const auto name = store::quoted(column.name);
    sets += fmt::format("{}{} = excluded.{}", sets.empty() ? "" : ", ", name, name);
  }
  auto clash = replacing ? fmt::format("ON CONFLICT ({}) DO UPDATE SET {}",
                                       store::name_list(table.primary_key), sets)
                         : std::string();
  return {store::quoted(table.name), std::move(columns), std::move(clash)};
}

} // namespace

std::string places(std::size_t from, std::size_t many) {
  std::string out;
  for (std::size_t i = 0; i < many; ++i) out += fmt::format("{}?{}", i > 0 ? ", " : "", from + i);
  return out;
}

std::size_t places_for(std::size_t many) {
  std::size_t places = 1;
  while (places < many) places *= 4;
  return places;
}

TypeSql::TypeSql(const store::TypeShape &type)
    : columns(store::name_list(names_of(type.table))), added(form_of(type.table, false)),
      replaced(form_of(type.table, true)) {
  const auto table = store::quoted(type.table.name);
  select = fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id = ?2", columns, table);
  several = fmt::format("SELECT {} FROM {} WHERE county = ?1 AND id IN (", columns, table);
  std::string sets;
  for (std::size_t i = 0; i < type.table.columns.size(); ++i)
    if (i != store::kCounty && i != store::kId)
      sets += fmt::format("{}{} = ?{}", sets.empty() ? "" : ", ",
                          store::quoted(type.table.columns[i].name), i + 1);
  update = fmt::format("UPDATE {} SET {} WHERE county = ?1 AND id = ?2", table, sets);
  for (const auto &part : type.parts) {
    const auto part_table = store::quoted(part.table.name);
    parts.push_back(
        {fmt::format("SELECT {} FROM {} WHERE county = ?1 AND record IN (",
                     store::name_list(names_of(part.table)), part_table),
         form_of(part.table, true),
         fmt::format("DELETE FROM {} WHERE county = ?1 AND record = ?2 AND position >= ?3",
                     part_table)});
  }
}

} // namespace yifa::sql
