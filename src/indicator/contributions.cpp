#include "indicator/contributions.h"
#include "indicator/indicator_fields.h"
#include "indicator/tally_group.h"

#include "base/quantity.h"

#include <algorithm>
#include <tuple>

namespace yifa::indicator {
namespace {

using record::Contribution;

constexpr int longest_zero_return = 1'200; // months; a slip in a year must not fill the tally

auto key_of(const Contribution &c) {
  return std::tie(c.indicator, c.dimension, c.group, c.month, c.stock);
}

std::int64_t add(std::int64_t a, std::int64_t b) {
  return checked_add(a, b).value_or(a < 0 ? INT64_MIN : INT64_MAX);
}

/// Sorts and sums the entries from `first` on, which all belong to one indicator; drops those that
/// come to nothing.
void sum_up(std::vector<Contribution> &all, std::size_t first) {
  auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, all.end(),
            [](const Contribution &a, const Contribution &b) { return key_of(a) < key_of(b); });
  auto last = begin;
  for (auto next = begin; next != all.end(); ++next) {
    if (next == begin) continue;
    if (key_of(*last) == key_of(*next)) {
      last->value = add(last->value, next->value);
    } else if (++last != next) {
      *last = std::move(*next);
    }
  }
  if (begin != all.end()) all.erase(last + 1, all.end());
  all.erase(std::remove_if(begin, all.end(), [](const Contribution &c) { return c.value == 0; }),
            all.end());
}

/// Puts one item into the months it counts in.
class Placing {
public:
  Placing(const catalog::Indicator &indicator, std::vector<Contribution> &out)
      : indicator_(indicator), out_(out) {}

  void place(const Item &item) {
    if (!item.stock) {
      put(item, item.day.month_of(), 1);
      return;
    }
    if (!item.ended) {
      put(item, item.day.month_of(), 1);
      return;
    }
    // In force through its last day: on the last day of a month it no longer counts from the month
    // of the day after.
    if (*item.ended < item.day) return;
    Month gone = item.ended->plus_days(1).month_of();
    if (gone == item.day.month_of()) return;
    put(item, item.day.month_of(), 1);
    put(item, gone, -1);
  }

private:
  void put(const Item &item, Month month, std::int64_t sign) {
    for (auto &entry : entries(indicator_, item)) {
      std::string group = item.outcome ? with_outcome(entry.group, item.outcome->month_of())
                                       : std::move(entry.group);
      out_.push_back({indicator_.id, std::move(entry.dimension), std::move(group), month,
                      item.stock, sign * entry.value});
    }
  }

  const catalog::Indicator &indicator_;
  std::vector<Contribution> &out_;
};

void zero_months(const catalog::RecordType &type, const record::Record &record,
                 const record::Surroundings &around, std::vector<Contribution> &out) {
  auto zero = zero_return(type, record, around);
  if (!zero) return;
  Month first = zero->from.day() == 1 ? zero->from.month_of() : zero->from.month_of().plus(1);
  Month end = zero->to.plus_days(1).month_of(); // the first month not wholly inside
  end = std::min(end, first.plus(longest_zero_return));
  for (const auto &category : zero->categories)
    for (Month month = first; month < end; month = month.plus(1))
      out.push_back({std::string(zero_returns), "category", category, month, false, 1});
}

/// `leaves` are sorted by id, so that the whole comes out sorted; "@zero" sorts before every id.
std::vector<Contribution> contributions_of(const catalog::Catalog &catalog,
                                           const catalog::RecordType &type,
                                           const record::Record &record,
                                           const record::Surroundings &around,
                                           const std::vector<const catalog::Indicator *> &leaves) {
  std::vector<Contribution> out;
  if (record.withdrawn) return out;
  out.reserve(32);
  zero_months(type, record, around, out);
  sum_up(out, 0);
  for (const auto *indicator : leaves) {
    auto first = out.size();
    Placing placing(*indicator, out);
    for (const auto &item : items(catalog, *indicator, type, record, around)) placing.place(item);
    if (out.size() > first) sum_up(out, first);
  }
  return out;
}

std::vector<const catalog::Indicator *> by_id(std::vector<const catalog::Indicator *> leaves) {
  std::sort(leaves.begin(), leaves.end(),
            [](const auto *a, const auto *b) { return a->id < b->id; });
  return leaves;
}

} // namespace

std::vector<Entry> entries(const catalog::Indicator &indicator, const Item &item) {
  std::vector<Entry> out;
  bool distinct = indicator.way == catalog::Indicator::Way::Distinct;
  if (!distinct) out.push_back({"", "", item.value});
  if (distinct)
    for (const auto &key : item.keys) out.push_back({std::string(key_dimension), key, 1});
  for (std::size_t d = 0; d < indicator.by.size() && d < item.groups.size(); ++d) {
    const auto &dimension = indicator.by[d].id;
    for (const auto &group : item.groups[d]) {
      if (!distinct) {
        out.push_back({dimension, group, item.value});
        continue;
      }
      std::string prefix = group;
      prefix += group_end;
      for (const auto &key : item.keys)
        out.push_back({std::string(key_dimension) + dimension, prefix + key, 1});
    }
  }
  return out;
}

std::string with_outcome(const std::string &group, Month outcome) {
  std::string out = group;
  out += outcome_mark;
  out += std::to_string(outcome.index());
  return out;
}

std::optional<ZeroDays> zero_return(const catalog::RecordType &type, const record::Record &record,
                                    const record::Surroundings &around) {
  if (!type.confirms_zero || record.withdrawn) return std::nullopt;
  record::Place place{type, record, nullptr, -1, nullptr};
  if (!record::holds(type.confirms_zero->when, place, around)) return std::nullopt;
  auto from = record::value_at(type.confirms_zero->from, place, around);
  auto to = record::value_at(type.confirms_zero->to, place, around);
  if (!from.get<Date>() || !to.get<Date>()) return std::nullopt;
  ZeroDays zero{*from.get<Date>(), *to.get<Date>(), {}};
  auto category = record::value_at(type.confirms_zero->category, place, around);
  std::vector<catalog::Value> one{category};
  const auto *many = category.get<std::vector<catalog::Value>>();
  for (const auto &value : many ? *many : one)
    if (const auto *code = value.get<catalog::Code>()) zero.categories.push_back(code->text);
  return zero;
}

Counter::Counter(const catalog::Catalog &catalog) : catalog_(&catalog) {
  for (const auto &indicator : catalog.indicators)
    if (is_leaf(indicator)) leaves_[indicator.type].push_back(&indicator);
  for (auto &entry : leaves_) entry.second = by_id(std::move(entry.second));
}

const std::vector<const catalog::Indicator *> &Counter::leaves_of(std::string_view type) const {
  static const std::vector<const catalog::Indicator *> none;
  auto at = leaves_.find(type);
  return at == leaves_.end() ? none : at->second;
}

std::vector<Contribution> Counter::contributions(const catalog::RecordType &type,
                                                 const record::Record &record,
                                                 const record::Surroundings &around) const {
  return contributions_of(*catalog_, type, record, around, leaves_of(type.id));
}

std::vector<Contribution> contributions(const catalog::Catalog &catalog,
                                        const catalog::RecordType &type,
                                        const record::Record &record,
                                        const record::Surroundings &around) {
  std::vector<const catalog::Indicator *> leaves;
  for (const auto &indicator : catalog.indicators)
    if (indicator.type == type.id && is_leaf(indicator)) leaves.push_back(&indicator);
  return contributions_of(catalog, type, record, around, by_id(std::move(leaves)));
}

std::vector<Contribution> difference(const std::vector<Contribution> &before,
                                     const std::vector<Contribution> &after) {
  std::vector<Contribution> moves;
  auto old = before.begin();
  auto now = after.begin();
  auto take = [&](const Contribution &one, std::int64_t value) {
    if (value == 0) return;
    moves.push_back(one);
    moves.back().value = value;
  };
  while (old != before.end() || now != after.end()) {
    if (now == after.end() || (old != before.end() && key_of(*old) < key_of(*now))) {
      take(*old, -old->value);
      ++old;
    } else if (old == before.end() || key_of(*now) < key_of(*old)) {
      take(*now, now->value);
      ++now;
    } else {
      take(*now, add(now->value, -old->value));
      ++old;
      ++now;
    }
  }
  return moves;
}

} // namespace yifa::indicator
