#pragma once

#include "base/result.h"
#include "reading/lexicon.h"
#include "reading/limits.h"
#include "reading/source.h"

#include <string>

namespace yifa::reading {

/// A PDF with text, through the program pdftotext of poppler-utils. Running heads, page numbers and
/// the division into lines are taken out again. Unavailable: the program is missing or runs too
/// long. Invalid: protected by a password, damaged, a scan without text, fonts that do not say
/// which characters they show.
Result<Source> read_pdf(std::string bytes, const Lexicon &lexicon, const ReadLimits &limits = {});

} // namespace yifa::reading
