#pragma once

#include "service/environment.h"

#include <string>

namespace yifa::service {

/// Whether the actor may do this to records of a ledger that the program itself writes. Packages of
/// a year are opened by what came in and corrected by nobody at the desk: else whoever may enter
/// records could put another package in their place. Forbidden.
Status permit_by_hand(const Actor &actor, const std::string &type, const std::string &action);

} // namespace yifa::service
