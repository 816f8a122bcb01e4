#pragma once

#include "record/record.h"
#include "service/environment.h"

/// Who may do what: the one place that decides, for reading, writing, searching, exporting,
/// counting, files, figures and reports alike (DECISIONS 1-3).
namespace yifa::service {

/// Whether the actor may look at the ledger `type` of an office: its rows without personal fields,
/// its counts. Forbidden otherwise.
Status permit(const Actor &actor, const std::string &type, const OrgCode &owner,
              const OrgCode &place);

/// What is said of an id that is no record's; of a record that is not his to see the same, so that
/// nobody learns which ids there are.
Error no_such_record(const std::string &id);

/// The same of one record: what lies in his scope, or was sent to him. NotFound (no_such_record)
/// otherwise.
Status permit_record(store::Reader &reader, const Actor &actor, const record::Record &record);

/// Whether the actor handles the record: he opened it, took a part of it, or it was sent to him.
/// Handlers read its personal fields and the papers of ledgers that are for handlers.
Result<bool> handles(store::Reader &reader, const Actor &actor, const record::Record &record);

/// Whether the actor may take a step that the catalog gives to `role` (empty: to nobody in
/// particular) on a record he may see. The problem's `supply` names the role.
Status permit_step(const Actor &actor, const std::string &role);

/// Whether he may add to or correct a part: `access` of the part ("role:R:field") opens it to a
/// role that else only reads.
Status permit_part(const Actor &actor, const catalog::Part &part);

/// Whether the actor may see figures and counts of the office at all.
Status permit_office(const Actor &actor, const OrgCode &org);

/// Whoever writes to an office from its public pages. He opens what the catalog gives to the role
/// `public` in one ledger, and takes no other step. No account can bear the name.
Actor public_actor(const OrgCode &office, const std::string &ledger);
inline constexpr const char *kPublic = "public"; ///< his name and his role

/// Whether the ledger is one of his.
bool has_ledger(const Actor &actor, const std::string &type);

} // namespace yifa::service
