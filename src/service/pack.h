#pragma once

#include "base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace yifa::service {

/// One file inside a pack.
struct PackEntry {
  std::string name; ///< relative, with "/"
  std::filesystem::path from;
};

/// Writes a tar file (pax) of the entries with a manifest of their SHA-256 at its end, reads it
/// back and compares; only then does it stand under its name. Any tar program can open it.
/// Unavailable otherwise, and nothing stays.
Result<std::int64_t> write_pack(const std::filesystem::path &file,
                                const std::vector<PackEntry> &entries);

/// Unpacks into an existing empty folder. Invalid: no pack of ours, a name that leads out of the
/// folder, a file missing, altered or unlisted.
Status read_pack(const std::filesystem::path &file, const std::filesystem::path &folder);

} // namespace yifa::service
