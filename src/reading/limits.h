#pragma once

#include <cstddef>
#include <cstdint>

namespace yifa::reading {

/// What reading one file may cost.
struct ReadLimits {
  std::uint64_t file_bytes = 64ULL << 20;
  std::size_t text_bytes = 2ULL << 20;     ///< of text in it: a report has a few hundred kilobytes
  double seconds = 60;                     ///< of a program that helps
  std::uint64_t memory_bytes = 1ULL << 30; ///< of a program that helps; an office suite gets more
};

} // namespace yifa::reading
