#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

/// A file that only its owner may read and that never lies inside the data directory.
namespace yifa::crypto {

/// Writes a new file (mode 0600; the folder is made if need be), synced to disk. `what` names it in
/// messages ("master key"). Invalid when it would lie inside `data_directory`; Stale when it exists
/// already; Unavailable when it cannot be written.
Status write_secret(const std::filesystem::path &file, const std::filesystem::path &data_directory,
                    std::string_view what, std::string_view bytes);

/// Its content; the caller wipes it. NotFound; Forbidden when the file can be read or written by
/// group or others, or belongs to another user; Invalid when it is no file or larger than `most`.
Result<std::string> read_secret(const std::filesystem::path &file, std::string_view what,
                                std::size_t most);

} // namespace yifa::crypto
