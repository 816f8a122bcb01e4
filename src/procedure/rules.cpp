#include "procedure/rules.h"

#include "base/text.h"

#include <fmt/format.h>

namespace yifa::procedure {

std::vector<Rule> rules_on(const catalog::Catalog &catalog, Date day) {
  std::vector<Rule> found;
  for (const auto &id : catalog.type_ids()) {
    const auto *type = catalog.edition_on(id, day);
    for (const auto &deadline : type->deadlines) found.push_back({type, nullptr, &deadline});
    for (const auto &part : type->parts)
      for (const auto &deadline : part.deadlines) found.push_back({type, &part, &deadline});
  }
  return found;
}

Result<Rule> find_rule(const catalog::Catalog &catalog, const std::string &id, Date day) {
  std::vector<std::string> names;
  for (const auto &rule : rules_on(catalog, day)) {
    if (rule.deadline->id == id) return rule;
    names.push_back(rule.deadline->id);
  }
  for (const auto &type : catalog.editions) {
    for (const auto &deadline : type.deadlines)
      if (deadline.id == id)
        return not_found(fmt::format("{} stands in the edition of {} and is not in force on {}", id,
                                     type.edition.text(), day.text()));
  }
  auto near = text::nearest(id, names);
  return not_found(fmt::format("there is no time limit \"{}\"{}", id,
                               near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
}

} // namespace yifa::procedure
