#include "service/ended_sessions.h"

namespace yifa::service {
namespace {

constexpr auto kBetweenSweeps = std::chrono::minutes(10);

} // namespace

EndedSessions::EndedSessions(Environment &environment, SessionRules rules)
    : sessions_(environment, rules), sweeping_(kBetweenSweeps, [this]() -> Recurring::Pause {
        // They open nothing any more: what cannot be removed now is removed later.
        (void)sessions_.sweep();
        return kBetweenSweeps;
      }) {}

} // namespace yifa::service
