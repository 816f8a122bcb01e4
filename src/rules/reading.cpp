#include "rules/reading.h"

namespace yifa::rules {
namespace {

const std::vector<catalog::Field> &fields_of(const record::Place &place) {
  if (place.part == nullptr) return place.type.fields;
  return place.type.parts[static_cast<std::size_t>(place.part->part)].fields;
}

int index_of(const std::vector<catalog::Field> &fields, std::string_view name) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].id == name) return static_cast<int>(i);
  return -1;
}

} // namespace

const catalog::Value &value_at(const record::Place &place, std::string_view field) {
  static const catalog::Value none;
  const int at = index_of(fields_of(place), field);
  const auto &values = place.part != nullptr ? place.part->values : place.record.values;
  return at < 0 || static_cast<std::size_t>(at) >= values.size()
             ? none
             : values[static_cast<std::size_t>(at)];
}

const catalog::Field *field_at(const record::Place &place, std::string_view field) {
  const auto &fields = fields_of(place);
  const int at = index_of(fields, field);
  return at < 0 ? nullptr : &fields[static_cast<std::size_t>(at)];
}

const std::vector<catalog::Row> *lines_at(const record::Place &place, std::string_view field) {
  return value_at(place, field).get<std::vector<catalog::Row>>();
}

int column_of(const catalog::Field &rows, std::string_view column) {
  return index_of(rows.columns, column);
}

} // namespace yifa::rules
