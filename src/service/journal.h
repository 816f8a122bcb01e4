#pragma once

#include "base/json.h"
#include "record/command.h"
#include "record/event.h"
#include "record/record.h"

namespace yifa::service {

/// What changed with one event, besides what every event says.
struct Change {
  std::string action;
  std::string from_state;
  std::optional<int> part; ///< index in RecordType::parts, of a part's event
  const record::PartRecord *part_before = nullptr; ///< absent when the part was opened
  const record::PartRecord *part_after = nullptr;
  std::string reason;
  std::string client_key;
  std::optional<RecordId> batch;   ///< the import it belongs to
  json::object extend;             ///< a granted extension: {rule, part?, by, unit, due, told?}
  std::vector<std::string> warned; ///< gates that did not hold and were passed with the reason
  std::vector<std::pair<std::string, std::string>> exempt; ///< gates that did not bind: ground
};

/// The event of a change, ready to append: the store adds seq, previous and hash. Personal values
/// are in it as ciphertext only.
record::Event make_event(const catalog::RecordType &type, const record::Record &before,
                         const record::Record &after, const Change &change, Moment at,
                         const std::string &actor);

/// The chain a record of this office is kept in.
std::string chain_of(const OrgCode &owner);

/// Fills type, record, action, actor and time from the body: of an event that comes back from an
/// archive. Invalid.
Status read_head(record::Event &event);

/// Carries an event over to the record it changed: `record` is empty (version 0) before the
/// opening. Derived fields are left as they are. Invalid when the event does not fit.
Status replay(const catalog::Catalog &catalog, const record::Event &event, record::Record &record);

} // namespace yifa::service
