#pragma once

#include "reading/letters.h"

#include <cstddef>
#include <cstdint>
#include <vector>

/// Near-duplicates among many thousand reports: a few kilobytes of each are kept, never its text.
namespace yifa::reading {

/// Shingles kept of a report: 2 KB.
constexpr std::size_t kSketchSize = 512;

/// A fair sample of what a report says: the smallest hashes of all its rows of eight letters. Two
/// reports that share a row keep it both or neither, so what their samples share is what they
/// share, within about two hundredths.
struct Sketch {
  std::vector<std::uint32_t> shingles; ///< ascending, each once, at most kSketchSize
  std::uint32_t reach = 0xFFFFFFFF;    ///< no shingle up to this hash was left out
};

/// Of the masked letters of a report's body (the whole text where no body was made out).
Sketch sketch_of(const Text &text, const Structure &structure, const Lexicon &lexicon);
/// Of masked letters.
Sketch sketch_of(const Letters &letters);

/// How much of each text stands in the other, 0 to 1. Quotations and legal titles are left out of
/// both.
struct Likeness {
  double of_a = 0;
  double of_b = 0;
  double larger() const { return of_a > of_b ? of_a : of_b; }
  double smaller() const { return of_a < of_b ? of_a : of_b; }
};

/// Two reports by themselves: last year's and this one. Nothing shared below some fifty letters.
Likeness compare(const Sketch &a, const Sketch &b);

struct Pair {
  std::size_t a = 0; ///< the number add() gave; a < b
  std::size_t b = 0;
  Likeness likeness;
};

struct Similar {
  std::vector<Pair> pairs; ///< by a, then b
  /// Reports that are nearly one text (four fifths of each stands in the first), two or more;
  /// each ascending, ordered by the first.
  std::vector<std::vector<std::size_t>> families;
};

/// All-pairs search. What more than a tenth of all reports say (but at least twenty reports, at
/// most a thousand) is boilerplate and weighs nothing; a family counts as one report there, so that
/// hundreds of copies of one text are no boilerplate.
class SimilarIndex {
public:
  /// Numbers reports from 0.
  std::size_t add(Sketch sketch);
  std::size_t size() const { return sketches_.size(); }
  /// All pairs of which one stands at least to the share `threshold` (0.1 to 1) in the other. Of
  /// a family of more than 500 only the pairs with its first member; of two families with more than
  /// 250 000 pairs between them only the pair of their first members. The same for any number of
  /// threads.
  Similar find(double threshold, unsigned threads = 2) const;

private:
  std::vector<Sketch> sketches_;
};

} // namespace yifa::reading
