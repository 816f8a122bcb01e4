#include "record/figure.h"

#include "record/org.h"

#include <array>

#include <fmt/format.h>

namespace yifa::record {
namespace {

__extension__ using Wide = __int128;

/// |numerator| / |denominator| with `places` decimals, half up, as an integer of that scale.
std::int64_t rounded(Wide numerator, Wide denominator, int places) {
  Wide scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  Wide doubled = numerator * scale * 2 + denominator;
  Wide result = doubled / (denominator * 2);
  constexpr Wide top = INT64_MAX;
  return static_cast<std::int64_t>(result > top ? top : result);
}

std::string written(std::int64_t value, int places) {
  bool negative = value < 0;
  auto n = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  std::uint64_t scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  std::string out = fmt::format("{}{}", negative ? "-" : "", n / scale);
  if (places == 0 || n % scale == 0) return out;
  std::string decimals = fmt::format("{:0{}}", n % scale, places);
  decimals.erase(decimals.find_last_not_of('0') + 1);
  return out + "." + decimals;
}

struct Printed {
  std::int64_t value = 0;
  int places = 0;
};

/// A rate as printed: one decimal (two for a plain quotient); neither 100 nor 0 unless it is
/// exactly that.
Printed print_ratio(const Figure &figure) {
  if (figure.denominator <= 0) return {};
  Wide over = Wide(figure.denominator) * figure.numerator_scale;
  Wide of = Wide(figure.numerator) * figure.denominator_scale;
  Wide hundred = figure.percent ? 100 : 1;
  int places = figure.percent ? 1 : 2;
  auto value = rounded(of * hundred, over, places);
  if (figure.percent && of < over && value >= 1000) value = 999;
  while (value == 0 && of > 0 && places < 6) value = rounded(of * hundred, over, ++places);
  return {value, places};
}

Printed print_plain(const Figure &figure) {
  if (figure.scale == 100 && figure.unit == "万元") {
    auto size = rounded(figure.value < 0 ? -Wide(figure.value) : Wide(figure.value), 1'000'000, 2);
    return {figure.value < 0 ? -size : size, 2};
  }
  if (figure.scale == 100) return {figure.value, 2};
  if (figure.scale == 1'000'000) return {figure.value, 6};
  return {figure.value, 0};
}

Printed print(const Figure &figure) {
  return figure.ratio ? print_ratio(figure) : print_plain(figure);
}

/// A number of `places` decimals as JSON: whole numbers as integers, others as numbers.
json::value as_json(Printed printed) {
  std::string text = written(printed.value, printed.places);
  if (text.find('.') == std::string::npos) return json::value(std::stoll(text));
  return json::value(std::stod(text));
}

json::value scaled(std::int64_t value, std::int64_t scale) {
  return scale == 1'000'000 ? as_json({value, 6}) : json::value(value);
}

} // namespace

std::string Figure::number() const {
  auto printed = print(*this);
  return written(printed.value, printed.places);
}

Decimal Figure::comparable() const {
  auto [shown, places] = print(*this);
  std::int64_t factor = 1;
  for (int i = places; i < 6; ++i) factor *= 10;
  std::int64_t out = 0;
  if (__builtin_mul_overflow(shown, factor, &out)) out = shown < 0 ? INT64_MIN : INT64_MAX;
  return Decimal::from_millionths(out);
}

std::string_view to_string(Figure::Status status) {
  static constexpr std::array<std::string_view, 5> names = {"counted", "confirmed_zero",
                                                            "no_record", "partial", "undefined"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view to_string(Org::Kind kind) {
  static constexpr std::array<std::string_view, 7> names = {
      "division", "town", "township", "street", "village", "community", "department"};
  return names[static_cast<std::size_t>(kind)];
}

json::object to_json(const Figure &figure) {
  json::object out;
  out["id"] = figure.id;
  out["label"] = figure.label;
  out["label_en"] = figure.label_en;
  out["status"] = to_string(figure.status);
  out["value"] = nullptr;
  if (figure.exists())
    out["value"] = figure.ratio ? as_json(print_ratio(figure)) : scaled(figure.value, figure.scale);
  // Money stands in fen here, and says so.
  out["unit"] = figure.scale == 100 && !figure.ratio ? "分" : figure.unit;
  json::array groups;
  for (const auto &group : figure.groups) {
    json::object made;
    made["dimension"] = group.dimension;
    made["code"] = group.code;
    made["label"] = group.label;
    made["value"] = scaled(group.value, figure.scale);
    made["unit"] = figure.scale == 100 ? "分" : group.unit;
    groups.push_back(std::move(made));
  }
  out["group"] = std::move(groups);
  out["numerator"] = nullptr;
  out["denominator"] = nullptr;
  if (figure.ratio) {
    if (figure.exists()) {
      out["numerator"] = scaled(figure.numerator, figure.numerator_scale);
      out["denominator"] = scaled(figure.denominator, figure.denominator_scale);
    }
    out["numerator_id"] = figure.numerator_id;
    out["denominator_id"] = figure.denominator_id;
  }
  out["covered"] = figure.covered;
  out["offices"] = figure.offices;
  out["org"] = figure.org.text();
  json::object period;
  period["from"] = figure.period.from.text();
  period["to"] = figure.period.to.text();
  out["period"] = std::move(period);
  out["definition"] = figure.definition;
  out["source"] = figure.source;
  return out;
}

} // namespace yifa::record
