#pragma once

#include "base/result.h"

#include <string>
#include <vector>

/// The tables over the servers of a Citus cluster: those with a county by county, all in the same
/// places, so that what belongs to one county lies on one server; the others everywhere.
namespace yifa::postgres {

class PostgresConnection;

/// Whether the tables are spread already.
Result<bool> is_spread(PostgresConnection &db);

/// Spreads every table that is not spread yet; a line a table. Cut off, it goes on when asked
/// again. Unavailable where the database has no Citus.
Result<std::vector<std::string>> spread(PostgresConnection &db);

} // namespace yifa::postgres
