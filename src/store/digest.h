#pragma once

#include "store/port.h"

#include <string>

namespace yifa::store {

/// One hash over what a store holds, whatever its engine and the order in which it tells it: the
/// ends of all chains, every record with its parts, every tally row and running limit, offices,
/// answers, wrapped keys, numbers, who handles what, accounts and whatever else is kept by name.
Result<std::string> digest_of(Reader &reader, const catalog::Catalog &catalog);

} // namespace yifa::store
