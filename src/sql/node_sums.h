#pragma once

#include "sql/connection.h"

#include <functional>

/// Sums of cities, provinces and the nation, kept beside those of their counties. Whoever changes a
/// county's sum appends the change to `rising`, under his county; one worker adds what stands there
/// to the sums above and takes it away, in one transaction. Kept sum and what is not risen together
/// are exact at any moment (adr/0071). Only for an engine that keeps them
/// (Dialect::keeps_node_sums).
namespace yifa::sql {

/// Of a row of a county, named `row`: the nodes above it, as `node.code`.
std::string nodes_above(const std::string &row);

/// Adds what was left behind to the kept sums; how many changes there were. Inside a transaction
/// whose statements all see one moment, one such transaction at a time.
Result<std::int64_t> raise_node_sums(Connection &db);

/// Makes the kept sums anew from those of the counties. As raise_node_sums; writers may go on.
Status rebuild_node_sums(Connection &db);

/// Holds the kept sums and what is not risen against the counties' sums; tells each that differs.
Status check_node_sums(
    Connection &db,
    const std::function<void(const std::string &where, const std::string &what)> &fault);

} // namespace yifa::sql
