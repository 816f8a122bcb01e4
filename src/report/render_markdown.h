#pragma once

#include "catalog/model.h"
#include "report/document.h"

#include <string>

namespace yifa::report {

/// The report as Markdown, its gaps marked 〔缺：…〕; then the lists of what is missing and unsaid.
/// A record's own words cannot become markup.
std::string render_markdown(const Draft &draft, const catalog::Catalog &catalog);

/// The words alone, a block a line: what is compared, searched and read aloud. Gaps are left out
/// unless asked for.
std::string render_text(const Document &document, bool with_gaps = false);

} // namespace yifa::report
