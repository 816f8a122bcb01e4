#pragma once

#include "base/json.h"
#include "service/changes.h"

namespace yifa::wire {

/// {seq, at, actor, actor_name, action, label, part, from, to, from_label, to_label, changes:
/// [{field, label, was, is}], personal, reason, late, warned, exempt, extended}; `part` {kind, id}
/// or null. `personal` says that sealed fields changed too. The language is the one the change was
/// told in.
json::object to_json(const service::RecordChange &change);

} // namespace yifa::wire
