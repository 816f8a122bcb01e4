#pragma once

#include "service/recurring.h"
#include "store/port.h"

#include <optional>

namespace yifa::service {

/// Has what writers changed added to the sums above the counties, twice a second, on a thread of
/// its own (store::Store::raise_sums); no thread where the store keeps no such sums.
class RisingSums {
public:
  explicit RisingSums(store::Store &store);

private:
  std::optional<Recurring> rising_;
};

} // namespace yifa::service
