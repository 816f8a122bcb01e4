#pragma once

#include "record/query.h"
#include "store/shape.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Query → SQL. Scope, period, states and paging are exact; `where` is narrowed as far as columns
/// allow and never too far: what the SQL lets through is judged again by record::matches.
namespace yifa::store {

/// A bound parameter; an id is bound as bytes.
using Parameter = std::variant<std::int64_t, std::string, RecordId>;

struct Statement {
  std::string sql;
  std::vector<Parameter> parameters;
};

/// All columns of the type's table, in order, for the query's records.
Statement select_records(const TypeShape &type, const record::Query &query, const Dialect &dialect);

/// How many records the query finds, counting no further than `most`. The query's `where` is
/// narrowed only, so it must be empty for an exact answer.
Statement count_records(const TypeShape &type, const record::Query &query, std::int64_t most,
                        const Dialect &dialect);

/// A condition over the type's table that no record satisfying the predicate fails; nothing when
/// SQL cannot narrow. Parameters are appended.
std::optional<std::string> narrow(const TypeShape &type, const catalog::Predicate &where,
                                  const Dialect &dialect, std::vector<Parameter> &parameters);

} // namespace yifa::store
