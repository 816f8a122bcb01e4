#pragma once

#include "base/json.h"
#include "catalog/model.h"

/// A type as people and programs read it: `yifa catalog show ID`.
namespace yifa::catalog {

/// Everything of one edition of a type with its indicators and clauses; conditions as they are
/// written in the catalog.
json::value show_json(const Catalog &catalog, const RecordType &type);
/// The same for a terminal, in Chinese words with the names of the catalog.
std::string show_text(const Catalog &catalog, const RecordType &type);

/// A condition in the catalog's own notation: {outcome: penalise, fine: {min: 100}}.
std::string predicate_text(const Predicate &predicate);
/// "7 workdays", "03-01 of next_year".
std::string deadline_text(const Deadline &deadline);
/// "排查日期 (held_on)".
std::string named(const Words &label, const std::string &id);
/// "days", "workdays", …
std::string_view unit_word(Deadline::Unit unit);
/// "count", "sum of materials.copies", …
std::string indicator_text(const Indicator &indicator);

} // namespace yifa::catalog
