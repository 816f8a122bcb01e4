#pragma once

#include "base/json.h"
#include "service/deadline_days.h"

namespace yifa::wire {

/// [{date, kind, n?, why?}]: kind is start, counted, off, made_up or due; `n` of what is counted.
json::array to_json(const std::vector<service::LimitDay> &days);

/// As `yifa deadline --json`, with `what` (the rule in words) and `days`.
json::object to_json(const service::DeadlineDays &deadline);

} // namespace yifa::wire
