#include "store/row.h"

#include "record/codec.h"

#include <cstring>

#include <fmt/format.h>

namespace yifa::store {
namespace {

using catalog::Field;
using catalog::FieldType;
using record::PartRecord;
using record::Record;
using record::Value;

Error broken(const std::string &table, const std::string &column) {
  return internal_error(
      fmt::format("the store holds a value in {}.{} that cannot be there", table, column));
}

void write_text(RowSink &to, int column, const std::string &text) {
  if (text.empty()) {
    to.null(column);
  } else {
    to.text(column, text);
  }
}

void write_fields(const FieldColumns &at, const std::vector<Value> &values, int first, int extra,
                  RowSink &to) {
  static const Value unfilled;
  auto value = [&](int i) -> const Value & {
    auto n = static_cast<std::size_t>(i);
    return n < values.size() ? values[n] : unfilled;
  };
  for (std::size_t i = 0; i < at.stored.size(); ++i)
    write_value(at.fields[static_cast<std::size_t>(at.stored[i])], value(at.stored[i]),
                first + static_cast<int>(i), to);
  json::object others;
  for (int i : at.extra) {
    const auto &field = at.fields[static_cast<std::size_t>(i)];
    if (value(i).filled()) others[field.id] = record::encode_value(field, value(i));
  }
  if (others.empty()) {
    to.null(extra);
  } else {
    to.copied_text(extra, canonical(others));
  }
}

Result<Value> read_json(const Field &field, std::string_view text) {
  auto parsed = parse_json(text);
  if (!parsed) return std::move(parsed).error();
  return record::decode_exact(field, *parsed);
}

Result<Value> read_value(const Field &field, const RowSource &from, int column) {
  if (from.is_null(column)) return Value();
  if (field.many || field.type == FieldType::Rows) return read_json(field, from.bytes(column));
  switch (field.type) {
  case FieldType::Text:
    return Value(std::string(from.bytes(column)));
  case FieldType::Code:
    return Value(catalog::Code{std::string(from.bytes(column))});
  case FieldType::Count:
    return Value(catalog::Count{from.integer(column)});
  case FieldType::Number:
    return Value(Decimal::from_millionths(from.integer(column)));
  case FieldType::Money:
    return Value(Money::from_fen(from.integer(column)));
  case FieldType::Date:
    return Value(Date::from_days(static_cast<std::int32_t>(from.integer(column))));
  case FieldType::Moment:
    return Value(Moment::from_unix(from.integer(column)));
  case FieldType::Flag:
    return Value(from.integer(column) != 0);
  case FieldType::Org:
    return Value(TRY(stored_org(from.bytes(column))));
  case FieldType::Link:
    return Value(TRY(stored_id(from.bytes(column))));
  case FieldType::File:
    return Value(catalog::FileHash{std::string(from.bytes(column))});
  case FieldType::Rows:
    break;
  }
  return Value();
}

Status read_fields(const FieldColumns &at, const std::string &table, int first, int extra,
                   const RowSource &from, std::vector<Value> &values) {
  values.assign(at.fields.size(), Value());
  for (std::size_t i = 0; i < at.stored.size(); ++i) {
    auto index = static_cast<std::size_t>(at.stored[i]);
    auto value = read_value(at.fields[index], from, first + static_cast<int>(i));
    if (!value) return broken(table, "f_" + at.fields[index].id);
    values[index] = std::move(*value);
  }
  if (from.is_null(extra) || at.extra.empty()) return Done{};
  auto others = parse_json(from.bytes(extra));
  if (!others || !others->is_object()) return broken(table, "extra");
  for (int i : at.extra) {
    const auto &field = at.fields[static_cast<std::size_t>(i)];
    const auto *held = others->get_object().if_contains(field.id);
    if (held == nullptr) continue;
    auto value = record::decode_exact(field, *held);
    if (!value) return broken(table, "extra." + field.id);
    values[static_cast<std::size_t>(i)] = std::move(*value);
  }
  return Done{};
}

} // namespace

std::string_view id_bytes(const RecordId &id) {
  return {reinterpret_cast<const char *>(id.bytes().data()), id.bytes().size()};
}

Result<RecordId> stored_id(std::string_view bytes) {
  RecordId::Bytes made{};
  if (bytes.size() != made.size()) return internal_error("the store holds an id that is none");
  std::memcpy(made.data(), bytes.data(), made.size());
  return RecordId(made);
}

Result<OrgCode> stored_org(std::string_view text) {
  if (text.empty()) return OrgCode();
  // Rows come office by office: the last code is mostly the next.
  thread_local OrgCode last;
  if (last.text() == text) return last;
  auto parsed = OrgCode::parse(text);
  if (!parsed || parsed->text() != text)
    return internal_error(fmt::format("the store holds an office code that is none: \"{}\"", text));
  last = *parsed;
  return last;
}

void write_value(const Field &field, const Value &value, int column, RowSink &to) {
  if (!value.filled()) {
    to.null(column);
    return;
  }
  if (field.many || field.type == FieldType::Rows) {
    to.copied_text(column, canonical(record::encode_value(field, value)));
    return;
  }
  struct Write {
    int column;
    RowSink &to;
    void operator()(std::monostate) { to.null(column); }
    void operator()(bool b) { to.integer(column, b ? 1 : 0); }
    void operator()(const catalog::Count &c) { to.integer(column, c.n); }
    void operator()(const Decimal &d) { to.integer(column, d.millionths()); }
    void operator()(const Money &m) { to.integer(column, m.fen()); }
    void operator()(const Date &d) { to.integer(column, d.days()); }
    void operator()(const Moment &m) { to.integer(column, m.unix_seconds()); }
    void operator()(const std::string &s) { to.text(column, s); }
    void operator()(const catalog::Code &c) { to.text(column, c.text); }
    void operator()(const OrgCode &o) { to.text(column, o.text()); }
    void operator()(const RecordId &id) { to.bytes(column, id_bytes(id)); }
    void operator()(const catalog::FileHash &h) { to.text(column, h.hex); }
    void operator()(const std::vector<Value> &) { to.null(column); }
    void operator()(const std::vector<catalog::Row> &) { to.null(column); }
  };
  std::visit(Write{column, to}, value.held());
}

void write_record(const TypeShape &type, const Record &r, RowSink &to) {
  const auto owner_town = std::string_view(r.owner_org.text()).substr(0, 9);
  const auto place_town = std::string_view(r.place_org.text()).substr(0, 9);
  to.text(kCounty,
          std::string_view(r.owner_org.text()).substr(0, r.owner_org.text().size() >= 6 ? 6 : 0));
  to.bytes(kId, id_bytes(r.id));
  to.text(kOwner, r.owner_org.text());
  if (r.place_org == r.owner_org) {
    to.null(kPlace);
  } else {
    to.text(kPlace, r.place_org.text());
  }
  to.text(kTown, owner_town);
  if (place_town == owner_town) {
    to.null(kPlaceTown);
  } else {
    to.text(kPlaceTown, place_town);
  }
  to.integer(kDay, r.day.days());
  to.integer(kEdition, r.edition.days());
  to.text(kState, r.state);
  write_text(to, kNumber, r.number);
  to.integer(kVersion, r.version);
  to.integer(kLate, r.late ? 1 : 0);
  to.integer(kWithdrawn, r.withdrawn ? 1 : 0);
  write_text(to, kWithdrawnReason, r.withdrawn_reason);
  to.text(kCreatedBy, r.created_by);
  to.integer(kRecordedAt, r.recorded_at.unix_seconds());
  if (r.batch) {
    to.bytes(kBatch, id_bytes(*r.batch));
  } else {
    to.null(kBatch);
  }
  to.integer(kPartCount, static_cast<std::int64_t>(r.parts.size()));
  if (r.personal.empty()) {
    to.null(kPersonal);
  } else {
    to.bytes(kPersonal, r.personal);
  }
  to.integer(kForgotten, r.forgotten ? 1 : 0);
  write_fields(type.at, r.values, kRecordColumns, kExtra, to);
}

void write_part(const PartShape &part, const Record &r, std::size_t position, RowSink &to) {
  const auto &p = r.parts[position];
  to.text(kPartCounty,
          std::string_view(r.owner_org.text()).substr(0, r.owner_org.text().size() >= 6 ? 6 : 0));
  to.bytes(kPartRecord, id_bytes(r.id));
  to.integer(kPosition, static_cast<std::int64_t>(position));
  to.bytes(kPartId, id_bytes(p.id));
  to.integer(kPartVersion, p.version);
  to.integer(kPartWithdrawn, p.withdrawn ? 1 : 0);
  to.text(kPartActor, p.actor);
  to.integer(kPartRecordedAt, p.recorded_at.unix_seconds());
  write_fields(part.at, p.values, kPartColumns, kPartExtra, to);
}

Result<Record> read_record(const TypeShape &type, const RowSource &from, std::int64_t &part_count) {
  Record r;
  r.type = type.id;
  r.id = TRY(stored_id(from.bytes(kId)));
  r.owner_org = TRY(stored_org(from.bytes(kOwner)));
  if (from.is_null(kPlace)) {
    r.place_org = r.owner_org;
  } else {
    r.place_org = TRY(stored_org(from.bytes(kPlace)));
  }
  r.day = Date::from_days(static_cast<std::int32_t>(from.integer(kDay)));
  r.edition = Date::from_days(static_cast<std::int32_t>(from.integer(kEdition)));
  r.state = from.bytes(kState);
  r.number = from.bytes(kNumber);
  r.version = from.integer(kVersion);
  r.late = from.integer(kLate) != 0;
  r.withdrawn = from.integer(kWithdrawn) != 0;
  r.withdrawn_reason = from.bytes(kWithdrawnReason);
  r.created_by = from.bytes(kCreatedBy);
  r.recorded_at = Moment::from_unix(from.integer(kRecordedAt));
  if (!from.is_null(kBatch)) r.batch = TRY(stored_id(from.bytes(kBatch)));
  part_count = from.integer(kPartCount);
  r.personal = from.bytes(kPersonal);
  r.forgotten = from.integer(kForgotten) != 0;
  TRY(read_fields(type.at, type.table.name, kRecordColumns, kExtra, from, r.values));
  return r;
}

Result<PartRecord> read_part(const TypeShape &type, int part, const RowSource &from,
                             std::int64_t &position) {
  const auto &shape = type.parts[static_cast<std::size_t>(part)];
  PartRecord p;
  p.part = part;
  position = from.integer(kPosition);
  p.id = TRY(stored_id(from.bytes(kPartId)));
  p.version = from.integer(kPartVersion);
  p.withdrawn = from.integer(kPartWithdrawn) != 0;
  p.actor = from.bytes(kPartActor);
  p.recorded_at = Moment::from_unix(from.integer(kPartRecordedAt));
  TRY(read_fields(shape.at, shape.table.name, kPartColumns, kPartExtra, from, p.values));
  return p;
}

} // namespace yifa::store
