#include "catalog/plan.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

/// A table's column as the plan sees it.
struct Column {
  std::string type;
  std::string was;
  bool many = false;
  bool personal = false;
  bool retired = false;
  std::map<std::string, Column> columns; ///< of rows
};
struct PartTable {
  bool retired = false;
  std::map<std::string, Column> fields;
};
struct Table {
  std::map<std::string, Column> fields;
  std::map<std::string, PartTable> parts;
};
using Shapes = std::map<std::string, Table>;

Column column_of(const Field &field) {
  Column out;
  out.type = to_string(field.type);
  out.was = field.was;
  out.many = field.many;
  out.personal = field.personal;
  out.retired = field.absent;
  for (const auto &column : field.columns)
    if (!column.extra) out.columns[column.id] = column_of(column);
  return out;
}

std::map<std::string, Column> columns_of(const std::vector<Field> &fields) {
  std::map<std::string, Column> out;
  for (const auto &field : fields)
    if (!field.extra) out[field.id] = column_of(field);
  return out;
}

Shapes shapes_of(const Catalog &catalog) {
  Shapes out;
  for (const auto &id : catalog.type_ids()) {
    const RecordType &type = *catalog.type(id); // its fields are the union of all editions
    Table &table = out[id];
    table.fields = columns_of(type.fields);
    for (const auto &part : type.parts)
      table.parts[part.id] = {part.absent, columns_of(part.fields)};
  }
  return out;
}

json::object to_json(const std::map<std::string, Column> &columns) {
  json::object out;
  for (const auto &[id, column] : columns) {
    json::object one;
    one["type"] = column.type;
    if (column.many) one["many"] = true;
    if (column.personal) one["personal"] = true;
    if (column.retired) one["retired"] = true;
    if (!column.was.empty()) one["was"] = column.was;
    if (!column.columns.empty()) one["columns"] = to_json(column.columns);
    out[id] = std::move(one);
  }
  return out;
}

/// Strict: what we did not write is not a shape.
class ShapeParser {
public:
  Result<Shapes> read(const json::value &value) {
    Shapes out;
    const auto *root = value.if_object();
    const auto *format = root ? root->if_contains("format") : nullptr;
    const auto *types = root ? root->if_contains("types") : nullptr;
    if (!format || !format->is_int64() || format->as_int64() != 1 || !types || !types->is_object())
      return invalid("the stored shape of the catalog cannot be read");
    for (const auto &type : types->as_object()) {
      Table &table = out[std::string(type.key())];
      const auto *body = type.value().if_object();
      if (!body) return broken();
      if (const auto *fields = body->if_contains("fields")) table.fields = columns(*fields);
      const auto *parts = body->if_contains("parts");
      if (parts && parts->is_object())
        for (const auto &part : parts->as_object()) {
          const auto *inner = part.value().if_object();
          if (!inner) return broken();
          auto &table_part = table.parts[std::string(part.key())];
          table_part.retired = truth(*inner, "retired");
          if (const auto *fields = inner->if_contains("fields"))
            table_part.fields = columns(*fields);
        }
      if (!good_) return broken();
    }
    return out;
  }

private:
  static Error broken() { return invalid("the stored shape of the catalog cannot be read"); }
  static bool truth(const json::object &object, std::string_view key) {
    const auto *value = object.if_contains(key);
    return value && value->is_bool() && value->as_bool();
  }
  static std::string words(const json::object &object, std::string_view key) {
    const auto *value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
  }
  std::map<std::string, Column> columns(const json::value &value, int depth = 0) {
    std::map<std::string, Column> out;
    const auto *all = value.if_object();
    if (!all || depth > 1) {
      good_ = false;
      return out;
    }
    for (const auto &one : *all) {
      const auto *body = one.value().if_object();
      if (!body) {
        good_ = false;
        continue;
      }
      Column column;
      column.type = words(*body, "type");
      column.was = words(*body, "was");
      column.many = truth(*body, "many");
      column.personal = truth(*body, "personal");
      column.retired = truth(*body, "retired");
      good_ = good_ && !column.type.empty();
      if (const auto *inner = body->if_contains("columns"))
        column.columns = columns(*inner, depth + 1);
      out[std::string(one.key())] = std::move(column);
    }
    return out;
  }
  bool good_ = true;
};

class Planner {
public:
  std::vector<PlanStep> run(const Shapes &stored, const Shapes &loaded);

private:
  void add(PlanStep::Kind kind, std::string field, std::string text, std::string was = {}) {
    PlanStep step = here_;
    step.kind = kind;
    step.field = std::move(field);
    step.was = std::move(was);
    step.text = std::move(text);
    steps_.push_back(std::move(step));
  }
  std::string path(std::string_view field = {}) const {
    std::string out = here_.type;
    for (const auto *one : {&here_.part, &here_.rows})
      if (!one->empty()) out += "." + *one;
    return field.empty() ? out : fmt::format("{}.{}", out, field);
  }
  void columns(const std::map<std::string, Column> &stored,
               const std::map<std::string, Column> &loaded);
  void added(const std::string &id, const Column &column);
  void changed(const std::string &id, const Column &before, const Column &after);

  PlanStep here_;
  std::vector<PlanStep> steps_;
};

std::string kind_of(const Column &column) { return (column.many ? "many " : "") + column.type; }

void Planner::added(const std::string &id, const Column &column) {
  if (column.type == "rows") {
    auto saved = here_;
    here_.rows = id;
    add(PlanStep::Kind::AddRows, {}, fmt::format("add the table of lines {}", path()));
    here_ = saved;
    return;
  }
  add(PlanStep::Kind::AddField, id,
      fmt::format("add the column {} ({})", path(id), kind_of(column)));
}

void Planner::changed(const std::string &id, const Column &before, const Column &after) {
  if (before.type != after.type || before.many != after.many) {
    add(PlanStep::Kind::Refused, id,
        fmt::format("{} is {} in the store and {} in the catalog; write a numbered step, or take a "
                    "new name and retire this one",
                    path(id), kind_of(before), kind_of(after)));
    return;
  }
  if (before.personal != after.personal) {
    add(PlanStep::Kind::Refused, id,
        fmt::format("{} {} personal; what is stored would have to be {}, so write a numbered step",
                    path(id), after.personal ? "becomes" : "is no longer",
                    after.personal ? "encrypted" : "opened"));
    return;
  }
  if (!before.retired && after.retired)
    add(PlanStep::Kind::Retire, id,
        fmt::format("{} is offered no more; its column stays", path(id)));
  if (before.retired && !after.retired)
    add(PlanStep::Kind::Restore, id, fmt::format("{} is offered again", path(id)));
  if (after.type != "rows") return;
  auto saved = here_;
  here_.rows = id;
  columns(before.columns, after.columns);
  here_ = saved;
}

void Planner::columns(const std::map<std::string, Column> &stored,
                      const std::map<std::string, Column> &loaded) {
  std::map<std::string, std::string> renamed; // old name → new
  for (const auto &[id, column] : loaded) {
    if (stored.count(id) || column.was.empty()) continue;
    auto before = stored.find(column.was);
    if (before == stored.end() || loaded.count(column.was)) continue;
    renamed[column.was] = id;
    if (before->second.type == column.type && before->second.many == column.many) {
      add(PlanStep::Kind::RenameField, id, fmt::format("rename {} to {}", path(column.was), id),
          column.was);
      Column same = before->second;
      changed(id, same, column);
    } else {
      changed(id, before->second, column);
    }
  }
  for (const auto &[id, column] : loaded) {
    auto before = stored.find(id);
    bool moved = std::any_of(renamed.begin(), renamed.end(),
                             [&wanted = id](const auto &one) { return one.second == wanted; });
    if (moved) continue;
    if (before == stored.end()) {
      added(id, column);
    } else {
      changed(id, before->second, column);
    }
  }
  for (const auto &[id, column] : stored)
    if (!loaded.count(id) && !renamed.count(id) && !column.retired)
      add(PlanStep::Kind::Retire, id,
          fmt::format("{} is in the catalog no more; its column stays", path(id)));
}

std::vector<PlanStep> Planner::run(const Shapes &stored, const Shapes &loaded) {
  for (const auto &[id, table] : loaded) {
    here_ = {};
    here_.type = id;
    auto before = stored.find(id);
    if (before == stored.end()) {
      auto fields = table.fields.size();
      add(PlanStep::Kind::AddType, {},
          fmt::format("add the ledger {} ({} fields, {} parts)", id, fields, table.parts.size()));
      continue;
    }
    columns(before->second.fields, table.fields);
    for (const auto &[part, inner] : table.parts) {
      here_.part = part;
      auto old = before->second.parts.find(part);
      if (old == before->second.parts.end()) {
        add(PlanStep::Kind::AddPart, {}, fmt::format("add the table of the part {}", path()));
      } else {
        columns(old->second.fields, inner.fields);
        if (!old->second.retired && inner.retired)
          add(PlanStep::Kind::Retire, {},
              fmt::format("{} is offered no more; its table stays", path()));
        if (old->second.retired && !inner.retired)
          add(PlanStep::Kind::Restore, {}, fmt::format("{} is offered again", path()));
      }
    }
    for (const auto &[part, inner] : before->second.parts) {
      if (table.parts.count(part) || inner.retired) continue;
      here_.part = part;
      add(PlanStep::Kind::Retire, {},
          fmt::format("{} is in the catalog no more; its table stays", path()));
    }
  }
  for (const auto &[id, table] : stored) {
    if (loaded.count(id)) continue;
    here_ = {};
    here_.type = id;
    add(PlanStep::Kind::Retire, {},
        fmt::format("the ledger {} is in the catalog no more; its tables stay", id));
  }
  return std::move(steps_);
}

} // namespace

std::string_view to_string(PlanStep::Kind kind) {
  static constexpr std::string_view names[] = {"add_type",     "add_part", "add_rows", "add_field",
                                               "rename_field", "retire",   "restore",  "refused"};
  return names[static_cast<std::size_t>(kind)];
}

json::value shape_json(const Catalog &catalog) {
  json::object types;
  for (const auto &[id, table] : shapes_of(catalog)) {
    json::object parts;
    for (const auto &[name, part] : table.parts) {
      json::object one;
      if (part.retired) one["retired"] = true;
      one["fields"] = to_json(part.fields);
      parts[name] = std::move(one);
    }
    json::object type;
    type["fields"] = to_json(table.fields);
    if (!parts.empty()) type["parts"] = std::move(parts);
    types[id] = std::move(type);
  }
  json::object out;
  out["format"] = 1;
  out["types"] = std::move(types);
  return out;
}

Result<std::vector<PlanStep>> plan(const json::value &stored, const json::value &loaded) {
  auto before = TRY(ShapeParser().read(stored));
  auto after = TRY(ShapeParser().read(loaded));
  return Planner().run(before, after);
}

std::vector<PlanStep> plan(const Catalog &stored, const Catalog &loaded) {
  return Planner().run(shapes_of(stored), shapes_of(loaded));
}

bool possible(const std::vector<PlanStep> &steps) {
  return std::none_of(steps.begin(), steps.end(),
                      [](const PlanStep &s) { return s.kind == PlanStep::Kind::Refused; });
}

bool needs_ddl(const std::vector<PlanStep> &steps) {
  return std::any_of(steps.begin(), steps.end(), [](const PlanStep &s) {
    return s.kind != PlanStep::Kind::Retire && s.kind != PlanStep::Kind::Restore &&
           s.kind != PlanStep::Kind::Refused;
  });
}

} // namespace yifa::catalog
