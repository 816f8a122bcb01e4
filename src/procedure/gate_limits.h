#pragma once

#include "procedure/gates.h"
#include "procedure/reckon.h"

namespace yifa::procedure {

/// A time limit that has begun on a record, and what met it.
struct Measured {
  const catalog::Deadline *rule = nullptr;
  const record::PartRecord *part = nullptr; ///< the part it runs on; null on the record itself
  Reckoning reckoning;
  std::optional<Moment> due_at; ///< of hours counted from a moment
  std::string until_name;
  std::optional<Date> until; ///< nothing while it runs
  bool satisfied = false;    ///< of one that was met: in time
};

/// The time limit `id` of the record or of one of its parts (of several such parts the last), with
/// its pauses. Nothing when it has not started, when it is of another record or starts from an
/// event that is not kept. Beyond the known calendars it is a marked estimate.
std::optional<Measured> measure_limit(const std::string &id, const record::Place &place,
                                      const Facts &facts);

/// Every time limit that has begun on the record and its parts, those beyond the known calendars as
/// marked estimates; in catalog order. Rules that start from an event that is not kept are left
/// out.
std::vector<Measured> limits_of(const catalog::RecordType &type, const record::Record &record,
                                const Facts &facts);

} // namespace yifa::procedure
