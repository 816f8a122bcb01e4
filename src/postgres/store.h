#pragma once

#include "store/port.h"

#include <memory>
#include <string>

namespace yifa::postgres {

/// The store of a PostgreSQL database (14 or newer, encoding UTF8), alone or spread by Citus. `url`
/// as postgres/url.h tells. Makes its tables where the database is empty. Any number of programs
/// may have it open at once; those who write to one county wait for one another, those of different
/// counties do not. Invalid for a wrong URL; Unavailable when the server cannot be reached, holds
/// another program's tables or was written by a newer yifa.
Result<std::unique_ptr<store::Store>> open(const std::string &url);

} // namespace yifa::postgres
