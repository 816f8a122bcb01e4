#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> transition_keys = {
    "label",    "from",   "to",      "role", "as",     "asks", "gates",
    "document", "number", "at_most", "seal", "source", "seen", "help"};

const Node *key_of(const Node *map, std::string_view name) {
  if (!map || !map->is_map()) return nullptr;
  for (std::size_t i = 0; i < map->pairs(); ++i)
    if (map->key(i).text == name) return &map->key(i);
  return nullptr;
}

std::vector<std::string> state_names(const RecordType &type) {
  std::vector<std::string> out;
  for (const auto &state : type.states) out.push_back(state.id);
  return out;
}

NumberRule read_number_rule(Loading &loading, const Scope &scope, const Node &node) {
  NumberRule out;
  Shape shape(node, loading.report, "a number rule", {"register", "form", "field", "when"});
  out.when = read_when(loading, scope, shape, {"a number rule", false, false, true, true});
  out.register_id = shape.need_text("register");
  if (const Node *id = shape.get("register")) check_name(*id, loading.report, "a register");
  out.form = shape.need_text("form");
  if (const Node *form = shape.get("form")) {
    auto made = parse_template(out.form);
    auto [have, fresh] = loading.registers.try_emplace(out.register_id, out.form);
    if (!fresh && have->second != out.form)
      loading.report.error(
          *form,
          fmt::format("the register \"{}\" is written {} elsewhere; one register has one form",
                      out.register_id, have->second));
    bool counts = false;
    if (!made) {
      loading.report.error(*form, made.error().problems.empty() ? made.error().message
                                                                : made.error().problems[0].message);
    } else {
      static const std::vector<std::string> known = {"@short", "@org_short", "@org", "@year", "n"};
      for (const auto &token : made->tokens) {
        if (token.kind == Token::Kind::Text) continue;
        auto name = (token.kind == Token::Kind::Word ? "@" : "") + token.name;
        if (name == "n" && token.kind == Token::Kind::Figure) counts = true;
        if (std::find(known.begin(), known.end(), name) == known.end())
          loading.report.unknown(*form, "word of a number", "{" + name + "}", known);
      }
      if (!counts) loading.report.error(*form, "the number's form lacks {n}");
    }
  }
  if (const Node *field = shape.get("field")) {
    Named found = find_name(loading, scope, *field);
    if (found && (!found.field || !found.field->by_register))
      loading.report.error(*field,
                           fmt::format("\"{}\" is no field with `set_by: number`", field->text));
    out.field = field->text;
  } else {
    std::vector<std::string> given;
    for (const auto &one : scope.type->fields)
      if (one.by_register && !one.absent) given.push_back(one.id);
    if (given.size() == 1) out.field = given.front();
  }
  return out;
}

/// An entry of a dossier's order: a field, a part, a part's field, a linked record's field or a
/// document.
void check_order_entry(Loading &loading, const RecordType &type, const Node &node) {
  auto name = node.text;
  auto is_paper = [&](std::string_view id) {
    return std::any_of(type.papers.begin(), type.papers.end(),
                       [&](const PaperKind &p) { return p.id == id; });
  };
  auto in = [&](const std::vector<Field> &fields, std::string_view id) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const Field &f) { return f.id == id && !f.absent; });
  };
  auto dot = name.find('.');
  auto head = name.substr(0, dot);
  int part = type.part_index(head);
  if (dot == std::string_view::npos) {
    if (is_paper(name) || part >= 0 || in(type.fields, name)) return;
  } else {
    auto tail = name.substr(dot + 1);
    if (part >= 0 && in(type.parts[static_cast<std::size_t>(part)].fields, tail)) return;
    for (const auto &back : type.backs) {
      const RecordType *other = back.name == head ? loading.catalog.type(back.type) : nullptr;
      if (other && in(other->fields, tail)) return;
    }
    const Field *link = type.field(head);
    if (link && link->type == FieldType::Link)
      for (const auto &to : link->to) {
        const RecordType *other = loading.catalog.type(to);
        if (other && in(other->fields, tail)) return;
      }
    if (link && link->type == FieldType::Rows && in(link->columns, tail)) return;
  }
  std::vector<std::string> known;
  for (const auto &field : type.fields) known.push_back(field.id);
  for (const auto &paper : type.papers) known.push_back(paper.id);
  for (const auto &one : type.parts)
    for (const auto &field : one.fields) known.push_back(one.id + "." + field.id);
  loading.report.unknown(node, "paper", name, known);
}

} // namespace

void read_states(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  RecordType &type = loading.catalog.editions[edition];
  const Node &root = *loading.sources[edition].root;
  const Node *states = root.find("states");
  const Node *ends = root.find("ends");
  if (!states || states->is_null() || states->broken()) {
    type.states.push_back({"kept", {"在册", "Kept"}, false});
    if (ends && !ends->is_null()) report.error(*ends, "`ends` without `states`");
    return;
  }
  if (!states->is_map() || states->pairs() == 0) {
    report.error(*states, "\"states\" must be a map of states");
    type.states.push_back({"kept", {"在册", "Kept"}, false});
    return;
  }
  for (std::size_t i = 0; i < states->pairs(); ++i) {
    if (!check_name(states->key(i), report, "a state")) continue;
    State state;
    state.id = states->key(i).text;
    const Node &node = states->value(i);
    if (const Node *label = node.find("label")) {
      Shape shape(node, report, "a state", {"label", "was"});
      state.label = read_words(*label, report, "label");
    } else {
      state.label = read_words(node, report, "the state's label");
    }
    type.states.push_back(std::move(state));
  }
  if (!ends || ends->is_null()) return;
  for (const Node *one : read_texts(*ends, report, "ends")) {
    auto at = std::find_if(type.states.begin(), type.states.end(),
                           [&](const State &s) { return s.id == one->text; });
    if (at == type.states.end())
      report.unknown(*one, "state", one->text, state_names(type));
    else
      at->ends = true;
  }
}

void declare_transitions(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  RecordType &type = loading.catalog.editions[edition];
  const Node &root = *loading.sources[edition].root;
  Transition open;
  open.id = "open";
  open.label = {"登记", "Record"};
  open.to = type.states.empty() ? std::string() : type.states.front().id;
  type.transitions.push_back(std::move(open));
  const Node *map = root.find("transitions");
  bool opened = false;
  if (map && map->is_map()) {
    for (std::size_t i = 0; i < map->pairs(); ++i) {
      const Node &node = map->value(i);
      if (!check_name(map->key(i), report, "a transition") || node.broken()) continue;
      Transition step;
      step.id = map->key(i).text;
      static constexpr std::string_view kOfEveryType[] = {"correct", "withdraw", "forget",
                                                          "extend"};
      if (std::find(std::begin(kOfEveryType), std::end(kOfEveryType), step.id) !=
          std::end(kOfEveryType)) {
        report.error(map->key(i), fmt::format("\"{}\" exists on every type; give the step another "
                                              "name",
                                              step.id));
        continue;
      }
      Shape shape(node, report, fmt::format("the transition \"{}\"", step.id), transition_keys);
      if (!shape.good()) continue;
      bool opening = step.id == "open";
      opened = opened || opening;
      if (const Node *label = opening ? shape.get("label") : shape.need("label"))
        step.label = read_words(*label, report, "label");
      else if (opening)
        step.label = type.transitions.front().label;
      if (const Node *to = opening ? shape.need("to") : shape.get("to")) {
        step.to = read_text(*to, report, "to");
        if (!type.state(step.to)) report.unknown(*to, "state", step.to, state_names(type));
      }
      if (opening) {
        if (const Node *from = shape.get("from"))
          report.error(*from, "\"open\" comes from nothing");
      } else if (const Node *from = shape.need("from")) {
        for (const Node *one : read_texts(*from, report, "from")) {
          if (one->text == "open" && from->is_text() && !type.state("open")) break;
          step.from.emplace_back(one->text);
          if (!type.state(one->text)) report.unknown(*one, "state", one->text, state_names(type));
        }
      }
      step.role = shape.need_text("role");
      if (const Node *role = shape.get("role")) check_role(loading, *role, step.role);
      step.at_most = static_cast<int>(std::min<std::int64_t>(shape.number("at_most"), 1000));
      step.document = shape.text("document");
      step.seal = shape.flag("seal");
      step.source = read_source(loading, shape, type.law, false);
      if (opening)
        type.transitions.front() = std::move(step);
      else
        type.transitions.push_back(std::move(step));
    }
  } else if (map && !map->is_null() && !map->broken()) {
    report.error(*map, "\"transitions\" must be a map of transitions");
  }
  bool states = root.find("states") && root.find("states")->is_map();
  if (states && !opened && !loading.sources[edition].broken)
    report.error(*key_of(&root, "states"), "a type with states needs a transition \"open\"");
}

void resolve_transitions(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  RecordType &type = loading.catalog.editions[edition];
  const Node &root = *loading.sources[edition].root;
  Scope scope;
  scope.type = &type;
  read_papers(loading, edition);
  const Node *map = root.find("transitions");
  std::set<std::string> numbered;
  for (auto &step : type.transitions) {
    const Node *node = map ? map->find(step.id) : nullptr;
    if (!node || !node->is_map()) continue;
    Shape shape(*node, report, fmt::format("the transition \"{}\"", step.id));
    for (const Node *one : shape.list("asks")) {
      if (one->text == "@reason") {
        step.asks_reason = true;
        continue;
      }
      Named found = find_name(loading, scope, *one);
      if (!found) continue;
      if (found.ref.kind != FieldRef::Kind::Field) {
        report.error(*one, "a step asks for fields of its record or for \"@reason\"");
      } else if (found.field->derive) {
        report.error(*one, fmt::format("\"{}\" is derived and never typed", one->text));
      } else if (found.field->by_register) {
        report.error(*one,
                     fmt::format("\"{}\" is given by its register and never typed", one->text));
      } else if (std::any_of(step.asks.begin(), step.asks.end(),
                             [&](auto &a) { return a.index == found.ref.index; })) {
        report.error(*one, fmt::format("\"{}\" is asked twice", one->text));
      } else {
        step.asks.push_back(found.ref);
      }
    }
    step.as = shape.text("as");
    if (const Node *as = shape.get("as")) {
      Named found = find_name(loading, scope, *as);
      if (found && (!found.field ||
                    (found.field->type != FieldType::Link && found.field->type != FieldType::Text)))
        report.error(*as, "`as:` must name a field that links to a person");
    }
    if (const Node *gates = shape.get("gates"))
      read_gates(loading, *gates, scope, type.id + "." + step.id, step.gates);
    if (const Node *paper = shape.get("document")) {
      auto known = std::find_if(type.papers.begin(), type.papers.end(),
                                [&](auto &p) { return p.id == step.document; });
      if (known == type.papers.end()) {
        std::vector<std::string> names;
        for (const auto &one : type.papers) names.push_back(one.id);
        report.unknown(*paper, "document", step.document, names);
      } else if (const Node *papers = root.find("documents")) {
        const Node *one = papers->find(step.document);
        if (const Node *number = one ? one->find("number") : nullptr; number && !number->is_null())
          step.number = read_number_rule(loading, scope, *number);
      }
    }
    if (const Node *number = shape.get("number")) {
      if (step.number) report.error(*number, "the step's document has a number of its own");
      step.number = read_number_rule(loading, scope, *number);
    }
    if (step.number && !step.number->field.empty()) numbered.insert(step.number->field);
    bool moves = !step.to.empty() && step.from.size() == 1 && step.from.front() == step.to;
    if (moves) report.warning(*shape.get("to"), "from and to are one state; leave `to` away");
  }
  const Node *fields = root.find("fields");
  for (const auto &field : type.fields)
    if (field.by_register && !field.absent && !numbered.count(field.id) && fields &&
        fields->find(field.id))
      report.warning(*fields->find(field.id),
                     fmt::format("no transition gives \"{}\" its number", field.id));
}

void read_papers(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  RecordType &type = loading.catalog.editions[edition];
  const Node *map = loading.sources[edition].root->find("documents");
  if (!map || map->is_null() || map->broken()) return;
  if (!map->is_map()) {
    report.error(*map, "\"documents\" must be a map of documents");
    return;
  }
  Scope scope;
  scope.type = &type;
  for (std::size_t i = 0; i < map->pairs(); ++i) {
    if (!check_name(map->key(i), report, "a document") || map->value(i).broken()) continue;
    PaperKind paper;
    paper.id = map->key(i).text;
    Shape shape(map->value(i), report, fmt::format("the document \"{}\"", paper.id),
                {"label", "kind", "template", "number", "order", "when"});
    if (!shape.good()) continue;
    if (const Node *label = shape.need("label")) paper.label = read_words(*label, report, "label");
    paper.form = shape.need_text("template");
    paper.kind = paper.form == "dossier" ? "kept" : std::string();
    if (const Node *kind = paper.form == "dossier" ? shape.get("kind") : shape.need("kind")) {
      read_word(*kind, report, "kind", {"issued", "received", "kept"});
      paper.kind = kind->text;
    }
    paper.when = read_when(loading, scope, shape, {"a document"});
    type.papers.push_back(std::move(paper));
  }
  for (auto &paper : type.papers) {
    const Node *node = map->find(paper.id);
    const Node *order = node ? node->find("order") : nullptr;
    if (paper.form == "dossier" && !order) report.error(*node, "a dossier says its `order`");
    if (!order) continue;
    if (paper.form != "dossier") report.error(*order, "`order` goes with `template: dossier`");
    for (const Node *one : read_texts(*order, report, "order")) {
      check_order_entry(loading, type, *one);
      paper.order.emplace_back(one->text);
    }
  }
}

void check_states(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  const RecordType &type = loading.catalog.editions[edition];
  const Node *map = loading.sources[edition].root->find("states");
  if (!map || !map->is_map() || loading.sources[edition].broken) return;
  std::set<std::string> reached = {type.open().to};
  for (bool more = true; more;) {
    more = false;
    for (const auto &step : type.transitions) {
      if (step.to.empty() || reached.count(step.to)) continue;
      bool can = step.from.empty();
      for (const auto &from : step.from) can = can || reached.count(from) > 0;
      if (can) more = reached.insert(step.to).second || more;
    }
  }
  for (const auto &state : type.states) {
    const Node *at = key_of(map, state.id);
    if (!at) continue;
    if (!reached.count(state.id)) {
      report.error(*at, fmt::format("no transition leads to the state \"{}\"", state.id));
      continue;
    }
    bool leaves = false;
    for (const auto &step : type.transitions) {
      if (&step == &type.transitions.front() || step.to.empty() || step.to == state.id) continue;
      bool from_here = std::find(step.from.begin(), step.from.end(), state.id) != step.from.end();
      leaves = leaves || from_here || (step.from.empty() && !state.ends);
    }
    // An ended matter may still be revoked or replaced; but what cannot be left has ended.
    if (!leaves && !state.ends && type.states.size() > 1)
      report.error(*at,
                   fmt::format("the state \"{}\" cannot be left; name it in `ends`", state.id));
  }
}

std::map<std::string, std::set<int>> filled_by_state(const RecordType &type) {
  auto asked = [](const Transition &step) {
    std::set<int> out;
    for (const auto &ref : step.asks)
      if (ref.kind == FieldRef::Kind::Field) out.insert(ref.index);
    return out;
  };
  std::set<int> always;
  for (std::size_t f = 0; f < type.fields.size(); ++f)
    if ((type.fields[f].required || type.fields[f].fallback.filled()) && !type.fields[f].absent)
      always.insert(static_cast<int>(f));
  std::map<std::string, std::set<int>> known;
  auto opening = asked(type.open());
  opening.insert(always.begin(), always.end());
  known[type.open().to] = opening;
  for (bool more = true; more;) {
    more = false;
    for (const auto &step : type.transitions) {
      if (&step == &type.transitions.front() || step.to.empty()) continue;
      std::vector<std::string> from = step.from;
      if (from.empty())
        for (const auto &state : type.states)
          if (!state.ends) from.push_back(state.id);
      for (const auto &state : from) {
        auto have = known.find(state);
        if (have == known.end()) continue;
        auto out = asked(step);
        out.insert(have->second.begin(), have->second.end());
        auto there = known.find(step.to);
        if (there == known.end()) {
          known[step.to] = out;
          more = true;
          continue;
        }
        std::set<int> both;
        std::set_intersection(out.begin(), out.end(), there->second.begin(), there->second.end(),
                              std::inserter(both, both.end()));
        if (both != there->second) {
          there->second = both;
          more = true;
        }
      }
    }
  }
  return known;
}

} // namespace yifa::catalog
