#pragma once

#include "store/port.h"

#include <filesystem>
#include <memory>

namespace yifa::sqlite {

struct OpenOptions {
  bool create = true;             ///< make the file if it is not there
  int wait_milliseconds = 20'000; ///< for other writers, in this program and in others
};

/// The store of a data directory: one file, `DIRECTORY/yifa.db`, with its write-ahead log beside
/// it. Several programs may have it open at once. After a crash the next opening is all the repair
/// there is. NotFound when there is none and `create` is off; Unavailable when it cannot be opened,
/// is damaged, is no store of ours or was written by a newer program.
Result<std::unique_ptr<store::Store>> open(const std::filesystem::path &directory,
                                           const OpenOptions &options = {});

/// Whether a file (a backup) is a whole store of ours: opens it, checks every page, index and the
/// search. Changes nothing.
Status verify_file(const std::filesystem::path &file);

/// The name of the file inside a data directory.
constexpr const char *kFileName = "yifa.db";

} // namespace yifa::sqlite
