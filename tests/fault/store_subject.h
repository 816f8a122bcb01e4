#pragma once

#include "harness.h"

namespace yifa::testing {

/// The bare store under trial: a step is an add (event, row, tallies, key, answer in one
/// transaction), every third one a correction as well, every fifth several records in bulk.
Result<std::unique_ptr<Subject>> open_store_subject(const std::filesystem::path &directory);

} // namespace yifa::testing
