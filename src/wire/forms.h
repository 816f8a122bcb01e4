#pragma once

#include "base/json.h"
#include "procedure/reckon.h"
#include "service/outlook.h"
#include "service/procedure_plan.h"

#include <optional>
#include <string_view>

/// The JSON forms both edges print (docs/contracts.md). None can fail.
namespace yifa::wire {

/// {where, message, source, supply}, all of them always.
json::array problems_json(const std::vector<Problem> &problems);

/// An error as the command line prints it: {error: {code, message, problems: [{where, message,
/// source?, supply?}]}}.
json::object error_json(const Error &error);

/// What became of a command; `part` when it opened or changed one.
json::object receipt_json(const record::Receipt &receipt);

/// A time limit of a record on a day; `due_at`, `until` and `unextended` when there are.
json::object limit_json(const service::LimitAhead &limit);

/// What was done, what can be done now and what is due when.
json::object outlook_json(const service::Outlook &outlook, bool english = false);

/// A duty that comes round (`state: recurs`); `last` and `due` null when it was never recorded.
json::object duty_json(const service::Duty &duty);

/// A record that waits: its limit with record, ledger, number and org.
json::object due_json(const service::Due &due);

/// What the law would require of a matter.
json::object plan_json(const service::ProcedurePlan &plan);

/// A time limit of the law worked out, every day accounted for. `ledger` is the one it stands in;
/// `days_left` is told when there is a day to count from.
json::object reckoning_json(const catalog::RecordType &ledger, const catalog::Deadline &rule,
                            const procedure::Reckoning &worked,
                            std::optional<std::int64_t> days_left);

/// A hit of the search. `key` is what the record's id is called ("id" on the command line).
json::object hit_json(const store::SearchHit &hit, std::string_view key);

} // namespace yifa::wire
