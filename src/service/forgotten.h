#pragma once

#include "base/id.h"
#include "base/result.h"

#include <filesystem>
#include <vector>

/// The list of forgotten records lies beside the master key, not in the data: a backup made before
/// a forgetting still holds the record's key, and a restore takes it away again (DECISIONS 29).
namespace yifa::service {

/// Adds a line and has it on disk. Without a path (no master key file) nothing is done.
Status note_forgotten(const std::filesystem::path &list, const RecordId &record);

/// Empty when there is no list. Unavailable when it cannot be read, Invalid when a line is no id.
Result<std::vector<RecordId>> read_forgotten(const std::filesystem::path &list);

} // namespace yifa::service
