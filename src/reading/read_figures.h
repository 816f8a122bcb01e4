#pragma once

#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/structure.h"

#include <vector>

namespace yifa::reading {

/// Every figure of lead and body, in the order of the text: amounts, rates, zeros, claims of
/// coverage, rhythms. What only looks like a figure (years, document numbers, article numbers,
/// names such as 八五 or 一村一) is left out. Indicators are tied later.
std::vector<Figure> read_figures(const Text &text, const Structure &structure,
                                 const Lexicon &lexicon);

} // namespace yifa::reading
