#pragma once

#include "base/json.h"
#include "catalog/model.h"
#include "report/document.h"

namespace yifa::report {

/// The draft with its provenance: blocks → sentences → clauses, figures (indicator, group, org,
/// period, value, records and the place in the sentence as half-open code points), authors, who
/// edited it; then what is missing and what was counted but not said. Nothing of the draft is lost:
/// `parse_draft` (document_json.h) reads it back.
json::object to_json(const Draft &draft, const catalog::Catalog &catalog);

std::string_view to_string(FigureRef::Kind kind);
std::string_view to_string(Block::Kind kind);
std::string_view to_string(Missing::Kind kind);

} // namespace yifa::report
