#include "indicator/members.h"
#include "indicator/indicator_fields.h"

#include "base/quantity.h"

namespace yifa::indicator {

Share share(const catalog::Catalog &catalog, const catalog::Indicator &leaf,
            const catalog::RecordType &type, const record::Record &record, const Period &period,
            const record::Surroundings &around, std::string_view by) {
  Share out;
  auto raise = [](std::int64_t &sum, std::int64_t value) {
    sum = checked_add(sum, value).value_or(INT64_MAX);
  };
  std::size_t dimension = 0;
  while (dimension < leaf.by.size() && leaf.by[dimension].id != by) ++dimension;
  for (const auto &item : items(catalog, leaf, type, record, around)) {
    if (!item.counts_in(period)) continue;
    out.belongs = true;
    bool distinct = leaf.way == catalog::Indicator::Way::Distinct;
    if (!distinct) raise(out.value, item.value);
    if (dimension < item.groups.size()) {
      for (const auto &group : item.groups[dimension])
        raise(out.keys[group], distinct ? static_cast<std::int64_t>(item.keys.size()) : item.value);
    } else {
      for (const auto &key : item.keys) out.keys.try_emplace(key, 1);
    }
  }
  return out;
}

const catalog::Dimension *village_dimension(const catalog::Catalog &catalog,
                                            const catalog::Indicator &base) {
  const auto *type = catalog.type(base.type);
  if (!type) return nullptr;
  for (const auto &dimension : base.by) {
    const auto *field = field_of(dimension.field, *type, base.part);
    if (field && field->type == catalog::FieldType::Org && field->level == OrgLevel::Village)
      return &dimension;
  }
  return nullptr;
}

} // namespace yifa::indicator
