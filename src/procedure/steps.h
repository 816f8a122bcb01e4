#pragma once

#include "record/command.h"
#include "record/record.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

/// Which steps a matter may take. Pure functions of the record and of what was done before.
namespace yifa::procedure {

/// How often each transition of the record was done before.
using Done = std::map<std::string, std::int64_t, std::less<>>;

/// The transition `action` of this record. NotFound for an unknown name (with the nearest), Refused
/// when the record's state does not allow it, when it was done as often as it may be, or when the
/// record was withdrawn; the problem cites the source and says what is possible now.
Result<const catalog::Transition *> step(const catalog::RecordType &type,
                                         const record::Record &record, const std::string &action,
                                         const Done &done);

/// Whether a step suits the record as it stands.
using Fits = std::function<bool(const catalog::Transition &step)>;

/// Transitions possible from the record's present state, in catalog order, without "open".
std::vector<const catalog::Transition *> possible(const catalog::RecordType &type,
                                                  const record::Record &record);

/// What the step asks for and the record does not hold: one problem a field.
std::vector<Problem> missing(const catalog::RecordType &type, const catalog::Transition &step,
                             const record::Record &record, const std::string &reason);

/// Required fields (of a record or part) that are not filled.
std::vector<Problem> missing_required(const std::vector<catalog::Field> &fields,
                                      const std::vector<catalog::Value> &values);

/// The way of steps from the record's state to `target` whose asks the record already holds: of
/// several the one with fewest steps that do not `fit` it, then the one that takes most of the
/// steps whose days it holds, then the shortest. Invalid for an unknown state; Refused when no way
/// leads there or every way lacks something: the problems say what the nearest way still asks.
Result<std::vector<const catalog::Transition *>>
way(const catalog::RecordType &type, const record::Record &record, const std::string &target,
    const std::string &reason, const Fits &fits = {});

} // namespace yifa::procedure
