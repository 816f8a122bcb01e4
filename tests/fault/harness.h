#pragma once

#include "base/result.h"
#include "fault_vfs.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>

/// Trials of anything that keeps records: what was acknowledged stays, what was not is whole or
/// absent, and the next opening needs no help.
namespace yifa::testing {

/// What is put to the trial. One object is one opened instance; destroying it without close() is
/// abandoning it.
class Subject {
public:
  virtual ~Subject() = default;
  /// Does the n-th step (numbers are used once); Done acknowledges it.
  virtual Status step(std::uint64_t n) = 0;
  /// Compares everything kept with the acknowledged steps: each is there, and every step is wholly
  /// there or not at all. Empty, or what is wrong. `thorough` may take its time.
  virtual std::string check(const std::set<std::uint64_t> &acknowledged, bool thorough) = 0;
};

/// Opens a subject in a directory, making what is missing.
using Opening = std::function<Result<std::unique_ptr<Subject>>(const std::filesystem::path &)>;

/// For n = 1, 2, … until the work ends without meeting it: the n-th change of the disk fails in the
/// given way during `steps` steps from a prepared directory (or, with `from_nothing`, from an empty
/// one). Every stride-th n is tried. Returns how many faults struck.
std::int64_t fail_every_change(const Opening &open, DiskPlan::Fault fault, bool stays,
                               std::uint64_t steps, bool from_nothing, std::int64_t stride);

/// Kills a working child process `kills` times at random moments, in one directory; checks after
/// each.
void kill_at_random(const Opening &open, int kills, std::uint64_t seed);

} // namespace yifa::testing
