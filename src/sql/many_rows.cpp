#include "sql/many_rows.h"

namespace yifa::sql {

std::string ManyRows::words() const {
  std::string out = "unnest(";
  for (std::size_t i = 0; i < types_.size(); ++i)
    out += (i == 0 ? "CAST(?" : ", CAST(?") + std::to_string(i + 1) + " AS " + types_[i] + "[])";
  return out + ")";
}

Status ManyRows::run(Connection &db, const std::string &sql) {
  if (empty()) return Done{};
  auto statement = TRY(db.prepare(sql));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i] += '}';
    statement.text(static_cast<int>(i), columns_[i]);
  }
  auto done = statement.run();
  clear();
  return done;
}

void ManyRows::clear() {
  columns_.assign(types_.size(), "{");
  rows_ = 0;
}

void ManyRows::put(std::size_t column, std::string_view text) {
  auto &to = columns_[column];
  if (rows_ > 0) to += ',';
  to += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') to += '\\';
    to += c;
  }
  to += '"';
}

void ManyRows::put(std::size_t column, std::int64_t number) {
  auto &to = columns_[column];
  if (rows_ > 0) to += ',';
  to += std::to_string(number);
}

} // namespace yifa::sql
