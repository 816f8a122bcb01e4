#pragma once

#include "reading/lexicon.h"
#include "reading/structure.h"
#include "reading/text.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace yifa::reading {

/// What is left of a text when passages are held against each other: Han characters, digits and
/// Latin letters; no punctuation, no blanks, no numbering of headings and points.
struct Letters {
  std::u32string all;
  std::vector<std::uint32_t> from; ///< where each letter begins in the text, code points
  std::vector<std::uint32_t> to;   ///< and ends
  std::vector<bool> counts;        ///< not quoted: neither in 《》 nor an official formula

  std::vector<bool> begins; ///< the first one of a sentence or of what stands behind a semicolon

  std::size_t size() const { return all.size(); }
  /// Indices of the letters that begin in a span of the text, half-open.
  Span within(Span of_text) const;
  /// The span of the text from letter `first` to just before letter `last`; empty if there is none.
  Span in_text(std::size_t first, std::size_t last) const;
  /// How many of the letters count.
  std::size_t counted(Span letters) const;
};

enum class Lettering {
  Exact,  ///< every letter as written, for repetitions within one report
  Masked, ///< for two reports: a quotation, the town's own name and a number are one mark each, and
          ///< 乡, 镇 and 街道 are the same (quotations.yaml)
};

/// The letters of a span of a report.
Letters letters_of(const Text &text, const Structure &structure, Span span, const Lexicon &lexicon,
                   Lettering lettering);

enum class Rows { OfSentences, OfText };

/// The hash of every row of `length` letters, by the index of its first letter; 0 for rows that are
/// mostly marks and, of sentences, for rows that go on into the next one. Empty if there are fewer
/// letters.
std::vector<std::uint64_t> shingles_of(const Letters &letters, std::size_t length, Rows rows);

} // namespace yifa::reading
