#pragma once

#include "store/port.h"

#include <functional>
#include <string>

/// Everything of one store into another, of whatever engine.
namespace yifa::store {

struct Moved {
  std::int64_t events = 0;
  std::int64_t records = 0;
  std::int64_t tally_rows = 0;
  /// One hash over the ends of all chains, all records and all that is counted: the same for both
  /// stores.
  std::string digest;
  bool resumed = false; ///< an earlier move had been cut off
};

using MoveProgress = std::function<void(double fraction, const std::string &what)>;

/// Copies all, in steps that are each kept, and then holds both stores against one another. `from`
/// is only read. Cut off, it goes on where it was when asked again. Invalid when `to` holds
/// something else, or when `from` has been written to since a move that was cut off; Unavailable
/// when a store fails or the two differ in the end.
Result<Moved> move(Store &from, Store &to, const catalog::Catalog &catalog,
                   const MoveProgress &progress = {});

/// Unavailable when a move into this store was begun and never finished.
Status check_whole(Reader &reader);

} // namespace yifa::store
