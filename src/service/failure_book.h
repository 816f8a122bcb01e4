#pragma once

#include "account/lockout.h"

#include <map>
#include <mutex>
#include <string>

namespace yifa::service {

/// Failed sign-ins by a name that is kept nowhere else: remote addresses, accounts that do not
/// exist. In memory, bounded; a restart forgets them. For all threads of a server.
class FailureBook {
public:
  explicit FailureBook(account::LockoutRule rule) : rule_(rule) {}
  /// From when on the next attempt is allowed.
  Moment free_from(const std::string &name);
  void add(const std::string &name, Moment now);

private:
  account::LockoutRule rule_;
  std::mutex mutex_;
  std::map<std::string, account::Failures> failures_;
};

} // namespace yifa::service
