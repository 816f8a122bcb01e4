#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

struct KindWord {
  std::string_view word;
  Gate::Kind kind;
};
constexpr KindWord kind_words[] = {
    {"require", Gate::Kind::Require}, {"must", Gate::Kind::Must},      {"bar", Gate::Kind::Bar},
    {"needs", Gate::Kind::Needs},     {"papers", Gate::Kind::Papers},  {"valid", Gate::Kind::Valid},
    {"apart", Gate::Kind::Apart},     {"quorum", Gate::Kind::Quorum},  {"order", Gate::Kind::Order},
    {"meets", Gate::Kind::Meets},     {"at_most", Gate::Kind::AtMost}, {"rule", Gate::Kind::Rule}};

const std::initializer_list<std::string_view> gate_keys = {
    "require", "must", "bar",    "needs", "papers", "valid", "apart",  "quorum",  "order", "meets",
    "at_most", "rule", "source", "seen",  "level",  "when",  "exempt", "binding", "at",    "help"};

class GateReader {
public:
  GateReader(Loading &loading, const Scope &around, std::string_view prefix, bool overlay)
      : loading_(loading), report_(loading.report), around_(around), prefix_(prefix),
        overlay_(overlay) {}
  std::optional<Gate> read(const Node &key, const Node &node);

private:
  void arguments(const Scope &scope, const Node &at, Gate &gate);
  void valid(const Scope &scope, const Node &at, Gate &gate);
  void quorum(const Scope &scope, const Node &at, Gate &gate);
  void papers(const Scope &scope, const Node &at, Gate &gate);
  void at_most(const Scope &scope, const Node &at, Gate &gate);
  void exempt(const Scope &scope, const Node &at, Gate &gate);

  Loading &loading_;
  Report &report_;
  const Scope &around_;
  std::string_view prefix_;
  bool overlay_;
};

void GateReader::valid(const Scope &scope, const Node &at, Gate &gate) {
  Shape shape(at, report_, "valid", {"of", "day", "at_least"});
  const Node *of = shape.need("of");
  const Node *day = shape.need("day");
  gate.at_least = shape.number("at_least", 1);
  if (!of || !day) return;
  Named link = find_name(loading_, scope, *of);
  if (link && (!link.field || link.field->type != FieldType::Link)) {
    report_.error(*of, fmt::format("\"{}\" is no link", of->text));
    return;
  }
  if (link)
    for (const auto &to : link.field->to) {
      const RecordType *type = loading_.catalog.type(to);
      const Node *root = nullptr;
      for (std::size_t e = 0; e < loading_.sources.size(); ++e)
        if (&loading_.catalog.editions[e] == type) root = loading_.sources[e].root;
      if (root && !root->find("valid") && !root->find("qualified"))
        report_.error(*of,
                      fmt::format("\"{}\" leads to {}, which says neither `valid` nor `qualified`",
                                  of->text, to));
    }
  if (gate.at_least < 1) report_.error(*shape.get("at_least"), "at_least 0 always holds");
  if (link && link.field && !link.field->many && gate.at_least > 1)
    report_.error(*shape.get("at_least"),
                  fmt::format("\"{}\" holds one link, so never {}", of->text, gate.at_least));
  gate.fields = {link.ref, find_day(loading_, scope, *day).ref};
}

void GateReader::quorum(const Scope &scope, const Node &at, Gate &gate) {
  Shape shape(at, report_, "quorum", {"present", "out_of", "at_least"});
  const Node *present = shape.need("present");
  const Node *out_of = shape.need("out_of");
  if (const Node *least = shape.need("at_least"))
    gate.name = read_measure(loading_, *least, {"share", "count"});
  if (!present || !out_of) return;
  Named here = find_name(loading_, scope, *present);
  Named all = find_name(loading_, scope, *out_of);
  auto counts = [](const Named &n, bool rows) {
    return n.field && (n.field->type == FieldType::Count ||
                       (rows && (n.field->type == FieldType::Rows || n.field->many)));
  };
  if (here && !counts(here, true))
    report_.error(*present, "those present are a count, rows or a field of many");
  if (all && !counts(all, true))
    report_.error(*out_of, "the members are a count, rows or a field of many");
  gate.fields = {here.ref, all.ref};
}

void GateReader::papers(const Scope &scope, const Node &at, Gate &gate) {
  if (at.is_map()) {
    Shape shape(at, report_, "papers", {"list", "by"});
    gate.name = shape.need_text("list");
    if (const Node *list = shape.get("list"); list && !loading_.catalog.lists.count(gate.name)) {
      std::vector<std::string> known;
      for (const auto &[id, one] : loading_.catalog.lists) known.push_back(id);
      report_.unknown(*list, "list", gate.name, known);
    }
    if (const Node *by = shape.need("by"))
      if (Named found = find_name(loading_, scope, *by)) gate.fields.push_back(found.ref);
    return;
  }
  if (at.is_text()) { // the papers of a dossier, in the order its document says
    gate.name = at.text;
    const auto &papers = scope.type->papers;
    auto known = std::find_if(papers.begin(), papers.end(), [&](auto &p) {
      return (p.id == gate.name || gate.name == "dossier") && p.form == "dossier";
    });
    if (known == papers.end())
      report_.error(at, fmt::format("\"{}\" is no dossier among the documents", gate.name));
    return;
  }
  for (const Node *one : read_texts(at, report_, "papers")) {
    Named found = find_name(loading_, scope, *one);
    if (found && (!found.field || found.field->type != FieldType::File))
      report_.error(*one, fmt::format("\"{}\" is no file", one->text));
    else if (found)
      gate.fields.push_back(found.ref);
  }
}

void GateReader::at_most(const Scope &scope, const Node &at, Gate &gate) {
  Shape shape(at, report_, "at_most", {"times", "per", "in"});
  if (const Node *n = shape.need("times")) gate.name = read_measure(loading_, *n, {"count"});
  gate.per = find_names(loading_, scope, shape.list("per"));
  if (const Node *in = shape.get("in")) {
    read_word(*in, report_, "in", {"year", "month"});
    gate.in = in->text;
  }
}

void GateReader::arguments(const Scope &scope, const Node &at, Gate &gate) {
  PredicateUse use{"a gate"};
  switch (gate.kind) {
  case Gate::Kind::Require:
    gate.fields = find_names(loading_, scope, read_texts(at, report_, "require"));
    break;
  case Gate::Kind::Must:
  case Gate::Kind::Bar:
  case Gate::Kind::Needs:
    gate.test = read_predicate(loading_, scope, at, use);
    if (at.is_map() && at.pairs() == 0) report_.error(at, "an empty condition always holds");
    break;
  case Gate::Kind::Papers:
    papers(scope, at, gate);
    break;
  case Gate::Kind::Valid:
    valid(scope, at, gate);
    break;
  case Gate::Kind::Apart: {
    auto nodes = read_texts(at, report_, "apart");
    if (nodes.size() < 2) report_.error(at, "apart names two or more fields");
    std::vector<std::string> targets;
    for (const Node *one : nodes) {
      Named found = find_name(loading_, scope, *one);
      if (!found) continue;
      if (!found.field ||
          (found.field->type != FieldType::Link && found.field->type != FieldType::Text))
        report_.error(*one, fmt::format("\"{}\" names no person", one->text));
      gate.fields.push_back(found.ref);
    }
    break;
  }
  case Gate::Kind::Quorum:
    quorum(scope, at, gate);
    break;
  case Gate::Kind::Order: {
    auto nodes = read_texts(at, report_, "order");
    if (nodes.size() < 2) report_.error(at, "order names two or more dates");
    for (const Node *one : nodes)
      if (Named day = find_day(loading_, scope, *one)) gate.fields.push_back(day.ref);
    break;
  }
  case Gate::Kind::Meets:
    gate.name = read_text(at, report_, "meets");
    if (!gate.name.empty()) check_deadline_name(loading_, scope, at, gate.name);
    break;
  case Gate::Kind::AtMost:
    at_most(scope, at, gate);
    break;
  case Gate::Kind::Rule:
    gate.name = read_text(at, report_, "rule");
    if (loading_.known_rules &&
        std::find(loading_.known_rules->begin(), loading_.known_rules->end(), gate.name) ==
            loading_.known_rules->end())
      report_.unknown(at, "rule", gate.name, *loading_.known_rules);
    loading_.catalog.rules.emplace_back(gate.name, gate.id);
    break;
  }
}

void GateReader::exempt(const Scope &scope, const Node &at, Gate &gate) {
  if (!at.is_map()) {
    report_.error(at, "\"exempt\" must be a map of grounds");
    return;
  }
  for (std::size_t i = 0; i < at.pairs(); ++i) {
    if (!check_name(at.key(i), report_, "a ground")) continue;
    Exemption ground;
    ground.ground = at.key(i).text;
    const Node &node = at.value(i);
    if (looks_like_words(node)) {
      ground.label = read_words(node, report_, "the ground's label");
    } else {
      Shape shape(node, report_, "a ground", {"label", "when"});
      if (const Node *label = shape.need("label"))
        ground.label = read_words(*label, report_, "label");
      ground.when = read_when(loading_, scope, shape, {"a ground"});
    }
    gate.exempt.push_back(std::move(ground));
  }
}

std::optional<Gate> GateReader::read(const Node &key, const Node &node) {
  Gate gate;
  gate.id = fmt::format("{}.{}", prefix_, key.text);
  Shape shape(node, report_, fmt::format("the gate \"{}\"", key.text), gate_keys);
  if (!shape.good()) return std::nullopt;
  const Node *argument = nullptr;
  int kinds = 0;
  for (const auto &word : kind_words)
    if (const Node *found = node.find(word.word)) {
      ++kinds;
      argument = found;
      gate.kind = word.kind;
    }
  if (kinds != 1) {
    report_.error(
        key,
        kinds == 0
            ? fmt::format("the gate \"{}\" asks nothing: one of require, must, bar, needs, papers, "
                          "valid, apart, quorum, order, meets, at_most, rule",
                          key.text)
            : fmt::format("the gate \"{}\" asks {} things; each is a gate of its own", key.text,
                          kinds));
    return std::nullopt;
  }
  if (const Node *at = shape.get("at")) {
    gate.at_owner = read_word(*at, report_, "at", {"owner"}) == 0;
    if (gate.at_owner && !around_.owner) {
      report_.error(*at, "`at: owner` goes with gates of a part");
      gate.at_owner = false;
    }
  }
  const Scope &scope = gate.at_owner ? *around_.owner : around_;
  if (!argument->broken() && !argument->is_null()) arguments(scope, *argument, gate);
  if (argument->is_null())
    report_.error(key, fmt::format("the gate \"{}\" says nothing to check", key.text));
  gate.when = read_when(loading_, scope, shape, {"a gate"});
  if (const Node *grounds = shape.get("exempt")) exempt(scope, *grounds, gate);
  if (const Node *binding = shape.get("binding")) {
    int at = read_word(*binding, report_, "binding", {"direct", "reference", "local"});
    if (at >= 0) gate.binding = static_cast<Binding>(at);
  } else {
    gate.binding = around_.type->binding;
  }
  gate.source = read_source(loading_, shape, around_.type->law, true);
  if (const Node *level = shape.get("level")) {
    gate.blocks = read_word(*level, report_, "level", {"warn", "block"}) == 1;
    if (gate.blocks && !overlay_ && gate.source.seen != Certainty::Verified)
      report_.error(*level, "`block` needs `seen: V`: what nobody has read may warn, not refuse");
  }
  return gate;
}

} // namespace

std::string read_measure(Loading &loading, const Node &at,
                         std::initializer_list<std::string_view> types) {
  auto text = read_text(at, loading.report, "the measure");
  if (text.starts_with("$")) {
    auto found = loading.catalog.settings.find(text.substr(1));
    if (found == loading.catalog.settings.end()) {
      std::vector<std::string> known;
      for (const auto &[id, setting] : loading.catalog.settings) known.push_back("$" + id);
      if (loading.has_settings) loading.report.unknown(at, "setting", text, known);
    } else if (std::find(types.begin(), types.end(), found->second.type) == types.end()) {
      loading.report.error(at, fmt::format("{} is a setting of type {}, which does not fit here",
                                           text, found->second.type));
    }
    return text;
  }
  auto digits = [](std::string_view word) {
    return !word.empty() && word.size() < 7 &&
           word.find_first_not_of("0123456789") == std::string_view::npos;
  };
  auto slash = text.find('/');
  bool share = slash != std::string::npos && digits(text.substr(0, slash)) &&
               digits(text.substr(slash + 1)) &&
               std::find(types.begin(), types.end(), "share") != types.end() &&
               std::stoi(text.substr(slash + 1)) > 0 &&
               std::stoi(text.substr(0, slash)) <= std::stoi(text.substr(slash + 1));
  if (!digits(text) && !share)
    loading.report.error(at, "a number, a share like 1/2 or a $setting must stand here");
  return text;
}

void read_gates(Loading &loading, const Node &map, const Scope &scope, std::string_view prefix,
                std::vector<Gate> &out, bool overlay) {
  if (!map.is_map()) {
    if (!map.is_null()) loading.report.error(map, "\"gates\" must be a map of gates");
    return;
  }
  GateReader reader(loading, scope, prefix, overlay);
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    if (!check_name(map.key(i), loading.report, "a gate") || map.value(i).broken()) continue;
    if (auto gate = reader.read(map.key(i), map.value(i))) out.push_back(std::move(*gate));
  }
}

} // namespace yifa::catalog
