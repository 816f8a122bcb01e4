#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace yifa {

/// Money in fen. Added and compared with checks; never multiplied by money.
class Money {
public:
  constexpr Money() = default;
  static constexpr Money from_fen(std::int64_t fen) {
    Money m;
    m.fen_ = fen;
    return m;
  }
  /// Yuan as people write them: 1234.5, 1,234.50, 1.2万, 3000元, full-width digits; at most two
  /// decimals after conversion to yuan.
  static Result<Money> parse(std::string_view text);
  constexpr std::int64_t fen() const { return fen_; }
  std::string text() const; ///< yuan with two decimals: "1234.50"
  /// 壹仟贰佰叁拾肆元伍角整, as papers demand.
  std::string chinese_capitals() const;
  constexpr auto operator<=>(const Money &) const = default;

private:
  std::int64_t fen_ = 0;
};

/// A decimal number with up to six places, kept as millionths: exact, ordered, the same on every
/// store.
class Decimal {
public:
  constexpr Decimal() = default;
  static constexpr Decimal from_millionths(std::int64_t n) {
    Decimal d;
    d.millionths_ = n;
    return d;
  }
  static constexpr Decimal from_int(std::int64_t n) { return from_millionths(n * 1'000'000); }
  static Result<Decimal> parse(std::string_view text);
  constexpr std::int64_t millionths() const { return millionths_; }
  std::string text() const; ///< without trailing zeros
  constexpr auto operator<=>(const Decimal &) const = default;

private:
  std::int64_t millionths_ = 0;
};

/// A whole number ≥ 0 as people write it: 1200, 1,200, １２００, 1.2万. Invalid for anything else.
Result<std::int64_t> parse_count(std::string_view text);

/// a + b, or nothing when it does not fit.
std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b);

} // namespace yifa
