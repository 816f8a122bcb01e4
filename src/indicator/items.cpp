#include "indicator/contributions.h"
#include "indicator/indicator_fields.h"

#include "base/quantity.h"

#include <algorithm>

namespace yifa::indicator {
namespace {

using catalog::FieldRef;
using catalog::Indicator;
using catalog::Value;
using record::Place;

std::optional<std::int64_t> amount_in(const Value &value) {
  if (const auto *count = value.get<catalog::Count>()) return count->n;
  if (const auto *money = value.get<Money>()) return money->fen();
  if (const auto *number = value.get<Decimal>()) return number->millionths();
  return std::nullopt;
}

std::string group_text(const Value &value) {
  if (const auto *code = value.get<catalog::Code>()) return code->text;
  if (const auto *text = value.get<std::string>()) return *text;
  if (const auto *org = value.get<OrgCode>()) return org->text();
  if (const auto *id = value.get<RecordId>()) return id->text();
  if (const auto *flag = value.get<bool>()) return *flag ? "true" : "false";
  if (const auto *date = value.get<Date>()) return date->text();
  if (auto amount = amount_in(value)) return std::to_string(*amount);
  return "";
}

/// The words of a value, each once: of `many` and of a column over all lines there are several.
std::vector<std::string> words_of(const Value &value) {
  std::vector<std::string> words;
  auto add = [&](const Value &one) {
    auto word = group_text(one);
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(std::move(word));
  };
  if (const auto *many = value.get<std::vector<Value>>()) {
    for (const auto &one : *many) add(one);
  } else {
    add(value);
  }
  return words;
}

/// What one indicator counts in one record.
class Counting {
public:
  Counting(const catalog::Catalog &catalog, const Indicator &indicator,
           const record::Surroundings &around)
      : catalog_(catalog), indicator_(indicator), around_(around) {}

  void count(const Place &place) {
    if (indicator_.stock &&
        (!place.type.valid || !record::holds(place.type.valid->when, whole(place), around_)))
      return;
    int rows = counted_rows(indicator_);
    if (rows < 0) {
      count_one(place);
      return;
    }
    const auto &values = place.part ? place.part->values : place.record.values;
    if (static_cast<std::size_t>(rows) >= values.size()) return;
    const auto *lines = values[static_cast<std::size_t>(rows)].get<std::vector<catalog::Row>>();
    if (!lines) return;
    for (const auto &line : *lines)
      count_one(Place{place.type, place.record, place.part, rows, &line});
  }

  std::vector<Item> found;

private:
  static Place whole(const Place &place) {
    return Place{place.type, place.record, nullptr, -1, nullptr};
  }

  void count_one(const Place &place) {
    if (!record::holds(indicator_.where, place, around_)) return;
    Item item;
    item.stock = indicator_.stock;
    if (!set_days(place, item) || !set_value(place, item)) return;
    for (const auto &dimension : indicator_.by) item.groups.push_back(groups_of(dimension, place));
    found.push_back(std::move(item));
  }

  bool set_days(const Place &place, Item &item) {
    auto day_of = [&](const FieldRef &ref, const Place &where) {
      return record::day_in(record::value_at(ref, where, around_));
    };
    std::optional<Date> day;
    if (indicator_.stock) {
      day = day_of(place.type.valid->from, whole(place));
      for (const auto &end : place.type.valid->to)
        if (auto ended = day_of(end, whole(place)); ended && (!item.ended || *ended < *item.ended))
          item.ended = ended;
    } else {
      day = day_of(day_ref(indicator_, place.type), place);
    }
    if (indicator_.until_period_end) {
      item.outcome = day_of(indicator_.outcome, place);
      if (!item.outcome) return false;
    }
    if (day) item.day = *day;
    return day.has_value();
  }

  /// Days from the first filled beginning to the end; what ends before it began is not counted.
  bool set_days_between(const Place &place, Item &item) const {
    const auto end = record::day_in(record::value_at(indicator_.of, place, around_));
    if (!end) return false;
    for (const auto &ref : indicator_.since)
      if (const auto begin = record::day_in(record::value_at(ref, place, around_))) {
        item.value = end->days() - begin->days();
        return item.value >= 0;
      }
    return false;
  }

  bool set_value(const Place &place, Item &item) {
    item.value = 1;
    if (!indicator_.since.empty()) return set_days_between(place, item);
    if (indicator_.way == Indicator::Way::Sum) {
      auto amount = amount_in(record::value_at(indicator_.of, place, around_));
      if (!amount) return false;
      item.value = *amount;
    }
    if (indicator_.way == Indicator::Way::Distinct) {
      item.keys = words_of(record::value_at(indicator_.of, place, around_));
      return !item.keys.empty();
    }
    return true;
  }

  std::vector<std::string> groups_of(const catalog::Dimension &dimension, const Place &place) {
    auto words = words_of(record::value_at(dimension.field, place, around_));
    const auto *field = field_of(dimension.field, place.type, indicator_.part);
    if (words.empty() && field && field->type == catalog::FieldType::Flag)
      words.emplace_back("false");
    const auto *list = field ? catalog_.list(field->list) : nullptr;
    if (!dimension.top || !list) return words;
    std::vector<std::string> tops;
    for (const auto &word : words)
      if (const auto &top = list->top(word); std::find(tops.begin(), tops.end(), top) == tops.end())
        tops.push_back(top);
    return tops;
  }

  const catalog::Catalog &catalog_;
  const Indicator &indicator_;
  const record::Surroundings &around_;
};

} // namespace

bool Item::counts_in(const Period &period) const {
  if (stock) return day <= period.last() && (!ended || *ended >= period.last());
  return period.contains(day) && (!outcome || *outcome < period.to);
}

std::vector<Item> items(const catalog::Catalog &catalog, const Indicator &indicator,
                        const catalog::RecordType &type, const record::Record &record,
                        const record::Surroundings &around) {
  if (record.withdrawn || record.type != indicator.type || !is_leaf(indicator)) return {};
  Counting counting(catalog, indicator, around);
  if (indicator.part.empty()) {
    counting.count(Place{type, record, nullptr, -1, nullptr});
    return std::move(counting.found);
  }
  int kind = type.part_index(indicator.part);
  for (const auto &part : record.parts)
    if (part.part == kind && !part.withdrawn)
      counting.count(Place{type, record, &part, -1, nullptr});
  return std::move(counting.found);
}

} // namespace yifa::indicator
