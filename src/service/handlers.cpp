#include "service/handlers.h"

#include "service/account_store.h"
#include "service/permission.h"

#include <algorithm>
#include <set>

namespace yifa::service {
namespace {

Status note_handler(store::Writer &writer, Moment at, const record::Record &record,
                    const std::string &user, const std::string &action, const Actor &actor) {
  record::Event event;
  event.chain = admin_chain(OrgCode::parse(record.owner_org.county()).value_or(OrgCode()));
  event.at = at;
  event.actor = actor.id;
  event.type = "@handler";
  event.record = record.id;
  event.action = action;
  event.body = canonical(json::object{{"v", 1},
                                      {"at", at.text()},
                                      {"actor", actor.id},
                                      {"type", event.type},
                                      {"ledger", record.type},
                                      {"record", record.id.text()},
                                      {"action", action},
                                      {"user", user}});
  return writer.append(event);
}

/// The record, when the actor may give it on.
Result<record::Record> own_matter(store::Reader &reader, const RecordId &id, const Actor &actor) {
  const auto type = TRY(reader.type_of(id));
  if (!type) return no_such_record(id.text());
  auto record = TRY(reader.get(*type, id));
  if (!record) return no_such_record(id.text());
  TRY(permit_record(reader, actor, *record));
  // What was sent to somebody is not his to send on; whoever works in the office may.
  TRY(permit(actor, record->type, record->owner_org, record->place_org));
  TRY(permit_step(actor, ""));
  return std::move(*record);
}

/// Who gives a matter on waits for those who write in its county alone.
Result<std::unique_ptr<store::Writer>> writer_for(Environment &environment, const RecordId &record,
                                                  const Actor &actor) {
  const auto matter = TRY(own_matter(*TRY(environment.store.read()), record, actor));
  return environment.store.write({.county = matter.owner_org.county()});
}

} // namespace

Status send_matter(Environment &environment, const RecordId &record, const std::string &user,
                   const Actor &actor) {
  auto writer = TRY(writer_for(environment, record, actor));
  const auto matter = TRY(own_matter(*writer, record, actor));
  const auto account = TRY(stored_user(*writer, user));
  if (!account || account->disabled) return not_found("there is no such user");
  if (std::any_of(account->roles.begin(), account->roles.end(), account::is_administrator))
    return refused("an administrator handles no matters", {});
  TRY(writer->put_handler(matter.owner_org.county(), matter.id, user));
  TRY(note_handler(*writer, environment.clock.now(), matter, user, "send", actor));
  return writer->commit();
}

Status take_back_matter(Environment &environment, const RecordId &record, const std::string &user,
                        const Actor &actor) {
  auto writer = TRY(writer_for(environment, record, actor));
  const auto matter = TRY(own_matter(*writer, record, actor));
  TRY(writer->drop_handler(matter.id, user));
  TRY(note_handler(*writer, environment.clock.now(), matter, user, "take back", actor));
  return writer->commit();
}

Status give_to_office(store::Writer &writer, Moment at, const catalog::RecordType &type,
                      const record::Record &record, const Actor &actor) {
  std::set<std::string> roles;
  for (const auto &step : type.transitions)
    if (std::find(step.from.begin(), step.from.end(), record.state) != step.from.end())
      roles.insert(step.role);
  for (const auto &id : TRY(user_ids(writer))) {
    const auto account = TRY(stored_user(writer, id));
    if (!account || account->disabled || account->org.township() != record.owner_org.township() ||
        !account->org.contains(record.owner_org) || !has_ledger(actor_of(*account), type.id))
      continue;
    if (std::none_of(account->roles.begin(), account->roles.end(),
                     [&](const std::string &role) { return roles.contains(role); }))
      continue;
    TRY(writer.put_handler(record.owner_org.county(), record.id, id));
    TRY(note_handler(writer, at, record, id, "send", actor));
  }
  return Done{};
}

} // namespace yifa::service
