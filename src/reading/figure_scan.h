#pragma once

#include "reading/figure.h"
#include "reading/figure_mask.h"

#include <optional>

namespace yifa::reading {

/// The number with its measure word and approximation that begins at `at`: 300余人次, 近2万份,
/// 百分之九十八, 3至5次. Nothing where none begins or where it is no figure. Fills value, upper,
/// unit, approx and span; `number_start` takes where the digits begin (behind 近, 约).
struct ScannedNumber {
  Figure figure;
  std::size_t number_start = 0;
  bool han = false;
  bool weak = false; ///< a Han numeral with a measure word that names also take
  bool one = false;  ///< 一 with a measure word
};
std::optional<ScannedNumber> scan_number(std::u32string_view all, std::size_t at,
                                         std::size_t clause_start, std::size_t sentence_end,
                                         const FigureMask &mask, const FigureWords &words);

} // namespace yifa::reading
