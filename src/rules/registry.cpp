#include "rules/registry.h"

#include "base/text.h"
#include "rules/rules.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::rules {
namespace {

struct Entry {
  std::string_view name;
  procedure::SpecialRule rule;
  std::vector<std::string_view> reads; ///< "field", "part.field", "part.rows.column"
};

const std::vector<Entry> &entries() {
  static const std::vector<Entry> all = {
      {"decision.head_speaks_last",
       head_speaks_last,
       {"discussion.opinions.head", "discussion.opinions.opinion"}},
      {"decision.head_against_majority_states_reason",
       head_states_reason,
       {"discussion.opinions.head", "discussion.opinions.opinion", "discussion.head_reason"}},
      {"penalty.not_heavier_after_defence",
       not_heavier_after_defence,
       {"defence.kind", "proposed", "proposed_fine", "classes", "fine"}},
      {"zero_return.no_record_in_period", no_record_in_period, {"category", "from", "to"}},
      {"report.every_figure_bound", every_figure_bound, {"year", "outline"}},
      {"report.required_parts_present", required_parts_present, {"year", "outline"}},
  };
  return all;
}

const catalog::Field *field_in(const std::vector<catalog::Field> &fields, std::string_view id) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const auto &field) { return field.id == id; });
  return found == fields.end() ? nullptr : &*found;
}

bool has(const catalog::RecordType &type, std::string_view path) {
  const auto words = text::split(std::string(path), '.');
  const auto *fields = &type.fields;
  std::size_t at = 0;
  if (const int part = type.part_index(words[0]); part >= 0) {
    fields = &type.parts[static_cast<std::size_t>(part)].fields;
    at = 1;
  }
  const auto *field = at < words.size() ? field_in(*fields, words[at]) : nullptr;
  if (field == nullptr) return false;
  return at + 1 == words.size() || field_in(field->columns, words[at + 1]) != nullptr;
}

} // namespace

procedure::SpecialRule find(std::string_view name) {
  for (const auto &entry : entries())
    if (entry.name == name) return entry.rule;
  return nullptr;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto &entry : entries()) all.emplace_back(entry.name);
  return all;
}

std::vector<Problem> check(const catalog::Catalog &catalog) {
  std::vector<Problem> problems;
  for (const auto &call : catalog.rules) {
    const auto &name = call.first;
    const auto &gate = call.second;
    const auto entry = std::find_if(entries().begin(), entries().end(),
                                    [&](const auto &each) { return each.name == name; });
    if (entry == entries().end()) continue; // the loader has told
    const auto *type = catalog.type(gate.substr(0, gate.find('.')));
    for (const auto &path : entry->reads)
      if (type != nullptr && !has(*type, path))
        problems.push_back(
            {gate, fmt::format("the rule {} reads {}, which {} lacks", name, path, type->id), "",
             ""});
  }
  return problems;
}

} // namespace yifa::rules
