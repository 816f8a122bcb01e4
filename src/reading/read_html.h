#pragma once

#include "base/result.h"
#include "reading/lexicon.h"
#include "reading/limits.h"
#include "reading/source.h"

#include <string_view>

namespace yifa::reading {

/// The report on a web page, without the page around it. Invalid: no report on it (no Han text), or
/// a page parse_web_page refuses.
Result<Source> read_html(std::string_view bytes, const Lexicon &lexicon,
                         const ReadLimits &limits = {});

} // namespace yifa::reading
