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

/// How many records the query finds, counting no further than `most`; exact where the query's
/// `where` is (narrows_exactly).
Statement count_records(const TypeShape &type, const record::Query &query, std::int64_t most,
                        const Dialect &dialect);

/// The same of those alone that lie in the scope and are kept outside it; nothing where the query
/// does not ask for them.
std::optional<Statement> count_placed(const TypeShape &type, const record::Query &query,
                                      std::int64_t most, const Dialect &dialect);

/// A condition over the type's table that no record satisfying the predicate fails; nothing when
/// SQL cannot narrow. Parameters are appended. `exact` is set to whether every record that fulfils
/// the condition satisfies the predicate too.
std::optional<std::string> narrow(const TypeShape &type, const catalog::Predicate &where,
                                  const Dialect &dialect, std::vector<Parameter> &parameters,
                                  bool *exact = nullptr);

/// Whether the columns alone decide the predicate.
bool narrows_exactly(const TypeShape &type, const catalog::Predicate &where,
                     const Dialect &dialect);

} // namespace yifa::store
