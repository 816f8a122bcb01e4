#pragma once

#include "service/workspace.h"
#include "store/move.h"

namespace yifa::service {

struct StoreMove {
  std::string from;         ///< a data directory or a store's URL
  std::string to;           ///< likewise
  bool switch_over = false; ///< afterwards the data directory `from` names the new store
};

/// Moves everything of one store into another (store/move.h). The catalog is that of the data
/// directory among the two, else of `options`. Invalid when both are the same, when what to move to
/// is a directory with other things in it, or when there is no directory to switch over.
Result<store::Moved> move_store(const StoreMove &asked, const WorkspaceOptions &options,
                                const StoreOpener &opener, const store::MoveProgress &progress);

/// Makes the tables of a database, or brings them up to the catalog of the data directory (the
/// program's own where there is none), as the account its URL names: the owner. Then lets `account`
/// use them, unless that is empty. What was changed, a line each.
Result<std::vector<std::string>> prepare_store(const std::string &url, const std::string &account,
                                               const WorkspaceOptions &options,
                                               const StoreOpener &opener);

} // namespace yifa::service
