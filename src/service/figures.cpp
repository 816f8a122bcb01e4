#include "service/figures.h"

#include "base/text.h"
#include "indicator/members.h"
#include "service/ledgers.h"
#include "service/orgs.h"
#include "service/permission.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
std::string record_label(const catalog::RecordType &type, const record::Record &record) {
  for (const auto &column : type.list_columns) {
    int index = type.field_index(column);
    if (index < 0) continue;
    if (const auto *words = record.value(index).get<std::string>();
        words != nullptr && !words->empty())
      return *words;
  }
  for (const char *name : {"title", "name"})
    if (int index = type.field_index(name); index >= 0)
      if (const auto *words = record.value(index).get<std::string>()) return *words;
  return record.number;
}

Result<std::vector<record::Figure>> Figures::compute(const OrgCode &org, const Period &period,
                                                     const std::vector<std::string> &ids,
                                                     const Actor &actor) {
  TRY(permit_office(actor, org));
  const auto &catalog = *env_.catalog;
  std::vector<std::string> his;
  for (const auto &id : ids)
    if (const auto *one = catalog.indicator(id); one != nullptr && !has_ledger(actor, one->type))
      return forbidden("you may not see the figures of this ledger");
  if (ids.empty() && !actor.local_operator && !actor.ledgers.empty()) {
    for (const auto &one : catalog.indicators)
      if (has_ledger(actor, one.type)) his.push_back(one.id);
    if (his.empty()) return std::vector<record::Figure>();
  }
  auto reader = TRY(env_.store.read());
  return compute_in(*reader, org, period, his.empty() ? ids : his);
}

Result<std::vector<record::Figure>> Figures::compute_in(store::Reader &reader, const OrgCode &org,
                                                        const Period &period,
                                                        const std::vector<std::string> &ids,
                                                        std::vector<record::TallyRow> *kept) {
  const auto &catalog = *env_.catalog;
  indicator::Request request{org, period, ids};
  auto plan = TRY(indicator::plan(catalog, request));
  indicator::Evidence evidence;
  if (plan.villages) evidence.villages = TRY(villages_on(reader, org, period.last()));
  // Above the counties the kept sums are told; which town said nothing is told by its county.
  const bool above = org.level() < OrgLevel::County;
  for (auto &query : plan.tallies) query.by_org = query.by_org && !above;
  if (!above) evidence.offices = TRY(offices_on(reader, org, period.last()));
  std::optional<Error> failed;
  evidence.name_of = [&](const catalog::Dimension &, const std::string &group) -> std::string {
    if (auto code = OrgCode::parse(group)) {
      auto node = reader.org(*code);
      if (node && *node) return (*node)->name;
      if (!node) failed = node.error();
      return {};
    }
    auto id = RecordId::parse(group);
    if (!id) return {};
    auto type = reader.type_of(*id);
    if (!type || !*type) return {};
    auto record = reader.get(**type, *id);
    if (!record || !*record) return {};
    return record_label(edition_of(catalog, **record), **record);
  };
  for (const auto &query : plan.tallies) {
    auto rows = TRY(reader.tallies(query));
    evidence.rows.insert(evidence.rows.end(), std::make_move_iterator(rows.begin()),
                         std::make_move_iterator(rows.end()));
  }
  Around around(env_, reader);
  auto view = around.view();
  for (const auto &sweep : plan.sweeps)
    TRY(reader.scan(sweep.query, [&](record::Record &&record) -> Status {
      indicator::gather(catalog, sweep, edition_of(catalog, record), record, view, evidence);
      return Done{};
    }));
  TRY(around.status());
  auto figures = indicator::compute(catalog, request, evidence);
  if (failed) return *failed;
  if (above)
    for (auto &figure : figures) figure.covered = figure.offices = 0;
  if (kept != nullptr) *kept = std::move(evidence.rows);
  return figures;
}

Result<std::vector<Figures::Member>> Figures::members(const std::string &id, const OrgCode &org,
                                                      const Period &period,
                                                      const std::string &group,
                                                      const Actor &actor) {
  TRY(permit_office(actor, org));
  if (const auto *one = env_.catalog->indicator(id);
      one != nullptr && !has_ledger(actor, one->type))
    return forbidden("you may not see the figures of this ledger");
  auto reader = TRY(env_.store.read());
  auto all = TRY(members_in(*reader, id, org, period));
  if (group.empty()) return all;
  auto equals = group.find('=');
  const auto *wanted = env_.catalog->indicator(id);
  auto name = group.substr(0, equals);
  if (equals == std::string::npos || wanted->dimension(name) == nullptr) {
    std::vector<std::string> names;
    for (const auto &dimension : wanted->by) names.push_back(dimension.id);
    return invalid(fmt::format("write the group as DIMENSION=CODE; {} has {}", id,
                               names.empty() ? "no groups" : text::join(names, ", ")));
  }
  Around around(env_, *reader);
  auto view = around.view();
  std::vector<Member> kept;
  for (auto &member : all) {
    auto share = indicator::share(*env_.catalog, *wanted, edition_of(*env_.catalog, member.record),
                                  member.record, period, view, name);
    auto found = share.keys.find(group.substr(equals + 1));
    if (found == share.keys.end()) continue;
    member.value = found->second;
    kept.push_back(std::move(member));
  }
  return kept;
}

Result<std::vector<Figures::Member>> Figures::members_in(store::Reader &reader,
                                                         const std::string &id, const OrgCode &org,
                                                         const Period &period) {
  const auto &catalog = *env_.catalog;
  const auto *wanted = catalog.indicator(id);
  if (wanted == nullptr) {
    std::vector<std::string> names;
    for (const auto &each : catalog.indicators) names.push_back(each.id);
    auto near = text::nearest(id, names);
    return not_found(fmt::format("there is no figure \"{}\"{}", id,
                                 near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
  }
  Around around(env_, reader);
  auto view = around.view();
  std::vector<Member> found;
  auto collect = [&](const catalog::Indicator &part, const std::string &role,
                     std::string_view by) -> Status {
    for (const auto *leaf : indicator::leaves(catalog, part)) {
      auto query = indicator::candidates(catalog, *leaf, org, period);
      query.newest_first = false;
      TRY(reader.scan(query, [&](record::Record &&record) -> Status {
        auto share =
            indicator::share(catalog, *leaf, edition_of(catalog, record), record, period, view, by);
        if (share.belongs)
          found.push_back({leaf->id, role, std::move(record), share.value, std::move(share.keys)});
        return Done{};
      }));
    }
    return Done{};
  };
  using Way = catalog::Indicator::Way;
  if (wanted->way == Way::Ratio) {
    if (const auto *above = catalog.indicator(wanted->of_indicator))
      TRY(collect(*above, "numerator", {}));
    if (const auto *below = catalog.indicator(wanted->over))
      TRY(collect(*below, "denominator", {}));
  } else if (wanted->way == Way::Least) {
    const auto *base = catalog.indicator(wanted->of_indicator);
    const auto *dimension =
        base != nullptr ? indicator::village_dimension(catalog, *base) : nullptr;
    if (dimension != nullptr) TRY(collect(*base, "count", dimension->id));
  } else {
    TRY(collect(*wanted, "count", {}));
  }
  TRY(around.status());
  return found;
}

} // namespace yifa::service
