#pragma once

#include "service/account_store.h"

#include <functional>
#include <map>

namespace yifa::service {

/// The accounts as the events of the administrative chains tell them. Invalid when an event cannot
/// be read.
Result<std::map<std::string, account::User>> accounts_told(store::Reader &reader);

/// Writes them anew, without passwords: after an archive came back. Sign-in codes must be made.
Status bring_back_accounts(store::Writer &writer);

/// Tells of each account that is not what its events say, and of each without events.
Status verify_accounts(
    store::Reader &reader,
    const std::function<void(const std::string &where, const std::string &what)> &fault);

} // namespace yifa::service
