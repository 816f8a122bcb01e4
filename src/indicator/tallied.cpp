#include "indicator/tallied.h"
#include "indicator/cut.h"
#include "indicator/indicator_fields.h"
#include "indicator/tally_group.h"

#include "base/quantity.h"

#include <algorithm>
#include <charconv>

namespace yifa::indicator {
namespace {

void raise(std::int64_t &sum, std::int64_t by) {
  sum = checked_add(sum, by).value_or(sum < 0 ? INT64_MIN : INT64_MAX);
}

void drop_zeros(Sums &sums) {
  std::erase_if(sums, [](const auto &entry) { return entry.second == 0; });
}

} // namespace

Tallies::Tallies(const catalog::Catalog &catalog, const Request &request, const Evidence &evidence)
    : request_(request), cut_(cut_of(request.period)),
      offices_(evidence.offices.begin(), evidence.offices.end()) {
  months_ = cut_.pieces.size();
  if (cut_.months)
    months_ +=
        static_cast<std::size_t>(cut_.months->second.index() - cut_.months->first.index() + 1);
  if (offices_.empty() && !above_townships(request.org)) offices_.insert(request.org);

  for (const auto &row : evidence.rows) {
    if (row.value == 0) continue;
    if (row.indicator == zero_returns) {
      // Without its month a row says nothing about which part of the period is covered.
      if (row.month.index() != 0 && row.value > 0)
        confirmed_[row.group][office_of(row.org)].insert(row.month);
      continue;
    }
    rows_[row.indicator].push_back(&row);
  }
  for (const auto &indicator : catalog.indicators) {
    auto at = rows_.find(indicator.id);
    if (at == rows_.end()) continue;
    auto &present = present_[{indicator.type, indicator.stock}];
    const OrgCode *seen = nullptr; // rows of one office mostly stand together
    for (const auto *row : at->second) {
      if (seen && *seen == row->org) continue;
      seen = &row->org;
      present.insert(office_of(row->org));
    }
  }
}

/// Departments and villages report in their township; below it the office asked for stands for
/// itself.
OrgCode Tallies::office_of(const OrgCode &owner) const {
  if (!above_townships(request_.org)) return offices_.empty() ? request_.org : *offices_.begin();
  return owner.township();
}

/// Rows of the tally are not used where the period's end is cut: then a sweep has looked at every
/// record, and its rows carry no month.
std::optional<std::string_view> Tallies::group_within(std::string_view group) const {
  auto mark = group.rfind(outcome_mark);
  if (mark == std::string_view::npos) return group;
  if (cut_.tail || !cut_.months) return std::nullopt;
  int index = 0;
  std::from_chars(group.data() + mark + 1, group.data() + group.size(), index);
  if (Month::from_index(index) > cut_.months->second) return std::nullopt;
  return group.substr(0, mark);
}

Tallied Tallies::of(const catalog::Indicator &leaf) const {
  Tallied out;
  out.groups.resize(leaf.by.size());
  auto at = rows_.find(leaf.id);
  if (at == rows_.end()) return out;
  bool distinct = leaf.way == catalog::Indicator::Way::Distinct;
  for (const auto *row : at->second) {
    auto group = leaf.until_period_end ? group_within(row->group)
                                       : std::optional<std::string_view>(row->group);
    if (!group) continue;
    if (row->dimension.empty()) {
      raise(out.total, row->value);
      continue;
    }
    std::string_view dimension = row->dimension;
    if (dimension == key_dimension) {
      raise(out.keys[*group], row->value);
      continue;
    }
    if (distinct) dimension.remove_prefix(key_dimension.size());
    for (std::size_t d = 0; d < leaf.by.size(); ++d)
      if (leaf.by[d].id == dimension) raise(out.groups[d][*group], row->value);
  }
  drop_zeros(out.keys);
  for (auto &sums : out.groups) {
    drop_zeros(sums);
    if (!distinct) continue;
    // The groups of a distinct count hold its keys group by group: each key counts once in each.
    Sums counted;
    for (const auto &entry : sums) ++counted[entry.first.substr(0, entry.first.find(group_end))];
    sums = std::move(counted);
  }
  return out;
}

const std::set<OrgCode> &Tallies::offices_with(const catalog::Indicator &leaf) const {
  static const std::set<OrgCode> none;
  auto at = present_.find({leaf.type, leaf.stock});
  return at == present_.end() ? none : at->second;
}

std::set<OrgCode> Tallies::offices_confirming(const std::string &category) const {
  std::set<OrgCode> out;
  auto at = confirmed_.find(category);
  if (at == confirmed_.end()) return out;
  for (const auto &[office, months] : at->second)
    if (months.size() >= months_) out.insert(office);
  return out;
}

} // namespace yifa::indicator
