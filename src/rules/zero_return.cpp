#include "rules/reading.h"
#include "rules/rules.h"

#include "base/text.h"

namespace yifa::rules {

std::optional<Lack> no_record_in_period(const Place &zero_return, const Facts &facts) {
  const auto from = record::day_in(value_at(zero_return, "from"));
  const auto to = record::day_in(value_at(zero_return, "to"));
  const auto *categories = value_at(zero_return, "category").get<std::vector<catalog::Value>>();
  if (!from || !to || *to < *from || categories == nullptr || !facts.counted)
    return Lack{"", "", true};
  std::vector<std::string> found;
  for (const auto &category : *categories)
    if (const auto *code = category.get<catalog::Code>())
      for (auto &each : facts.counted(code->text, {*from, to->plus_days(1)}))
        found.push_back(std::move(each));
  if (found.empty()) return std::nullopt;
  return Lack{"category", "the records of the period say otherwise: " + text::join(found, ", ")};
}

} // namespace yifa::rules
