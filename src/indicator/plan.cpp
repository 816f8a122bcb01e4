#include "indicator/plan.h"
#include "indicator/cut.h"
#include "indicator/indicator_fields.h"

#include "base/text.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::indicator {
namespace {

using catalog::FieldRef;
using catalog::Indicator;
using catalog::Operand;
using catalog::Predicate;

Operand literal(Date day) {
  Operand op;
  op.literal = catalog::Value(day);
  return op;
}

/// from ≤ field ≤ last. A moment is compared by its day.
Predicate between(const FieldRef &field, std::optional<Date> from, std::optional<Date> last) {
  Predicate p;
  p.kind = Predicate::Kind::Compare;
  p.field = field;
  if (from) p.min = literal(*from);
  if (last) p.max = literal(*last);
  return p;
}

Predicate unfilled(const FieldRef &field) {
  Predicate p;
  p.kind = Predicate::Kind::Compare;
  p.field = field;
  p.filled = false;
  return p;
}

Predicate joined(Predicate::Kind kind, std::vector<Predicate> children) {
  if (children.size() == 1) return std::move(children.front());
  Predicate p;
  p.kind = kind;
  p.children = std::move(children);
  return p;
}

/// The record has an item of the indicator whose day lies in the period.
Predicate dated_in(const Indicator &leaf, const catalog::RecordType &type, const Period &period) {
  FieldRef day = day_ref(leaf, type);
  int part = leaf.part.empty() ? -1 : type.part_index(leaf.part);
  if (part >= 0 && day.kind != FieldRef::Kind::Owner) {
    Predicate p;
    p.kind = Predicate::Kind::Some;
    p.subject.kind = Predicate::Subject::Kind::Part;
    p.subject.index = part;
    p.subject.name = leaf.part;
    p.children.push_back(between(day, period.from, period.last()));
    return p;
  }
  if (day.kind == FieldRef::Kind::Owner)
    day.kind = FieldRef::Kind::Field; // seen from the record itself
  return between(day, period.from, period.last());
}

/// In force on the day.
Predicate in_force(const catalog::Validity &valid, Date day) {
  std::vector<Predicate> all{between(valid.from, std::nullopt, day)};
  for (const auto &end : valid.to)
    all.push_back(joined(Predicate::Kind::Any, {unfilled(end), between(end, day, std::nullopt)}));
  return joined(Predicate::Kind::All, std::move(all));
}

/// Came into force or ended after `before`, so that the two days may differ.
Predicate changed_between(const catalog::Validity &valid, Date before, Date day) {
  std::vector<Predicate> any{between(valid.from, before.plus_days(1), day)};
  for (const auto &end : valid.to) any.push_back(between(end, before, day.plus_days(-1)));
  return joined(Predicate::Kind::Any, std::move(any));
}

record::Query query_of(const std::string &type, const OrgCode &scope) {
  record::Query query;
  query.type = type;
  query.scope = scope;
  query.newest_first = false;
  return query;
}

/// Bounds the query to records with an item of any of the leaves in the days.
void bound(record::Query &query, const catalog::RecordType &type,
           const std::vector<const Indicator *> &leaves, const Period &days) {
  if (std::all_of(leaves.begin(), leaves.end(),
                  [&](const Indicator *i) { return follows_record_day(*i, type); })) {
    query.period = days;
    return;
  }
  std::vector<Predicate> any;
  any.reserve(leaves.size());
  for (const auto *leaf : leaves) any.push_back(dated_in(*leaf, type, days));
  query.where = joined(Predicate::Kind::Any, std::move(any));
}

/// The looks at records a cut period needs for the leaves of one type.
class Sweeping {
public:
  Sweeping(const catalog::RecordType &type, const Request &request, const Cut &cut,
           std::vector<Sweep> &out)
      : type_(type), request_(request), cut_(cut), out_(out) {}

  void add(const std::vector<const Indicator *> &leaves) {
    std::vector<const Indicator *> flows, cohorts, stocks;
    for (const auto *leaf : leaves)
      (leaf->stock                           ? stocks
       : leaf->until_period_end && cut_.tail ? cohorts
                                             : flows)
          .push_back(leaf);
    if (!flows.empty())
      for (const auto &piece : cut_.pieces) flow(flows, piece);
    // Outcomes late in the cut month must not count, in whichever month the record began: so the
    // whole period is looked at.
    if (!cohorts.empty()) flow(cohorts, request_.period);
    if (!stocks.empty() && cut_.tail && type_.valid) stock(stocks);
  }

private:
  void flow(const std::vector<const Indicator *> &leaves, const Period &days) {
    Sweep sweep{query_of(type_.id, request_.org), leaves, days, request_.period};
    bound(sweep.query, type_, leaves, days);
    out_.push_back(std::move(sweep));
  }

  void stock(const std::vector<const Indicator *> &leaves) {
    Sweep sweep{query_of(type_.id, request_.org), leaves, *cut_.tail, request_.period};
    sweep.query.where =
        changed_between(*type_.valid, month_before(request_.period), request_.period.last());
    out_.push_back(std::move(sweep));
  }

  const catalog::RecordType &type_;
  const Request &request_;
  const Cut &cut_;
  std::vector<Sweep> &out_;
};

void add_tallies(const Request &request, const Cut &cut,
                 const std::vector<const Indicator *> &leaves, Plan &plan) {
  bool by_org = above_townships(request.org);
  record::TallyQuery flows;
  flows.scope = request.org;
  flows.by_org = by_org;
  record::TallyQuery stocks = flows;
  stocks.stock = true;
  if (!request.ids.empty())
    for (const auto *leaf : leaves) (leaf->stock ? stocks : flows).indicators.push_back(leaf->id);
  bool any_flow =
      std::any_of(leaves.begin(), leaves.end(), [](const Indicator *i) { return !i->stock; });
  bool any_stock =
      std::any_of(leaves.begin(), leaves.end(), [](const Indicator *i) { return i->stock; });
  if (cut.months) {
    flows.from = cut.months->first;
    flows.to = cut.months->second;
    if (any_flow) plan.tallies.push_back(flows);
    record::TallyQuery zeros = flows;
    zeros.indicators = {std::string(zero_returns)};
    zeros.by_month = true;
    plan.tallies.push_back(std::move(zeros));
  }
  if (any_stock) {
    Month last = request.period.last().month_of();
    stocks.from = stocks.to = cut.tail ? last.plus(-1) : last;
    plan.tallies.push_back(std::move(stocks));
  }
}

void add_zero_sweeps(const catalog::Catalog &catalog, const Request &request, const Cut &cut,
                     Plan &plan) {
  for (const auto &id : catalog.type_ids()) {
    const auto *type = catalog.type(id);
    if (!type || !type->confirms_zero) continue;
    for (const auto &piece : cut.pieces) {
      Sweep sweep{query_of(id, request.org), {}, piece, request.period};
      sweep.query.where = joined(Predicate::Kind::All,
                                 {between(type->confirms_zero->from, std::nullopt, piece.from),
                                  between(type->confirms_zero->to, piece.last(), std::nullopt)});
      plan.sweeps.push_back(std::move(sweep));
    }
  }
}

void collect(const catalog::Catalog &catalog, const Indicator &indicator,
             std::set<const Indicator *> &seen, bool &villages) {
  if (!seen.insert(&indicator).second) return;
  auto into = [&](const std::string &id) {
    if (const auto *other = catalog.indicator(id)) collect(catalog, *other, seen, villages);
  };
  if (indicator.way == Indicator::Way::Least || indicator.over == "@villages") villages = true;
  if (indicator.way == Indicator::Way::Least || indicator.way == Indicator::Way::Ratio)
    into(indicator.of_indicator);
  if (indicator.way == Indicator::Way::Ratio) into(indicator.over);
  for (const auto &term : indicator.terms) into(term);
  if (counts_villages_only(catalog, indicator)) villages = true;
}

std::vector<const Indicator *> in_order(const catalog::Catalog &catalog,
                                        const std::set<const Indicator *> &seen) {
  std::vector<const Indicator *> out;
  for (const auto &indicator : catalog.indicators)
    if (is_leaf(indicator) && seen.count(&indicator) != 0) out.push_back(&indicator);
  return out;
}

Status check(const catalog::Catalog &catalog, const Request &request) {
  if (!(request.period.from < request.period.to)) return invalid("the period is empty");
  std::vector<Problem> problems;
  for (const auto &id : request.ids) {
    if (catalog.indicator(id)) continue;
    std::vector<std::string> names;
    for (const auto &indicator : catalog.indicators) names.push_back(indicator.id);
    auto near = text::nearest(id, names);
    problems.push_back({"indicator",
                        near.empty()
                            ? fmt::format("there is no indicator \"{}\"", text::shorten(id, 60))
                            : fmt::format("there is no indicator \"{}\"; did you mean \"{}\"?",
                                          text::shorten(id, 60), near),
                        "", ""});
  }
  if (problems.empty()) return Done{};
  Error error = not_found(problems.front().message);
  error.problems = std::move(problems);
  return error;
}

} // namespace

Date month_before(const Period &period) {
  return first_day(period.last().month_of()).plus_days(-1);
}

Cut cut_of(const Period &period) {
  Cut cut;
  Month first = period.from.day() == 1 ? period.from.month_of() : period.from.month_of().plus(1);
  Month end = period.to.month_of(); // not included: cut, or behind the period
  if (first < end) cut.months = {first, end.plus(-1)};
  if (period.to.day() != 1) cut.tail = Period{std::max(period.from, first_day(end)), period.to};
  if (period.from.day() != 1 && first <= end) cut.pieces.push_back({period.from, first_day(first)});
  if (cut.tail) cut.pieces.push_back(*cut.tail);
  return cut;
}

bool above_townships(const OrgCode &org) { return org.level() < OrgLevel::Township; }

std::vector<const Indicator *> leaves(const catalog::Catalog &catalog, const Indicator &indicator) {
  std::set<const Indicator *> seen;
  bool villages = false;
  collect(catalog, indicator, seen, villages);
  return in_order(catalog, seen);
}

Result<Plan> plan(const catalog::Catalog &catalog, const Request &request) {
  TRY(check(catalog, request));
  Plan plan;
  std::set<const Indicator *> seen;
  for (const auto &indicator : catalog.indicators)
    if (request.ids.empty() ||
        std::find(request.ids.begin(), request.ids.end(), indicator.id) != request.ids.end())
      collect(catalog, indicator, seen, plan.villages);
  // Whether an office keeps a ledger at all is seen from all figures of the ledger.
  std::set<std::string> types;
  for (const auto *indicator : seen)
    if (is_leaf(*indicator)) types.insert(indicator->type);
  for (const auto &indicator : catalog.indicators)
    if (types.count(indicator.type) != 0) seen.insert(&indicator);
  auto wanted = in_order(catalog, seen);

  Cut cut = cut_of(request.period);
  add_tallies(request, cut, wanted, plan);
  if (cut.pieces.empty()) return plan;
  for (const auto &id : types) {
    const auto *type = catalog.type(id);
    std::vector<const Indicator *> of_type;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(of_type),
                 [&](const Indicator *i) { return i->type == id; });
    if (type) Sweeping(*type, request, cut, plan.sweeps).add(of_type);
  }
  add_zero_sweeps(catalog, request, cut, plan);
  return plan;
}

record::Query candidates(const catalog::Catalog &catalog, const Indicator &leaf,
                         const OrgCode &scope, const Period &period) {
  auto query = query_of(leaf.type, scope);
  query.newest_first = true;
  const auto *type = catalog.type(leaf.type);
  if (!type) return query;
  if (!leaf.stock) {
    bound(query, *type, {&leaf}, period);
  } else if (type->valid) {
    query.where = in_force(*type->valid, period.last());
  }
  return query;
}

} // namespace yifa::indicator
