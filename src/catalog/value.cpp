#include "catalog/value.h"

namespace yifa::catalog {

bool Value::filled() const {
  if (const auto *text = get<std::string>()) return !text->empty();
  if (const auto *many = get<std::vector<Value>>()) return !many->empty();
  if (const auto *rows = get<std::vector<Row>>()) return !rows->empty();
  return held_.index() != 0;
}

std::partial_ordering order(const Value &a, const Value &b) {
  return std::visit(
      [](const auto &x, const auto &y) -> std::partial_ordering {
        using X = std::decay_t<decltype(x)>;
        using Y = std::decay_t<decltype(y)>;
        if constexpr (!std::is_same_v<X, Y>) {
          return std::partial_ordering::unordered;
        } else if constexpr (std::is_same_v<X, Count> || std::is_same_v<X, Decimal> ||
                             std::is_same_v<X, Money> || std::is_same_v<X, Date> ||
                             std::is_same_v<X, Moment> || std::is_same_v<X, std::string>) {
          return x <=> y;
        } else {
          return x == y ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
        }
      },
      a.held(), b.held());
}

} // namespace yifa::catalog
