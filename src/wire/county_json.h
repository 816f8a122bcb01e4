#pragma once

#include "base/json.h"
#include "service/county.h"

namespace yifa::wire {

/// {year, submit, publish, report}: `submit` and `publish` {rule, due, before, days_left, says,
/// what, source, certainty, delegated} or null; `report` {id, state, state_label, version} or null.
json::object to_json(const service::ReportClock &clock, bool english);

/// {org, name, year, stages, clock, towns: [{org, name, stage, state, state_label, since, days,
/// record, late, last, months, gaps, figures, errors, stale, chased}], nodes: [{org, name, towns,
/// reports: {stage: n}}], sums: [figure], counts: {stage: n}}. Null where nothing is known. Months
/// as in completeness_json.h.
json::object to_json(const service::CountyYear &county, bool english);

} // namespace yifa::wire
