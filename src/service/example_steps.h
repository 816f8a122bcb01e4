#pragma once

#include "service/environment.h"

namespace yifa::service {

/// Does what examples/steps.json tells, once the example records are there: so that the
/// demonstration has a draft open for comment and a report that is published, as seen from the day
/// it lives on. Errors are those of the acts, and mean that the examples and the catalog do not fit
/// together.
///
/// A step keeps a `paper` (its text), opens a record (`open`, `org`, `fields`), begins a report
/// (`report`: the year) or takes a step on what came before (`on`, `act`, `fields`, `reason`); `as`
/// names what came of it. In fields "@day-3" is a day seen from the demonstration's, "@name" the
/// record or paper of that name, "@name.field" a file of that record.
Status take_example_steps(Environment &environment);

} // namespace yifa::service
