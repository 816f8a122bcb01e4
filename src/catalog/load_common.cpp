#include "catalog/loading.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

/// Keys of a map in their order.
template <typename Each>
void each_pair(const Node &node, Report &report, std::string_view what, Each each) {
  if (!node.is_map()) {
    report.error(node, fmt::format("{} must be a map", what));
    return;
  }
  for (std::size_t i = 0; i < node.pairs(); ++i)
    if (!node.value(i).broken()) each(node.key(i), node.value(i));
}

void load_laws(Loading &loading, const Node &root) {
  each_pair(root, loading.report, "laws.yaml", [&](const Node &key, const Node &node) {
    Shape shape(node, loading.report, "a law",
                {"name", "number", "in_force", "until", "seen", "note", "url", "issued", "by"});
    if (!shape.good()) return;
    Law law;
    law.id = key.text;
    if (law.id.find(' ') != std::string::npos)
      loading.report.error(
          key,
          "a law's short name cannot hold a blank: what follows it in `source:` is the article");
    if (const Node *name = shape.need("name"))
      law.name = name->is_text() ? Words{read_text(*name, loading.report, "name"), {}}
                                 : read_words(*name, loading.report, "name");
    law.number = shape.text("number");
    law.in_force = shape.text("in_force");
    law.note = shape.text("note");
    std::string mark;
    law.seen = Certainty::Memory;
    if (const Node *seen = shape.get("seen")) law.seen = read_seen(*seen, loading.report, mark);
    loading.catalog.laws.emplace(law.id, law);
  });
}

void load_roles(Loading &loading, const Node &root) {
  each_pair(root, loading.report, "roles.yaml", [&](const Node &key, const Node &node) {
    check_name(key, loading.report, "a role");
    loading.catalog.roles.emplace(key.text, read_words(node, loading.report, "the role's name"));
  });
}

void load_units(Loading &loading, const Node &root) {
  Shape shape(root, loading.report, "units.yaml", {"families", "single", "summed"});
  if (!shape.good()) return;
  auto take = [&](const Node &at, std::string_view unit) {
    if (!loading.units.emplace(unit).second)
      loading.report.error(at, fmt::format("the measure word {} stands in two families", unit));
  };
  if (const Node *families = shape.get("families"))
    each_pair(*families, loading.report, "families", [&](const Node &, const Node &node) {
      std::vector<std::string> family;
      for (const Node *unit : read_texts(node, loading.report, "a family")) {
        take(*unit, unit->text);
        family.emplace_back(unit->text);
      }
      loading.catalog.unit_families.push_back(std::move(family));
    });
  for (const Node *unit : shape.list("single")) {
    take(*unit, unit->text);
    loading.catalog.unit_families.push_back({std::string(unit->text)});
  }
  if (const Node *summed = shape.get("summed"))
    each_pair(*summed, loading.report, "summed", [&](const Node &key, const Node &node) {
      check_unit(loading, key, key.text);
      auto to = read_text(node, loading.report, "summed");
      check_unit(loading, node, to);
      // What holds of one word of a family holds of all: 名 summed over events is 人次 too.
      for (const auto &family : loading.catalog.unit_families)
        if (std::find(family.begin(), family.end(), key.text) != family.end())
          for (const auto &unit : family) loading.catalog.summed_units.emplace(unit, to);
    });
}

void load_settings(Loading &loading, const Node &root) {
  each_pair(root, loading.report, "settings.yaml", [&](const Node &key, const Node &node) {
    Shape shape(node, loading.report, "a setting",
                {"type", "unit", "default", "delegated", "source", "seen", "label", "help"});
    if (!shape.good()) return;
    Setting setting;
    setting.id = key.text;
    if (const Node *type = shape.need("type")) {
      read_word(*type, loading.report, "type", {"share", "money", "count", "days", "text"});
      setting.type = type->text;
    }
    setting.unit = shape.text("unit");
    if (const Node *unit = shape.get("unit")) check_unit(loading, *unit, setting.unit);
    setting.value = shape.need_text("default");
    setting.delegated = shape.text("delegated");
    if (const Node *level = shape.get("delegated"))
      read_word(*level, loading.report, "delegated", {"province", "county", "township"});
    setting.source = read_source(loading, shape, {}, true);
    if (const Node *label = shape.get("label"))
      setting.label = read_words(*label, loading.report, "label");
    if (const Node *help = shape.get("help"))
      setting.help = read_words(*help, loading.report, "help");
    loading.catalog.settings.emplace(setting.id, setting);
  });
}

void load_phrases(Loading &loading, const Node &node, const std::string &prefix) {
  each_pair(node, loading.report, "phrases.yaml", [&](const Node &key, const Node &value) {
    std::string name =
        prefix.empty() ? std::string(key.text) : prefix + "." + std::string(key.text);
    if (prefix.empty() && key.text == "verbs") {
      each_pair(value, loading.report, "verbs", [&](const Node &group, const Node &words) {
        auto &verbs = loading.catalog.verbs[std::string(group.text)];
        for (const Node *word : read_texts(words, loading.report, "a group of verbs"))
          verbs.emplace_back(word->text);
      });
    } else if (value.is_map()) {
      load_phrases(loading, value, name);
    } else if (value.is_list()) {
      int n = 0;
      for (const Node *item : read_texts(value, loading.report, name))
        loading.catalog.phrases.emplace(fmt::format("{}.{}", name, ++n), item->text);
    } else if (value.is_text()) {
      loading.catalog.phrases.emplace(name, value.text);
    } else {
      loading.catalog.phrases.emplace(name, "");
    }
  });
}

void load_mechanisms(Loading &loading, const Node &root) {
  each_pair(root, loading.report, "mechanisms.yaml", [&](const Node &key, const Node &node) {
    check_name(key, loading.report, "a mechanism");
    std::string zh;
    if (node.is_text()) {
      zh = node.text;
    } else {
      Shape shape(node, loading.report, "a mechanism", {"zh", "en", "group", "note"});
      zh = shape.need_text("zh");
    }
    loading.catalog.mechanisms.emplace_back(key.text, zh);
  });
}

} // namespace

Certainty read_seen(const Node &node, Report &report, std::string &mark) {
  auto seen = node.is_text() ? node.text : std::string_view();
  if (seen == "V") return Certainty::Verified;
  if (seen == "V-ex") return Certainty::Example;
  if (seen == "M") return Certainty::Memory;
  if (seen.substr(0, 2) == "V:" && seen.size() > 2 && seen.size() < 12) {
    mark = seen.substr(2);
    return Certainty::Example;
  }
  report.error(node, "\"seen\" must be V, V-ex, M or V:key");
  return Certainty::Memory;
}

const SourceFile *Loading::file(std::string_view path) const {
  for (const auto &one : files)
    if (one.path == path) return &one;
  return nullptr;
}

void load_common(Loading &loading) {
  auto with = [&](const char *path, bool &has, auto load) {
    const SourceFile *file = loading.file(path);
    if (!file) {
      loading.report.error_in(path, "the catalog lacks this file");
      return;
    }
    has = !file->broken;
    if (!file->root.broken()) load(loading, file->root);
  };
  with("laws.yaml", loading.has_laws, load_laws);
  with("roles.yaml", loading.has_roles, load_roles);
  with("units.yaml", loading.has_units, load_units);
  with("settings.yaml", loading.has_settings, load_settings);
  with("mechanisms.yaml", loading.has_mechanisms, load_mechanisms);
  bool has_phrases = false;
  with("phrases.yaml", has_phrases,
       [](Loading &all, const Node &root) { load_phrases(all, root, {}); });
}

void check_unit(Loading &loading, const Node &at, std::string_view unit) {
  if (!loading.has_units || unit.empty() || loading.units.count(unit)) return;
  std::vector<std::string> known(loading.units.begin(), loading.units.end());
  loading.report.error(at, fmt::format("unknown measure word \"{}\"{}; units.yaml lists them", unit,
                                       did_you_mean(unit, known)));
}

void check_role(Loading &loading, const Node &at, std::string_view role) {
  if (!loading.has_roles || loading.catalog.roles.count(role)) return;
  std::vector<std::string> known;
  for (const auto &[id, words] : loading.catalog.roles) known.push_back(id);
  loading.report.unknown(at, "role", role, known);
}

Source read_source(Loading &loading, const Shape &shape, std::string_view default_law,
                   bool needed) {
  Source out;
  if (const Node *seen = shape.get("seen")) out.seen = read_seen(*seen, loading.report, out.mark);
  const Node *node = needed ? shape.need("source") : shape.get("source");
  if (!node) return out;
  bool first = true;
  for (const Node *one : read_texts(*node, loading.report, "source")) {
    auto text = one->text;
    std::string law;
    std::string article;
    if (auto blank = text.find(' '); blank != std::string_view::npos) {
      law = text.substr(0, blank);
      article = text.substr(blank + 1);
    } else if (text.substr(0, 3) == "第" && (loading.catalog.laws.count(text) == 0)) {
      law = default_law;
      article = text;
    } else {
      law = text;
    }
    if (law.empty() && !article.empty()) loading.report.error(*one, "an article without its law");
    if (loading.has_laws && !law.empty() && !loading.catalog.laws.count(law)) {
      std::vector<std::string> known;
      for (const auto &[id, entry] : loading.catalog.laws) known.push_back(id);
      loading.report.unknown(*one, "law", law, known);
    }
    if (first) {
      out.law = law;
      out.article = article;
      first = false;
    } else {
      out.also += (out.also.empty() ? "" : "；") + std::string(text);
    }
  }
  return out;
}

void read_codes(Loading &loading, const Node &node, CodeList &list, bool overlay) {
  if (!node.is_map()) {
    loading.report.error(node, "a list must be a map of codes");
    return;
  }
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    const Node &key = node.key(i);
    const Node &value = node.value(i);
    if (value.broken()) continue;
    CodeWord word;
    word.code = key.text;
    bool named = !word.code.empty() && word.code.size() <= 48 && word.code[0] >= 'a' &&
                 word.code[0] <= 'z' && std::all_of(word.code.begin(), word.code.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                 });
    if (!named) {
      loading.report.error(
          key, fmt::format("\"{}\" cannot be a code: codes are made of a-z, 0-9 and _", word.code));
      continue;
    }
    bool extra = word.code.substr(0, 2) == "x_";
    if (extra != overlay)
      loading.report.error(key, overlay ? "a county's code begins with x_"
                                        : "codes with x_ belong to a county's overlay");
    if (looks_like_words(value)) {
      word.label = read_words(value, loading.report, "the code's label");
    } else {
      Shape shape(value, loading.report, "a code",
                  {"label", "phrase", "unit", "under", "set", "from", "to", "was"});
      if (!shape.good()) continue;
      if (const Node *label = shape.need("label"))
        word.label = read_words(*label, loading.report, "label");
      word.phrase = shape.text("phrase");
      word.unit = shape.text("unit");
      if (const Node *unit = shape.get("unit")) check_unit(loading, *unit, word.unit);
      word.under = shape.text("under");
      word.set = shape.text("set");
      word.was = shape.text("was");
      if (const Node *from = shape.get("from"))
        word.from = read_date(*from, loading.report, "from");
      if (const Node *to = shape.get("to")) word.to = read_date(*to, loading.report, "to");
      if (word.from && word.to && *word.to <= *word.from)
        loading.report.error(*shape.get("to"), "the code ends before it begins");
      if (!word.under.empty()) {
        // Circles and codes written below are looked for when the list is complete; here only what
        // cannot be.
        const Node *under = shape.get("under");
        std::vector<std::string> known;
        for (std::size_t j = 0; j < node.pairs(); ++j) known.emplace_back(node.key(j).text);
        for (const auto &have : list.codes) known.push_back(have.code);
        if (std::find(known.begin(), known.end(), word.under) == known.end())
          loading.report.unknown(*under, "code", word.under, known);
        else if (word.under == word.code)
          loading.report.error(*under, "a code under itself");
      }
    }
    if (overlay && !value.find("under"))
      loading.report.error(key, "a county's code must say `under`, so that sums still meet");
    if (!list.find(word.code)) list.codes.push_back(std::move(word));
  }
  for (auto &word : list.codes) {
    auto at = word.under;
    for (std::size_t steps = 0; !at.empty(); ++steps) {
      const CodeWord *above = list.find(at);
      if (!above) break;
      if (steps > list.codes.size()) {
        const Node *said = &node;
        for (std::size_t i = 0; i < node.pairs(); ++i)
          if (node.key(i).text == word.code) said = &node.key(i);
        if (word.under != word.code)
          loading.report.error(*said,
                               fmt::format("\"{}\" stands under itself, by a circle", word.code));
        word.under.clear();
        break;
      }
      at = above->under;
    }
  }
}

void load_lists(Loading &loading) {
  for (const auto &file : loading.files) {
    if (!file.path.starts_with("lists/") || file.root.broken()) continue;
    if (file.root.is_null()) continue;
    if (!file.root.is_map()) {
      loading.report.error(file.root, "a file of lists must be a map from list to codes");
      continue;
    }
    for (std::size_t i = 0; i < file.root.pairs(); ++i) {
      const Node &key = file.root.key(i);
      if (file.root.value(i).broken()) continue;
      check_name(key, loading.report, "a list");
      auto [at, fresh] = loading.catalog.lists.try_emplace(std::string(key.text));
      if (!fresh) {
        loading.report.error(key, fmt::format("the list \"{}\" is declared twice", key.text));
        continue;
      }
      at->second.id = key.text;
      read_codes(loading, file.root.value(i), at->second);
      if (at->second.codes.empty() && !file.broken)
        loading.report.error(key, "a list without codes");
    }
  }
}

} // namespace yifa::catalog
