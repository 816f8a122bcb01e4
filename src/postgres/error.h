#pragma once

#include "base/result.h"

#include <string_view>

struct pg_conn;
struct pg_result;

/// What PostgreSQL says, for the person at the desk: every code becomes an Error here and nowhere
/// else. Values of rows, which the server's details quote, are never passed on.
namespace yifa::postgres {

/// Of a failed statement. `doing` completes "cannot …".
Error error_of(const pg_result *result, std::string_view doing);

/// Of a connection that could not be made or is gone.
Error connection_error(const pg_conn *connection, std::string_view doing);

/// Whether the failure was the end of the connection.
bool ends_connection(const pg_result *result);

} // namespace yifa::postgres
