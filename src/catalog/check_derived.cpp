#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

/// Which derived fields a derived field reads, on its own record, its parts and linked records.
/// Without a circle a change spreads in finitely many steps, whatever the records are linked to.
class DerivedGraph {
public:
  explicit DerivedGraph(Loading &loading) : loading_(loading) {}
  void run();

private:
  using Key = std::pair<std::string, int>; ///< type, field index

  void read(const Predicate &predicate, const RecordType &type, bool inside_part,
            std::set<Key> &out) const;
  void use(const FieldRef &ref, const RecordType &type, bool inside_part, const RecordType *owner,
           std::set<Key> &out) const;
  bool circle(const Key &from, std::vector<Key> &path, std::set<Key> &done);

  Loading &loading_;
  std::map<Key, std::set<Key>> reads_;
};

void DerivedGraph::use(const FieldRef &ref, const RecordType &type, bool inside_part,
                       const RecordType *owner, std::set<Key> &out) const {
  const RecordType *in = ref.kind == FieldRef::Kind::Owner ? owner : &type;
  if (!in || (inside_part && ref.kind == FieldRef::Kind::Field))
    return; // parts and lines derive nothing
  if (ref.kind != FieldRef::Kind::Field && ref.kind != FieldRef::Kind::Owner) return;
  if (ref.index < 0 || static_cast<std::size_t>(ref.index) >= in->fields.size()) return;
  if (in->fields[static_cast<std::size_t>(ref.index)].derive) out.insert({in->id, ref.index});
}

void DerivedGraph::read(const Predicate &predicate, const RecordType &type, bool inside_part,
                        std::set<Key> &out) const {
  for (const auto &child : predicate.children) {
    const RecordType *inner = &type;
    bool part = inside_part;
    bool quantifier =
        predicate.kind == Predicate::Kind::Some || predicate.kind == Predicate::Kind::Every ||
        predicate.kind == Predicate::Kind::NoneOf || predicate.kind == Predicate::Kind::Last;
    if (quantifier) {
      part = predicate.subject.type.empty();
      if (!part) inner = loading_.catalog.type(predicate.subject.type);
    }
    if (inner) read(child, *inner, part, out);
    // Owner references inside are the outer record's.
    std::vector<const Predicate *> open = {&child};
    while (quantifier && !open.empty()) {
      const Predicate *one = open.back();
      open.pop_back();
      for (const auto &next : one->children) open.push_back(&next);
      if (one->kind != Predicate::Kind::Compare) continue;
      use(one->field, type, true, &type, out);
      for (const auto *operands : {&one->any_of, &one->has, &one->none_of})
        for (const auto &operand : *operands) use(operand.same, type, true, &type, out);
      if (one->min) use(one->min->same, type, true, &type, out);
      if (one->max) use(one->max->same, type, true, &type, out);
    }
  }
  if (predicate.kind != Predicate::Kind::Compare) return;
  use(predicate.field, type, inside_part, nullptr, out);
  for (const auto *operands : {&predicate.any_of, &predicate.has, &predicate.none_of})
    for (const auto &operand : *operands) use(operand.same, type, inside_part, nullptr, out);
  if (predicate.min) use(predicate.min->same, type, inside_part, nullptr, out);
  if (predicate.max) use(predicate.max->same, type, inside_part, nullptr, out);
}

bool DerivedGraph::circle(const Key &from, std::vector<Key> &path, std::set<Key> &done) {
  if (done.count(from)) return false;
  auto open = std::find(path.begin(), path.end(), from);
  if (open != path.end()) {
    path.erase(path.begin(), open);
    return true;
  }
  path.push_back(from);
  for (const auto &next : reads_[from])
    if (circle(next, path, done)) return true;
  path.pop_back();
  done.insert(from);
  return false;
}

void DerivedGraph::run() {
  for (std::size_t e = 0; e < loading_.catalog.editions.size(); ++e) {
    const RecordType &type = loading_.catalog.editions[e];
    for (std::size_t f = 0; f < type.fields.size(); ++f) {
      if (!type.fields[f].derive) continue;
      const auto &derive = *type.fields[f].derive;
      auto &out = reads_[{type.id, static_cast<int>(f)}];
      read(derive.when, type, false, out);
      for (const auto &one : derive.cases) read(one.when, type, false, out);
      use(derive.highest_of, type, false, nullptr, out);
    }
  }
  std::set<Key> done;
  for (const auto &[key, targets] : reads_) {
    std::vector<Key> path;
    if (!circle(key, path, done)) continue;
    std::string names;
    for (const auto &[type, field] : path) {
      const RecordType *in = loading_.catalog.type(type);
      names += fmt::format("{}.{} → ", type, in->fields[static_cast<std::size_t>(field)].id);
      done.insert({type, field});
    }
    const auto &[first_type, first_field] = path.front();
    const RecordType *in = loading_.catalog.type(first_type);
    const auto &name = in->fields[static_cast<std::size_t>(first_field)].id;
    names += fmt::format("{}.{}", first_type, name);
    for (std::size_t e = 0; e < loading_.sources.size(); ++e) {
      if (&loading_.catalog.editions[e] != in) continue;
      const Node *derived = loading_.sources[e].root->find("derive");
      const Node *at = derived ? derived->find(name) : nullptr;
      loading_.report.error(at ? *at : *loading_.sources[e].root,
                            fmt::format("derived fields read each other in a circle: {}", names));
    }
  }
}

} // namespace

void check_derived(Loading &loading) { DerivedGraph(loading).run(); }

} // namespace yifa::catalog
