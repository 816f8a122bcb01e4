#pragma once

#include "catalog/model.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::record {

using catalog::Value;

/// A dated step of one matter.
struct PartRecord {
  RecordId id;
  int part = -1;             ///< index in RecordType::parts
  std::vector<Value> values; ///< by Part::fields
  std::int64_t version = 1;
  bool withdrawn = false;
  std::string actor;
  Moment recorded_at;
  bool operator==(const PartRecord &) const = default;
};

/// One record of a ledger, as it stands after its last event.
struct Record {
  RecordId id;
  std::string type;
  Date edition;       ///< of the catalog, chosen by the record's own day
  OrgCode owner_org;  ///< keeps it: tally, chain, keys
  OrgCode place_org;  ///< where it happened; equal to owner_org when the type has no place
  std::string number; ///< display number per office, ledger and year: "2023-218"
  Date day;           ///< the type's `day`, or the day received when that is not filled
  std::string state;
  std::int64_t version =
      0;             ///< raised by every event of the record and its parts; 0: not stored yet
  bool late = false; ///< recorded more than `late_after` days after its day
  bool withdrawn = false;
  std::string withdrawn_reason;
  std::string created_by;
  Moment recorded_at; ///< when the store received its opening
  std::optional<RecordId> batch;
  std::vector<Value>
      values; ///< by RecordType::fields; personal ones empty unless unsealed for a handler
  std::vector<PartRecord> parts; ///< in the order of their making, withdrawn ones too
  std::string personal;   ///< ciphertext of the personal fields of record and parts; empty if none
  bool forgotten = false; ///< its key is gone

  const Value &value(int index) const { return values[static_cast<std::size_t>(index)]; }
  bool operator==(const Record &) const = default;
};

} // namespace yifa::record
