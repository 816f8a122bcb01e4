#include "catalog/overlay_direction.h"

#include "catalog/show.h"

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

constexpr std::string_view kind_names[] = {"within", "lasts", "before", "not_before", "by", "keep"};

bool digits_only(std::string_view word) {
  return !word.empty() && word.size() <= 15 &&
         word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// -1 provably not longer, 1 provably not shorter, 0 the same, 2 unknown.
int compare_times(std::int64_t amount_a, Deadline::Unit unit_a, std::int64_t amount_b,
                  Deadline::Unit unit_b) {
  if (unit_a == unit_b) return amount_a < amount_b ? -1 : amount_a > amount_b ? 1 : 0;
  auto a = days_of(amount_a, unit_a);
  auto b = days_of(amount_b, unit_b);
  if (a.most <= b.least) return -1;
  if (a.least >= b.most) return 1;
  return 2;
}

} // namespace

bool setting_fits(std::string_view type, std::string_view value) {
  if (type == "text") return true;
  if (type != "share") return digits_only(value);
  auto slash = value.find('/');
  if (slash == std::string_view::npos) return false;
  auto of = value.substr(0, slash);
  auto over = value.substr(slash + 1);
  if (!digits_only(of) || !digits_only(over)) return false;
  auto n = std::stoll(std::string(of));
  auto m = std::stoll(std::string(over));
  return m > 0 && n > 0 && n <= m;
}

DayRange days_of(std::int64_t amount, Deadline::Unit unit) {
  switch (unit) {
  case Deadline::Unit::Days:
    return {amount, amount};
  case Deadline::Unit::Workdays:
    // Never fewer than as many days; holidays join weekends to at most ten days off at a stretch.
    return {amount, amount == 0 ? 0 : amount * 3 + 10};
  case Deadline::Unit::Months:
    return {amount * 28, amount * 31};
  case Deadline::Unit::Years:
    return {amount * 365, amount * 366};
  case Deadline::Unit::Hours:
    return {amount / 24, (amount + 23) / 24};
  }
  return {};
}

std::optional<std::string> change_deadline(Loading &loading, const Shape &shape, Deadline &deadline,
                                           const Source &source) {
  auto kind = kind_names[static_cast<std::size_t>(deadline.kind)];
  for (auto name : kind_names)
    if (name != kind && shape.has(name))
      return fmt::format("refused: {} is a `{}`; an overlay cannot make it a `{}`", deadline.id,
                         kind, name);
  const Node *node = shape.need(kind);
  if (!node) return std::nullopt;
  if (deadline.kind == Deadline::Kind::By) {
    if (deadline.delegated.empty())
      return fmt::format("refused: {} fixes the date of {}", deadline.source.text(), deadline.id);
    Shape by(*node, loading.report, "by", {"date", "of", "inclusive"});
    auto text = by.need_text("date");
    auto made = Date::parse("2024-" + text);
    if (!made) {
      if (by.has("date"))
        loading.report.error(*by.get("date"), "a day of the year is written like 03-01");
      return std::nullopt;
    }
    deadline.month = static_cast<int>(made->month());
    deadline.day = static_cast<int>(made->day());
    if (by.has("of")) deadline.of = by.text("of");
    if (by.has("inclusive")) deadline.inclusive = by.flag("inclusive");
    deadline.source = source;
    return std::nullopt;
  }
  std::int64_t amount = 0;
  auto unit = Deadline::Unit::Days;
  if (!read_duration(loading, *node, kind, amount, unit)) return std::nullopt;
  Deadline wanted = deadline;
  wanted.amount = amount;
  wanted.unit = unit;
  auto says = [&](const Deadline &d) { return deadline_text(d).substr(kind.size() + 1); };
  if (deadline.delegated.empty()) {
    int order = compare_times(amount, unit, deadline.amount, deadline.unit);
    auto law = deadline.source.text();
    bool office_within = deadline.kind == Deadline::Kind::Within && deadline.binds == "office";
    if (order == 2)
      return fmt::format("refused: whether {} is {} than the {} of {} depends on the calendar; "
                         "write it in the same unit",
                         says(wanted), office_within ? "shorter" : "longer", says(deadline), law);
    if (deadline.kind == Deadline::Kind::Within && !office_within && order != 0)
      return fmt::format(
          "refused: {} gives {} {}; a time that binds the {} is not the county's to change", law,
          deadline.id, says(deadline), deadline.binds);
    if (office_within && order > 0)
      return fmt::format(
          "refused: {} gives the office {}; {} is longer, and an overlay may only shorten it", law,
          says(deadline), says(wanted));
    if (deadline.kind != Deadline::Kind::Within && order < 0)
      return fmt::format(
          "refused: {} says `{} {}`; {} is shorter, and an overlay may only lengthen it", law, kind,
          says(deadline), says(wanted));
  }
  deadline.amount = amount;
  deadline.unit = unit;
  deadline.source = source;
  return std::nullopt;
}

} // namespace yifa::catalog
