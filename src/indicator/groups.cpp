#include "indicator/groups.h"
#include "indicator/indicator_fields.h"

#include <algorithm>

namespace yifa::indicator {
namespace {

struct Ranked {
  record::Figure::Group group;
  int rank = 0;
};

} // namespace

std::vector<record::Figure::Group> labelled(const catalog::Catalog &catalog,
                                            const catalog::Indicator &indicator,
                                            const catalog::Dimension &dimension,
                                            const std::map<std::string_view, std::int64_t> &values,
                                            const Evidence &evidence) {
  const auto *type = catalog.type(indicator.type);
  const auto *field = type ? field_of(dimension.field, *type, indicator.part) : nullptr;
  const auto *list = field ? catalog.list(field->list) : nullptr;
  std::vector<Ranked> ranked;
  ranked.reserve(values.size());
  for (const auto &[written, value] : values) {
    std::string code(written);
    record::Figure::Group group;
    group.dimension = dimension.id;
    group.code = code;
    group.label = code;
    group.unit = indicator.money ? "元" : indicator.unit;
    group.value = value;
    const auto *word = list ? list->find(code) : nullptr;
    if (word) {
      group.label = word->label.zh;
      group.phrase = word->phrase;
      if (indicator.unit_of == dimension.id && !word->unit.empty()) group.unit = word->unit;
    } else if (field && field->type == catalog::FieldType::Flag) {
      group.label = code == "true" ? "是" : "否";
    } else if (dimension.field.kind == catalog::FieldRef::Kind::State && type &&
               type->state(code)) {
      group.label = type->state(code)->label.zh;
    } else if (!list && evidence.name_of) {
      if (auto name = evidence.name_of(dimension, code); !name.empty())
        group.label = std::move(name);
    }
    if (group.phrase.empty()) group.phrase = group.label;
    int rank = list ? list->rank(code) : 0;
    ranked.push_back({std::move(group), rank < 0 ? INT32_MAX : rank});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) {
    return a.group.value != b.group.value ? a.group.value > b.group.value : a.rank < b.rank;
  });
  std::vector<record::Figure::Group> out;
  out.reserve(ranked.size());
  for (auto &one : ranked) out.push_back(std::move(one.group));
  return out;
}

} // namespace yifa::indicator
