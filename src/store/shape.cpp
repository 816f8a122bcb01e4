#include "store/shape.h"

#include "crypto/hash.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::store {
namespace {

using catalog::Field;
using catalog::FieldType;

bool good_name(std::string_view name) {
  return !name.empty() && name.size() <= 60 && name[0] >= 'a' && name[0] <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

ColumnType type_of_field(const Field &field) {
  if (field.many || field.type == FieldType::Rows) return ColumnType::Json;
  switch (field.type) {
  case FieldType::Count:
    return ColumnType::Count;
  case FieldType::Number:
  case FieldType::Money:
    return ColumnType::Integer;
  case FieldType::Date:
    return ColumnType::Day;
  case FieldType::Moment:
    return ColumnType::Moment;
  case FieldType::Flag:
    return ColumnType::Flag;
  case FieldType::Link:
    return ColumnType::Id;
  case FieldType::File:
    return ColumnType::Hash;
  case FieldType::Text:
  case FieldType::Code:
  case FieldType::Org:
  case FieldType::Rows:
    break;
  }
  return ColumnType::Text;
}

/// Text and code are one kind: a text may become a code without moving a row.
std::string kind_of_field(const Field &field) {
  std::string kind(field.type == FieldType::Code ? "text" : catalog::to_string(field.type));
  return field.many ? kind + "*" : kind;
}

void place_fields(const std::vector<Field> &fields, int first, FieldColumns &at, Table &table) {
  at.fields = fields;
  at.column.assign(fields.size(), -1);
  for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
    const auto &field = fields[static_cast<std::size_t>(i)];
    if (field.personal) {
      table.closed.push_back("f_" + field.id);
      continue;
    }
    if (field.extra) {
      at.extra.push_back(i);
      continue;
    }
    at.column[static_cast<std::size_t>(i)] = first + static_cast<int>(at.stored.size());
    at.stored.push_back(i);
    table.columns.push_back({"f_" + field.id, type_of_field(field), false, kind_of_field(field),
                             field.was.empty() ? std::string() : "f_" + field.was});
  }
}

void check_names(const std::vector<Field> &fields, const std::string &where,
                 std::vector<Problem> &bad) {
  for (const auto &field : fields)
    if (!good_name(field.id))
      bad.push_back({where + "." + field.id, "this name cannot name a column", {}, {}});
}

Table record_table(const std::string &type) {
  Table t;
  t.name = "rec_" + type;
  t.columns = {
      {"county", ColumnType::Text, true, "text", {}},
      {"id", ColumnType::Id, true, "id", {}},
      {"owner_org", ColumnType::Text, true, "org", {}},
      {"place_org", ColumnType::Text, false, "org", {}},
      {"town", ColumnType::Text, true, "org", {}},
      {"place_town", ColumnType::Text, false, "org", {}},
      {"day", ColumnType::Day, true, "date", {}},
      {"edition", ColumnType::Day, true, "date", {}},
      {"state", ColumnType::Text, true, "text", {}},
      {"number", ColumnType::Text, false, "text", {}},
      {"version", ColumnType::Count, true, "count", {}},
      {"late", ColumnType::Flag, true, "flag", {}},
      {"withdrawn", ColumnType::Flag, true, "flag", {}},
      {"withdrawn_reason", ColumnType::Text, false, "text", {}},
      {"created_by", ColumnType::Text, true, "text", {}},
      {"recorded_at", ColumnType::Moment, true, "moment", {}},
      {"batch", ColumnType::Id, false, "id", {}},
      {"part_count", ColumnType::Count, true, "count", {}},
      {"personal", ColumnType::Bytes, false, "bytes", {}},
      {"forgotten", ColumnType::Flag, true, "flag", {}},
      {"extra", ColumnType::Json, false, "json", {}},
  };
  t.primary_key = {"county", "id"};
  return t;
}

/// Lists are read in the order of days, of a county, a town, or one village or department. What
/// filters mostly ask for is carried along: a row that does not fit is never read.
void add_list_indexes(const std::vector<Field> &fields, Table &t) {
  std::vector<std::string> carried = {"withdrawn", "state", "late"};
  for (const auto &field : fields)
    if (!field.personal && !field.extra && !field.many &&
        (field.type == FieldType::Code || field.type == FieldType::Flag ||
         field.type == FieldType::Org))
      carried.push_back("f_" + field.id);
  const auto list = [&](const char *what, const char *first, std::string filled,
                        std::string below_town) {
    t.indexes.push_back({t.name + what,
                         {first, "day", "id"},
                         false,
                         std::move(filled),
                         std::move(below_town),
                         carried});
  };
  list("_by_day", "county", "", "");
  list("_by_town", "town", "", "");
  list("_by_office", "owner_org", "", "owner_org");
  list("_by_village", "place_org", "", "place_org");
  t.indexes.push_back(
      {t.name + "_by_place", {"place_town", "day", "id"}, false, "place_town", {}, {}});
  t.indexes.push_back(
      {t.name + "_by_number", {"county", "owner_org", "number"}, true, "number", {}, {}});
}

Table part_table(const Table &record, const std::string &part) {
  Table t;
  t.name = record.name + "__" + part;
  t.columns = {
      {"county", ColumnType::Text, true, "text", {}},
      {"record", ColumnType::Id, true, "id", {}},
      {"position", ColumnType::Count, true, "count", {}},
      {"id", ColumnType::Id, true, "id", {}},
      {"version", ColumnType::Count, true, "count", {}},
      {"withdrawn", ColumnType::Flag, true, "flag", {}},
      {"actor", ColumnType::Text, true, "text", {}},
      {"recorded_at", ColumnType::Moment, true, "moment", {}},
      {"extra", ColumnType::Json, false, "json", {}},
  };
  t.primary_key = {"county", "record", "position"};
  t.clustered = true;
  t.parent = record.name;
  t.parent_key = {"county", "record"};
  return t;
}

int title_field(const catalog::RecordType &type) {
  auto names = [&](int i) {
    const auto &f = type.fields[static_cast<std::size_t>(i)];
    return f.type == FieldType::Text && !f.personal && !f.many && !f.extra && f.lines == 1 &&
           f.format == catalog::TextFormat::Plain;
  };
  for (const auto &column : type.list_columns) {
    int i = type.field_index(column);
    if (i >= 0 && names(i)) return i;
  }
  for (int i = 0; i < static_cast<int>(type.fields.size()); ++i)
    if (names(i)) return i;
  return -1;
}

void describe(const Table &table, std::string &out) {
  out += table.name + "(";
  for (const auto &c : table.columns)
    out += fmt::format("{}:{}:{},", c.name, static_cast<int>(c.type), c.kind);
  for (const auto &index : table.indexes)
    out += fmt::format("{}({}|{}|{}),", index.name, name_list(index.columns),
                       name_list(index.carried), index.below_town);
  for (const auto &name : table.closed) out += "-" + name + ",";
  out += ")\n";
}

} // namespace

Result<const TypeShape *> Shape::type(std::string_view id) const {
  auto found = types.find(id);
  if (found == types.end())
    return internal_error(fmt::format("the store has no table for the ledger \"{}\"", id));
  return &found->second;
}

std::string counted_names(const TypeShape &type) {
  std::string out = type.id + ":";
  for (const int i : type.counted) out += " " + type.at.fields[static_cast<std::size_t>(i)].id;
  return out;
}

std::vector<const Table *> Shape::tables() const {
  std::vector<const Table *> out;
  for (const auto &[id, type] : types) {
    out.push_back(&type.table);
    for (const auto &part : type.parts) out.push_back(&part.table);
  }
  return out;
}

Result<std::shared_ptr<const Shape>> shape_of(const catalog::Catalog &catalog) {
  auto shape = std::make_shared<Shape>();
  std::vector<Problem> bad;
  for (const auto &id : catalog.type_ids()) {
    const auto *type = catalog.type(id);
    if (!good_name(id)) bad.push_back({id, "this name cannot name a table", {}, {}});
    check_names(type->fields, id, bad);
    TypeShape made;
    made.id = id;
    made.table = record_table(id);
    place_fields(type->fields, kRecordColumns, made.at, made.table);
    add_list_indexes(type->fields, made.table);
    for (const auto &part : type->parts) {
      if (!good_name(part.id))
        bad.push_back({id + "." + part.id, "this name cannot name a table", {}, {}});
      check_names(part.fields, id + "." + part.id, bad);
      PartShape shaped;
      shaped.id = part.id;
      shaped.table = part_table(made.table, part.id);
      place_fields(part.fields, kPartColumns, shaped.at, shaped.table);
      made.parts.push_back(std::move(shaped));
    }
    for (const auto &ref : type->alike)
      if (ref.kind == catalog::FieldRef::Kind::Field &&
          made.at.column[static_cast<std::size_t>(ref.index)] >= 0)
        made.alike.push_back(ref.index);
    made.title = title_field(*type);
    for (std::size_t i = 0; i < type->fields.size(); ++i)
      if (made.at.column[i] >= 0 && type->fields[i].type == FieldType::Code &&
          !type->fields[i].many)
        made.counted.push_back(static_cast<int>(i));
    shape->types.emplace(id, std::move(made));
  }
  if (!bad.empty()) return invalid("the catalog cannot be kept in tables", std::move(bad));
  for (const auto &[id, list] : catalog.lists)
    for (const auto &word : list.codes) shape->labels[id][word.code] = word.label.zh;
  std::string description;
  for (const auto *table : shape->tables()) describe(*table, description);
  for (const auto &[id, type] : shape->types) description += counted_names(type) + "\n";
  shape->fingerprint = crypto::hex(crypto::sha256(description));
  return std::shared_ptr<const Shape>(std::move(shape));
}

} // namespace yifa::store
