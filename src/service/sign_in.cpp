#include "service/sign_in.h"

#include "account/password.h"
#include "account/second_factor.h"
#include "base/text.h"
#include "service/one_time_code.h"

#include <algorithm>

namespace yifa::service {
namespace {

using Outcome = SignInAnswer::Outcome;

/// Where failures of accounts that do not exist are written, so that they take the same time. No
/// account's id can be this.
const std::string kNobodyId = "?";
/// No county has this code: who is nobody waits for others who are, not for those who work.
const std::string kNobodysCounty = "999999";

SignInAnswer locked_until(Moment until) {
  SignInAnswer answer;
  answer.outcome = Outcome::Locked;
  answer.until = until;
  return answer;
}

SignInAnswer plain_outcome(Outcome outcome) {
  SignInAnswer answer;
  answer.outcome = outcome;
  return answer;
}

} // namespace

Error too_soon(std::int64_t seconds) {
  auto error = unavailable("too many wrong attempts; wait before the next one");
  error.problems.push_back({"@too_many", std::to_string(seconds), "", ""});
  return error;
}

std::string totp_binding(const std::string &user) { return "second factor of " + user; }

SignIns::SignIns(Environment &environment, SessionRules rules)
    : env_(environment), sessions_(environment, rules), addresses_(account::kAddressLockout),
      unknown_(account::kAccountLockout) {}

void SignIns::count_address(const SignInAttempt &attempt) {
  addresses_.add(account::address_group(attempt.remote), env_.clock.now());
}

Result<SignInAnswer> SignIns::sign_in(const SignInAttempt &attempt) {
  const auto until = addresses_.free_from(account::address_group(attempt.remote));
  if (until > env_.clock.now()) return locked_until(until);
  return attempt.one_time_code.empty() ? by_password(attempt) : by_code(attempt);
}

Result<SignInAnswer> SignIns::by_password(const SignInAttempt &typed) {
  auto attempt = typed;
  attempt.user = text::lower_ascii(text::trim(text::to_half_width(typed.user)));
  std::optional<account::User> user;
  Secrets secrets;
  {
    auto reader = TRY(env_.store.read());
    if (account::valid_user_id(attempt.user)) user = TRY(stored_user(*reader, attempt.user));
    secrets = TRY(stored_secrets(*reader, user ? user->id : kNobodyId));
  }
  if (!user) return unknown(attempt);
  auto until = account::free_from(account::kAccountLockout, secrets.failures);
  if (until > env_.clock.now()) return locked_until(until);
  const auto judged = secrets.password;
  const bool right = TRY(account::password_fits(attempt.password, judged));
  std::string stronger;
  if (right && account::needs_rehash(judged))
    stronger = TRY(account::hash_password(attempt.password));

  auto writer = TRY(env_.store.write({.county = user->org.county()}));
  // Meanwhile others may have failed: what was judged beyond the rule is not told.
  secrets = TRY(stored_secrets(*writer, user->id));
  user = TRY(stored_user(*writer, user->id));
  until = account::free_from(account::kAccountLockout, secrets.failures);
  if (until > env_.clock.now()) return locked_until(until);
  if (!user || !right || secrets.password != judged)
    return user ? failed(*writer, *user, secrets, attempt, Outcome::Wrong)
                : plain_outcome(Outcome::Wrong);
  if (!stronger.empty()) secrets.password = stronger;
  return go_on(*writer, *user, secrets, attempt);
}

Result<SignInAnswer> SignIns::unknown(const SignInAttempt &attempt) {
  // A name of a mebibyte is no account's either; its beginning is enough to count by.
  const auto name = attempt.user.substr(0, 64);
  auto until = unknown_.free_from(name);
  if (until > env_.clock.now()) return locked_until(until);
  TRY(account::password_fits(attempt.password, {}));
  auto writer = TRY(env_.store.write({.county = kNobodysCounty}));
  until = unknown_.free_from(name);
  if (until > env_.clock.now()) return locked_until(until);
  auto secrets = TRY(stored_secrets(*writer, kNobodyId));
  secrets.failures.count = 1;
  secrets.failures.last = env_.clock.now();
  TRY(keep_secrets(*writer, kNobodyId, secrets));
  TRY(writer->commit());
  unknown_.add(name, env_.clock.now());
  count_address(attempt);
  return plain_outcome(Outcome::Wrong);
}

Result<SignInAnswer> SignIns::by_code(const SignInAttempt &attempt) {
  auto known = [&](store::Reader &reader) {
    return user_of_code(reader, attempt.one_time_code, env_.clock.now());
  };
  const auto holder = [&](store::Reader &reader) -> Result<std::optional<account::User>> {
    const auto id = TRY(known(reader));
    return id ? TRY(stored_user(reader, *id)) : std::optional<account::User>();
  };
  const auto before = TRY(holder(*TRY(env_.store.read())));
  if (!before) { // what is no code waits for no writer
    count_address(attempt);
    return plain_outcome(Outcome::Wrong);
  }
  auto writer = TRY(env_.store.write({.county = before->org.county()}));
  auto user = TRY(holder(*writer));
  if (!user || user->org.county() != before->org.county()) {
    count_address(attempt);
    return plain_outcome(Outcome::Wrong);
  }
  auto secrets = TRY(stored_secrets(*writer, user->id));
  // The code cannot be guessed and so is not locked; the six digits after it can.
  const auto until = account::free_from(account::kAccountLockout, secrets.failures);
  if (!secrets.totp.empty() && until > env_.clock.now()) return locked_until(until);
  return go_on(*writer, *user, secrets, attempt);
}

Result<SignInAnswer> SignIns::failed(store::Writer &writer, const account::User &user,
                                     Secrets &secrets, const SignInAttempt &attempt,
                                     Outcome outcome) {
  const auto now = env_.clock.now();
  secrets.failures = account::after_failure(account::kAccountLockout, secrets.failures, now);
  TRY(keep_secrets(writer, user.id, secrets));
  // Each lock-out leaves a trace; single slips do not fill the history.
  if (account::free_from(account::kAccountLockout, secrets.failures) > now)
    TRY(note_account(writer, now, user.id, user.org, {"system", "locked", nullptr, {}}));
  TRY(writer.commit());
  count_address(attempt);
  return plain_outcome(outcome);
}

Result<SignInAnswer> SignIns::go_on(store::Writer &writer, const account::User &user,
                                    Secrets &secrets, const SignInAttempt &attempt) {
  if (user.disabled) return plain_outcome(Outcome::Disabled);
  SecondFactorCheck second;
  if (!secrets.totp.empty()) {
    if (attempt.second_factor.empty()) return plain_outcome(Outcome::SecondFactorNeeded);
    second = TRY(check_second_factor(env_, user.id, secrets, attempt.second_factor));
    if (!second.right) return failed(writer, user, secrets, attempt, Outcome::SecondFactorWrong);
  }
  const bool with_code = !attempt.one_time_code.empty();
  if (with_code) TRY(drop_code(writer, secrets));
  secrets.failures = {};
  secrets.last_sign_in = env_.clock.now();
  TRY(keep_secrets(writer, user.id, secrets));
  SignInAnswer answer = plain_outcome(Outcome::Done);
  SessionFacts facts;
  facts.user = user.id;
  facts.agent = attempt.agent;
  facts.by_code = with_code;
  answer.token = TRY(sessions_.begin(writer, std::move(facts)));
  answer.user = user;
  answer.recovery_code_used = second.recovery;
  answer.recovery_codes_left = secrets.recovery.size();
  std::string action = with_code ? "sign in with a code" : "sign in";
  if (second.recovery) action += " and a recovery code";
  TRY(note_account(writer, env_.clock.now(), user.id, user.org, {user.id, action, nullptr, {}}));
  TRY(writer.commit());
  return answer;
}

Result<SecondFactorCheck> check_second_factor(const Environment &environment,
                                              const std::string &user, Secrets &secrets,
                                              const std::string &typed) {
  SecondFactorCheck out;
  const auto key = TRY(account_key(environment));
  const auto secret = TRY(crypto::open(key, secrets.totp, totp_binding(user)));
  if (auto step = account::totp_step(secret, typed, environment.clock.wall(), secrets.totp_used)) {
    secrets.totp_used = *step;
    out.right = true;
    return out;
  }
  const auto hash = account::recovery_hash(key, user, typed);
  auto left = std::find(secrets.recovery.begin(), secrets.recovery.end(), hash);
  if (hash.empty() || left == secrets.recovery.end()) return out;
  secrets.recovery.erase(left);
  out.right = out.recovery = true;
  return out;
}

} // namespace yifa::service
