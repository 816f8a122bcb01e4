#pragma once

#include "sqlite/connection.h"

namespace yifa::sqlite {

/// Brings the fixed tables up to this program. Unavailable when the file belongs to a newer program
/// or to another one.
Status upgrade_fixed_tables(SqliteConnection &db);

} // namespace yifa::sqlite
