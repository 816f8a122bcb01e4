#pragma once

#include "base/result.h"

namespace yifa::postgres {

class PostgresConnection;

/// Makes the tables that no catalog changes, or brings them up to this program, and checks that the
/// database compares texts by bytes. Unavailable when it belongs to a newer program, holds another
/// program's tables or this account may not make tables. `partitions`: of the big ones; 0: none.
Status upgrade_fixed_tables(PostgresConnection &db, int partitions);

} // namespace yifa::postgres
