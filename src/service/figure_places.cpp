#include "service/figure_places.h"

#include "indicator/figures.h"
#include "indicator/members.h"
#include "service/orgs.h"

#include <algorithm>
#include <set>

namespace yifa::service {
namespace {

using catalog::Indicator;
using record::Figure;

/// What the records of one place come to.
struct Heap {
  std::int64_t value = 0;
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::set<std::string> keys;
  std::set<std::string> keys_above; ///< of a rate's terms
  std::set<std::string> keys_below;
  bool any = false;
};

/// The members of a figure by the place where they happened.
class HeapsByPlace {
public:
  HeapsByPlace(const catalog::Catalog &catalog, const OrgCode &town)
      : catalog_(catalog), town_(town) {}

  void add(const Figures::Member &member) {
    const auto &place = member.record.place_org;
    const bool village = place.level() == OrgLevel::Village && town_.contains(place);
    auto &heap = heaps[village ? place : town_];
    heap.any = true;
    const auto *leaf = catalog_.indicator(member.indicator);
    const bool distinct = leaf != nullptr && leaf->way == Indicator::Way::Distinct;
    auto &keys = member.role == "numerator"     ? heap.keys_above
                 : member.role == "denominator" ? heap.keys_below
                                                : heap.keys;
    if (distinct)
      for (const auto &[key, times] : member.keys) keys.insert(key);
    auto &sum = member.role == "numerator"     ? heap.numerator
                : member.role == "denominator" ? heap.denominator
                                               : heap.value;
    sum += member.value;
  }

  /// Of a least figure every record says itself which villages it serves.
  void add_served(const Figures::Member &member) {
    for (const auto &[key, times] : member.keys)
      if (auto village = OrgCode::parse(key); village && town_.contains(*village)) {
        heaps[*village].any = true;
        heaps[*village].value += times;
      }
  }

  std::map<OrgCode, Heap> heaps;

private:
  const catalog::Catalog &catalog_;
  const OrgCode &town_;
};

Figure figure_at(const Figure &whole, const OrgCode &org, const Heap &heap) {
  auto out = whole;
  out.groups.clear();
  out.org = org;
  out.covered = 0;
  out.offices = 1;
  const auto size = [](const std::set<std::string> &keys) {
    return static_cast<std::int64_t>(keys.size());
  };
  out.value = heap.value + size(heap.keys);
  out.numerator = heap.numerator + size(heap.keys_above);
  out.denominator = heap.denominator + size(heap.keys_below);
  out.status = heap.any ? Figure::Status::Counted : Figure::Status::NoRecord;
  if (whole.ratio && out.denominator <= 0) out.status = Figure::Status::Undefined;
  return out;
}

Result<std::string> name_in_tree(store::Reader &reader, const OrgCode &org) {
  auto node = TRY(reader.org(org));
  return node ? node->name : org.text();
}

/// What the tallies say in whole months.
struct TallyRows {
  std::vector<record::TallyRow> flows;
  std::vector<record::TallyRow> stocks; ///< from the beginning of time

  static Result<TallyRows> read(store::Reader &reader,
                                const std::vector<record::TallyQuery> &queries) {
    TallyRows out;
    for (const auto &query : queries) {
      auto rows = TRY(reader.tallies(query));
      auto &into = query.stock ? out.stocks : out.flows;
      into.insert(into.end(), std::make_move_iterator(rows.begin()),
                  std::make_move_iterator(rows.end()));
    }
    return out;
  }
};

/// Groups are not shown by place or month: nobody asks for their names.
std::string no_name(const catalog::Dimension &, const std::string &) { return {}; }

} // namespace

Result<std::vector<FigurePlace>> by_village(Environment &environment, store::Reader &reader,
                                            const Indicator &indicator, const Figure &whole) {
  const auto &town = whole.org;
  const auto day = whole.period.last();
  HeapsByPlace by_place(*environment.catalog, town);
  for (const auto &member :
       TRY(Figures(environment).members_in(reader, indicator.id, town, whole.period))) {
    if (indicator.way == Indicator::Way::Least) {
      by_place.add_served(member);
    } else {
      by_place.add(member);
    }
  }
  for (const auto &node : TRY(reader.orgs_under(town, OrgLevel::Village, 0)))
    if ((!node.from || *node.from <= day) && (!node.to || day < *node.to))
      by_place.heaps.try_emplace(node.code);
  std::vector<FigurePlace> out;
  for (const auto &[org, heap] : by_place.heaps)
    out.push_back({org, TRY(name_in_tree(reader, org)), figure_at(whole, org, heap)});
  return out;
}

Result<std::optional<std::vector<FigurePlace>>> by_town(Environment &environment,
                                                        store::Reader &reader, const Figure &whole,
                                                        const std::vector<record::TallyRow> &rows) {
  const auto &catalog = *environment.catalog;
  if (!whole.period.whole_months()) return std::optional<std::vector<FigurePlace>>();
  const indicator::Request request{whole.org, whole.period, {whole.id}};
  const auto plan = TRY(indicator::plan(catalog, request));
  std::map<OrgCode, indicator::Evidence> towns;
  for (const auto &town : TRY(offices_on(reader, whole.org, whole.period.last()))) towns[town];
  for (const auto &row : rows)
    if (row.org.level() >= OrgLevel::Township) towns[row.org.township()].rows.push_back(row);
  if (plan.villages)
    for (const auto &village : TRY(villages_on(reader, whole.org, whole.period.last())))
      if (const auto town = towns.find(village.township()); town != towns.end())
        town->second.villages.push_back(village);
  std::vector<FigurePlace> out;
  for (auto &[town, evidence] : towns) {
    evidence.offices = {town};
    evidence.name_of = no_name;
    auto figures = indicator::compute(catalog, {town, whole.period, {whole.id}}, evidence);
    if (figures.empty()) continue;
    figures.front().groups.clear();
    out.push_back({town, TRY(name_in_tree(reader, town)), std::move(figures.front())});
  }
  return std::optional(std::move(out));
}

Result<std::vector<FigurePlace>> by_node(Environment &environment, store::Reader &reader,
                                         const Figure &whole) {
  const auto level = whole.org.level();
  const auto next = level == OrgLevel::Nation     ? OrgLevel::Province
                    : level == OrgLevel::Province ? OrgLevel::City
                                                  : OrgLevel::County;
  const auto day = whole.period.last();
  std::vector<FigurePlace> out;
  for (const auto &node : TRY(reader.orgs_under(whole.org, next, 0))) {
    if ((node.from && day < *node.from) || (node.to && *node.to <= day)) continue;
    auto figures = TRY(from_sums(environment, reader, node.code, whole.period, {whole.id}));
    if (figures.empty()) continue;
    figures.front().covered = figures.front().offices = 0;
    out.push_back({node.code, node.name, std::move(figures.front())});
  }
  return out;
}

Result<std::vector<Figure>> from_sums(Environment &environment, store::Reader &reader,
                                      const OrgCode &org, const Period &period,
                                      const std::vector<std::string> &ids) {
  const indicator::Request request{org, period, ids};
  auto plan = TRY(indicator::plan(*environment.catalog, request));
  for (auto &query : plan.tallies) query.by_org = false;
  auto rows = TRY(TallyRows::read(reader, plan.tallies));
  indicator::Evidence evidence;
  evidence.name_of = no_name;
  evidence.rows = std::move(rows.flows);
  evidence.rows.insert(evidence.rows.end(), std::make_move_iterator(rows.stocks.begin()),
                       std::make_move_iterator(rows.stocks.end()));
  if (plan.villages) evidence.villages = TRY(villages_on(reader, org, period.last()));
  auto figures = indicator::compute(*environment.catalog, request, evidence);
  for (auto &figure : figures) figure.groups.clear();
  return figures;
}

Result<std::vector<Figure>> by_month(Environment &environment, store::Reader &reader,
                                     const std::string &id, const OrgCode &org, int year) {
  const auto &catalog = *environment.catalog;
  const Period both{first_day(Month(year - 1, 1)), first_day(Month(year + 1, 1))};
  auto plan = TRY(indicator::plan(catalog, {org, both, {id}}));
  for (auto &query : plan.tallies) {
    query.by_month = true;
    // Above the towns the sums kept for whole counties do: no month is told by office.
    query.by_org = false;
  }
  const auto rows = TRY(TallyRows::read(reader, plan.tallies));
  indicator::Evidence evidence;
  evidence.name_of = no_name;
  if (plan.villages) evidence.villages = TRY(villages_on(reader, org, both.last()));
  if (org.level() >= OrgLevel::Township) evidence.offices = {org};
  std::vector<Figure> out;
  for (Month month(year - 1, 1); month <= Month(year, 12); month = month.plus(1)) {
    evidence.rows.clear();
    for (const auto &row : rows.flows)
      if (row.month == month) evidence.rows.push_back(row);
    for (const auto &row : rows.stocks)
      if (row.month <= month) evidence.rows.push_back(row);
    const Period period{first_day(month), last_day(month).plus_days(1)};
    auto figures = indicator::compute(catalog, {org, period, {id}}, evidence);
    if (figures.empty()) return not_found("there is no figure \"" + id + "\"");
    figures.front().groups.clear();
    out.push_back(std::move(figures.front()));
  }
  return out;
}

} // namespace yifa::service
