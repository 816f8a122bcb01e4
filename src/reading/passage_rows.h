#pragma once

#include "reading/summary.h"

#include <vector>

namespace yifa::reading {

/// A passage of several paragraphs as rows of one, each paragraph beside its other; a paragraph
/// that has none there joins the row before. Line numbers follow where they are known.
std::vector<AlikePassage> passage_rows(const AlikePassage &passage);

} // namespace yifa::reading
