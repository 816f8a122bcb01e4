#pragma once

#include "base/date.h"
#include "base/id.h"
#include "blob/blobs.h"
#include "catalog/model.h"
#include "crypto/key.h"
#include "store/port.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace yifa::service {

/// Who acts. The same everywhere: command line, import, later the server.
struct Actor {
  std::string id;
  OrgCode scope;                    ///< sees and writes in this subtree
  std::vector<std::string> ledgers; ///< empty: all
  bool local_operator = false; ///< the person who owns the data directory; handles every record
};

/// All that use cases stand on; owned by the caller, who keeps it alive.
struct Environment {
  std::shared_ptr<const catalog::Catalog> catalog;
  store::Store &store;
  blob::Blobs &blobs;
  const Clock &clock;
  IdSource &ids;
  /// Wraps the keys of records; absent where none was set up, and then personal fields are refused.
  std::optional<crypto::Key> master;
  /// Beside the master key, outside the data: which records were forgotten (service/forgotten.h).
  std::filesystem::path forgotten_list;
};

} // namespace yifa::service
