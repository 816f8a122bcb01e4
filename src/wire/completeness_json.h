#pragma once

#include "base/json.h"
#include "service/completeness.h"

namespace yifa::wire {

/// Twelve months: {month, records, zero, ahead}; `records` null where nothing is known, 0 where a
/// zero was confirmed.
json::array months_json(const service::YearCells &months);

/// {ledger, label, month, why, wanted?, found?, rule?, source?, certainty?, delegated?}: `why` is
/// silent, unconfirmed or rhythm; what follows `why` is told of rhythms.
json::object to_json(const service::Gap &gap, bool english);

/// {groups: [{group, label, months, total, unit, last, gaps}], ledgers: [{ledger, months, total,
/// open, late, last}]}; of ledgers only those with something to show: a record, a zero or a gap.
json::object to_json(const service::Completeness &year, bool english);

/// {id, records, open, late, last}.
json::object to_json(const service::LedgerYear &ledger);

} // namespace yifa::wire
