#pragma once

#include "service/environment.h"

namespace yifa::service {

/// Works out anew what stands beside the records and follows from them and the catalog: derived
/// fields, tallies, running time limits. Used when the catalog changed (a new indicator, another
/// day count, a holiday notice) and when records came back from an archive. Within the caller's
/// transaction.
Status recount(Environment &environment, store::Writer &writer);

} // namespace yifa::service
