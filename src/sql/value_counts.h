#pragma once

#include "sql/dialect.h"
#include "store/shape.h"

#include <string>
#include <vector>

namespace yifa::sql {

/// The name under which a record's state is counted beside its codes.
constexpr const char *kStateCounted = "@state";

/// Statements that count a ledger by value from nothing, from its rows.
std::vector<std::string> recount_values(const store::TypeShape &type, const Dialect &dialect);

} // namespace yifa::sql
