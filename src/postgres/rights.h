#pragma once

#include "base/result.h"

#include <string>

namespace yifa::postgres {

class PostgresConnection;

/// Lets an account (role) of the server read and write this store's tables, those that later
/// migrations make included, without the right to make or alter tables, or to change or remove an
/// event. Asked by the owner of the tables. Invalid for a name that is no plain one; Unavailable
/// when the server refuses.
Status grant(PostgresConnection &db, const std::string &account);

} // namespace yifa::postgres
