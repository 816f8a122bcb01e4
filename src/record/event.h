#pragma once

#include "base/json.h"
#include "record/record.h"

namespace yifa::record {

/// One line of history, append-only. `body` is canonical JSON and is what the hash covers:
///   {v, at, actor, key, batch, type, edition, record, part?, org, place, day, action, from, to,
///   version, number?, late?,
///    set: {field: new}, was: {field: old}, part_set?, reason?, personal?: hexadecimal ciphertext,
///    ended?}
/// hash = H(previous hash ‖ body); the first event of a chain is its genesis and names the
/// algorithm.
struct Event {
  std::string chain;    ///< office whose chain it is: the nine digits of the township (six and less
                        ///< above it; "admin:<county>")
  std::int64_t seq = 0; ///< 1, 2, … without gap
  Moment at;            ///< by the store's clock
  std::string actor;
  std::string
      type;        ///< record type; "@org", "@user", "@catalog", "@batch" for administrative events
  RecordId record; ///< nil for administrative events
  std::string action;
  std::string body;
  std::string hash;     ///< 32 raw bytes
  std::string previous; ///< 32 raw bytes
};

} // namespace yifa::record
