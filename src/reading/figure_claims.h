#pragma once

#include "reading/figure.h"
#include "reading/figure_words.h"

#include <vector>

namespace yifa::reading {

/// 未发生…, 无…案件, 零投诉 at `at`: one figure for each thing that did not happen; none where no
/// such statement begins. `end` is the end of the sentence.
std::vector<Figure> zeros_at(std::u32string_view all, std::size_t at, std::size_t end,
                             const FigureWords &words);
/// 全覆盖, 全部…, 全面…全体… at `at`: a claim that nothing was left out.
std::vector<Figure> coverage_at(std::u32string_view all, std::size_t at, std::size_t clause_start,
                                std::size_t end, const FigureWords &words);

} // namespace yifa::reading
