#include "catalog/model.h"

#include <algorithm>

namespace yifa::catalog {
namespace {

template <typename T> int place_of(const std::vector<T> &all, std::string_view id) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].id == id) return static_cast<int>(i);
  return -1;
}
template <typename T> const T *find_in(const std::vector<T> &all, std::string_view id) {
  int at = place_of(all, id);
  return at < 0 ? nullptr : &all[static_cast<std::size_t>(at)];
}

} // namespace

const CodeWord *CodeList::find(std::string_view code) const {
  for (const auto &word : codes)
    if (word.code == code) return &word;
  return nullptr;
}

int CodeList::rank(std::string_view code) const {
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (codes[i].code == code) return static_cast<int>(i);
  return -1;
}

const std::string &CodeList::top(const std::string &code) const {
  const std::string *at = &code;
  for (std::size_t steps = 0; steps <= codes.size();
       ++steps) { // the loader refuses circles; an end all the same
    const CodeWord *word = find(*at);
    if (!word || word->under.empty()) return *at;
    at = &word->under;
  }
  return code;
}

std::string_view to_string(FieldType type) {
  static constexpr std::string_view names[] = {"text",  "code", "count",  "number",
                                               "money", "date", "moment", "flag",
                                               "org",   "link", "file",   "rows"};
  return names[static_cast<std::size_t>(type)];
}

const std::string &Setting::on(Date day) const {
  const std::string *found = &value;
  for (const auto &one : later)
    if (one.from <= day) found = &one.value;
  return *found;
}

int Part::field_index(std::string_view name) const { return place_of(fields, name); }

const Dimension *Indicator::dimension(std::string_view name) const {
  if (const Dimension *whole = find_in(by, name)) return whole;
  const Dimension *found = nullptr;
  for (const auto &one : by) {
    auto dot = one.id.find('.');
    if (dot == std::string::npos || std::string_view(one.id).substr(dot + 1) != name) continue;
    if (found) return nullptr;
    found = &one;
  }
  return found;
}

int RecordType::field_index(std::string_view name) const { return place_of(fields, name); }
const Field *RecordType::field(std::string_view name) const { return find_in(fields, name); }
int RecordType::part_index(std::string_view name) const { return place_of(parts, name); }
const State *RecordType::state(std::string_view name) const { return find_in(states, name); }
const Transition *RecordType::transition(std::string_view name) const {
  return find_in(transitions, name);
}

void Catalog::index() {
  types_.clear();
  indicators_.clear();
  type_order_.clear();
  for (std::size_t i = 0; i < editions.size(); ++i) {
    auto [at, fresh] = types_.try_emplace(editions[i].id);
    at->second.push_back(i);
    if (fresh) type_order_.push_back(editions[i].id);
  }
  for (auto &[id, places] : types_)
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return editions[a].edition < editions[b].edition;
    });
  for (std::size_t i = 0; i < indicators.size(); ++i) indicators_.try_emplace(indicators[i].id, i);
}

std::vector<std::string> Catalog::type_ids() const { return type_order_; }

const RecordType *Catalog::type(std::string_view id) const {
  auto at = types_.find(id);
  return at == types_.end() ? nullptr : &editions[at->second.back()];
}

const RecordType *Catalog::edition_on(std::string_view id, Date day) const {
  auto at = types_.find(id);
  if (at == types_.end()) return nullptr;
  const RecordType *found = &editions[at->second.front()];
  for (auto place : at->second)
    if (editions[place].edition <= day) found = &editions[place];
  return found;
}

const Indicator *Catalog::indicator(std::string_view id) const {
  auto at = indicators_.find(id);
  return at == indicators_.end() ? nullptr : &indicators[at->second];
}

const Outline *Catalog::outline(std::string_view id) const { return find_in(outlines, id); }

const CodeList *Catalog::list(std::string_view id) const {
  auto at = lists.find(id);
  return at == lists.end() ? nullptr : &at->second;
}

bool Catalog::same_family(std::string_view unit_a, std::string_view unit_b) const {
  if (unit_a == unit_b) return true;
  return std::any_of(unit_families.begin(), unit_families.end(), [&](const auto &family) {
    auto has = [&](std::string_view unit) {
      return std::find(family.begin(), family.end(), unit) != family.end();
    };
    return has(unit_a) && has(unit_b);
  });
}

std::string_view Catalog::phrase(std::string_view key) const {
  auto at = phrases.find(key);
  return at == phrases.end() ? std::string_view() : std::string_view(at->second);
}

} // namespace yifa::catalog
