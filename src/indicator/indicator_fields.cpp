#include "indicator/indicator_fields.h"

#include <algorithm>

namespace yifa::indicator {

using catalog::FieldRef;
using catalog::Indicator;

namespace {

const catalog::Field *field_at(const std::vector<catalog::Field> &fields, int index) {
  if (index < 0 || static_cast<std::size_t>(index) >= fields.size()) return nullptr;
  return &fields[static_cast<std::size_t>(index)];
}

} // namespace

bool is_leaf(const Indicator &indicator) {
  return indicator.way == Indicator::Way::Count || indicator.way == Indicator::Way::Sum ||
         indicator.way == Indicator::Way::Distinct;
}

const catalog::Field *field_of(const FieldRef &ref, const catalog::RecordType &type,
                               std::string_view part) {
  int kind = part.empty() ? -1 : type.part_index(part);
  const auto &own = kind < 0 ? type.fields : type.parts[static_cast<std::size_t>(kind)].fields;
  switch (ref.kind) {
  case FieldRef::Kind::Field:
    return field_at(own, ref.index);
  case FieldRef::Kind::Owner:
    return field_at(type.fields, ref.index);
  case FieldRef::Kind::RowColumn: {
    const auto *rows = field_at(own, ref.index);
    return rows ? field_at(rows->columns, ref.column) : nullptr;
  }
  default:
    return nullptr;
  }
}

int counted_rows(const Indicator &indicator) {
  if (indicator.lines) return indicator.of.index;
  bool of_lines =
      indicator.way != Indicator::Way::Count && indicator.of.kind == FieldRef::Kind::RowColumn;
  return of_lines ? indicator.of.index : -1;
}

const FieldRef &day_ref(const Indicator &indicator, const catalog::RecordType &type) {
  if (indicator.day.kind != FieldRef::Kind::None) return indicator.day;
  int kind = indicator.part.empty() ? -1 : type.part_index(indicator.part);
  return kind < 0 ? type.day : type.parts[static_cast<std::size_t>(kind)].day;
}

bool follows_record_day(const Indicator &indicator, const catalog::RecordType &type) {
  const auto &day = day_ref(indicator, type);
  if (day.kind == FieldRef::Kind::Opened) return true;
  auto own = indicator.part.empty() ? FieldRef::Kind::Field : FieldRef::Kind::Owner;
  return day.kind == own && type.day.kind == FieldRef::Kind::Field && day.index == type.day.index;
}

std::int64_t scale_of(const catalog::Catalog &catalog, const Indicator &indicator) {
  if (indicator.money) return 100;
  if (indicator.way == Indicator::Way::Sum) {
    const auto *type = catalog.type(indicator.type);
    const auto *field = type ? field_of(indicator.of, *type, indicator.part) : nullptr;
    if (field && field->type == catalog::FieldType::Money) return 100;
    return field && field->type == catalog::FieldType::Number ? 1'000'000 : 1;
  }
  const std::string *inner = nullptr;
  if (indicator.way == Indicator::Way::Least) inner = &indicator.of_indicator;
  if (indicator.way == Indicator::Way::Total && !indicator.terms.empty())
    inner = &indicator.terms.front();
  const auto *base = inner ? catalog.indicator(*inner) : nullptr;
  return base && base != &indicator ? scale_of(catalog, *base) : 1;
}

bool asks_met(const catalog::Predicate &predicate) {
  return predicate.field.kind == FieldRef::Kind::Met ||
         std::any_of(predicate.children.begin(), predicate.children.end(), asks_met);
}

bool counts_villages_only(const catalog::Catalog &catalog, const Indicator &indicator) {
  return indicator.way == Indicator::Way::Distinct &&
         std::any_of(catalog.indicators.begin(), catalog.indicators.end(),
                     [&](const Indicator &other) {
                       return other.way == Indicator::Way::Ratio && other.over == "@villages" &&
                              other.of_indicator == indicator.id;
                     });
}

} // namespace yifa::indicator
