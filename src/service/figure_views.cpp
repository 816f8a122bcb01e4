#include "service/figure_views.h"

#include "indicator/plan.h"
#include "service/figure_places.h"
#include "service/ledgers.h"
#include "service/permission.h"

#include <algorithm>

namespace yifa::service {
namespace {

using catalog::Indicator;
using record::Figure;

constexpr std::int64_t kFarTimes = 2;
constexpr std::int64_t kFarLeast = 10;

/// The ledgers a figure is counted from.
std::vector<std::string> figure_ledgers(const catalog::Catalog &catalog,
                                        const Indicator &indicator) {
  std::vector<std::string> out;
  for (const auto *leaf : indicator::leaves(catalog, indicator))
    if (std::find(out.begin(), out.end(), leaf->type) == out.end()) out.push_back(leaf->type);
  return out;
}

/// Records of ledgers and those recorded late, in the months a period touches.
struct LateCount {
  std::int64_t records = 0;
  std::int64_t late = 0;
};

Result<std::map<std::string, LateCount>> late_by_ledger(store::Reader &reader, const OrgCode &org,
                                                        const Period &period) {
  std::map<std::string, LateCount> out;
  for (const auto &row : TRY(reader.counts_by_month(
           {org, period.from.month_of(), period.last().month_of(), false}))) {
    auto &count = out[row.type];
    count.records += row.records;
    count.late += row.late;
  }
  return out;
}

} // namespace

bool may_see_figure(const catalog::Catalog &catalog, const Indicator &indicator,
                    const Actor &actor) {
  const auto ledgers = figure_ledgers(catalog, indicator);
  return std::all_of(ledgers.begin(), ledgers.end(),
                     [&](const std::string &ledger) { return has_ledger(actor, ledger); });
}

std::string_view to_string(FigureRow::Mark mark) {
  return mark == FigureRow::Mark::Outlier ? "outlier" : "late";
}

bool far_from(const Figure &figure, const Figure &last_year) {
  if (!figure.exists() || !last_year.exists()) return false;
  const auto now = figure.comparable().millionths();
  const auto then = last_year.comparable().millionths();
  const auto apart = now > then ? now - then : then - now;
  if (apart < kFarLeast * 1'000'000) return false;
  return now > then ? now / kFarTimes > then : now < then / kFarTimes;
}

Result<std::vector<FigureRow>> FigureViews::rows(store::Reader &reader, const OrgCode &org,
                                                 const Period &period,
                                                 const std::vector<std::string> &ids,
                                                 std::vector<record::TallyRow> *kept) {
  const auto &catalog = *env_.catalog;
  Figures figures(env_);
  auto now = TRY(figures.compute_in(reader, org, period, ids, kept));
  const auto year_before = period.year_before();
  // What each town recorded a year ago is not asked: the county's sums do.
  const bool summed = org.level() < OrgLevel::Township && year_before.whole_months();
  auto before = summed ? TRY(from_sums(env_, reader, org, year_before, ids))
                       : TRY(figures.compute_in(reader, org, year_before, ids));
  const auto counts = TRY(late_by_ledger(reader, org, period));
  std::vector<FigureRow> out;
  for (std::size_t i = 0; i < now.size(); ++i) {
    FigureRow row;
    row.indicator = catalog.indicator(now[i].id);
    row.figure = std::move(now[i]);
    row.last_year = std::move(before[i]);
    if (const auto *type = catalog.type(row.indicator->type)) row.group = type->group;
    if (far_from(row.figure, row.last_year)) row.marks.push_back(FigureRow::Mark::Outlier);
    const auto ledgers = figure_ledgers(catalog, *row.indicator);
    const bool late = std::any_of(ledgers.begin(), ledgers.end(), [&](const std::string &ledger) {
      const auto found = counts.find(ledger);
      return found != counts.end() && found->second.late > 0;
    });
    if (late && row.figure.exists()) row.marks.push_back(FigureRow::Mark::Late);
    out.push_back(std::move(row));
  }
  return out;
}

Result<std::vector<FigureRow>> FigureViews::list(const OrgCode &org, const Period &period,
                                                 const std::vector<std::string> &ids,
                                                 std::optional<char> group, const Actor &actor) {
  TRY(permit_office(actor, org));
  const auto &catalog = *env_.catalog;
  std::vector<std::string> wanted; // empty: every figure, without names to hold each row against
  if (!ids.empty() || group || !(actor.local_operator || actor.ledgers.empty())) {
    for (const auto &indicator : catalog.indicators) {
      const auto *type = catalog.type(indicator.type);
      if (group && (type == nullptr || type->group != *group)) continue;
      if (!ids.empty() && std::find(ids.begin(), ids.end(), indicator.id) == ids.end()) continue;
      if (may_see_figure(catalog, indicator, actor)) wanted.push_back(indicator.id);
    }
    // Unknown names are told by the figures themselves, with the nearest; others are not his.
    for (const auto &id : ids)
      if (catalog.indicator(id) == nullptr) wanted.push_back(id);
    if (wanted.empty()) return std::vector<FigureRow>();
  }
  auto reader = TRY(env_.store.read());
  return rows(*reader, org, period, wanted);
}

Result<std::vector<FigureMonth>> FigureViews::months(store::Reader &reader, const std::string &id,
                                                     const OrgCode &org, int year) {
  auto figures = TRY(by_month(env_, reader, id, org, year));
  std::vector<FigureMonth> out;
  for (std::size_t m = 0; m < 12; ++m)
    out.push_back({Month(year, static_cast<unsigned>(m + 1)), std::move(figures[m + 12]),
                   std::move(figures[m])});
  return out;
}

Result<std::optional<std::vector<FigurePlace>>>
FigureViews::places(store::Reader &reader, const FigureRow &row, std::int64_t records,
                    const std::vector<record::TallyRow> &kept) {
  const auto level = row.figure.org.level();
  if (level < OrgLevel::County) {
    if (!row.figure.period.whole_months()) return std::optional<std::vector<FigurePlace>>();
    return std::optional(TRY(by_node(env_, reader, row.figure)));
  }
  if (level == OrgLevel::County) return by_town(env_, reader, row.figure, kept);
  if (level != OrgLevel::Township || records > kMostByPlace)
    return std::optional<std::vector<FigurePlace>>();
  return std::optional(TRY(by_village(env_, reader, *row.indicator, row.figure)));
}

Result<FigureView> FigureViews::one(const std::string &id, const OrgCode &org, const Period &period,
                                    const Actor &actor) {
  TRY(permit_office(actor, org));
  const auto &catalog = *env_.catalog;
  if (const auto *indicator = catalog.indicator(id);
      indicator != nullptr && !may_see_figure(catalog, *indicator, actor))
    return forbidden("you may not see the ledgers this figure is counted from");
  auto reader = TRY(env_.store.read());
  std::vector<record::TallyRow> kept;
  auto found = TRY(rows(*reader, org, period, {id}, &kept));
  FigureView out;
  out.row = std::move(found.front());
  const auto &indicator = *out.row.indicator;
  for (const auto &name : {indicator.of_indicator, indicator.over})
    if (const auto *term = catalog.indicator(name)) out.made_of.push_back(term);
  for (const auto &name : indicator.terms)
    if (const auto *term = catalog.indicator(name)) out.made_of.push_back(term);
  const auto counts = TRY(late_by_ledger(*reader, org, period));
  for (const auto &ledger : figure_ledgers(catalog, indicator))
    if (const auto count = counts.find(ledger); count != counts.end()) {
      out.records += count->second.records;
      out.late += count->second.late;
    }
  out.months = TRY(months(*reader, id, org, period.last().year()));
  out.places = TRY(places(*reader, out.row, out.records, kept));
  return out;
}

} // namespace yifa::service
