#pragma once

#include "base/json.h"
#include "catalog/model.h"

#include <vector>

/// What the tables would have to become when a catalog changes.
namespace yifa::catalog {

/// One change of the tables, or one that is refused.
struct PlanStep {
  enum class Kind {
    AddType,     ///< a table
    AddPart,     ///< a table of a part
    AddRows,     ///< a table of a rows field
    AddField,    ///< a column of the type, a part or a rows field
    RenameField, ///< `was:` keeps the column's values under the new name
    Retire,      ///< a field, part or type that is offered no more; its column stays
    Restore,     ///< a retired one that is offered again
    Refused, ///< a numbered step must be written: a field of another type, or made personal or open
  };
  Kind kind = Kind::AddField;
  std::string type;
  std::string part;  ///< empty: the type itself
  std::string rows;  ///< empty: no column of rows
  std::string field; ///< empty: the table as a whole
  std::string was;   ///< of RenameField
  std::string text;  ///< for a person
};

std::string_view to_string(PlanStep::Kind kind);

/// What of a catalog the tables depend on, as JSON: types, fields, parts, rows, sorted by name. The
/// same catalog gives the same bytes; labels, gates, states and indicators are not in it. A
/// county's x_ fields are not either: they live in one column.
json::value shape_json(const Catalog &catalog);

/// What leads from the stored shape to the loaded one, in the order in which it can be done.
/// Invalid when `stored` is not a shape.
Result<std::vector<PlanStep>> plan(const json::value &stored, const json::value &loaded);
/// The same for two catalogs.
std::vector<PlanStep> plan(const Catalog &stored, const Catalog &loaded);

/// Whether the steps can be done without a numbered step.
bool possible(const std::vector<PlanStep> &steps);
/// Whether any step touches a table.
bool needs_ddl(const std::vector<PlanStep> &steps);

} // namespace yifa::catalog
