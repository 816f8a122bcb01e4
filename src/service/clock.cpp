#include "service/clock.h"

#include "catalog/show.h"
#include "procedure/law_words.h"
#include "procedure/reckon.h"
#include "procedure/rules.h"
#include "record/matches.h"
#include "service/completeness.h"
#include "service/permission.h"

namespace yifa::service {
namespace {

Result<std::optional<ClockHand>> clock_hand(Environment &env, const char *id, int year) {
  const auto from = first_day(Month(year, 1));
  const auto rule = procedure::find_rule(*env.catalog, id, from);
  if (!rule) return std::optional<ClockHand>();
  const auto &limit = *rule->deadline;
  procedure::ReckonInput input;
  input.from = from;
  input.estimate = true;
  const auto worked = TRY(procedure::reckon(limit, input, *calendar_of(env)));
  ClockHand hand;
  hand.rule = limit.id;
  hand.due = worked.due;
  hand.before = worked.due.plus_days(
      limit.kind == catalog::Deadline::Kind::By && !limit.inclusive && !worked.rolled ? 1 : 0);
  hand.days_left = worked.due.days() - env.clock.today().days();
  hand.says = catalog::deadline_text(limit);
  hand.what = procedure::LawWords(*env.catalog, *rule->type).limit(limit);
  hand.source = limit.source.text();
  hand.certainty = std::string(catalog::to_string(limit.source.seen));
  hand.delegated = limit.delegated;
  return std::optional(std::move(hand));
}

} // namespace

std::optional<int> reported_year(const catalog::Catalog &catalog, const record::Record &report) {
  const auto *type = catalog.type(report.type);
  const int index = type != nullptr ? type->field_index("year") : -1;
  if (index < 0) return std::nullopt;
  const auto day = record::day_in(report.value(index));
  return day ? std::optional<int>(day->year()) : std::nullopt;
}

Result<std::vector<record::Record>> reports_of(Environment &env, store::Reader &reader,
                                               const OrgCode &scope, int year) {
  std::vector<record::Record> out;
  if (env.catalog->type(kReportLedger) == nullptr) return out;
  record::Query query;
  query.type = kReportLedger;
  query.scope = scope;
  // Its own day is the day of its data: in the year it reports, or soon after.
  query.period = Period{first_day(Month(year, 1)), first_day(Month(year + 2, 1))};
  query.newest_first = false;
  for (auto &record : TRY(reader.find(query)))
    if (reported_year(*env.catalog, record) == year) out.push_back(std::move(record));
  return out;
}

Result<ReportClock> report_days(Environment &env, int year) {
  ReportClock clock;
  clock.year = year;
  clock.type = env.catalog->type(kReportLedger);
  clock.submit = TRY(clock_hand(env, kReportSubmit, year));
  clock.publish = TRY(clock_hand(env, kReportPublish, year));
  return clock;
}

Result<ReportClock> report_clock(Environment &env, const OrgCode &org, int year,
                                 const Actor &actor) {
  TRY(permit_office(actor, org));
  TRY(check_record_year(year));
  auto clock = TRY(report_days(env, year));
  if (!has_ledger(actor, kReportLedger)) return clock;
  auto reader = TRY(env.store.read());
  for (auto &report : TRY(reports_of(env, *reader, org, year)))
    if (report.owner_org == org) clock.report = std::move(report);
  return clock;
}

} // namespace yifa::service
