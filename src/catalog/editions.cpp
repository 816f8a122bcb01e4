#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

/// Several editions of one type share their tables: fields and parts of all of them in one order,
/// those an edition does not know marked absent. Links are turned round here, since both need every
/// type declared.
namespace yifa::catalog {
namespace {

/// `like: type.part`: the fields and the day of another type's part; its gates are read again for
/// this one.
void copy_parts(Loading &loading) {
  auto &editions = loading.catalog.editions;
  for (std::size_t e = 0; e < editions.size(); ++e) {
    const Node *parts = loading.sources[e].root->find("parts");
    for (auto &part : editions[e].parts) {
      const Node *node = parts ? parts->find(part.id) : nullptr;
      const Node *like = node ? node->find("like") : nullptr;
      if (!like) continue;
      auto name = read_text(*like, loading.report, "like");
      auto dot = name.find('.');
      const RecordType *from =
          dot == std::string::npos ? nullptr : loading.catalog.type(name.substr(0, dot));
      int at = from ? from->part_index(name.substr(dot + 1)) : -1;
      if (at < 0) {
        std::vector<std::string> known;
        for (const auto &type : editions)
          for (const auto &one : type.parts) known.push_back(type.id + "." + one.id);
        loading.report.unknown(*like, "part", name, known);
        continue;
      }
      const Part &model = from->parts[static_cast<std::size_t>(at)];
      if (&model == &part) continue;
      auto own = std::move(part.fields);
      part.fields = model.fields;
      for (auto &field : own) part.fields.push_back(std::move(field));
      if (part.label.zh.empty()) part.label = model.label;
      if (part.access.empty()) part.access = model.access;
    }
  }
}

/// Fields of all editions in one order: the newest edition's, then what only older ones had.
void join_fields(const std::vector<std::vector<Field> *> &newest_first) {
  std::vector<std::string> order;
  std::map<std::string, const Field *> any;
  for (const auto *fields : newest_first)
    for (const auto &field : *fields)
      if (any.try_emplace(field.id, &field).second) order.push_back(field.id);
  std::vector<std::vector<Field>> joined;
  for (const auto *fields : newest_first) {
    std::vector<Field> out;
    for (const auto &id : order) {
      auto own =
          std::find_if(fields->begin(), fields->end(), [&](const Field &f) { return f.id == id; });
      if (own != fields->end()) {
        out.push_back(*own);
      } else {
        out.push_back(*any[id]);
        out.back().absent = true;
        out.back().required = false;
      }
    }
    joined.push_back(std::move(out));
  }
  for (std::size_t i = 0; i < newest_first.size(); ++i) *newest_first[i] = std::move(joined[i]);
  // Rows lines have one shape as well.
  if (newest_first.size() < 2) return;
  for (std::size_t f = 0; f < newest_first[0]->size(); ++f) {
    std::vector<std::vector<Field> *> columns;
    bool rows = true;
    for (auto *fields : newest_first) {
      rows = rows && (*fields)[f].type == FieldType::Rows;
      columns.push_back(&(*fields)[f].columns);
    }
    if (rows) join_fields(columns);
  }
}

void check_same_types(Loading &loading, const std::vector<RecordType *> &newest_first) {
  for (std::size_t e = 1; e < newest_first.size(); ++e)
    for (std::size_t f = 0; f < newest_first[e]->fields.size(); ++f) {
      const Field &now = newest_first[0]->fields[f];
      const Field &then = newest_first[e]->fields[f];
      if (now.type == then.type && now.many == then.many) continue;
      const auto &source =
          loading
              .sources[static_cast<std::size_t>(newest_first[e] - loading.catalog.editions.data())];
      const Node *fields = source.root->find(then.derive ? "derive" : "fields");
      const Node *at = fields ? fields->find(then.id) : nullptr;
      if (at)
        loading.report.error(
            *at,
            fmt::format("\"{}\" is {}{} in the edition of {} and {}{} here; a field keeps its type",
                        now.id, now.many ? "many " : "", to_string(now.type),
                        newest_first[0]->edition.text(), then.many ? "many " : "",
                        to_string(then.type)));
    }
}

/// Types in the order of their files, the editions of one type from the oldest on.
void order_editions(Loading &loading) {
  auto &catalog = loading.catalog;
  std::map<std::string, std::size_t> first;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < catalog.editions.size(); ++i) {
    first.try_emplace(catalog.editions[i].id, i);
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto &x = catalog.editions[a];
    const auto &y = catalog.editions[b];
    return std::pair(first[x.id], x.edition) < std::pair(first[y.id], y.edition);
  });
  std::vector<RecordType> editions;
  std::vector<TypeSource> sources;
  for (auto at : order) {
    editions.push_back(std::move(catalog.editions[at]));
    sources.push_back(loading.sources[at]);
  }
  catalog.editions = std::move(editions);
  loading.sources = std::move(sources);
  catalog.index();
}

using Places =
    std::map<std::string, std::vector<std::size_t>>; ///< by type id, the newest edition first

void check_folders(Loading &loading, const std::string &id,
                   const std::vector<std::size_t> &places) {
  const auto &editions = loading.catalog.editions;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto &source = loading.sources[places[i]];
    const RecordType &type = editions[places[i]];
    if (i > 0 && editions[places[i - 1]].edition == type.edition)
      loading.report.error(*source.root,
                           fmt::format("the edition {} of {} stands in {} too", type.edition.text(),
                                       id, editions[places[i - 1]].file));
    if (i == 0 && source.past)
      loading.report.error(*source.root,
                           "the newest edition of a type stands in institutions/, not in past/");
    if (i > 0 && !source.past)
      loading.report.error(*source.root,
                           fmt::format("{} has a newer edition; this one belongs in past/", id));
  }
}

/// Parts of all editions in one order, as the fields.
void join_parts(const std::vector<RecordType *> &newest_first) {
  std::vector<std::string> order;
  std::map<std::string, Part> any;
  for (const auto *type : newest_first)
    for (const auto &part : type->parts)
      if (any.try_emplace(part.id, part).second) order.push_back(part.id);
  for (auto *type : newest_first) {
    std::vector<Part> parts;
    for (const auto &name : order) {
      int at = type->part_index(name);
      parts.push_back(at >= 0 ? type->parts[static_cast<std::size_t>(at)] : any[name]);
      parts.back().absent = at < 0;
    }
    type->parts = std::move(parts);
  }
  for (std::size_t p = 0; p < order.size(); ++p) {
    std::vector<std::vector<Field> *> fields;
    for (auto *type : newest_first) fields.push_back(&type->parts[p].fields);
    join_fields(fields);
  }
}

/// Every type a link leads to exists. `map` is the YAML of the fields.
void check_targets(Loading &loading, const std::vector<Field> &fields, const Node *map) {
  for (const auto &field : fields) {
    const Node *at = map ? map->find(field.id) : nullptr;
    if (!at || field.absent) continue;
    if (field.type == FieldType::Rows) check_targets(loading, field.columns, at->find("columns"));
    for (const auto &target : field.to)
      if (!loading.catalog.type(target) && at->find("to"))
        loading.report.unknown(*at->find("to"), "type", target, loading.type_names());
  }
}

/// The other direction of a link, known to the type at its end. The present edition names it.
void turn_link(Loading &loading, const std::string &id, const Field &field, const Node *at,
               std::map<std::string, std::vector<Backlink>> &backs) {
  if (field.acyclic && at && at->find("acyclic") &&
      std::find(field.to.begin(), field.to.end(), id) == field.to.end())
    loading.report.error(*at->find("acyclic"), "`acyclic` goes with a link to the same type");
  if (field.back.empty()) return;
  for (const auto &target : field.to) {
    const RecordType *other = loading.catalog.type(target);
    if (!other) continue;
    auto &there = backs[target];
    auto have = std::find_if(there.begin(), there.end(),
                             [&](const Backlink &b) { return b.name == field.back; });
    bool clash =
        have != there.end() || other->field(field.back) || other->part_index(field.back) >= 0;
    if (!clash) {
      there.push_back({field.back, id, field.id});
    } else if (at && at->find("back")) {
      auto whose = have != there.end() ? fmt::format(" (from {}.{})", have->type, have->field)
                                       : std::string();
      loading.report.error(*at->find("back"), fmt::format("\"{}\" is already a name of {}{}",
                                                          field.back, target, whose));
    }
  }
}

void turn_links(Loading &loading, const Places &by_id) {
  std::map<std::string, std::vector<Backlink>> backs;
  for (const auto &[id, places] : by_id) {
    for (auto place : places) {
      const Node &root = *loading.sources[place].root;
      const RecordType &type = loading.catalog.editions[place];
      check_targets(loading, type.fields, root.find("fields"));
      const Node *parts = root.find("parts");
      for (const auto &part : type.parts)
        if (const Node *node = parts ? parts->find(part.id) : nullptr)
          check_targets(loading, part.fields, node->find("fields"));
    }
    const Node *fields = loading.sources[places.front()].root->find("fields");
    for (const auto &field : loading.catalog.editions[places.front()].fields)
      if (field.type == FieldType::Link)
        turn_link(loading, id, field, fields ? fields->find(field.id) : nullptr, backs);
  }
  for (auto &type : loading.catalog.editions) type.backs = backs[type.id];
}

} // namespace

void join_editions(Loading &loading) {
  auto &editions = loading.catalog.editions;
  order_editions(loading);
  copy_parts(loading);
  Places by_id;
  for (std::size_t i = 0; i < editions.size(); ++i) by_id[editions[i].id].push_back(i);
  for (auto &[id, places] : by_id) {
    std::reverse(places.begin(), places.end());
    check_folders(loading, id, places);
    if (places.size() < 2) continue;
    std::vector<RecordType *> types;
    std::vector<std::vector<Field> *> fields;
    for (auto at : places) {
      types.push_back(&editions[at]);
      fields.push_back(&editions[at].fields);
    }
    join_fields(fields);
    check_same_types(loading, types);
    join_parts(types);
  }
  turn_links(loading, by_id);
}

} // namespace yifa::catalog
