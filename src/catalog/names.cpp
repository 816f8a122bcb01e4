#include "catalog/loading.h"

#include <fmt/format.h>

namespace yifa::catalog {
namespace {

struct AtName {
  std::string_view name;
  FieldRef::Kind kind;
  bool record_only;
};
constexpr AtName at_names[] = {
    {"@state", FieldRef::Kind::State, true},   {"@org", FieldRef::Kind::Org, false},
    {"@opened", FieldRef::Kind::Opened, true}, {"@recorded", FieldRef::Kind::Recorded, true},
    {"@late", FieldRef::Kind::Late, true},     {"@today", FieldRef::Kind::Today, false},
    {"@reason", FieldRef::Kind::Reason, true}, {"@ended", FieldRef::Kind::Ended, true},
    {"@met", FieldRef::Kind::Met, true},
};

/// Index of a field that exists in this edition; -1 if none.
int place_in(const std::vector<Field> &fields, std::string_view name) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].id == name && !fields[i].absent) return static_cast<int>(i);
  return -1;
}

} // namespace

std::string Scope::name() const {
  std::string out = type ? type->id : std::string();
  if (part) out += "." + part->id;
  if (rows) out += "." + rows->id;
  return out;
}

std::vector<std::string> names_in(const Scope &scope) {
  std::vector<std::string> out;
  for (const auto &field : scope.fields())
    if (!field.absent) out.push_back(field.id);
  if (scope.is_record()) {
    for (const auto &part : scope.type->parts)
      if (!part.absent) out.push_back(part.id);
    for (const auto &back : scope.type->backs) out.push_back(back.name);
    for (const auto &at : at_names) out.emplace_back(at.name);
  }
  return out;
}

Named find_name(Loading &loading, const Scope &scope, const Node &at, std::string_view name) {
  auto &report = loading.report;
  Named out;
  out.ref.name = name;
  if (name.starts_with("@")) {
    for (const auto &known : at_names) {
      if (known.name != name) continue;
      if (known.record_only && !scope.is_record()) {
        report.error(at, fmt::format("{} belongs to a record; {} is none", name, scope.name()));
        return {};
      }
      out.ref.kind = known.kind;
      return out;
    }
    report.unknown(at, "name", name, names_in(scope));
    return {};
  }
  if (name.starts_with("owner.")) {
    if (!scope.owner) {
      report.error(at, fmt::format("{} has no owner", scope.name()));
      return {};
    }
    auto inner = name.substr(6);
    const auto &fields = scope.owner->fields();
    int index = place_in(fields, inner);
    if (index < 0) {
      report.unknown(at, fmt::format("field of {}", scope.owner->name()), inner,
                     names_in(*scope.owner));
      return {};
    }
    out.ref.kind = FieldRef::Kind::Owner;
    out.ref.index = index;
    out.field = &fields[static_cast<std::size_t>(index)];
    return out;
  }
  const auto &fields = scope.fields();
  auto dot = name.find('.');
  int index = place_in(fields, name.substr(0, dot));
  if (dot != std::string_view::npos) {
    if (index >= 0 && fields[static_cast<std::size_t>(index)].type == FieldType::Rows) {
      const auto &columns = fields[static_cast<std::size_t>(index)].columns;
      int column = place_in(columns, name.substr(dot + 1));
      if (column < 0) {
        std::vector<std::string> known;
        for (const auto &one : columns) known.push_back(one.id);
        report.unknown(at, fmt::format("column of \"{}\"", name.substr(0, dot)),
                       name.substr(dot + 1), known);
        return {};
      }
      out.ref.kind = FieldRef::Kind::RowColumn;
      out.ref.index = index;
      out.ref.column = column;
      out.field = &columns[static_cast<std::size_t>(column)];
      return out;
    }
    report.error(at, fmt::format("\"{}\": only a rows field has columns; {} has no such field",
                                 name, scope.name()));
    return {};
  }
  if (index < 0) {
    if (scope.owner && place_in(scope.owner->fields(), name) >= 0)
      report.error(at,
                   fmt::format("{} has no field \"{}\"; write owner.{}", scope.name(), name, name));
    else if (scope.is_record() && scope.type->part_index(name) >= 0)
      report.error(
          at, fmt::format("\"{}\" is a part; ask {{some: …}}, every, none or last of it", name));
    else
      report.unknown(at, fmt::format("field of {}", scope.name()), name, names_in(scope));
    return {};
  }
  if (loading.doubtful.count(fmt::format("{}.{}", scope.name(), name))) return {};
  out.ref.kind = FieldRef::Kind::Field;
  out.ref.index = index;
  out.field = &fields[static_cast<std::size_t>(index)];
  return out;
}

Named find_name(Loading &loading, const Scope &scope, const Node &at) {
  if (!at.is_text()) {
    loading.report.error(at, "a field's name must stand here");
    return {};
  }
  return find_name(loading, scope, at, at.text);
}

bool is_day(const Named &named) {
  if (named.field)
    return named.field->type == FieldType::Date || named.field->type == FieldType::Moment;
  switch (named.ref.kind) {
  case FieldRef::Kind::Opened:
  case FieldRef::Kind::Recorded:
  case FieldRef::Kind::Today:
  case FieldRef::Kind::Ended:
    return true;
  default:
    return false;
  }
}

Named find_day(Loading &loading, const Scope &scope, const Node &at) {
  Named out = find_name(loading, scope, at);
  if (out && !is_day(out)) {
    loading.report.error(at, fmt::format("\"{}\" is no date and no moment", at.text));
    return {};
  }
  return out;
}

Named find_day_or_year(Loading &loading, const Scope &scope, const Node &at) {
  Named out = find_name(loading, scope, at);
  const bool year =
      out.field && (out.field->type == FieldType::Number || out.field->type == FieldType::Count);
  if (out && !year && !is_day(out)) {
    loading.report.error(at, fmt::format("\"{}\" is neither a year nor a day", at.text));
    return {};
  }
  return out;
}

std::vector<FieldRef> find_names(Loading &loading, const Scope &scope,
                                 const std::vector<const Node *> &nodes) {
  std::vector<FieldRef> out;
  for (const Node *node : nodes)
    if (Named found = find_name(loading, scope, *node)) out.push_back(found.ref);
  return out;
}

} // namespace yifa::catalog
