#include "service/county.h"

#include "base/json.h"
#include "service/completeness.h"
#include "service/figure_views.h"
#include "service/orgs.h"
#include "service/permission.h"

#include <algorithm>

namespace yifa::service {
namespace {

Stage stage_of(const std::string &state) {
  static const std::map<std::string, Stage> kKnown = {{"collecting", Stage::Collecting},
                                                      {"submitted", Stage::Submitted},
                                                      {"returned", Stage::Returned},
                                                      {"accepted", Stage::Accepted},
                                                      {"published", Stage::Published}};
  const auto found = kKnown.find(state);
  return found == kKnown.end() ? Stage::Drafted : found->second;
}

std::size_t index_of(Stage stage) { return static_cast<std::size_t>(stage); }

/// The day of the last event that changed the state.
std::optional<Date> entered_on(const std::vector<record::Event> &history) {
  for (auto event = history.rbegin(); event != history.rend(); ++event) {
    const auto body = parse_json(event->body);
    if (body && body->is_object() && body->get_object().contains("to")) return event->at.date();
  }
  return std::nullopt;
}

bool sent(Stage stage) {
  return stage == Stage::Submitted || stage == Stage::Accepted || stage == Stage::Published;
}

} // namespace

std::string_view to_string(Stage stage) {
  switch (stage) {
  case Stage::Collecting:
    return "collecting";
  case Stage::Drafted:
    return "drafted";
  case Stage::Submitted:
    return "submitted";
  case Stage::Returned:
    return "returned";
  case Stage::Accepted:
    return "accepted";
  case Stage::Published:
    break;
  }
  return "published";
}

Status Counties::months(store::Reader &reader, const MonthTable &table, const Actor &actor,
                        TownRow &row) {
  const auto &catalog = *env_.catalog;
  std::vector<std::string> latest_types;
  std::optional<Month> latest;
  for (const auto &id : catalog.type_ids()) {
    if (!has_ledger(actor, id)) continue;
    const auto &type = *catalog.type(id);
    for (unsigned m = 1; m <= 12; ++m) {
      const auto own = table.cell(row.org, type, Month(table.year(), m));
      auto &cell = row.months[m - 1];
      cell.records += own.records;
      cell.zero = cell.zero || own.zero;
      cell.ahead = own.ahead;
    }
    row.gaps += static_cast<std::int64_t>(silent_months(table, row.org, type).size());
    const auto month = table.latest(row.org, id);
    if (!month || (latest && *month < *latest)) continue;
    if (!latest || *latest < *month) latest_types.clear();
    latest = month;
    latest_types.push_back(id);
  }
  for (auto &cell : row.months) cell.zero = cell.zero && cell.records == 0;
  for (const auto &id : latest_types) {
    const auto day = TRY(last_day_in(reader, id, row.org, *latest));
    if (day && (!row.last || *row.last < *day)) row.last = day;
  }
  return Done{};
}

Status Counties::report(store::Reader &reader, const record::Record &record, TownRow &row) {
  row.record = record.id;
  row.state = record.state;
  row.stage = stage_of(record.state);
  row.since = entered_on(TRY(reader.history(record.id)));
  if (row.since) row.days = env_.clock.today().days() - row.since->days();
  return Done{};
}

/// The towns of a county, by stage.
Status Counties::towns(store::Reader &reader, CountyYear &out, const Actor &actor,
                       const AskTown &ask) {
  const auto &county = out.org;
  const int year = out.year;
  const auto today = env_.clock.today();
  const bool past = out.clock.submit && out.clock.submit->due < today;
  std::map<OrgCode, record::Record> reports;
  if (has_ledger(actor, kReportLedger))
    for (auto &record : TRY(reports_of(env_, reader, county, year)))
      if (record.owner_org.level() == OrgLevel::Township)
        reports[record.owner_org] = std::move(record);
  const auto table = TRY(MonthTable::read(env_, reader, county, year, true));
  for (const auto &town : TRY(offices_on(reader, county, Period::year(year).last()))) {
    TownRow row;
    row.org = town;
    const auto node = TRY(reader.org_on(town, Period::year(year).last()));
    row.name = node ? node->name : town.text();
    const auto found = reports.find(town);
    if (found != reports.end()) TRY(report(reader, found->second, row));
    row.late = past && !sent(row.stage);
    TRY(months(reader, table, actor, row));
    if (ask) row.told = TRY(ask(town, found == reports.end() ? nullptr : &found->second));
    out.towns.push_back(std::move(row));
  }
  return Done{};
}

/// The places beneath one above the counties: each county's own page has its towns.
Status Counties::nodes(store::Reader &reader, CountyYear &out, const Actor &actor) {
  const auto period = Period::year(out.year);
  const auto next = static_cast<OrgLevel>(static_cast<int>(out.org.level()) + 1);
  for (auto &org : TRY(reader.orgs_under(out.org, next, 0))) {
    if (!exists_on(org, period.last())) continue;
    NodeBeneath node;
    node.org = org.code;
    node.name = std::move(org.name);
    // A report's own day is that of its data, in the year it reports.
    const store::MonthCountQuery reports{.scope = node.org,
                                         .from = Month(out.year, 1),
                                         .to = Month(out.year, 12),
                                         .by_month = false,
                                         .types = {std::string(kReportLedger)}};
    if (has_ledger(actor, kReportLedger))
      for (const auto &row : TRY(reader.counts_by_month(reports)))
        node.reports[index_of(stage_of(row.state))] += row.records;
    out.nodes.push_back(std::move(node));
  }
  std::map<std::string, std::int64_t, std::less<>> towns;
  const auto digits = out.nodes.empty() ? 0 : out.nodes.front().org.text().size();
  for (const auto &town : TRY(offices_on(reader, out.org, period.last())))
    towns[town.text().substr(0, digits)] += 1;
  for (auto &node : out.nodes) node.towns = towns[node.org.text()];
  return Done{};
}

StageCounts CountyYear::counts() const {
  StageCounts counts{};
  for (const auto &town : towns) counts[index_of(town.stage)] += 1;
  for (const auto &node : nodes)
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += node.reports[i];
  return counts;
}

Result<CountyYear> Counties::year(const OrgCode &county, int year, const Actor &actor,
                                  const AskTown &ask) {
  TRY(permit_office(actor, county));
  TRY(check_record_year(year));
  if (county.level() > OrgLevel::County)
    return invalid("reports are collected by a county: give the county's code",
                   {{"org", county.text() + " is no county", "", ""}});
  auto reader = TRY(env_.store.read());
  CountyYear out;
  out.org = county;
  out.name = TRY(long_name(*reader, county));
  out.year = year;
  out.clock = TRY(report_days(env_, year));
  // Above the counties there are sums, and each county's page has its towns.
  if (county.level() == OrgLevel::County) {
    TRY(towns(*reader, out, actor, ask));
  } else {
    if (const auto own = TRY(reader->org_on(county, Period::year(year).last())))
      out.name = own->name;
    TRY(nodes(*reader, out, actor));
  }
  std::vector<std::string> ids;
  if (!actor.local_operator && !actor.ledgers.empty()) {
    for (const auto &indicator : env_.catalog->indicators)
      if (may_see_figure(*env_.catalog, indicator, actor)) ids.push_back(indicator.id);
    if (ids.empty()) return out;
  }
  out.sums = TRY(Figures(env_).compute_in(*reader, county, Period::year(year), ids));
  std::erase_if(out.sums, [](const record::Figure &figure) { return !figure.exists(); });
  for (auto &figure : out.sums) figure.groups.clear();
  return out;
}

} // namespace yifa::service
