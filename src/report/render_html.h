#pragma once

#include "catalog/model.h"
#include "report/document.h"

#include <string>

namespace yifa::report {

/// The draft as one self-contained page without script: the sheet as it will be printed, every
/// figure a link to its row in the appendix (meaning, period, office, number of records, the
/// command that lists them), then what is missing and what was counted but not said. In print only
/// the sheet remains.
std::string render_html(const Draft &draft, const catalog::Catalog &catalog);

} // namespace yifa::report
