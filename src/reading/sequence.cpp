#include "reading/sequence.h"

#include <algorithm>

namespace yifa::reading {
namespace {

/// Index of a number in row[from, to), or to.
std::size_t sequence_place(const std::vector<int> &row, int number, std::size_t from,
                           std::size_t to) {
  auto begin = row.begin() + static_cast<std::ptrdiff_t>(from);
  auto end = row.begin() + static_cast<std::ptrdiff_t>(to);
  return static_cast<std::size_t>(std::find(begin, end, number) - row.begin());
}

} // namespace

std::vector<SequenceFault> sequence_faults(const std::vector<int> &row, int first) {
  std::vector<SequenceFault> out;
  auto expected = first;
  std::size_t begin = 0; // of the row since it last began anew
  for (std::size_t i = 0; i < row.size(); ++i) {
    auto value = row[i];
    if (value == expected) {
      ++expected;
      continue;
    }
    SequenceFault fault;
    fault.at = i;
    fault.expected = expected;
    fault.last = expected;
    auto before = sequence_place(row, value, begin, i);
    bool seen = before < i;
    if (i + 1 < row.size() && row[i + 1] == expected + 1) {
      // the row goes on as if this one were right: it is miswritten
      auto after = sequence_place(row, value, i + 1, row.size());
      fault.twin = seen ? before : after;
      fault.kind =
          seen || after < row.size() ? SequenceFault::Kind::Repeat : SequenceFault::Kind::Gap;
      if (fault.kind == SequenceFault::Kind::Gap && value < expected)
        fault.kind = SequenceFault::Kind::Order;
      if (fault.kind == SequenceFault::Kind::Gap) fault.last = value - 1;
      out.push_back(fault);
      ++expected;
      continue;
    }
    if (value > expected) {
      // what is left out may come later: then that one is out of place
      bool later = true;
      for (auto missing = expected; missing < value; ++missing)
        later = later && sequence_place(row, missing, i + 1, row.size()) < row.size();
      fault.last = value - 1;
      if (!later) out.push_back(fault);
    } else if (seen && value == 1 && i > begin + 1) {
      begin = i;
    } else if (seen) {
      fault.kind = SequenceFault::Kind::Repeat;
      fault.twin = before;
      out.push_back(fault);
    } else {
      fault.kind = SequenceFault::Kind::Order;
      out.push_back(fault);
      continue; // the row counts on from the highest
    }
    expected = value + 1;
  }
  return out;
}

} // namespace yifa::reading
