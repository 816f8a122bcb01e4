#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace yifa::postgres {

/// A store's URL as yifa.yaml names it: libpq's own (`postgresql://user@host:port/database?…`, with
/// its TLS and password-file settings) and, among its parameters, ours:
///   yifa_connections=16   how many at once for reading, and as many for writing (1–500)
///   yifa_wait=20          seconds to wait for others (1–600)
///   yifa_direct=1         no transaction pooler stands between: statements may be kept prepared
///   yifa_partitions=16    of the big tables, when they are made (0–64; 0: none, as for Citus)
struct Url {
  std::string libpq; ///< without ours
  int connections = 16;
  int wait_seconds = 20;
  bool direct = false;
  int partitions = 16;
  bool spread = false; ///< found in the database when it is opened
};

/// Whether the text names a store of this kind at all.
bool is_url(std::string_view text);

/// Invalid when libpq cannot read it, which tells nothing of it; or, naming the parameter, when one
/// of ours is no number of its range.
Result<Url> parse_url(std::string_view text);

/// What kind of store a text names, for people: a password may stand in all that follows.
std::string shown(std::string_view text);

} // namespace yifa::postgres
