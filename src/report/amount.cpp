#include "report/amount.h"

namespace yifa::report {

namespace {

constexpr std::int64_t fen_a_yuan = 100;
constexpr std::int64_t wan = 10'000;

/// `value` / 10^places without trailing zeros.
std::string decimal(std::int64_t value, int places) {
  if (value < 0) return "-" + decimal(-value, places);
  std::string digits = std::to_string(value);
  const auto want = static_cast<std::size_t>(places) + 1;
  if (digits.size() < want) digits.insert(0, want - digits.size(), '0');
  digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

/// Cut to two leading digits, to one below a hundred.
std::int64_t leading_digits(std::int64_t n) {
  if (n < 10) return n;
  std::int64_t step = 10;
  if (n >= 100)
    while (n / step >= 100) step *= 10;
  return n / step * step;
}

/// 12500 → 1.25万; unchanged where 万 with two decimals would lose something.
std::string in_wan(std::int64_t n, const Words &words) {
  if (n >= wan && n % (wan / 100) == 0)
    return decimal(n / (wan / 100), 2) + std::string(words.get("number.wan"));
  return std::to_string(n);
}

Amount money_amount(std::int64_t fen, const AmountOptions &options, const Words &words) {
  const auto yuan = std::string(words.get("number.yuan"));
  const bool small = fen < wan * fen_a_yuan;
  if (small || options.unit == yuan) return {decimal(fen, 2), yuan, false};
  // Half up to two decimals of 万元.
  return {decimal((fen + wan / 2) / wan, 2), std::string(words.get("number.wan")) + yuan, false};
}

Amount counted_amount(std::int64_t n, std::string unit, bool rough, const Words &words) {
  if (rough && n >= 10) {
    const auto cut = leading_digits(n);
    if (cut != n)
      return {in_wan(cut, words) + std::string(words.get("number.rough")), std::move(unit), true};
  }
  return {in_wan(n, words), std::move(unit), false};
}

Amount figure_amount(const record::Figure &figure, std::int64_t value, std::string unit,
                     const AmountOptions &options, const Words &words) {
  if (figure.scale == fen_a_yuan) return money_amount(value, options, words);
  if (figure.scale > 1) return {decimal(value, 6), std::move(unit), false};
  return counted_amount(value, std::move(unit), options.rough, words);
}

} // namespace

Amount amount_of(const record::Figure &figure, const AmountOptions &options, const Words &words) {
  std::string unit = options.unit.empty() ? figure.unit : options.unit;
  if (figure.percent) return {figure.number(), std::string(words.get("number.percent")), false};
  if (figure.ratio) return {figure.number(), std::move(unit), false};
  return figure_amount(figure, figure.value, std::move(unit), options, words);
}

Amount amount_of(const record::Figure &figure, const record::Figure::Group &group,
                 const AmountOptions &options, const Words &words) {
  std::string unit = group.unit.empty() ? figure.unit : group.unit;
  if (!options.unit.empty()) unit = options.unit;
  return figure_amount(figure, group.value, std::move(unit), options, words);
}

Amount amount_of_difference(const record::Figure &figure, std::int64_t difference,
                            const Words &words) {
  if (figure.ratio) return {decimal(difference, 6), {}, false};
  return figure_amount(figure, difference, figure.unit, {}, words);
}

std::string exact_value(const record::Figure &figure) {
  return figure.ratio ? figure.number() : exact_value(figure, figure.value);
}

std::string exact_value(const record::Figure &figure, std::int64_t value) {
  if (figure.scale == fen_a_yuan) return Money::from_fen(value).text();
  if (figure.scale > 1) return Decimal::from_millionths(value).text();
  return std::to_string(value);
}

} // namespace yifa::report
