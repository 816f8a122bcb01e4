#pragma once

#include "account/lockout.h"

#include <map>
#include <mutex>
#include <string>

namespace yifa::service {

/// Failures by a name that is kept nowhere else: remote addresses, accounts that do not exist. In
/// memory, bounded; a restart forgets them. For all threads of a server.
class FailureBook {
public:
  explicit FailureBook(account::LockoutRule rule) : rule_(rule) {}
  /// From when on the next attempt is allowed.
  Moment free_from(const std::string &name);
  void add(const std::string &name, Moment now);
  /// Adds one unless the name is held, in one step. From when on the next attempt is allowed: later
  /// than `now` when it was held and nothing was added.
  Moment add_unless_held(const std::string &name, Moment now);
  /// One less: it was none.
  void take_back(const std::string &name);

private:
  void write(const std::string &name, Moment now);

  account::LockoutRule rule_;
  std::mutex mutex_;
  std::map<std::string, account::Failures> failures_;
};

} // namespace yifa::service
