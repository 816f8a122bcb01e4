#include "http/call.h"
#include "service/clock.h"
#include "service/completeness.h"
#include "service/deadline_days.h"
#include "service/figures.h"
#include "service/outlook.h"
#include "wire/completeness_json.h"
#include "wire/county_json.h"
#include "wire/deadline_json.h"
#include "wire/forms.h"

#include <algorithm>

namespace yifa::http {
namespace {

/// "7d", "7" or nothing: days ahead.
Result<std::int64_t> days_ahead(Call &call) {
  auto said = call.text("within");
  if (said.ends_with('d')) said.pop_back();
  if (said.empty()) return std::int64_t{7};
  if (said.size() > 4 ||
      !std::all_of(said.begin(), said.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return invalid("the address was not understood", {{"within", "is a number of days", "", ""}});
  return std::int64_t{std::stoi(said)};
}

Result<Response> due(Call &call) {
  service::DueRequest request;
  request.scope = TRY(call.org());
  const auto today = call.environment().clock.today();
  request.until = today.plus_days(static_cast<std::int32_t>(TRY(days_ahead(call))));
  if (call.flag("mine")) request.person = call.actor().id;
  request.limit = TRY(call.number("limit", 200, 1, 1000));
  const auto list = TRY(service::Outlooks(call.desk.ledgers()).due(request, call.actor()));
  auto *names = TRY(call.names());
  std::int64_t overdue = 0;
  std::int64_t now = 0;
  std::int64_t week = 0; // however far ahead was asked
  json::array items;
  for (const auto &one : list.found) {
    if (one.limit.days_left < 0) ++overdue;
    if (one.limit.days_left == 0) ++now;
    if (one.limit.days_left > 0 && one.limit.days_left <= 7) ++week;
    items.push_back({{"record", one.record.id.text()},
                     {"ledger", one.type->id},
                     {"number", one.record.number},
                     {"title", service::record_label(*one.type, one.record)},
                     {"state", one.record.state},
                     {"org", one.record.owner_org.text()},
                     {"org_name", names->org(one.record.owner_org)},
                     {"limit", wire::limit_json(one.limit)}});
  }
  json::array duties;
  for (const auto &duty : list.duties) {
    auto out = wire::duty_json(duty);
    out["place_name"] = names->org(duty.place);
    out["label"] = call.label(duty.type->label);
    duties.push_back(std::move(out));
  }
  return answer(call.said({{"items", std::move(items)},
                           {"duties", std::move(duties)},
                           {"more", list.more},
                           {"overdue", overdue},
                           {"today", now},
                           {"week", week}}));
}

Result<Response> deadline(Call &call) {
  service::DeadlineRequest request;
  request.rule = call.text("rule");
  const auto today = call.environment().clock.today();
  request.from = TRY(call.day("from", today));
  if (!call.text("on").empty()) request.on = TRY(call.day("on", today));
  return answer(call.said(wire::to_json(TRY(service::deadline_days(call.environment(), request)))));
}

Result<Response> completeness(Call &call) {
  const auto org = TRY(call.org());
  return answer(wire::to_json(
      TRY(service::Completions(call.environment()).of(org, TRY(call.year()), call.actor())),
      call.english));
}

Result<Response> ledgers(Call &call) {
  const auto org = TRY(call.org());
  json::array items;
  for (const auto &one : TRY(service::Completions(call.environment())
                                 .ledger_counts(org, TRY(call.year()), call.actor())))
    items.push_back(wire::to_json(one));
  return answer({{"items", std::move(items)}});
}

Result<Response> clock(Call &call) {
  const auto org = TRY(call.org());
  return answer(wire::to_json(
      TRY(service::report_clock(call.environment(), org, TRY(call.year()), call.actor())),
      call.english));
}

} // namespace

void add_time_routes(Router &router) {
  const Parameter org{"org", "Office or node: code or name; the own office unless said"};
  const Parameter year{"year", "Year; this one unless said", "integer"};
  auto &waiting =
      router.add(Method::Get, "/api/v1/due", "listDue",
                 "Limits not met, the most pressing first, and duties that come round", due);
  waiting.with(org)
      .with({"within", "Days ahead: 7d"})
      .with({"mine", "Only matters I opened or took a part of", "boolean"})
      .with({"limit", "1 to 1000", "integer"});
  waiting.gives = "DueList";
  auto &worked = router.add(Method::Get, "/api/v1/deadline", "deadline",
                            "A time limit of the law worked out day by day", deadline);
  worked.with({"rule", "Rule, as the catalog names it", "string", true})
      .with({"from", "Day it starts from; today unless said"})
      .with({"on", "Day to tell the days left on"});
  worked.gives = "Deadline";
  auto &complete = router.add(Method::Get, "/api/v1/completeness", "completeness",
                              "How complete a year is, by group, ledger and month", completeness);
  complete.with(org).with(year);
  complete.gives = "Completeness";
  auto &all = router.add(Method::Get, "/api/v1/ledgers", "listLedgers",
                         "How many records each ledger has in a year", ledgers);
  all.with(org).with(year);
  all.gives = "LedgerList";
  auto &hands = router.add(Method::Get, "/api/v1/clock", "reportClock",
                           "When the annual report is due, and where it stands", clock);
  hands.with(org).with(year);
  hands.gives = "Clock";
}

} // namespace yifa::http
