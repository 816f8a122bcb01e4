#pragma once

#include "reading/letters.h"

#include <cstddef>
#include <vector>

namespace yifa::reading {

/// A passage that stands in two texts.
struct Passage {
  Span in_a; ///< code points of each text
  Span in_b;
  std::size_t letters = 0; ///< letters shared, without quotations and legal titles
};

struct Passages {
  std::vector<Passage> all; ///< the longest first; none overlaps another in either text
  double of_a = 0;          ///< share of a's letters that stand in them, 0 to 1
  double of_b = 0;
};

/// A passage is worth showing from this many letters on.
constexpr std::size_t kPassage = 13;

/// What two texts have in common, to be shown side by side: rows of at least `least` letters, alike
/// but for the towns' own names, numbers and punctuation. Two rows with no more than six other
/// letters between them are one passage. Letters are masked ones. Linear in the texts but for what
/// repeats within them.
Passages common_passages(const Letters &a, const Letters &b, std::size_t least = kPassage);

} // namespace yifa::reading
