#pragma once

#include "service/environment.h"

#include <string>
#include <vector>

namespace yifa::service {

/// One thing a security self-check looked at.
struct SecurityItem {
  std::string id; ///< stable, for messages in other languages
  bool ok = true;
  std::string message;            ///< a sentence without final stop
  std::string why;                ///< what it protects from
  std::vector<std::string> users; ///< whom it is about; empty when it is well
};

/// What is to be said of the accounts as they stand. Unavailable.
Result<std::vector<SecurityItem>> check_accounts(Environment &environment);

} // namespace yifa::service
