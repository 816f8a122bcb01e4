#include "record/codec.h"
#include "record/formats.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::record {
namespace {

using catalog::Field;
using catalog::FieldType;

json::value encode_decimal(Decimal number) {
  if (number.millionths() % 1'000'000 == 0) return number.millionths() / 1'000'000;
  return json::value(number.text());
}

json::value encode_single(const Value &value) {
  return std::visit(
      [](const auto &held) -> json::value {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, bool>) return held;
        if constexpr (std::is_same_v<T, catalog::Count>) return held.n;
        if constexpr (std::is_same_v<T, Decimal>) return encode_decimal(held);
        if constexpr (std::is_same_v<T, Money>) return held.fen();
        if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Moment> ||
                      std::is_same_v<T, OrgCode> || std::is_same_v<T, RecordId>)
          return json::value(held.text());
        if constexpr (std::is_same_v<T, std::string>) return json::value(held);
        if constexpr (std::is_same_v<T, catalog::Code>) return json::value(held.text);
        if constexpr (std::is_same_v<T, catalog::FileHash>) return json::value(held.hex);
        return nullptr;
      },
      value.held());
}

Error not_exact(const Field &field, std::string_view form) {
  auto message = fmt::format("{}: the stored form must be {}", field.id, form);
  return invalid(message, {Problem{field.id, message, "", ""}});
}

std::string string_of(const json::value &stored) {
  return stored.is_string() ? std::string(stored.get_string()) : std::string();
}

/// Takes the parsed value only if it writes back to exactly what was stored.
template <typename T>
Result<Value> if_same(const Field &field, const json::value &stored, Result<T> parsed,
                      std::string_view form) {
  if (!parsed) return not_exact(field, form);
  Value value(std::move(parsed).value());
  if (encode_single(value) != stored) return not_exact(field, form);
  return value;
}

Result<Value> exact_single(const Field &field, const json::value &stored) {
  std::string s = string_of(stored);
  bool filled_string = stored.is_string() && !s.empty();
  switch (field.type) {
  case FieldType::Text:
    if (!filled_string) return not_exact(field, "a string");
    return Value(std::move(s));
  case FieldType::Code:
    if (!filled_string) return not_exact(field, "a code");
    return Value(catalog::Code{std::move(s)});
  case FieldType::Count:
    if (!stored.is_int64() || stored.get_int64() < 0)
      return not_exact(field, "a whole number of zero or more");
    return Value(catalog::Count{stored.get_int64()});
  case FieldType::Number:
    if (stored.is_int64()) {
      auto n = stored.get_int64();
      if (n > 9'000'000'000'000 || n < -9'000'000'000'000)
        return not_exact(field, "a number of at most 13 digits");
      return Value(Decimal::from_int(n));
    }
    return if_same(field, stored, Decimal::parse(s), "a whole number or a string of decimals");
  case FieldType::Money:
    if (!stored.is_int64()) return not_exact(field, "a whole number of fen");
    return Value(Money::from_fen(stored.get_int64()));
  case FieldType::Date:
    return if_same(field, stored, Date::parse(s), "a day as 2023-03-15");
  case FieldType::Moment:
    return if_same(field, stored, Moment::parse(s), "a moment as 2023-03-15T09:30:00+08:00");
  case FieldType::Flag:
    if (!stored.is_bool()) return not_exact(field, "true or false");
    return Value(stored.get_bool());
  case FieldType::Org:
    return if_same(field, stored, OrgCode::parse(s), "an organisation code");
  case FieldType::Link:
    return if_same(field, stored, RecordId::parse(s), "a record's id");
  case FieldType::File:
    if (s.size() != 64 || s.find_first_not_of("0123456789abcdef") != std::string::npos)
      return not_exact(field, "64 hexadecimal digits");
    return Value(catalog::FileHash{std::move(s)});
  case FieldType::Rows:
    break;
  }
  return not_exact(field, "an array of lines");
}

Result<Value> exact_rows(const Field &field, const json::value &stored) {
  if (!stored.is_array() || stored.get_array().empty())
    return not_exact(field, "an array of lines");
  std::vector<catalog::Row> rows;
  for (const auto &line : stored.get_array()) {
    if (!line.is_object()) return not_exact(field, "an array of lines");
    catalog::Row row;
    row.cells.resize(field.columns.size());
    for (const auto &member : line.get_object()) {
      auto column = std::find_if(field.columns.begin(), field.columns.end(), [&](const Field &c) {
        return c.id == std::string_view(member.key());
      });
      if (column == field.columns.end())
        return not_exact(field, fmt::format("lines without \"{}\"", std::string(member.key())));
      row.cells[static_cast<std::size_t>(column - field.columns.begin())] =
          TRY(decode_exact(*column, member.value()));
    }
    rows.push_back(std::move(row));
  }
  return Value(std::move(rows));
}

std::string show_single(const catalog::Catalog &catalog, const Field &field, const Value &value,
                        bool english) {
  if (const auto *code = value.get<catalog::Code>()) {
    const auto *list = catalog.list(field.list);
    const auto *word = list ? list->find(code->text) : nullptr;
    if (!word) return code->text;
    return english && !word->label.en.empty() ? word->label.en : word->label.zh;
  }
  if (const auto *flag = value.get<bool>())
    return english ? (*flag ? "yes" : "no") : *flag ? "是" : "否";
  if (const auto *count = value.get<catalog::Count>()) return std::to_string(count->n);
  if (const auto *number = value.get<Decimal>()) return number->text();
  if (const auto *money = value.get<Money>()) return money->text();
  if (const auto *date = value.get<Date>()) return date->text();
  if (const auto *moment = value.get<Moment>())
    return text::replace_all(moment->text().substr(0, 16), "T", " ");
  if (const auto *written = value.get<std::string>()) return *written;
  if (const auto *org = value.get<OrgCode>()) return org->text();
  if (const auto *id = value.get<RecordId>()) return id->text();
  if (const auto *file = value.get<catalog::FileHash>()) return file->hex.substr(0, 12);
  return "";
}

std::string show_row(const catalog::Catalog &catalog, const Field &field, const catalog::Row &row,
                     bool english) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < field.columns.size() && i < row.cells.size(); ++i)
    if (row.cells[i].filled())
      cells.push_back(display(catalog, field.columns[i], row.cells[i], english));
  return text::join(cells, " ");
}

} // namespace

json::value encode_value(const Field &field, const Value &value) {
  if (!value.filled()) return nullptr;
  if (const auto *many = value.get<std::vector<Value>>()) {
    json::array items;
    for (const auto &item : *many) items.push_back(encode_single(item));
    return items;
  }
  if (const auto *rows = value.get<std::vector<catalog::Row>>()) {
    json::array lines;
    for (const auto &row : *rows) lines.push_back(encode_fields(field.columns, row.cells, true));
    return lines;
  }
  return encode_single(value);
}

Result<Value> decode_exact(const Field &field, const json::value &stored) {
  if (stored.is_null()) return Value();
  if (field.type == FieldType::Rows) return exact_rows(field, stored);
  if (!field.many) return exact_single(field, stored);
  if (!stored.is_array() || stored.get_array().empty())
    return not_exact(field, "an array of values");
  std::vector<Value> values;
  for (const auto &item : stored.get_array()) values.push_back(TRY(exact_single(field, item)));
  return Value(std::move(values));
}

std::string display(const catalog::Catalog &catalog, const Field &field, const Value &value,
                    bool english) {
  if (!value.filled()) return "";
  std::vector<std::string> shown;
  if (const auto *many = value.get<std::vector<Value>>()) {
    for (const auto &item : *many) shown.push_back(show_single(catalog, field, item, english));
    return text::join(shown, english ? ", " : "、");
  }
  if (const auto *rows = value.get<std::vector<catalog::Row>>()) {
    for (const auto &row : *rows) shown.push_back(show_row(catalog, field, row, english));
    return text::join(shown, english ? "; " : "；");
  }
  return show_single(catalog, field, value, english);
}

json::object encode_fields(const std::vector<Field> &fields, const std::vector<Value> &values,
                           bool with_personal) {
  json::object out;
  for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i)
    if (values[i].filled() && (with_personal || !fields[i].personal))
      out[fields[i].id] = encode_value(fields[i], values[i]);
  return out;
}

json::object to_json(const catalog::RecordType &type, const Record &record, bool with_personal) {
  json::object out;
  out["id"] = record.id.text();
  out["type"] = record.type;
  out["number"] = record.number;
  out["org"] = record.owner_org.text();
  out["place"] = record.place_org.text();
  out["day"] = record.day.text();
  out["state"] = record.state;
  out["version"] = record.version;
  out["edition"] = record.edition.text();
  out["late"] = record.late;
  out["withdrawn"] = record.withdrawn;
  if (record.withdrawn) out["withdrawn_reason"] = record.withdrawn_reason;
  out["created_by"] = record.created_by;
  out["recorded_at"] = record.recorded_at.text();
  if (record.batch) out["batch"] = record.batch->text();
  if (record.forgotten) out["forgotten"] = true;
  out["fields"] = encode_fields(type.fields, record.values, with_personal);
  json::array parts;
  for (const auto &part : record.parts) {
    if (part.part < 0 || static_cast<std::size_t>(part.part) >= type.parts.size()) continue;
    const auto &kind = type.parts[static_cast<std::size_t>(part.part)];
    json::object made;
    made["id"] = part.id.text();
    made["part"] = kind.id;
    made["version"] = part.version;
    made["withdrawn"] = part.withdrawn;
    made["actor"] = part.actor;
    made["recorded_at"] = part.recorded_at.text();
    made["fields"] = encode_fields(kind.fields, part.values, with_personal);
    parts.push_back(std::move(made));
  }
  out["parts"] = std::move(parts);
  return out;
}

} // namespace yifa::record
