#pragma once

#include "base/date.h"
#include "base/id.h"
#include "base/org_code.h"
#include "base/quantity.h"

#include <compare>
#include <string>
#include <variant>
#include <vector>

namespace yifa::catalog {

/// A word of a list; which list, the field says.
struct Code {
  std::string text;
  auto operator<=>(const Code &) const = default;
};

/// An attachment: the SHA-256 of its content in lower-case hexadecimal.
struct FileHash {
  std::string hex;
  auto operator<=>(const FileHash &) const = default;
};

/// A whole number ≥ 0; its measure word stands in the field.
struct Count {
  std::int64_t n = 0;
  auto operator<=>(const Count &) const = default;
};

class Value;

/// One line of a `rows` field: a value a column, in the order of the columns.
struct Row {
  std::vector<Value> cells;
  bool operator==(const Row &) const = default;
};

/// What a field holds. Empty (monostate) is "not filled", which differs from false and from 0.
/// `many` fields hold a vector<Value>, `rows` fields a vector<Row>; an empty vector is not filled.
/// It lives in this room because the literals of predicates are values.
class Value {
public:
  using Variant =
      std::variant<std::monostate, bool, Count, Decimal, Money, Date, Moment, std::string, Code,
                   OrgCode, RecordId, FileHash, std::vector<Value>, std::vector<Row>>;

  Value() = default;
  template <typename T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, Value> &&
           std::is_constructible_v<Variant, std::in_place_type_t<std::remove_cvref_t<T>>, T &&>)
      Value(T &&held)
      : held_(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(held)) {}

  bool filled() const;
  template <typename T> const T *get() const { return std::get_if<T>(&held_); }
  template <typename T> T *get() { return std::get_if<T>(&held_); }
  const Variant &held() const { return held_; }
  bool operator==(const Value &) const = default;

private:
  Variant held_;
};

/// Order of two filled values of one type: dates, moments, counts, numbers, money, text by bytes;
/// codes have no order here (lists rank them). Unordered for values of unlike types.
std::partial_ordering order(const Value &a, const Value &b);

} // namespace yifa::catalog
