#include "catalog/loading.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> type_keys = {
    "id",          "edition",       "law",       "binding",     "label",     "help",
    "group",       "covers",        "unit",      "day",         "access",    "retention",
    "counts_only", "list",          "alike",     "valid",       "qualified", "fields",
    "parts",       "states",        "ends",      "transitions", "gates",     "derive",
    "deadlines",   "rhythms",       "documents", "indicators",  "clauses",   "at_most",
    "place",       "confirms_zero", "course"};
const std::initializer_list<std::string_view> part_keys = {
    "label", "help",      "day",        "access",  "fields",
    "gates", "deadlines", "indicators", "at_most", "like"};

std::string read_access(Loading &loading, const Node &node) {
  if (node.is_text()) {
    read_word(node, loading.report, "access", {"public", "office", "handlers"});
    return std::string(node.text);
  }
  Shape shape(node, loading.report, "access", {"role", "as"});
  auto role = shape.need_text("role");
  if (const Node *at = shape.get("role")) check_role(loading, *at, role);
  return fmt::format("role:{}:{}", role, shape.need_text("as"));
}

void declare_parts(Loading &loading, const Node &map, RecordType &type) {
  if (!map.is_map()) {
    loading.report.error(map, "\"parts\" must be a map of parts");
    return;
  }
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    const Node &node = map.value(i);
    if (!check_name(map.key(i), loading.report, "a part", true) || node.broken()) continue;
    Part part;
    part.id = map.key(i).text;
    Shape shape(node, loading.report, fmt::format("the part \"{}\"", part.id), part_keys);
    bool like = shape.has("like");
    if (const Node *label = like ? shape.get("label") : shape.need("label"))
      part.label = read_words(*label, loading.report, "label");
    if (const Node *fields = like ? shape.get("fields") : shape.need("fields"))
      read_fields(loading, *fields, fmt::format("{}.{}", type.id, part.id), part.fields);
    if (const Node *access = shape.get("access")) part.access = read_access(loading, *access);
    type.parts.push_back(std::move(part));
  }
}

/// A field, part or other direction is looked up by one name, so no two may share it.
void check_clashes(Loading &loading, const Node &root, const RecordType &type) {
  std::map<std::string, std::string> taken;
  auto take = [&](const Node *at, const std::string &name, const char *what) {
    auto [have, fresh] = taken.try_emplace(name, what);
    if (!fresh && at)
      loading.report.error(
          *at, fmt::format("{} \"{}\" has the name of {} of this type", what, name, have->second));
  };
  auto key_of = [&](const char *section, const std::string &name) -> const Node * {
    const Node *map = root.find(section);
    if (!map || !map->is_map()) return nullptr;
    for (std::size_t i = 0; i < map->pairs(); ++i)
      if (map->key(i).text == name) return &map->key(i);
    return nullptr;
  };
  for (const auto &field : type.fields)
    take(key_of(field.derive ? "derive" : "fields", field.id), field.id, "a field");
  for (const auto &part : type.parts) take(key_of("parts", part.id), part.id, "a part");
  std::set<std::string> steps;
  for (const auto &transition : type.transitions) steps.insert(transition.id);
  for (const auto &part : type.parts)
    if (const Node *at = key_of("parts", part.id); at && steps.count(part.id))
      loading.report.error(
          *at, fmt::format("the part \"{}\" has the name of a transition of this type", part.id));
}

void check_counts_only(Loading &loading, const Node &root, const RecordType &type) {
  const Node *fields = root.find("fields");
  for (const auto &field : type.fields) {
    bool names = field.type == FieldType::Text || field.type == FieldType::File ||
                 field.type == FieldType::Link || field.type == FieldType::Rows;
    const Node *at = fields ? fields->find(field.id) : nullptr;
    if (names && at)
      loading.report.error(
          *at, fmt::format("a counts-only type holds no {} field, so that nobody can be named",
                           to_string(field.type)));
  }
  if (const Node *parts = root.find("parts"))
    loading.report.error(*parts, "a counts-only type has no parts");
}

void declare_type(Loading &loading, const SourceFile &file, bool past) {
  auto &report = loading.report;
  const Node &root = file.root;
  if (root.broken()) return;
  if (root.is_null()) {
    if (!file.broken) report.error(root, "the file is empty");
    return;
  }
  Shape shape(root, report, "the type", type_keys);
  if (!shape.good()) return;
  RecordType type;
  type.file = file.path;
  std::string stem = file.path.substr(file.path.rfind('/') + 1);
  stem = stem.substr(0, stem.find('.'));
  bool named = false;
  if (const Node *id = shape.need("id")) {
    named = check_name(*id, report, "a type");
    type.id = id->text;
    if (type.id.substr(0, 2) == "x_") report.error(*id, "a type cannot begin with x_");
  } else {
    type.id = stem.substr(0, stem.find('@'));
  }
  if (const Node *edition = shape.need("edition"))
    type.edition = read_date(*edition, report, "edition").value_or(Date());
  auto expected = past ? fmt::format("{}@{}", type.id, type.edition.text()) : type.id;
  if (stem != expected && named && shape.get("edition"))
    report.error(*shape.get(past && stem.substr(0, stem.find('@')) == type.id ? "edition" : "id"),
                 fmt::format("the file must be named {}.yaml", expected));
  type.law = shape.need_text("law");
  if (const Node *law = shape.get("law");
      law && loading.has_laws && !loading.catalog.laws.count(type.law)) {
    std::vector<std::string> known;
    for (const auto &[id, entry] : loading.catalog.laws) known.push_back(id);
    report.unknown(*law, "law", type.law, known);
  }
  if (const Node *binding = shape.get("binding")) {
    int at = read_word(*binding, report, "binding", {"direct", "reference", "local"});
    if (at >= 0) type.binding = static_cast<Binding>(at);
  }
  if (const Node *label = shape.need("label")) type.label = read_words(*label, report, "label");
  if (const Node *help = shape.get("help")) type.help = read_help(*help, report, "help");
  if (const Node *group = shape.need("group")) {
    if (read_word(*group, report, "group", {"A", "B", "C", "D", "E", "F", "G"}) >= 0)
      type.group = group->text[0];
  }
  for (const Node *one : shape.list("covers")) {
    type.covers.emplace_back(one->text);
    auto &all = loading.catalog.mechanisms;
    if (loading.has_mechanisms &&
        std::none_of(all.begin(), all.end(), [&](auto &m) { return m.first == one->text; })) {
      std::vector<std::string> known;
      for (const auto &[id, zh] : all) known.push_back(id);
      report.unknown(*one, "mechanism", one->text, known);
    }
  }
  type.unit = shape.need_text("unit");
  if (const Node *unit = shape.get("unit")) check_unit(loading, *unit, type.unit);
  if (const Node *access = shape.get("access")) type.access = read_access(loading, *access);
  if (type.access.empty()) type.access = "office";
  if (const Node *retention = shape.get("retention")) {
    read_word(*retention, report, "retention", {"permanent", "30 years", "10 years"});
    type.retention = retention->text;
  }
  type.counts_only = shape.flag("counts_only");
  if (const Node *fields = shape.need("fields"))
    read_fields(loading, *fields, type.id, type.fields);
  if (const Node *derived = shape.get("derive"))
    read_derived(loading, *derived, type.id, type.fields);
  if (const Node *parts = shape.get("parts")) declare_parts(loading, *parts, type);

  loading.catalog.editions.push_back(std::move(type));
  loading.sources.push_back({&root, past, file.broken});
  auto edition = loading.catalog.editions.size() - 1;
  read_states(loading, edition);
  declare_transitions(loading, edition);
  declare_deadlines(loading, edition);
  if (!file.broken) check_clashes(loading, root, loading.catalog.editions[edition]);
  if (loading.catalog.editions[edition].counts_only)
    check_counts_only(loading, root, loading.catalog.editions[edition]);
}

Validity read_validity(Loading &loading, const Scope &scope, const Node &node,
                       std::string_view what) {
  Validity out;
  Shape shape(node, loading.report, what, {"from", "to", "when"});
  if (const Node *from = shape.need("from")) out.from = find_day(loading, scope, *from).ref;
  for (const Node *to : shape.list("to"))
    if (Named day = find_day(loading, scope, *to)) out.to.push_back(day.ref);
  out.when = read_when(loading, scope, shape, {what, false, false, false, false});
  return out;
}

void read_zero_return(Loading &loading, const Scope &scope, const Node &node, RecordType &type) {
  Shape shape(node, loading.report, "confirms_zero", {"category", "from", "to", "when"});
  if (!shape.good()) return;
  ZeroReturn out;
  if (const Node *category = shape.need("category")) {
    Named found = find_name(loading, scope, *category);
    if (found && (!found.field || found.field->type != FieldType::Code ||
                  found.field->list != "zero_category"))
      loading.report.error(*category, "the category is a code of the list \"zero_category\"");
    out.category = found.ref;
  }
  if (const Node *from = shape.need("from")) out.from = find_day(loading, scope, *from).ref;
  if (const Node *to = shape.need("to")) out.to = find_day(loading, scope, *to).ref;
  out.when = read_when(loading, scope, shape, {"confirms_zero", false, false, false, false});
  type.confirms_zero = std::move(out);
}

void read_list_view(Loading &loading, const Scope &scope, const Node &node, RecordType &type) {
  Shape shape(node, loading.report, "list", {"columns", "find", "sort"});
  auto plain = [&](const Node &at, std::string_view name) -> const Field * {
    Named found = find_name(loading, scope, at, name);
    if (!found || !found.field) return nullptr;
    if (found.field->personal) {
      loading.report.error(
          at, fmt::format("\"{}\" is personal and stands in no list, search or order", name));
      return nullptr;
    }
    return found.field;
  };
  for (const Node *one : shape.list("columns")) {
    plain(*one, one->text);
    type.list_columns.emplace_back(one->text);
  }
  for (const Node *one : shape.list("find")) {
    const Field *field = plain(*one, one->text);
    if (field && field->type != FieldType::Text)
      loading.report.error(*one, "search looks at text fields only");
    type.list_find.emplace_back(one->text);
  }
  if (const Node *sort = shape.get("sort")) {
    type.list_sort = read_text(*sort, loading.report, "sort");
    std::string_view name = type.list_sort;
    if (name.starts_with("-")) name.remove_prefix(1);
    plain(*sort, name);
  }
}

bool read_limit(Loading &loading, const Scope &scope, const Node &node, std::int64_t &n,
                std::vector<FieldRef> &per) {
  if (node.is_text()) {
    n = read_number(node, loading.report, "at_most").value_or(0);
    return true;
  }
  Shape shape(node, loading.report, "at_most", {"times", "per"});
  if (const Node *count = shape.need("times"))
    n = read_number(*count, loading.report, "times").value_or(0);
  per = find_names(loading, scope, shape.list("per"));
  return true;
}

/// "role:counsel:counsel": the field after the second colon names a person.
void check_access(Loading &loading, const Scope &scope, const Node &root) {
  const Node *access = root.find("access");
  const Node *as = access && access->is_map() ? access->find("as") : nullptr;
  if (!as) return;
  Named field = find_name(loading, scope, *as);
  if (!field && scope.owner) return;
  if (field && (!field.field ||
                (field.field->type != FieldType::Link && field.field->type != FieldType::Text)))
    loading.report.error(*as, "`as:` must name a field that links to a person");
}

void resolve_parts(Loading &loading, std::size_t edition, const Scope &record) {
  RecordType &type = loading.catalog.editions[edition];
  const Node *map = loading.sources[edition].root->find("parts");
  if (!map || !map->is_map()) return;
  for (auto &part : type.parts) {
    const Node *node = map->find(part.id);
    if (!node || !node->is_map()) continue;
    Scope scope = record.of_part(part);
    const Node *day = node->find("day");
    const Node *like = node->find("like");
    if (like && like->is_text()) {
      auto dot = like->text.find('.');
      const RecordType *from =
          dot == std::string_view::npos ? nullptr : loading.catalog.type(like->text.substr(0, dot));
      const RecordType *root_type = from;
      const Node *model = nullptr;
      for (std::size_t e = 0; root_type && e < loading.sources.size(); ++e)
        if (&loading.catalog.editions[e] == root_type)
          if (const Node *parts = loading.sources[e].root->find("parts"))
            model = parts->find(like->text.substr(dot + 1));
      if (model && !day) day = model->find("day");
      if (const Node *gates = model ? model->find("gates") : nullptr)
        read_gates(loading, *gates, scope, type.id + "." + part.id, part.gates);
    }
    if (day)
      part.day = find_day(loading, scope, *day).ref;
    else if (!like)
      loading.report.error(*node, fmt::format("the part \"{}\" lacks \"day\"", part.id));
    if (const Node *gates = node->find("gates"))
      read_gates(loading, *gates, scope, type.id + "." + part.id, part.gates);
    if (const Node *deadlines = node->find("deadlines"))
      read_deadlines(loading, *deadlines, scope, part.deadlines);
    if (const Node *limit = node->find("at_most"); limit && !limit->is_null())
      read_limit(loading, scope, *limit, part.at_most, part.at_most_per);
    check_access(loading, scope, *node);
  }
}

void resolve_derived(Loading &loading, const Scope &scope, RecordType &type, const Node &map) {
  PredicateUse use{"a derived field", false, true, true, true};
  for (auto &field : type.fields) {
    const Node *node = field.derive && !field.absent ? map.find(field.id) : nullptr;
    if (!node || !node->is_map()) continue;
    auto &derive = *field.derive;
    if (const Node *when = node->find("when"))
      derive.when = read_predicate(loading, scope, *when, use);
    if (const Node *of = node->find("highest_of")) {
      Named found = find_name(loading, scope, *of);
      derive.highest_of = found.ref;
      bool several = found.field && found.field->type == FieldType::Code &&
                     (found.field->many || found.ref.kind == FieldRef::Kind::RowColumn);
      if (found && !several)
        loading.report.error(*of,
                             "`highest_of` looks at a field of many codes or at a column of codes");
      else if (found && field.type == FieldType::Code && found.field->list != field.list)
        loading.report.error(*of,
                             fmt::format("\"{}\" takes its codes from the list \"{}\", not \"{}\"",
                                         of->text, found.field->list, field.list));
    }
    const Node *cases = node->find("cases");
    if (!cases) continue;
    if (!cases->is_list() || cases->items.empty()) {
      loading.report.error(*cases, "\"cases\" must be a list of {value, when}");
      continue;
    }
    for (std::size_t i = 0; i < cases->items.size(); ++i) {
      const Node &one = cases->items[i];
      Shape shape(one, loading.report, "a case", {"value", "when"});
      if (!shape.good()) continue;
      Derivation::Case made;
      if (const Node *value = shape.need("value"))
        if (auto literal = read_literal(loading, *value, field))
          made.value = literal->get<Code>()->text;
      made.when = read_when(loading, scope, shape, use);
      if (made.when.always() && i + 1 < cases->items.size())
        loading.report.error(one, "a case without `when` holds always, so it must be the last");
      derive.cases.push_back(std::move(made));
    }
  }
}

void resolve_type(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  RecordType &type = loading.catalog.editions[edition];
  const Node &root = *loading.sources[edition].root;
  Scope scope;
  scope.type = &type;
  if (const Node *day = root.find("day"))
    type.day = find_day_or_year(loading, scope, *day).ref;
  else
    report.error(root, "the type lacks \"day\"");
  if (const Node *list = root.find("list")) read_list_view(loading, scope, *list, type);
  if (const Node *alike = root.find("alike"))
    type.alike = find_names(loading, scope, read_texts(*alike, report, "alike"));
  if (const Node *valid = root.find("valid"))
    type.valid = read_validity(loading, scope, *valid, "valid");
  if (const Node *qualified = root.find("qualified"))
    type.qualified = read_validity(loading, scope, *qualified, "qualified");
  check_access(loading, scope, root);
  if (const Node *place = root.find("place")) {
    Named found = find_name(loading, scope, *place);
    if (found && (!found.field || found.field->type != FieldType::Org || found.field->many))
      report.error(*place, fmt::format("\"{}\" is no single org field", place->text));
    else if (found)
      type.place = found.ref;
  }
  if (const Node *zero = root.find("confirms_zero")) read_zero_return(loading, scope, *zero, type);
  if (const Node *derived = root.find("derive"); derived && derived->is_map())
    resolve_derived(loading, scope, type, *derived);
  resolve_parts(loading, edition, scope);
  resolve_transitions(loading, edition);
  if (const Node *gates = root.find("gates"))
    read_gates(loading, *gates, scope, type.id, type.gates);
  if (const Node *limit = root.find("at_most"); limit && !limit->broken()) {
    Shape shape(*limit, report, "at_most", {"times", "per", "in", "source", "seen", "level"});
    Gate gate;
    gate.id = type.id + ".at_most";
    gate.kind = Gate::Kind::AtMost;
    if (const Node *times = shape.need("times"))
      gate.name = read_measure(loading, *times, {"count"});
    gate.per = find_names(loading, scope, shape.list("per"));
    if (const Node *in = shape.get("in")) {
      read_word(*in, report, "in", {"year", "month"});
      gate.in = in->text;
    }
    gate.source = read_source(loading, shape, type.law, false);
    if (gate.source.law.empty()) gate.source.law = type.law;
    type.gates.push_back(std::move(gate));
  }
  if (const Node *deadlines = root.find("deadlines"))
    read_deadlines(loading, *deadlines, scope, type.deadlines);
  if (const Node *rhythms = root.find("rhythms"))
    read_rhythms(loading, *rhythms, scope, type.rhythms);
  check_states(loading, edition);
  read_course(loading, edition);
}

} // namespace

void declare_types(Loading &loading) {
  for (const auto &file : loading.files)
    if (file.path.starts_with("institutions/")) declare_type(loading, file, false);
  for (const auto &file : loading.files)
    if (file.path.starts_with("past/")) declare_type(loading, file, true);
  loading.catalog.index();
}

void resolve_types(Loading &loading) {
  for (std::size_t e = 0; e < loading.catalog.editions.size(); ++e) resolve_type(loading, e);
}

} // namespace yifa::catalog
