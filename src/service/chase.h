#pragma once

#include "service/environment.h"

#include <optional>

/// A county reminding a town of its report.
namespace yifa::service {

/// Notes that the town was reminded today: the town sees it on its report's clock, and the county
/// in its matrix. An event of the administrative chain. Forbidden but for a county's reviewer of
/// that town; Refused when it was reminded today already.
Status chase_report(Environment &environment, const OrgCode &town, int year, const Actor &actor);

/// The last time it was; nothing when it never was.
Result<std::optional<Date>> chased_on(store::Reader &reader, const OrgCode &town, int year);

} // namespace yifa::service
