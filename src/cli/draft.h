#pragma once

#include "cli/context.h"
#include "report/render_docx.h"
#include "report/render_html.h"
#include "report/render_json.h"
#include "report/render_markdown.h"
#include "service/reports.h"

namespace yifa::cli {

/// A draft in the form a file's ending asks for. Invalid for other endings.
Result<std::string> rendered(const catalog::Catalog &catalog, const report::Draft &draft,
                             const std::string &extension);

} // namespace yifa::cli
