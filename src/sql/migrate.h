#pragma once

#include "sql/connection.h"
#include "store/shape.h"

#include <string>
#include <vector>

namespace yifa::sql {

/// One change and how a person is told of it.
struct Change {
  std::string words;
  std::string sql;
  /// What is noted about a column; empty table for an index.
  std::string table;
  std::string column;
  std::string kind;
  std::string index; ///< the index this makes
};

/// What must change so that the tables hold the shape: only additions and renames. Invalid, naming
/// every column, when one would have to change its meaning.
Result<std::vector<Change>> plan_changes(Connection &db, const store::Shape &shape);

/// Applies them; inside the caller's transaction.
Status apply_changes(Connection &db, const std::vector<Change> &changes, const store::Shape &shape);

/// Plans and applies in one transaction, unless the tables fit already.
Status migrate(Connection &db, const store::Shape &shape);

/// What migrate would do, in words.
Result<std::vector<std::string>> planned(Connection &db, const store::Shape &shape);

/// Whether the tables were made for exactly this shape.
Result<bool> fits(Connection &db, const store::Shape &shape);

} // namespace yifa::sql
