#pragma once

#include "base/result.h"
#include "reading/lexicon.h"
#include "reading/limits.h"
#include "reading/source.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace yifa::reading {

/// Reads a report of any format: what the bytes are decides, then the name's ending. Invalid, with
/// the path in front, in words for a person: empty, too large (told from its size, before a byte is
/// read), no regular file, protected by a password, damaged, a scan, no report at all (a picture, a
/// table, an archive, a program). NotFound. Unavailable: cannot be opened, or the program that
/// reads such files is missing or ran too long.
Result<Source> read_report(const std::filesystem::path &path, const Lexicon &lexicon,
                           const ReadLimits &limits = {});

/// The same for bytes; `name` is the file's name, used for its ending and in messages.
Result<Source> read_report_bytes(std::string_view name, std::string bytes, const Lexicon &lexicon,
                                 const ReadLimits &limits = {});

/// Whether files of this name are worth opening when a folder is gone through: an ending of a
/// format read here, and no name of a temporary or lock file (~$…, .~lock.…).
bool looks_like_report(const std::filesystem::path &path);

} // namespace yifa::reading
