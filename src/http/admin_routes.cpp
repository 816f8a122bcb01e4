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
    items.push_back(
        {{"chain", event->chain},
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
          {"verified", backup.verified ? json::value(backup.verified->text()) : json::value()}};
}

Result<Response> list_backups(Call &call) {
  TRY(permit_right(call, &account::Rights::settings, "backups are the system administrator's"));
  json::array items;
  for (const auto &backup : TRY(service::BackupShelf(call.desk.workspace()).list()))
    items.push_back(backup_json(backup));
  return answer({{"items", std::move(items)}});
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
  router
      .add(Method::Get, "/api/v1/settings", "listSettings",
           "Values that statute leaves to others, as they are in force", list_settings)
      .gives = "SettingList";
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
