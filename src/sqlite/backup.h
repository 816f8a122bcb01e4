#pragma once

#include "sqlite/connection.h"

namespace yifa::sqlite {

/// Copies the whole database as of one moment into `file`, while others go on writing; then opens
/// the copy and checks it. The file appears under its name only when it is proved good; otherwise
/// Unavailable and nothing is left.
Status copy_to(SqliteConnection &from, const std::filesystem::path &file);

/// Every page, index, reference and the search index of an open database; Unavailable, with what
/// was found, if it is damaged.
Status check_integrity(SqliteConnection &db);

} // namespace yifa::sqlite
