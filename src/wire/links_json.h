#pragma once

#include "base/json.h"
#include "service/links.h"

namespace yifa::wire {

/// {field, ledger, ledger_label, record, number, label, state, withdrawn}.
json::object to_json(const service::RecordLink &link);

/// {links, backlinks, more}.
json::object to_json(const service::RecordLinks &links);

} // namespace yifa::wire
