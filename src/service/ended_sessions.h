#pragma once

#include "service/sessions.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace yifa::service {

/// Removes sessions that have ended by time, now and then, on a thread of its own: whoever signs in
/// looks at nobody's but his own.
class EndedSessions {
public:
  EndedSessions(Environment &environment, SessionRules rules);
  ~EndedSessions();
  EndedSessions(const EndedSessions &) = delete;
  EndedSessions &operator=(const EndedSessions &) = delete;

private:
  void run();

  Sessions sessions_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

} // namespace yifa::service
