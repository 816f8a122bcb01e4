#include "catalog/show.h"
#include "http/begin_job.h"
#include "procedure/calendar.h"
#include "service/account_checks.h"
#include "service/account_store.h"
#include "service/backup_shelf.h"
#include "service/upkeep.h"

#include <algorithm>

namespace yifa::http {
namespace {

Status permit_right(const Call &call, bool account::Rights::*right, const char *message) {
  if (account::rights(call.visitor->user()).*right) return Done{};
  return forbidden(message);
}

Result<Response> list_settings(Call &call) {
  const auto today = call.environment().clock.today();
  json::array items;
  for (const auto &[id, setting] : call.catalog().settings) {
    json::array later;
    for (const auto &one : setting.later)
      later.push_back(
          {{"from", one.from.text()}, {"value", one.value}, {"source", one.source.text()}});
    items.push_back({{"id", id},
                     {"label", call.label(setting.label)},
                     {"help", call.label(setting.help)},
                     {"type", setting.type},
                     {"unit", setting.unit},
                     {"value", setting.on(today)},
                     {"statute", setting.value},
                     {"later", std::move(later)},
                     {"delegated", setting.delegated},
                     {"source", setting.source.text()},
                     {"certainty", std::string(catalog::to_string(setting.source.seen))}});
  }
  return answer({{"items", std::move(items)}});
}

Result<Response> show_calendar(Call &call) {
  const auto year = TRY(call.number("year", call.environment().clock.today().year(), 1949, 2100));
  const auto found = call.catalog().calendars.find(static_cast<int>(year));
  if (found == call.catalog().calendars.end())
    return not_found("the days off of this year are not known");
  const auto days = [](const std::map<Date, std::string> &of) {
    json::array out;
    for (const auto &[day, why] : of) out.push_back({{"date", day.text()}, {"why", why}});
    return out;
  };
  return answer({{"year", year},
                 {"off", days(found->second.off)},
                 {"work", days(found->second.work)},
                 {"source", found->second.source.text()}});
}

/// Whose account an event is about: that which was made or changed, or to which a matter was sent.
std::string account_in(const record::Event &event) {
  const char *member = event.type == "@user" ? "id" : event.type == "@handler" ? "user" : nullptr;
  if (member == nullptr) return {};
  const auto body = parse_json(event.body);
  const auto *found = body && body->is_object() ? body->get_object().if_contains(member) : nullptr;
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

/// The county's chains, newest first: who did what to which record, never with what personal words.
Result<Response> list_history(Call &call) {
  TRY(permit_right(call, &account::Rights::audit, "the history is the audit administrator's"));
  auto *reader = TRY(call.reader());
  const auto county = call.visitor->user().org.county();
  const auto limit = TRY(call.number("limit", 100, 1, 500));
  auto chain = call.text("chain");
  json::array chains;
  for (const auto &one : TRY(reader->chains())) {
    const auto scope = one.substr(one.find(':') == std::string::npos ? 0 : one.find(':') + 1);
    if (!scope.starts_with(county)) continue;
    if (chain.empty()) chain = one;
    chains.emplace_back(one);
  }
  if (std::none_of(chains.begin(), chains.end(),
                   [&](const auto &one) { return one.as_string() == chain; }))
    return chain.empty() ? answer({{"chains", chains}, {"items", json::array()}, {"next", nullptr}})
                         : Result<Response>(not_found("there is no such chain"));
  const auto head = TRY(reader->head(chain));
  const auto last = head ? head->seq : 0;
  // A page back from `before`: chains are read forward.
  const auto before = TRY(call.number("before", last + 1, 1, last + 1));
  const auto first = std::max<std::int64_t>(0, before - 1 - limit);
  json::array items;
  auto events = TRY(reader->events(chain, first, before - 1 - first));
  const auto actor = call.text("actor");
  const auto action = call.text("action");
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (!actor.empty() && event->actor != actor) continue;
    if (!action.empty() && event->action != action) continue;
    const auto account = account_in(*event);
    items.push_back(
        {{"account", account.empty() ? json::value() : json::value(account)},
         {"account_name", account.empty()
                              ? json::value()
                              : json::value(TRY(service::name_of_user(*reader, account)))},
         {"chain", event->chain},
         {"seq", event->seq},
         {"at", event->at.text()},
         {"actor", event->actor},
         {"actor_name", TRY(service::name_of_user(*reader, event->actor))},
         {"ledger", event->type},
         {"record", event->record.is_nil() ? json::value() : json::value(event->record.text())},
         {"action", event->action}});
  }
  return answer({{"chains", std::move(chains)},
                 {"chain", chain},
                 {"items", std::move(items)},
                 {"next", first > 0 ? json::value(first + 1) : json::value()}});
}

Result<Response> check_history(Call &call) {
  TRY(permit_right(call, &account::Rights::audit, "the history is the audit administrator's"));
  auto *desk = &call.desk;
  return begin_job(call, "verify", [desk](const Jobs::Progress &progress) -> Result<json::object> {
    const auto report = TRY(service::verify(desk->environment(), progress));
    json::array faults;
    for (const auto &fault : report.faults)
      faults.push_back({{"where", fault.where}, {"message", fault.message}});
    return json::object{{"sound", report.faults.empty()},  {"chains", report.chains},
                        {"events", report.events},         {"records", report.records},
                        {"tally_rows", report.tally_rows}, {"attachments", report.attachments},
                        {"faults", std::move(faults)}};
  });
}

json::object backup_json(const service::ShelvedBackup &backup) {
  return {{"name", backup.name},
          {"at", backup.at.text()},
          {"bytes", backup.bytes},
          {"daily", backup.daily},
          {"verified", backup.verified ? json::value(backup.verified->text()) : json::value()}};
}

json::object backup_plan_json(const service::BackupPlan &plan) {
  return {{"on", plan.on},
          {"at", service::minute_text(plan.minute)},
          {"folder", plan.folder.string()},
          {"keep", plan.keep}};
}

Result<Response> list_backups(Call &call) {
  TRY(permit_right(call, &account::Rights::settings, "backups are the system administrator's"));
  const auto state = TRY(service::BackupShelf(call.desk.workspace()).state());
  json::array items;
  for (const auto &backup : state.backups) items.push_back(backup_json(backup));
  json::array warnings;
  for (const auto &warning : state.warnings)
    warnings.emplace_back(call.english ? warning : call.desk.messages().translate(warning));
  return answer({{"items", std::move(items)},
                 {"plan", backup_plan_json(state.plan)},
                 {"warnings", std::move(warnings)}});
}

Result<Response> plan_backups(Call &call) {
  TRY(permit_right(call, &account::Rights::settings, "backups are the system administrator's"));
  const auto body = TRY(call.body());
  service::BackupPlan plan;
  if (!body.contains("on"))
    return invalid("the body was not understood", {{"on", "is needed", "", ""}});
  plan.on = TRY(flag_in(body, "on"));
  plan.minute = TRY(service::read_minute(TRY(text_in(body, "at"))));
  plan.folder = TRY(text_in(body, "folder"));
  plan.keep = static_cast<int>(TRY(number_in(body, "keep", plan.keep, 1, 1000)));
  TRY(service::keep_backup_plan(call.environment(), call.desk.workspace().folder(), plan,
                                call.actor()));
  return answer(backup_plan_json(plan));
}

Result<Response> make_backup(Call &call) {
  TRY(permit_right(call, &account::Rights::settings, "backups are the system administrator's"));
  auto *desk = &call.desk;
  return begin_job(call, "backup", [desk](const Jobs::Progress &progress) -> Result<json::object> {
    progress(0.1, "");
    return backup_json(TRY(service::BackupShelf(desk->workspace()).add()));
  });
}

Result<Response> security(Call &call) {
  const auto rights = account::rights(call.visitor->user());
  if (!rights.users && !rights.settings && !rights.audit)
    return forbidden("the self-check is the administrators'");
  json::array items;
  for (const auto &item : TRY(service::check_accounts(call.environment()))) {
    json::array users;
    for (const auto &user : item.users) users.emplace_back(user);
    const auto words = [&](const std::string &said) {
      return call.english ? said : call.desk.messages().translate(said);
    };
    items.push_back({{"id", item.id},
                     {"ok", item.ok},
                     {"message", words(item.message)},
                     {"why", words(item.why)},
                     {"users", std::move(users)}});
  }
  return answer({{"items", std::move(items)}});
}

} // namespace

void add_admin_routes(Router &router) {
  auto &settings =
      router.add(Method::Get, "/api/v1/settings", "listSettings",
                 "Values that statute leaves to others, as they are in force", list_settings);
  settings.access = Route::Access::OrFresh;
  settings.gives = "SettingList";
  router
      .add(Method::Get, "/api/v1/calendar", "showCalendar", "Days off and make-up working days",
           show_calendar)
      .with({"year", "Year; this one unless said", "integer"})
      .gives = "Calendar";
  auto &history = router.add(Method::Get, "/api/v1/history", "listHistory",
                             "Events of a chain, newest first", list_history);
  history.with({"chain", "Chain; the first one unless said"})
      .with({"before", "Cursor", "integer"})
      .with({"limit", "1 to 500", "integer"})
      .with({"actor", "Only of this user"})
      .with({"action", "Only this action"});
  history.gives = "HistoryList";
  auto &check = router.add(Method::Post, "/api/v1/history/check", "checkHistory",
                           "Proves chains, rows, counts and attachments", check_history);
  check.gives = "Job";
  check.status = 202;
  router
      .add(Method::Get, "/api/v1/backups", "listBackups", "Backups and when each was proved",
           list_backups)
      .gives = "BackupList";
  auto &planned =
      router.add(Method::Put, "/api/v1/backups/plan", "planBackups",
                 "When a backup is made by itself, where, how many are kept", plan_backups);
  planned.body = Route::Body::Json;
  planned.takes = "BackupPlan";
  planned.gives = "BackupPlan";
  auto &backup = router.add(Method::Post, "/api/v1/backups", "makeBackup",
                            "A backup, opened again and proved", make_backup);
  backup.gives = "Job";
  backup.status = 202;
  router
      .add(Method::Get, "/api/v1/security", "securityCheck", "What is to be said of the accounts",
           security)
      .gives = "SecurityList";
}

} // namespace yifa::http
