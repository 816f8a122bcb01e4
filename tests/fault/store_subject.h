#pragma once

#include "harness.h"
#include "store/port.h"

namespace yifa::testing {

/// A bare store under trial: a step is an add (event, row, number, tallies, key, answer in one
/// transaction), every third one a correction as well, every fifth several records in bulk. The
/// steps are those of three counties. A step whose client key was answered already was kept.
Result<std::unique_ptr<Subject>> store_subject(std::unique_ptr<store::Store> store);

/// The same over a file in a directory.
Result<std::unique_ptr<Subject>> open_store_subject(const std::filesystem::path &directory);

} // namespace yifa::testing
