#pragma once

#include "service/workspace.h"

#include <string_view>

namespace yifa::service {

/// Writes the master key's file anew, where the directory's settings name it, from the recovery key
/// that was printed when the directory was made. Invalid when the words are no recovery key, or one
/// that does not open the personal fields of this directory; Stale when the file is there; nothing
/// is written then. How many records it opens.
Result<std::int64_t> recover_master_key(Workspace &space, std::string_view recovery);

} // namespace yifa::service
