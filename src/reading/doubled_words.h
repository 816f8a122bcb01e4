#pragma once

#include "reading/check.h"

namespace yifa::reading {

/// One phrase that says a word over: 全面清理…清理工作方案, 普法执法法治宣传 (repetition.phrase,
/// repetition.synonym). Part of check_repetition.
void check_doubled_words(Case &report);

} // namespace yifa::reading
