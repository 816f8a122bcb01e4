#pragma once

#include "service/environment.h"
#include "service/failure_book.h"

#include <string>
#include <string_view>

/// Who may send a package, or ask after one, before a byte of it is read. For all threads of a
/// server.
namespace yifa::service {

/// Packages from one address that were not taken in: a town tries a few times before its key is
/// registered.
inline constexpr account::LockoutRule kStrangerRule{30, 60, 1800, 3600};

/// What is signed by who wants to be let in: the pass is this package's.
std::string pass_bytes(const std::string &package_id);

class SubmissionDoor {
public:
  explicit SubmissionDoor(Environment &environment)
      : env_(environment), strangers_(kStrangerRule) {}

  /// Counts the one who comes from that address as a stranger. A `pass` ("PUBLIC PACKAGE
  /// SIGNATURE", hexadecimal, of `pass_bytes`) by a registered key is counted nowhere and always
  /// let in, so that nobody at the same address holds a town up. Unavailable with "@too_many" when
  /// the address must wait.
  Status enter(const std::string &remote, std::string_view pass);
  /// He came without a pass, and was taken in.
  void known(const std::string &remote);

private:
  Result<bool> registered(std::string_view pass);

  Environment &env_;
  FailureBook strangers_;
};

} // namespace yifa::service
