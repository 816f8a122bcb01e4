#pragma once

#include "sql/connection.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace yifa::sql {

/// Rows given to one statement, a parameter a column, for an engine that takes arrays
/// (Dialect::takes_arrays).
class ManyRows {
public:
  /// So many rows go into one statement at most.
  static constexpr std::size_t kFull = 4000;

  /// The engine's type of each column: "text", "bigint" or another whole number.
  explicit ManyRows(std::initializer_list<const char *> types) : types_(types) { clear(); }

  template <typename... A> void add(const A &...values) {
    std::size_t n = 0;
    (put(n++, values), ...);
    ++rows_;
  }
  bool empty() const { return rows_ == 0; }
  bool full() const { return rows_ >= kFull; }
  /// To stand behind FROM: parameters 1, 2, … are the columns, in their order.
  std::string words() const;
  /// Carries a statement out with them and forgets them; nothing where there are none.
  Status run(Connection &db, const std::string &sql);

private:
  void clear();
  void put(std::size_t column, std::string_view text);
  void put(std::size_t column, const std::string &text) { put(column, std::string_view(text)); }
  void put(std::size_t column, std::int64_t number);
  void put(std::size_t column, int number) { put(column, std::int64_t{number}); }

  std::vector<const char *> types_;
  std::vector<std::string> columns_; ///< the engine's written form of an array, without its end
  std::size_t rows_ = 0;
};

} // namespace yifa::sql
