#pragma once

#include "base/date.h"
#include "base/id.h"
#include "blob/blobs.h"
#include "catalog/model.h"
#include "crypto/key.h"
#include "procedure/calendar.h"
#include "store/port.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace yifa::service {

/// Who acts. The same everywhere: command line, import, server (service/permission.h judges).
struct Actor {
  std::string id;
  OrgCode scope;                    ///< sees and writes in this subtree
  std::vector<std::string> ledgers; ///< empty: all
  std::vector<std::string> roles;   ///< takes the steps the catalog gives to these
  bool reads_only = false;          ///< takes no step but those that name one of his roles
  bool matters_only = false;        ///< sees the matters sent to him and nothing else (counsel)
  bool no_records = false;          ///< an administrator: sees no ledger at all
  bool local_operator = false; ///< the person who owns the data directory; handles every record
};

/// Whoever owns the data directory: the command line, a restore, the examples.
inline Actor local_operator(std::string id = "local") {
  Actor actor;
  actor.id = std::move(id);
  actor.local_operator = true;
  return actor;
}

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
  /// The working days of `catalog`; made for each use where it is absent.
  std::shared_ptr<const procedure::Calendar> calendar = nullptr;
};

inline std::shared_ptr<const procedure::Calendar> calendar_of(const Environment &environment) {
  return environment.calendar ? environment.calendar
                              : std::make_shared<procedure::Calendar>(*environment.catalog);
}

} // namespace yifa::service
