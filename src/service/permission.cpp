#include "service/permission.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

bool has_role(const Actor &actor, const std::string &role) {
  return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

Error not_his() { return forbidden("you may not see or change this ledger of this office"); }

} // namespace

bool has_ledger(const Actor &actor, const std::string &type) {
  if (actor.local_operator) return true;
  if (actor.no_records) return false;
  return actor.ledgers.empty() ||
         std::find(actor.ledgers.begin(), actor.ledgers.end(), type) != actor.ledgers.end();
}

Status permit(const Actor &actor, const std::string &type, const OrgCode &owner,
              const OrgCode &place) {
  if (actor.local_operator) return Done{};
  if (actor.matters_only || !has_ledger(actor, type)) return not_his();
  if (actor.scope.contains(owner) || actor.scope.contains(place)) return Done{};
  return not_his();
}

Error no_such_record(const std::string &id) {
  return not_found(fmt::format("there is no record {}", id));
}

Status permit_record(store::Reader &reader, const Actor &actor, const record::Record &record) {
  if (permit(actor, record.type, record.owner_org, record.place_org)) return Done{};
  if (!actor.no_records && TRY(reader.handles(actor.id, record.id))) return Done{};
  return no_such_record(record.id.text());
}

Result<bool> handles(store::Reader &reader, const Actor &actor, const record::Record &record) {
  if (actor.local_operator) return true;
  if (actor.no_records) return false;
  if (!actor.matters_only) {
    // A right that was taken away ends with it, also for what he once wrote.
    const bool his =
        actor.scope.contains(record.owner_org) || actor.scope.contains(record.place_org);
    if (his && has_ledger(actor, record.type)) {
      if (record.created_by == actor.id) return true;
      for (const auto &part : record.parts)
        if (!part.withdrawn && part.actor == actor.id) return true;
    }
  }
  return reader.handles(actor.id, record.id);
}

Status permit_step(const Actor &actor, const std::string &role) {
  if (actor.local_operator) return Done{};
  if (!role.empty() && has_role(actor, role)) return Done{};
  if (role.empty() && !actor.reads_only && !actor.no_records) return Done{};
  auto error = forbidden("this step is not yours to take");
  if (!role.empty()) error.problems.push_back({"", "this step is taken by another role", "", role});
  return error;
}

Status permit_part(const Actor &actor, const catalog::Part &part) {
  if (actor.local_operator || (!actor.reads_only && !actor.no_records)) return Done{};
  // "role:R:field"
  if (part.access.starts_with("role:")) {
    const auto end = part.access.find(':', 5);
    if (has_role(actor, part.access.substr(5, end - 5))) return Done{};
  }
  return forbidden("this step is not yours to take");
}

Actor public_actor(const OrgCode &office, const std::string &ledger) {
  Actor actor;
  actor.id = kPublic;
  actor.scope = office;
  actor.ledgers = {ledger};
  actor.roles = {kPublic};
  actor.reads_only = true;
  return actor;
}

Status permit_office(const Actor &actor, const OrgCode &org) {
  if (actor.local_operator) return Done{};
  if (!actor.no_records && !actor.matters_only && actor.scope.contains(org)) return Done{};
  return forbidden("you may not see the figures of this office");
}

} // namespace yifa::service
