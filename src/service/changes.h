#pragma once

#include "record/event.h"
#include "service/ledgers.h"

#include <functional>

/// The history of a record as people read it.
namespace yifa::service {

/// One field that an event changed, in words: labels of codes, names of offices and records.
struct FieldChange {
  std::string field; ///< id
  std::string label;
  std::string was; ///< empty: was not filled
  std::string is;  ///< empty: was emptied
};

struct RecordChange {
  std::int64_t seq = 0;
  Moment at;
  std::string actor;
  std::string actor_name; ///< empty when nobody told it
  std::string action;
  std::string label; ///< of the step or the part; empty when the catalog has no word
  std::string part;  ///< id of the part's kind, of an event on a part
  RecordId part_id;
  std::string from; ///< state; empty when the event moved none
  std::string to;
  std::string from_label;
  std::string to_label;
  std::vector<FieldChange> changes;
  /// Personal fields changed too; which and how is sealed.
  bool personal = false;
  std::string reason;
  bool late = false;               ///< with this event the record became one recorded late
  std::vector<std::string> warned; ///< gates that did not hold and were passed with the reason
  std::vector<std::string> exempt; ///< gates that did not bind
  std::string extended;            ///< the time limit it extended; empty for other events
};

struct ChangesRequest {
  RecordId record;
  bool english = false;
  std::function<std::string(const std::string &actor)> name_of; ///< may be empty
};

/// Oldest first. NotFound, Forbidden as Ledgers::history. Names of linked records the actor may not
/// see stay ids.
Result<std::vector<RecordChange>> record_changes(Ledgers &ledgers, const ChangesRequest &request,
                                                 const Actor &actor);

} // namespace yifa::service
