#pragma once

#include <cstddef>
#include <vector>

namespace yifa::reading {

/// What is wrong at one place of a row of numbers that should count on by one.
struct SequenceFault {
  enum class Kind {
    Gap,    ///< numbers are left out before it
    Repeat, ///< it stood before
    Order,  ///< it comes too late
  };
  Kind kind = Kind::Gap;
  std::size_t at = 0;   ///< index in the row
  int expected = 0;     ///< what should stand there; of a gap the first number missing
  int last = 0;         ///< of a gap: the last number missing
  std::size_t twin = 0; ///< of a repeat: index of the other one
};

/// The faults of a row that should begin with `first`. A number out of place whose neighbours count
/// on is one fault; a new beginning with 1 is none, but where nothing else of the row fits.
std::vector<SequenceFault> sequence_faults(const std::vector<int> &row, int first = 1);

} // namespace yifa::reading
