#include "indicator/figures.h"
#include "indicator/cut.h"
#include "indicator/groups.h"
#include "indicator/indicator_fields.h"
#include "indicator/members.h"
#include "indicator/tallied.h"
#include "indicator/tally_group.h"

#include "base/quantity.h"

#include <algorithm>

namespace yifa::indicator {
namespace {

using catalog::Indicator;
using record::Figure;

/// A figure with what others are made of it need to know.
struct Computed {
  Figure figure;
  std::set<OrgCode> covered;   ///< offices that recorded or confirmed something
  std::set<std::string> types; ///< ledgers it is counted from
  bool kept = false;           ///< any of those ledgers has something in the period
  bool judged = true;          ///< none of its conditions waits for a deadline to be judged
};

class Computing {
public:
  Computing(const catalog::Catalog &catalog, const Request &request, const Evidence &evidence)
      : catalog_(catalog), request_(request), evidence_(evidence),
        tallies_(catalog, request, evidence) {
    for (const auto &village : evidence.villages) villages_.insert(village.text());
  }

  const Computed &get(const Indicator &indicator) {
    auto [at, fresh] = done_.try_emplace(&indicator);
    Computed &made = at->second; // a node stays where it is
    if (!fresh) return made;
    start(indicator,
          made); // before its terms: should the catalog go round in a circle, it has no record
    switch (indicator.way) {
    case Indicator::Way::Count:
    case Indicator::Way::Sum:
    case Indicator::Way::Distinct:
      leaf(indicator, made);
      break;
    case Indicator::Way::Least:
      least(indicator, made);
      break;
    case Indicator::Way::Total:
      total(indicator, made);
      break;
    case Indicator::Way::Ratio:
      ratio(indicator, made);
      break;
    }
    return made;
  }

private:
  void start(const Indicator &indicator, Computed &made) const {
    Figure &figure = made.figure;
    figure.id = indicator.id;
    figure.label = indicator.label.zh;
    figure.label_en = indicator.label.en;
    figure.scale = scale_of(catalog_, indicator);
    figure.unit =
        figure.scale == 100 && indicator.way != Indicator::Way::Ratio ? "元" : indicator.unit;
    figure.org = request_.org;
    figure.period = request_.period;
    figure.definition = indicator.definition.zh;
    figure.source = indicator.source.text();
    figure.offices =
        static_cast<std::int64_t>(tallies_.offices().size()); // record_cover() adds the unexpected
  }

  /// Writes how many offices said anything, of those expected to and those that did unexpectedly.
  void record_cover(Computed &made) const {
    const auto &expected = tallies_.offices();
    auto silent = std::count_if(expected.begin(), expected.end(),
                                [&](const OrgCode &o) { return made.covered.count(o) == 0; });
    made.figure.covered = static_cast<std::int64_t>(made.covered.size());
    made.figure.offices = made.figure.covered + silent;
  }

  /// Counted, or partial when some office concerned has neither recorded nor confirmed anything.
  void counted(Computed &made) const {
    record_cover(made);
    made.figure.status = made.figure.covered < made.figure.offices ? Figure::Status::Partial
                                                                   : Figure::Status::Counted;
  }

  void leaf(const Indicator &indicator, Computed &made) {
    auto tallied = tallies_.of(indicator);
    Figure &figure = made.figure;
    made.types.insert(indicator.type);
    made.judged = !asks_met(indicator.where);
    made.kept = !tallies_.offices_with(indicator).empty();
    std::set<OrgCode> confirmed;
    if (!indicator.zero.empty()) confirmed = tallies_.offices_confirming(indicator.zero);
    figure.value =
        indicator.way == Indicator::Way::Distinct ? distinct(indicator, tallied) : tallied.total;
    if (figure.value != 0) {
      made.covered = tallies_.offices_with(indicator);
      made.covered.insert(confirmed.begin(), confirmed.end());
      counted(made);
      add_groups(indicator, tallied, figure);
      return;
    }
    // A zero is somebody's word, in every office and for the whole period, or it is not said.
    made.covered = std::move(confirmed);
    record_cover(made);
    bool all = !tallies_.offices().empty() && figure.covered == figure.offices;
    figure.status = all ? Figure::Status::ConfirmedZero : Figure::Status::NoRecord;
  }

  std::int64_t distinct(const Indicator &indicator, const Tallied &tallied) const {
    bool narrowed = !villages_.empty() && counts_villages_only(catalog_, indicator);
    return std::count_if(tallied.keys.begin(), tallied.keys.end(), [&](const auto &key) {
      return !narrowed || villages_.count(key.first) != 0;
    });
  }

  void add_groups(const Indicator &indicator, const Tallied &tallied, Figure &figure) const {
    for (std::size_t d = 0; d < indicator.by.size(); ++d) {
      auto groups = labelled(catalog_, indicator, indicator.by[d], tallied.groups[d], evidence_);
      figure.groups.insert(figure.groups.end(), std::make_move_iterator(groups.begin()),
                           std::make_move_iterator(groups.end()));
    }
    // Unlike things have a sum but no unit.
    if (indicator.unit_of.empty()) return;
    figure.unit.clear();
    for (const auto &group : figure.groups) {
      if (group.dimension != indicator.unit_of) continue;
      if (!figure.unit.empty() && figure.unit != group.unit) {
        figure.unit.clear();
        break;
      }
      figure.unit = group.unit;
    }
  }

  void least(const Indicator &indicator, Computed &made) {
    const auto *base = catalog_.indicator(indicator.of_indicator);
    const auto *dimension = base ? village_dimension(catalog_, *base) : nullptr;
    made.figure.status = Figure::Status::Undefined;
    if (!dimension || villages_.empty()) return;
    const Computed &inner = get(*base);
    made.covered = inner.covered;
    made.types = inner.types;
    made.kept = inner.kept;
    made.judged = inner.judged;
    record_cover(made);
    made.figure.status = inner.figure.status;
    made.figure.scale = inner.figure.scale;
    if (!inner.figure.exists()) return;
    auto tallied = tallies_.of(*base);
    const auto &values = tallied.groups[static_cast<std::size_t>(dimension - base->by.data())];
    std::int64_t smallest = INT64_MAX;
    for (const auto &village : villages_) {
      auto at = values.find(village);
      smallest = std::min(smallest, at == values.end() ? 0 : at->second);
    }
    made.figure.value = smallest;
  }

  void total(const Indicator &indicator, Computed &made) {
    bool any = false;
    bool all_zero = !indicator.terms.empty();
    std::map<std::pair<std::string, std::string>, Figure::Group> groups;
    for (const auto &id : indicator.terms) {
      const auto *term = catalog_.indicator(id);
      if (!term) continue;
      const Computed &inner = get(*term);
      made.types.insert(inner.types.begin(), inner.types.end());
      made.kept = made.kept || inner.kept;
      made.judged = made.judged && inner.judged;
      all_zero = all_zero && inner.figure.status == Figure::Status::ConfirmedZero;
      if (!inner.figure.exists()) continue;
      any = any || inner.figure.value != 0;
      made.covered.insert(inner.covered.begin(), inner.covered.end());
      made.figure.value = checked_add(made.figure.value, inner.figure.value).value_or(INT64_MAX);
      for (const auto &group : inner.figure.groups) {
        if (!indicator.dimension(group.dimension)) continue;
        auto [at, fresh] = groups.try_emplace({group.dimension, group.code}, group);
        if (!fresh)
          at->second.value = checked_add(at->second.value, group.value).value_or(INT64_MAX);
      }
    }
    record_cover(made);
    if (any) {
      counted(made);
    } else if (all_zero) {
      made.figure.status = Figure::Status::ConfirmedZero;
    }
    if (made.figure.exists()) add_total_groups(indicator, groups, made.figure);
  }

  static void
  add_total_groups(const Indicator &indicator,
                   const std::map<std::pair<std::string, std::string>, Figure::Group> &groups,
                   Figure &figure) {
    for (const auto &dimension : indicator.by) {
      std::vector<Figure::Group> of_dimension;
      for (const auto &entry : groups)
        if (entry.first.first == dimension.id) of_dimension.push_back(entry.second);
      std::stable_sort(
          of_dimension.begin(), of_dimension.end(),
          [](const Figure::Group &a, const Figure::Group &b) { return a.value > b.value; });
      figure.groups.insert(figure.groups.end(), of_dimension.begin(), of_dimension.end());
    }
  }

  /// The denominator as a figure of its own; the villages of the tree are counted, not recorded.
  Computed denominator(const Indicator &indicator) {
    if (indicator.over == "@villages") {
      Computed made;
      made.figure.id = indicator.over;
      made.figure.value = static_cast<std::int64_t>(villages_.size());
      made.figure.status = villages_.empty() ? Figure::Status::NoRecord : Figure::Status::Counted;
      return made;
    }
    const auto *over = catalog_.indicator(indicator.over);
    return over ? get(*over) : Computed();
  }

  void ratio(const Indicator &indicator, Computed &made) {
    Figure &figure = made.figure;
    figure.ratio = true;
    figure.percent = indicator.percent;
    figure.numerator_id = indicator.of_indicator;
    figure.denominator_id = indicator.over;
    figure.status = Figure::Status::Undefined;
    figure.scale = 1;
    const auto *of = catalog_.indicator(indicator.of_indicator);
    if (!of) return;
    const Computed &top = get(*of);
    const Computed bottom = denominator(indicator);
    bool over_villages = indicator.over == "@villages";
    figure.numerator_scale = top.figure.scale;
    figure.denominator_scale = bottom.figure.scale;
    made.types = top.types;
    made.kept = top.kept;
    made.covered = over_villages ? top.covered : bottom.covered;
    record_cover(made);
    if (!bottom.figure.exists() || bottom.figure.value <= 0) return;
    if (!top.figure.exists()) {
      // None of the records that were looked at was such a one: a zero among counted things. Where
      // the numerator comes from another ledger, or waits for a deadline to be judged, nobody has
      // looked.
      bool same_ledgers = over_villages ? top.kept
                                        : std::includes(top.types.begin(), top.types.end(),
                                                        bottom.types.begin(), bottom.types.end());
      if (!same_ledgers || !top.judged) {
        figure.status = Figure::Status::NoRecord;
        return;
      }
      if (over_villages) made.covered = kept_by(*of);
    }
    figure.numerator = top.figure.exists() ? top.figure.value : 0;
    figure.denominator = bottom.figure.value;
    bool partial = top.figure.status == Figure::Status::Partial ||
                   bottom.figure.status == Figure::Status::Partial;
    counted(made);
    if (partial) figure.status = Figure::Status::Partial;
  }

  std::set<OrgCode> kept_by(const Indicator &indicator) const {
    std::set<OrgCode> out;
    for (const auto *leaf : leaves(catalog_, indicator)) {
      const auto &offices = tallies_.offices_with(*leaf);
      out.insert(offices.begin(), offices.end());
    }
    return out;
  }

  const catalog::Catalog &catalog_;
  const Request &request_;
  const Evidence &evidence_;
  Tallies tallies_;
  std::set<std::string, std::less<>> villages_;
  std::map<const Indicator *, Computed> done_;
};

} // namespace

void gather(const catalog::Catalog &catalog, const Sweep &sweep, const catalog::RecordType &type,
            const record::Record &record, const record::Surroundings &around, Evidence &evidence) {
  if (sweep.indicators.empty()) {
    auto zero = zero_return(type, record, around);
    if (!zero || zero->from > sweep.days.from || zero->to < sweep.days.last()) return;
    for (const auto &category : zero->categories)
      evidence.rows.push_back({record.owner_org, sweep.days.from.month_of(),
                               std::string(zero_returns), "category", category, 1});
    return;
  }
  Period before{month_before(sweep.period), month_before(sweep.period).plus_days(1)};
  for (const auto *leaf : sweep.indicators) {
    for (const auto &item : items(catalog, *leaf, type, record, around)) {
      int sign = 1;
      if (item.stock) {
        sign = static_cast<int>(item.counts_in(sweep.period)) -
               static_cast<int>(item.counts_in(before));
      } else if (!sweep.days.contains(item.day) || !item.counts_in(sweep.period)) {
        sign = 0;
      }
      if (sign == 0) continue;
      for (auto &entry : entries(*leaf, item))
        evidence.rows.push_back({record.owner_org, Month(), leaf->id, std::move(entry.dimension),
                                 std::move(entry.group), sign * entry.value});
    }
  }
}

std::vector<record::Figure> compute(const catalog::Catalog &catalog, const Request &request,
                                    const Evidence &evidence) {
  Computing computing(catalog, request, evidence);
  std::vector<record::Figure> out;
  for (const auto &indicator : catalog.indicators)
    if (request.ids.empty() ||
        std::find(request.ids.begin(), request.ids.end(), indicator.id) != request.ids.end())
      out.push_back(computing.get(indicator).figure);
  return out;
}

} // namespace yifa::indicator
