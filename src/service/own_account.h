#pragma once

#include "service/account_store.h"
#include "service/sessions.h"

#include <string>
#include <vector>

namespace yifa::service {

/// What a user does with his own account, signed in. Each asks the store anew; Forbidden when the
/// account was disabled meanwhile.
class OwnAccount {
public:
  explicit OwnAccount(Environment &environment) : env_(environment) {}

  /// Sets a new password and ends all his other sessions. The old one is asked for, unless he came
  /// with a one-time code and must choose one or never had one. Invalid at "old" or "new"
  /// (account::check_password, or the same as before); wrong old passwords count as failed
  /// sign-ins, and after too many it is too_soon (sign_in.h).
  Status change_password(const SignedIn &session, const std::string &old_password,
                         const std::string &new_password);

  /// A second factor is offered: shown, and in force once confirmed.
  struct Offer {
    std::string secret; ///< base32, to be typed
    std::string uri;    ///< otpauth://…
    std::string qr_svg;
  };
  /// Unavailable without a master key; Refused when one is in force.
  Result<Offer> offer_second_factor(const SignedIn &session, const std::string &issuer);
  /// With a code of the offered secret: from now on it is asked for. The recovery codes are shown
  /// this once. Invalid at "code"; Refused when nothing is offered.
  Result<std::vector<std::string>> confirm_second_factor(const SignedIn &session,
                                                         const std::string &code);
  /// With the password. Invalid at "password"; too_soon as above.
  Status drop_second_factor(const SignedIn &session, const std::string &password);

private:
  /// Done when it is the password; else counts a failure.
  Status prove(const SignedIn &session, const std::string &password, const char *where);

  Environment &env_;
};

/// Whether a second factor is in force.
Result<bool> has_second_factor(store::Reader &reader, const std::string &user);

} // namespace yifa::service
