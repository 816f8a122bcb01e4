#pragma once

#include "reading/similar.h"

namespace yifa::reading {

/// How many shingles two ascending rows share.
std::size_t shared_by(const std::vector<std::uint32_t> &a, const std::vector<std::uint32_t> &b);
/// How many of a row are not above `reach`.
std::size_t up_to(const std::vector<std::uint32_t> &row, std::uint32_t reach);
/// Shares out of counts; none where too few shingles are shared to tell.
Likeness likeness_of(std::size_t shared, std::size_t of_a, std::size_t of_b);

/// One run of SimilarIndex::find.
class SimilarSearch {
public:
  SimilarSearch(const std::vector<Sketch> &sketches, double threshold, unsigned threads);
  Similar run();

private:
  /// Reports that are nearly one text stand behind the first of them from here on.
  void gather_families();
  /// Finds boilerplate and strikes it; notes for every shingle the families that have it.
  void weigh();
  /// Counts what the family has in common with every later one.
  void meet(std::size_t family, std::vector<std::uint16_t> &counts, std::vector<Pair> &out) const;
  void within(std::size_t family, std::vector<Pair> &out) const;
  void between(std::size_t a, std::size_t b, std::vector<Pair> &out) const;
  /// What the first members of two families must share for the others to be looked at.
  double lowest() const;
  /// Far below the threshold, told without counting.
  bool hopeless(std::size_t a, std::size_t b, std::size_t shared) const;
  Likeness weighed(std::size_t a, std::size_t b, std::size_t shared) const;

  const std::vector<Sketch> &sketches_;
  double threshold_;
  unsigned threads_;
  std::vector<std::vector<std::size_t>> families_;  ///< members, the first is the eldest
  std::vector<std::vector<std::uint32_t>> own_;     ///< of each report without boilerplate
  std::vector<std::uint32_t> holders_;              ///< families, row by row
  std::vector<std::uint32_t> row_ends_;             ///< where each shingle's row ends
  std::vector<std::vector<std::uint32_t>> rows_of_; ///< of each family: its shingles' rows
};

} // namespace yifa::reading
