#pragma once

#include "base/json.h"
#include "report/document.h"

namespace yifa::report {

/// Reads what `to_json` (render_json.h) wrote: the same draft again, neighbouring plain runs as
/// one. Invalid, naming the place ("blocks[3].sentences[0].figures[1].org"), for anything else.
Result<Draft> parse_draft(const json::value &written);

} // namespace yifa::report
