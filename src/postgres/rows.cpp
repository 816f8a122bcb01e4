#include "postgres/rows.h"

#include "postgres/statement.h"

#include <utility>

#include <fmt/format.h>

namespace yifa::postgres {
namespace {

/// A kind of cell by the engine's name, and the numbers of the type and of its array in the
/// engine's catalog.
struct Kind {
  const char *name;
  unsigned element;
  unsigned array;
};

Kind kind_of(sql::Cell cell) {
  switch (cell) {
  case sql::Cell::Whole:
    return {"bigint", 20, 1016};
  case sql::Cell::Bytes:
    return {"bytea", 17, 1001};
  case sql::Cell::Text:
    break;
  }
  return {"text", 25, 1009};
}

void append_number(std::string &to, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>((number >> shift) & 0xFF);
}

constexpr std::uint32_t kNothing = 0xFFFFFFFF; ///< the size of a value that is not there

} // namespace

/// One row being bound; the room for its values is used again by the next.
class ArrayRows::Row final : public BoundStatement {
public:
  explicit Row(ArrayRows &to) : to_(to) {
    std::swap(bound_, to_.room_);
    bound_.nulls.assign(bound_.nulls.size(), true);
  }
  Row(const Row &) = delete;
  Row &operator=(const Row &) = delete;
  ~Row() override { std::swap(bound_, to_.room_); }
  Result<bool> step() override { return internal_error("a gathered row was asked for an answer"); }
  Status run() override { return to_.add(bound_); }
  void reset() override {}

private:
  ArrayRows &to_;
};

ArrayRows::ArrayRows(PostgresConnection &home, const sql::RowForm &form)
    : home_(home), form_(form), columns_(form.columns().size()) {
  std::string arrays;
  std::string names;
  std::string given;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto &column = form.columns()[i];
    const char *comma = i > 0 ? ", " : "";
    arrays += fmt::format("{}CAST(${} AS {}[])", comma, i + 1, kind_of(column.kind).name);
    names += fmt::format("{}c{}", comma, i);
    given += column.as.empty() ? fmt::format("{}c{}", comma, i)
                               : fmt::format("{}CAST(c{} AS {})", comma, i, column.as);
  }
  sql_ = fmt::format("{} SELECT {} FROM unnest({}) AS given({}) {}", form.into(), given, arrays,
                     names, form.clash());
}

std::unique_ptr<sql::Statement> ArrayRows::row() { return std::make_unique<Row>(*this); }

Status ArrayRows::add(const Bound &row) {
  if (row.types.size() != columns_.size())
    return internal_error(fmt::format("a row of {} has {} columns and {} values came",
                                      form_.table(), columns_.size(), row.types.size()));
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (!row.nulls[i] && row.types[i] != kind_of(form_.columns()[i].kind).element)
      return internal_error(fmt::format("the column {} of {} was given another kind of value",
                                        form_.columns()[i].name, form_.table()));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto &column = columns_[i];
    if (row.nulls[i]) {
      append_number(column.values, kNothing);
      column.has_null = true;
    } else {
      const auto value = row.at(i);
      append_number(column.values, static_cast<std::uint32_t>(value.size()));
      column.values += value;
    }
    column.ends.push_back(column.values.size());
  }
  ++rows_;
  return Done{};
}

void ArrayRows::cut(std::size_t from) {
  if (from >= rows_) return;
  for (auto &column : columns_) {
    column.values.resize(from > 0 ? column.ends[from - 1] : 0);
    column.ends.resize(from);
  }
  rows_ = from;
}

Status ArrayRows::write(std::size_t many) {
  if (many == 0) return Done{};
  Bound bound;
  bound.nulls.assign(columns_.size(), false);
  bound.views.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto &column = columns_[i];
    const auto kind = kind_of(form_.columns()[i].kind);
    const auto end = column.ends[many - 1];
    std::string array;
    array.reserve(20 + end);
    append_number(array, 1); // of one dimension
    append_number(array, column.has_null ? 1 : 0);
    append_number(array, kind.element);
    append_number(array, static_cast<std::uint32_t>(many));
    append_number(array, 1); // counted from one
    array.append(column.values, 0, end);
    bound.types.push_back(kind.array);
    bound.values.push_back(std::move(array));
    column.values.erase(0, end);
    column.ends.erase(column.ends.begin(), column.ends.begin() + static_cast<std::ptrdiff_t>(many));
    for (auto &one : column.ends) one -= end;
    if (column.ends.empty()) column.has_null = false;
  }
  rows_ -= many;
  TRY(home_.send(sql_, bound, true));
  return home_.push();
}

} // namespace yifa::postgres
