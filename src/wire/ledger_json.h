#pragma once

#include "base/json.h"
#include "catalog/model.h"

/// Ledgers of the catalog as a form, a table and a procedure need them (GET /api/v1/catalog).
/// Labels in one language; what the law says is Chinese in either. None can fail.
namespace yifa::wire {

/// The label in the language asked for; the Chinese one where there is no English.
const std::string &label_in(const catalog::Words &words, bool english);

/// A field of a ledger, a part or a line of rows; every key always, empty where it says nothing.
json::object field_json(const catalog::Field &field, bool english);

/// A demand of the law in words, with its article. `part` is the part it stands on; null on a step
/// or the ledger itself.
json::object gate_json(const catalog::Catalog &catalog, const catalog::RecordType &type,
                       const catalog::Gate &gate, const catalog::Part *part);

/// A ledger with fields, parts, states, steps, demands, time limits and documents. What is absent
/// in this edition is left out.
json::object ledger_json(const catalog::Catalog &catalog, const catalog::RecordType &type,
                         bool english);

} // namespace yifa::wire
