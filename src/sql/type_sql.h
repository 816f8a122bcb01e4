#pragma once

#include "sql/rows.h"
#include "store/shape.h"

#include <string>
#include <vector>

namespace yifa::sql {

/// The statements of a type's tables.
struct TypeSql {
  explicit TypeSql(const store::TypeShape &type);

  struct Part {
    std::string select; ///< by county; a list of records is to follow
    RowForm put;        ///< in place of the one at its position
    std::string cut;    ///< from a position on
  };
  std::string columns; ///< of the record table, for SELECT
  std::string select;  ///< by county and id
  std::string several; ///< by county; a list of ids is to follow
  std::string update;
  RowForm added;
  RowForm replaced; ///< a row in place of what stood there
  std::vector<Part> parts;
};

/// "?3, ?4, ?5": so many places for values, from that one on.
std::string places(std::size_t from, std::size_t many);
/// So many places as are kept for so many values: of few sizes, so that the same text serves again.
std::size_t places_for(std::size_t many);

} // namespace yifa::sql
