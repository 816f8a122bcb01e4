#pragma once

#include "base/json.h"
#include "service/figure_views.h"

namespace yifa::wire {

/// docs/schema/figure.json and besides `topic` (the group of ledgers, "A" to "G"), `number` (as
/// printed, null without a value), `last_year` ({value, number, status}, null without a record) and
/// `marks` (outlier, late). `label` and definition in the language asked for.
json::object to_json(const service::FigureRow &row, bool english);

/// The same with `months` ({month, value, status, last_year}), `places` ({org, name, value, number,
/// status}; null when it cannot be told), `formula` ({way, ledger, of: [{id, label}]}), `records`
/// and `late` of its ledgers.
json::object to_json(const service::FigureView &view, bool english);

} // namespace yifa::wire
