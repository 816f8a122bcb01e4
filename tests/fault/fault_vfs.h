#pragma once

#include <cstdint>
#include <random>

/// A disk that fails when told to, under SQLite. Only tests link it.
namespace yifa::testing {

/// What happens at the n-th change (write, sync or truncation) from now on.
struct DiskPlan {
  enum class Fault {
    None,
    Full,      ///< no space left
    Error,     ///< the device reports an error
    Torn,      ///< half of what was to be written arrives, then an error
    PowerLoss, ///< nothing arrives any more and nothing that was not synced stays
  };
  Fault fault = Fault::None;
  std::int64_t at = 0; ///< 1: the very next change
  bool stays = true;   ///< all later changes fail too, until the next plan
};

class FaultDisk {
public:
  /// The one disk; the first call puts it under every database opened afterwards.
  static FaultDisk &get();

  void plan(const DiskPlan &plan);
  /// Changes since the last plan.
  std::int64_t changes() const;
  /// Whether the planned fault has come.
  bool struck() const;
  /// After a PowerLoss, with every database closed: takes back what was never synced. Part of it,
  /// as chance will have it, may have reached the disk nevertheless.
  void lose_power(std::mt19937 &random);
};

} // namespace yifa::testing
