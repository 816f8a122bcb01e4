#pragma once

#include "base/date.h"

#include <cstdint>
#include <string>
#include <string_view>

/// How long one must wait after wrong passwords. A success or a day without a failure forgets them.
namespace yifa::account {

struct LockoutRule {
  int free = 0;                  ///< so many failures cost nothing
  std::int64_t first_wait = 60;  ///< seconds after the next one; doubled by each that follows
  std::int64_t most_wait = 1800; ///< seconds
  std::int64_t memory = 86400;   ///< seconds after the last failure
};

/// Of one account.
constexpr LockoutRule kAccountLockout{5};
/// Of one remote address, whichever accounts: a whole office may sit behind it, and nobody in it
/// shall be able to lock the others out for long.
constexpr LockoutRule kAddressLockout{100, 30, 300, 3600};

struct Failures {
  int count = 0;
  Moment last;
  bool operator==(const Failures &) const = default;
};

/// From when on the next attempt is allowed; the beginning of time when at once.
Moment free_from(const LockoutRule &rule, const Failures &failures);

/// One more. Those that are forgotten by now are not counted.
Failures after_failure(const LockoutRule &rule, Failures failures, Moment now);

/// What failures are counted by: an IPv4 address, the first 64 bits of an IPv6 one (a household has
/// so many), anything else as it is.
std::string address_group(std::string_view remote);

} // namespace yifa::account
