#pragma once

#include "service/environment.h"

#include <filesystem>

namespace yifa::service {

struct KeptAttachment {
  std::string hash;
  std::int64_t bytes = 0;
  bool known = false; ///< the same content was there already
};

/// Keeps a file's content under its hash. NotFound, Unavailable, Invalid when it is too large.
Result<KeptAttachment> keep_attachment(Environment &environment, const std::filesystem::path &file);

/// Writes an attachment to `target` when its content still has its hash. Only for whoever may see a
/// record that names it (DECISIONS 3); NotFound, Forbidden, Unavailable.
Status fetch_attachment(Environment &environment, const std::string &hash,
                        const std::filesystem::path &target, const Actor &actor);

} // namespace yifa::service
