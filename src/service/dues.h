#pragma once

#include "service/ledgers.h"

namespace yifa::service {

/// The time limits that run on a record, as the store keeps them for lists and alarms. `around`
/// looks through the transaction that changed the record.
Result<std::vector<store::DueRow>> running_limits(const catalog::RecordType &type,
                                                  const record::Record &record, Around &around);

/// Keeps them after a record changed.
Status keep_due(Environment &environment, store::Writer &writer,
                const procedure::Calendar &calendar, const record::Record &record);

} // namespace yifa::service
