#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

bool has(const std::vector<std::string> &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether a step that is written with its `from` leads from one state to the other.
bool leads(const RecordType &type, const std::string &from, const std::string &to) {
  return std::any_of(type.transitions.begin() + 1, type.transitions.end(),
                     [&](const Transition &step) { return step.to == to && has(step.from, from); });
}

} // namespace

void read_course(Loading &loading, std::size_t edition) {
  auto &report = loading.report;
  RecordType &type = loading.catalog.editions[edition];
  const Node *node = loading.sources[edition].root->find("course");
  if (!node || node->is_null() || loading.sources[edition].broken) return;
  for (const Node *one : read_texts(*node, report, "course")) {
    const std::string name(one->text);
    const auto *state = type.state(name);
    if (!state)
      report.error(*one, fmt::format("the type has no state \"{}\"", name));
    else if (has(type.course, name))
      report.error(*one, fmt::format("\"{}\" stands twice in `course`", name));
    else if (type.course.empty() && name != type.open().to)
      report.error(*one, fmt::format("`course` begins with the state of a new record, \"{}\"",
                                     type.open().to));
    else if (!type.course.empty() && !leads(type, type.course.back(), name))
      report.error(
          *one, fmt::format("no transition leads from \"{}\" to \"{}\"", type.course.back(), name));
    else
      type.course.push_back(name);
  }
}

} // namespace yifa::catalog
