#include "catalog/loading.h"

#include "catalog/overlay_direction.h"

#include <algorithm>
#include <fmt/format.h>

/// A county's words (`catalog.d/*.yaml`): it tightens what a statute fixes and sets what a statute
/// leaves open. The direction follows from the kind of a time and from whom it binds; nobody
/// declares it.
namespace yifa::catalog {
namespace {

/// "penalty.decide.noticed" → up to the n-th dot and the rest.
std::pair<std::string, std::string> split_last(std::string_view name) {
  auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return {std::string(name), {}};
  return {std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))};
}

/// Keys of a section of an overlay; nothing when it has none.
template <typename Each>
void each_entry(Loading &loading, const Overlay &overlay, std::string_view section, Each each) {
  const Node *map = overlay.root->find(section);
  if (!map || map->is_null() || map->broken()) return;
  if (!map->is_map()) {
    loading.report.error(*map, fmt::format("\"{}\" must be a map", section));
    return;
  }
  for (std::size_t i = 0; i < map->pairs(); ++i)
    if (!map->value(i).broken()) each(map->key(i), map->value(i));
}

/// Where a local rule comes from: its own words, since laws.yaml need not know it.
Source local_source(Loading &loading, const Shape &shape) {
  Source out;
  if (const Node *node = shape.need("source")) {
    out.law = read_text(*node, loading.report, "source");
    out.seen = Certainty::Verified; // the county answers for its own papers
  }
  return out;
}

void overlay_settings(Loading &loading, const Overlay &overlay, Date from) {
  each_entry(loading, overlay, "settings", [&](const Node &key, const Node &node) {
    auto found = loading.catalog.settings.find(key.text);
    if (found == loading.catalog.settings.end()) {
      std::vector<std::string> known;
      for (const auto &[id, setting] : loading.catalog.settings) known.push_back(id);
      loading.report.unknown(key, "setting", key.text, known);
      return;
    }
    Shape shape(node, loading.report, "a setting", {"value", "source", "seen"});
    if (!shape.good()) return;
    Setting &setting = found->second;
    auto value = shape.need_text("value");
    auto source = local_source(loading, shape);
    if (setting.delegated.empty()) {
      loading.report.error(
          key, fmt::format("refused: ${} is fixed by {}; only delegated values may be set",
                           key.text, setting.source.text()));
      return;
    }
    if (const Node *at = shape.get("value"); at && !setting_fits(setting.type, value))
      loading.report.error(*at, fmt::format("\"{}\" is no {}", value, setting.type));
    setting.later.push_back({from, value, source});
    std::stable_sort(setting.later.begin(), setting.later.end(),
                     [](auto &a, auto &b) { return a.from < b.from; });
  });
}

void overlay_labels(Loading &loading, const Overlay &overlay) {
  each_entry(loading, overlay, "labels", [&](const Node &key, const Node &node) {
    Words words = read_words(node, loading.report, "a label");
    auto [head, tail] = split_last(key.text);
    bool found = false;
    for (auto &type : loading.catalog.editions) {
      auto name = std::string_view(key.text);
      if (type.id == name) {
        type.label = words;
        found = true;
      }
      for (auto &field : type.fields)
        if (type.id == head && field.id == tail) {
          field.label = words;
          found = true;
        }
      for (auto &state : type.states)
        if (type.id + ".@state" == head && state.id == tail) {
          state.label = words;
          found = true;
        }
    }
    if (auto list = loading.catalog.lists.find(head); list != loading.catalog.lists.end())
      for (auto &word : list->second.codes)
        if (word.code == tail) {
          word.label = words;
          found = true;
        }
    if (auto role = loading.catalog.roles.find(key.text); role != loading.catalog.roles.end()) {
      role->second = words;
      found = true;
    }
    if (!found) loading.report.unknown(key, "thing to label", key.text, loading.type_names());
  });
}

void overlay_extra_fields(Loading &loading, const Overlay &overlay) {
  each_entry(loading, overlay, "fields", [&](const Node &key, const Node &node) {
    auto [type, name] = split_last(key.text);
    if (name.empty() || !loading.catalog.type(type)) {
      loading.report.error(key, fmt::format("a county's field is written type.x_name{}",
                                            did_you_mean(type, loading.type_names())));
      return;
    }
    if (!name.starts_with("x_")) {
      loading.report.error(
          key, fmt::format(
                   "refused: {} belongs to the common catalog; a county's own fields begin with x_",
                   key.text));
      return;
    }
    // One map with one key, so that the common reader applies.
    Node one;
    one.kind = Node::Kind::Map;
    one.file = node.file;
    one.offset = node.offset;
    Node id = key;
    id.text = id.text.substr(id.text.size() - name.size());
    one.items = {id, node};
    std::vector<Field> made;
    read_fields(loading, one, type, made, true);
    for (auto &field : made) {
      if (field.required)
        loading.report.error(
            key, "a county's field cannot be required: records of other years have none");
      if (field.type == FieldType::Rows)
        loading.report.error(key, "a county's field cannot be rows");
      bool twice = false;
      for (auto &edition : loading.catalog.editions) {
        if (edition.id != type) continue;
        twice = twice || edition.field(field.id);
        if (edition.counts_only && (field.type == FieldType::Text ||
                                    field.type == FieldType::File || field.type == FieldType::Link))
          loading.report.error(
              key, fmt::format("a counts-only type holds no {} field", to_string(field.type)));
        if (!twice) edition.fields.push_back(field);
      }
      if (twice) loading.report.error(key, fmt::format("{} is declared twice", key.text));
    }
  });
}

/// The editions of a type in which an overlay's words hold: those from its day on. Where it begins
/// inside an edition, the rest of that edition becomes one of its own.
void cut_editions(Loading &loading, const std::string &type, Date from) {
  auto &editions = loading.catalog.editions;
  std::size_t place = editions.size();
  for (std::size_t e = 0; e < editions.size(); ++e) {
    if (editions[e].id != type) continue;
    if (editions[e].edition == from) return;
    if (editions[e].edition < from) place = e;
  }
  if (place == editions.size()) return; // it holds from the first edition on
  auto copy = editions[place];
  copy.edition = from;
  auto at = static_cast<std::ptrdiff_t>(place) + 1;
  bool newest =
      at == static_cast<std::ptrdiff_t>(editions.size()) || editions[place + 1].id != type;
  editions.insert(editions.begin() + at, std::move(copy));
  loading.sources.insert(loading.sources.begin() + at, loading.sources[place]);
  for (auto &source : loading.indicator_sources)
    if (source.edition > place || (newest && source.edition == place)) ++source.edition;
  for (auto &source : loading.clause_sources)
    if (source.edition > place || (newest && source.edition == place)) ++source.edition;
  if (newest) loading.sources[place].past = true;
  loading.catalog.index();
}

template <typename Each>
void each_edition_from(Loading &loading, const std::string &type, Date from, Each each) {
  cut_editions(loading, type, from);
  for (auto &edition : loading.catalog.editions)
    if (edition.id == type && (edition.edition >= from)) each(edition);
}

std::vector<Gate *> gates_of(RecordType &type, std::string_view id) {
  std::vector<Gate *> out;
  auto look = [&](std::vector<Gate> &gates) {
    for (auto &gate : gates)
      if (gate.id == id) out.push_back(&gate);
  };
  look(type.gates);
  for (auto &step : type.transitions) look(step.gates);
  for (auto &part : type.parts) look(part.gates);
  return out;
}

void change_gate(Loading &loading, const Node &key, const Node &node, const std::string &type,
                 Date from) {
  Shape shape(node, loading.report, "an overlay's gate");
  if (!node.is_map()) loading.report.error(node, "a gate must be a map of keys");
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    auto name = node.key(i).text;
    if (name == "level" || name == "source" || name == "seen") continue;
    loading.report.error(node.key(i),
                         name == "exempt"
                             ? "refused: an overlay cannot add a ground of exemption"
                             : "refused: of a common gate an overlay changes the level only");
  }
  if (!shape.good()) return;
  const Node *level = shape.need("level");
  auto source = local_source(loading, shape);
  if (!level) return;
  bool block = read_word(*level, loading.report, "level", {"warn", "block"}) == 1;
  each_edition_from(loading, type, from, [&](RecordType &edition) {
    for (Gate *gate : gates_of(edition, key.text)) {
      if (gate->blocks && !block) {
        loading.report.error(
            *level, fmt::format("refused: {} blocks by {}; an overlay may tighten, not relax",
                                key.text, gate->source.text()));
        return;
      }
      gate->blocks = block;
      if (source.text() != gate->source.text())
        gate->source.also += (gate->source.also.empty() ? "" : "；") + source.text();
    }
  });
}

/// A gate of the county's own, on a transition, a part or the type.
void add_gate(Loading &loading, const Node &key, const Node &node, Date from) {
  // No structured bindings: the lambda below uses them, which clang 14 refuses.
  const auto whole = split_last(key.text);
  const auto &place = whole.first;
  const auto &name = whole.second;
  auto of = split_last(place);
  auto &type = of.first;
  auto &step = of.second;
  if (step.empty()) type = place;
  if (!loading.catalog.type(type)) {
    loading.report.error(key, fmt::format("a gate is written type.step.gate{}",
                                          did_you_mean(type, loading.type_names())));
    return;
  }
  if (!name.starts_with("x_")) {
    std::vector<std::string> known;
    for (auto &edition : loading.catalog.editions) {
      if (edition.id != type) continue;
      for (auto &gate : edition.gates) known.push_back(gate.id);
      for (auto &one : edition.transitions)
        for (auto &gate : one.gates) known.push_back(gate.id);
      for (auto &part : edition.parts)
        for (auto &gate : part.gates) known.push_back(gate.id);
    }
    loading.report.error(
        key, fmt::format("there is no gate \"{}\"{}; a county's own gate begins with x_", key.text,
                         did_you_mean(key.text, known)));
    return;
  }
  Node one;
  one.kind = Node::Kind::Map;
  one.file = node.file;
  one.offset = node.offset;
  Node id = key;
  id.text = id.text.substr(id.text.size() - name.size());
  one.items = {id, node};
  bool placed = false;
  each_edition_from(loading, type, from, [&](RecordType &edition) {
    Scope record;
    record.type = &edition;
    auto errors = loading.report.errors();
    if (step.empty()) {
      read_gates(loading, one, record, type, edition.gates, true);
      placed = true;
    }
    for (auto &transition : edition.transitions)
      if (transition.id == step) {
        read_gates(loading, one, record, place, transition.gates, true);
        placed = true;
      }
    for (auto &part : edition.parts)
      if (part.id == step) {
        Scope inner = record.of_part(part);
        read_gates(loading, one, inner, place, part.gates, true);
        placed = true;
      }
    (void)errors;
  });
  if (!placed)
    loading.report.error(key,
                         fmt::format("{} has neither a transition nor a part \"{}\"", type, step));
}

void overlay_gates(Loading &loading, const Overlay &overlay, Date from) {
  each_entry(loading, overlay, "gates", [&](const Node &key, const Node &node) {
    std::string type(key.text.substr(0, key.text.find('.')));
    bool known = false;
    for (auto &edition : loading.catalog.editions)
      if (edition.id == type && !gates_of(edition, key.text).empty()) known = true;
    if (known)
      change_gate(loading, key, node, type, from);
    else
      add_gate(loading, key, node, from);
  });
}

void overlay_deadlines(Loading &loading, const Overlay &overlay, Date from) {
  each_entry(loading, overlay, "deadlines", [&](const Node &key, const Node &node) {
    auto known = loading.deadlines.find(key.text);
    if (known == loading.deadlines.end()) {
      std::vector<std::string> names;
      for (const auto &[id, place] : loading.deadlines) names.push_back(id);
      loading.report.unknown(key, "deadline", key.text, names);
      return;
    }
    Shape shape(node, loading.report, "an overlay's deadline",
                {"within", "lasts", "before", "not_before", "by", "keep", "source", "seen"});
    if (!shape.good()) return;
    auto source = local_source(loading, shape);
    std::string type = known->second.first.substr(0, known->second.first.find('.'));
    bool said = false;
    each_edition_from(loading, type, from, [&](RecordType &edition) {
      auto change = [&](std::vector<Deadline> &all) {
        for (auto &deadline : all)
          if (deadline.id == key.text && !said) {
            if (auto refusal = change_deadline(loading, shape, deadline, source)) {
              loading.report.error(key, *refusal);
              said = true;
            }
          }
      };
      change(edition.deadlines);
      for (auto &part : edition.parts) change(part.deadlines);
    });
  });
}

std::optional<std::size_t> newest_edition(const Loading &loading, std::string_view type) {
  std::optional<std::size_t> out;
  for (std::size_t e = 0; e < loading.catalog.editions.size(); ++e)
    if (loading.catalog.editions[e].id == type) out = e;
  return out;
}

/// Indicators and clauses: "type.x_name".
template <typename Read>
void overlay_named(Loading &loading, const Overlay &overlay, std::string_view section,
                   std::string_view what, Read read) {
  each_entry(loading, overlay, section, [&](const Node &key, const Node &node) {
    auto [type, name] = split_last(key.text);
    auto edition = newest_edition(loading, type);
    if (!edition) {
      loading.report.error(key, fmt::format("{} of a county is written type.x_name{}", what,
                                            did_you_mean(type, loading.type_names())));
      return;
    }
    if (!name.starts_with("x_")) {
      loading.report.error(
          key,
          fmt::format(
              "refused: a county adds {} that begin with x_ and leaves the common ones as they are",
              section));
      return;
    }
    read(key, name, node, *edition);
  });
}

} // namespace

void overlay_common(Loading &loading) {
  for (const auto &file : loading.files) {
    if (!file.path.starts_with("catalog.d/") || !file.root.is_map()) continue;
    Overlay overlay;
    overlay.file = &file;
    overlay.root = &file.root;
    Shape shape(file.root, loading.report, "the overlay",
                {"overlay", "edition", "label", "laws", "roles", "settings", "lists", "fields",
                 "labels", "gates", "deadlines", "indicators", "clauses", "outlines",
                 "submission"});
    overlay.id = shape.need_text("overlay");
    if (const Node *edition = shape.need("edition"))
      overlay.edition = read_date(*edition, loading.report, "edition").value_or(Date());
    loading.overlays.push_back(std::move(overlay));
  }
  std::stable_sort(loading.overlays.begin(), loading.overlays.end(),
                   [](const Overlay &a, const Overlay &b) { return a.edition < b.edition; });
  for (const auto &overlay : loading.overlays) {
    each_entry(loading, overlay, "laws", [&](const Node &key, const Node &node) {
      Shape shape(node, loading.report, "a law", {"name", "number", "in_force", "note"});
      if (!shape.good()) return;
      Law law;
      law.id = key.text;
      if (const Node *name = shape.need("name"))
        law.name = name->is_text() ? Words{std::string(name->text), {}}
                                   : read_words(*name, loading.report, "name");
      law.number = shape.text("number");
      law.in_force = shape.text("in_force");
      law.note = shape.text("note");
      if (!loading.catalog.laws.emplace(law.id, law).second)
        loading.report.error(key,
                             fmt::format("refused: the common catalog knows the law {}", key.text));
    });
    each_entry(loading, overlay, "roles", [&](const Node &key, const Node &node) {
      if (!key.text.starts_with("x_")) {
        loading.report.error(key, "a county's role begins with x_");
        return;
      }
      loading.catalog.roles.emplace(key.text, read_words(node, loading.report, "the role's name"));
    });
    overlay_settings(loading, overlay, overlay.edition);
    each_entry(loading, overlay, "lists", [&](const Node &key, const Node &node) {
      auto found = loading.catalog.lists.find(key.text);
      if (found == loading.catalog.lists.end()) {
        std::vector<std::string> known;
        for (const auto &[id, list] : loading.catalog.lists) known.push_back(id);
        loading.report.unknown(key, "list", key.text, known);
        return;
      }
      read_codes(loading, node, found->second, true);
    });
  }
}

void overlay_fields(Loading &loading) {
  for (const auto &overlay : loading.overlays) {
    overlay_extra_fields(loading, overlay);
    overlay_labels(loading, overlay);
  }
}

void overlay_rest(Loading &loading) {
  for (const auto &overlay : loading.overlays) {
    overlay_gates(loading, overlay, overlay.edition);
    overlay_deadlines(loading, overlay, overlay.edition);
  }
  for (const auto &overlay : loading.overlays) {
    overlay_named(loading, overlay, "indicators", "an indicator",
                  [&](auto &key, auto &name, auto &node, auto edition) {
                    read_indicator(loading, key, name, node, edition, -1);
                  });
    overlay_named(loading, overlay, "clauses", "a clause",
                  [&](auto &key, auto &name, auto &node, auto edition) {
                    read_clause(loading, key, name, node, edition);
                  });
    each_entry(loading, overlay, "outlines", [&](const Node &key, const Node &node) {
      if (!key.text.starts_with("x_")) {
        loading.report.error(key, "refused: a county's outline begins with x_");
        return;
      }
      read_outline(loading, node, key.text);
    });
  }
}

} // namespace yifa::catalog
