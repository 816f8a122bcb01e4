#include "rules/reading.h"
#include "rules/rules.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::rules {
namespace {

/// The highest rank among the codes of a field; -1 when it holds none.
int highest(const Place &place, std::string_view field, const Facts &facts) {
  const auto *form = field_at(place, field);
  const auto *list = form == nullptr ? nullptr : facts.around.catalog->list(form->list);
  const auto *many = value_at(place, field).get<std::vector<catalog::Value>>();
  int rank = -1;
  if (list == nullptr || many == nullptr) return rank;
  for (const auto &each : *many)
    if (const auto *code = each.get<catalog::Code>()) rank = std::max(rank, list->rank(code->text));
  return rank;
}

bool defended(const Place &penalty) {
  const int kind = penalty.type.part_index("defence");
  if (kind < 0) return false;
  for (const auto &part : penalty.record.parts) {
    if (part.part != kind || part.withdrawn) continue;
    const Place place{penalty.type, penalty.record, &part, -1, nullptr};
    const auto *code = value_at(place, "kind").get<catalog::Code>();
    if (code != nullptr && code->text == "statement") return true;
  }
  return false;
}

} // namespace

std::optional<Lack> not_heavier_after_defence(const Place &penalty, const Facts &facts) {
  if (!defended(penalty)) return std::nullopt;
  const int told = highest(penalty, "proposed", facts);
  const int taken = highest(penalty, "classes", facts);
  if (told >= 0 && taken > told)
    return Lack{"classes", "a heavier class than the one the party was told of before his defence"};
  const auto *told_fine = value_at(penalty, "proposed_fine").get<Money>();
  const auto *fine = value_at(penalty, "fine").get<Money>();
  if (fine != nullptr && told >= 0 && *fine > (told_fine != nullptr ? *told_fine : Money()))
    return Lack{"fine", fmt::format("a larger fine than the {} yuan the party was told of before "
                                    "his defence",
                                    told_fine != nullptr ? told_fine->text() : "0")};
  return std::nullopt;
}

} // namespace yifa::rules
