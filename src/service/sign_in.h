#pragma once

#include "service/account_store.h"
#include "service/failure_book.h"
#include "service/sessions.h"

#include <string>

namespace yifa::service {

/// One attempt. Nothing of it is logged.
struct SignInAttempt {
  std::string user;          ///< with a one-time code empty
  std::string password;      ///< likewise
  std::string one_time_code; ///< in place of user and password
  std::string second_factor; ///< six digits or a recovery code; empty when none was asked for yet
  std::string remote;        ///< the client's address; counted by, never kept
  std::string agent;         ///< the browser, for the list of one's sessions
};

struct SignInAnswer {
  enum class Outcome {
    Done,
    Wrong, ///< user, password or one-time code; which of them is not told
    SecondFactorNeeded,
    SecondFactorWrong,
    Locked, ///< until `until`, after failures of this account or this address
    Disabled,
  };
  Outcome outcome = Outcome::Wrong;
  std::string token;  ///< Done: the session
  account::User user; ///< Done
  Moment until;       ///< Locked
  bool recovery_code_used = false;
  std::size_t recovery_codes_left = 0; ///< when one was used
};

/// Signing in, for all threads of a server. Whether an account exists shows neither in the answer
/// nor in the time it takes: an unknown one costs the same hashing and writing and is locked by the
/// same rule. However many try at once, no more passwords are judged than the rule allows.
class SignIns {
public:
  SignIns(Environment &environment, SessionRules rules);

  /// Unavailable when too many sign in at once or the store cannot serve; everything else is an
  /// outcome.
  Result<SignInAnswer> sign_in(const SignInAttempt &attempt);

private:
  Result<SignInAnswer> by_password(const SignInAttempt &attempt);
  Result<SignInAnswer> by_code(const SignInAttempt &attempt);
  Result<SignInAnswer> unknown(const SignInAttempt &attempt);
  /// After password or one-time code were right: the second factor, then the session.
  Result<SignInAnswer> go_on(store::Writer &writer, const account::User &user, Secrets &secrets,
                             const SignInAttempt &attempt);
  /// Counts it and commits.
  Result<SignInAnswer> failed(store::Writer &writer, const account::User &user, Secrets &secrets,
                              const SignInAttempt &attempt, SignInAnswer::Outcome outcome);
  void count_address(const SignInAttempt &attempt);

  Environment &env_;
  Sessions sessions_;
  FailureBook addresses_;
  FailureBook unknown_;
};

/// Whether the second factor is right; the step or the recovery code is used up in `secrets`, which
/// the caller keeps. Unavailable without a master key.
struct SecondFactorCheck {
  bool right = false;
  bool recovery = false;
};
Result<SecondFactorCheck> check_second_factor(const Environment &environment,
                                              const std::string &user, Secrets &secrets,
                                              const std::string &typed);

/// What waits after too many wrong passwords: Unavailable with one problem "@too_many" that holds
/// the seconds to wait, which the edge tells as such (wire/problems.h).
Error too_soon(std::int64_t seconds);

/// For what the stored secret of a second factor is sealed: it opens for no other account.
std::string totp_binding(const std::string &user);

} // namespace yifa::service
