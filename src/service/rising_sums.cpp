#include "service/rising_sums.h"

namespace yifa::service {
namespace {

constexpr auto kBetweenRises = std::chrono::milliseconds(500);
/// After a failure: a server that is away is not asked twice a second.
constexpr auto kAfterFailure = std::chrono::seconds(10);

} // namespace

RisingSums::RisingSums(store::Store &store) {
  if (!store.writes_apart()) return;
  // Figures are exact without it, so what fails now is done later and nobody need be told.
  rising_.emplace(kBetweenRises, [&store]() -> Recurring::Pause {
    if (store.raise_sums()) return kBetweenRises;
    return kAfterFailure;
  });
}

} // namespace yifa::service
