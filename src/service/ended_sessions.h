#pragma once

#include "service/recurring.h"
#include "service/sessions.h"

namespace yifa::service {

/// Removes sessions that have ended by time, now and then, on a thread of its own: whoever signs in
/// looks at nobody's but his own.
class EndedSessions {
public:
  EndedSessions(Environment &environment, SessionRules rules);

private:
  Sessions sessions_;
  Recurring sweeping_;
};

} // namespace yifa::service
