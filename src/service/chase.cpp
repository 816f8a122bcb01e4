#include "service/chase.h"

#include "account/user.h"
#include "service/account_store.h"
#include "service/clock.h"
#include "service/permission.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

std::string chase_key(const OrgCode &town, int year) {
  return fmt::format("chase:{}:{}", town.text(), year);
}

} // namespace

Result<std::optional<Date>> chased_on(store::Reader &reader, const OrgCode &town, int year) {
  const auto kept = TRY(reader.meta(chase_key(town, year)));
  if (!kept) return std::optional<Date>();
  return std::optional(TRY(Date::parse(*kept)));
}

Status chase_report(Environment &environment, const OrgCode &town, int year, const Actor &actor) {
  TRY(permit_office(actor, town));
  const bool reviewer =
      actor.local_operator || std::find(actor.roles.begin(), actor.roles.end(),
                                        account::kCountyReviewer) != actor.roles.end();
  if (!reviewer || town.level() != OrgLevel::Township || !actor.scope.contains(town))
    return forbidden("a town is reminded by its county's reviewer");
  auto writer = TRY(environment.store.write({.county = town.county()}));
  const auto now = environment.clock.now();
  if (TRY(chased_on(*writer, town, year)) == std::optional(now.date()))
    return refused("the town was reminded today already", {});
  TRY(writer->put_meta(chase_key(town, year), now.date().text()));
  record::Event event;
  event.chain = admin_chain(OrgCode::parse(town.county()).value_or(town));
  event.at = now;
  event.actor = actor.id;
  event.type = "@report";
  event.action = "chase";
  event.body = canonical(json::object{{"v", 1},
                                      {"at", now.text()},
                                      {"actor", actor.id},
                                      {"type", event.type},
                                      {"action", event.action},
                                      {"org", town.text()},
                                      {"year", year}});
  TRY(writer->append(event));
  return writer->commit();
}

} // namespace yifa::service
