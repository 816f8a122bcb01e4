#pragma once

#include "crypto/key.h"

#include <filesystem>
#include <string>
#include <string_view>

/// The one secret of an installation: it wraps the key of every record. It lies in a file of its
/// own outside the data directory, so that a copied data directory tells no names, and on paper as
/// a recovery key.
namespace yifa::crypto {

/// Makes a new key and its file (32 bytes, mode 0600; the folder is made if need be), synced to
/// disk. Invalid when the file would lie inside `data_directory`; Stale when it exists already;
/// Unavailable when it cannot be written.
Result<Key> create_master_key(const std::filesystem::path &file,
                              const std::filesystem::path &data_directory);
/// The same with a key that is known: from a recovery key.
Status write_master_key(const std::filesystem::path &file,
                        const std::filesystem::path &data_directory, const Key &key);
/// NotFound; Forbidden when the file can be read or written by group or others, or belongs to
/// another user; Invalid when it is no key file.
Result<Key> load_master_key(const std::filesystem::path &file);

/// For paper: fourteen groups of four letters and digits, the last a check ("7K2M-…"). No letter
/// looks like a digit.
std::string recovery_text(const Key &key);
/// Back from paper: any case, blanks, hyphens and line ends ignored, O read as 0, I and L as 1.
/// Invalid when a character is none of these, the length is wrong or the check does not fit.
Result<Key> parse_recovery(std::string_view text);

} // namespace yifa::crypto
