#pragma once

#include "service/environment.h"

namespace yifa::service {

/// Hits inside the actor's scope and ledgers. Invalid for empty words or a limit below one.
Result<std::vector<store::SearchHit>> search(Environment &environment, store::SearchQuery query,
                                             const Actor &actor);

} // namespace yifa::service
