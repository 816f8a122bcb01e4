#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace yifa {

/// The whole of a file. NotFound, Unavailable, or Invalid when it is larger than `limit` bytes.
Result<std::string> read_file(const std::filesystem::path &path, std::size_t limit = 1U << 30);

/// Writes beside the target, syncs and renames: readers see the old file or the new one, never a
/// part.
Status write_file(const std::filesystem::path &path, std::string_view content);

} // namespace yifa
