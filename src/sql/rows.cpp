#include "sql/rows.h"

#include "store/schema.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace yifa::sql {
namespace {

bool in_a_name(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '_';
}

} // namespace

RowForm::RowForm(std::string table, std::vector<Column> columns, std::string clash)
    : table_(std::move(table)), columns_(std::move(columns)), clash_(std::move(clash)) {
  std::vector<std::string> names;
  std::string marks;
  for (const auto &column : columns_) {
    names.push_back(column.name);
    const auto mark = fmt::format("?{}", names.size());
    marks += marks.empty() ? "" : ", ";
    marks += column.as.empty() ? mark : fmt::format("CAST({} AS {})", mark, column.as);
  }
  into_ = fmt::format("INSERT INTO {} ({})", table_, store::name_list(names));
  one_ = fmt::format("{} VALUES ({}){}{}", into_, marks, clash_.empty() ? "" : " ", clash_);
}

bool names_table(std::string_view sql, std::string_view table) {
  if (table.starts_with('"')) return sql.find(table) != std::string_view::npos;
  for (auto at = sql.find(table); at != std::string_view::npos; at = sql.find(table, at + 1)) {
    const auto end = at + table.size();
    if ((at == 0 || !in_a_name(sql[at - 1])) && (end == sql.size() || !in_a_name(sql[end])))
      return true;
  }
  return false;
}

} // namespace yifa::sql
