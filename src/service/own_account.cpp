#include "service/own_account.h"

#include "account/password.h"
#include "account/password_rules.h"
#include "account/qr.h"
#include "account/second_factor.h"
#include "service/one_time_code.h"
#include "service/sign_in.h"

namespace yifa::service {
namespace {

/// The user as he is now.
Result<account::User> still_there(store::Reader &reader, const SignedIn &session) {
  auto user = TRY(stored_user(reader, session.user.id));
  if (!user || user->disabled) return forbidden("this account is disabled");
  if (user->org.county() != session.user.org.county())
    return stale("the account was moved to another county meanwhile: sign in again");
  return *user;
}

/// Who changes his own account waits for those who write in his county alone.
Result<std::unique_ptr<store::Writer>> writer_for(Environment &env, const SignedIn &session) {
  return env.store.write({.county = session.user.org.county()});
}

Error invalid_at(const char *where, const std::string &message) {
  return invalid(message, {{where, message, "", ""}});
}

} // namespace

Status OwnAccount::prove(const SignedIn &session, const std::string &password, const char *where) {
  Secrets secrets;
  {
    auto reader = TRY(env_.store.read());
    secrets = TRY(stored_secrets(*reader, session.user.id));
  }
  auto locked = [&](const Secrets &now) -> Status {
    const auto until = account::free_from(account::kAccountLockout, now.failures);
    if (until <= env_.clock.now()) return Done{};
    return too_soon(until.unix_seconds() - env_.clock.now().unix_seconds());
  };
  TRY(locked(secrets));
  const auto judged = secrets.password;
  const bool right = TRY(account::password_fits(password, judged));
  auto writer = TRY(writer_for(env_, session));
  secrets = TRY(stored_secrets(*writer, session.user.id));
  TRY(locked(secrets));
  if (right && secrets.password == judged) return Done{};
  secrets.failures =
      account::after_failure(account::kAccountLockout, secrets.failures, env_.clock.now());
  TRY(keep_secrets(*writer, session.user.id, secrets));
  TRY(writer->commit());
  return invalid_at(where, "this is not the password");
}

Status OwnAccount::change_password(const SignedIn &session, const std::string &old_password,
                                   const std::string &new_password) {
  auto user = session.user;
  const bool by_code = session.session.by_code && user.must_change_password;
  const bool first = TRY(stored_secrets(*TRY(env_.store.read()), user.id)).password.empty();
  TRY(account::check_password(new_password, user.id, user.name, "new"));
  if (!by_code && !first) {
    TRY(prove(session, old_password, "old"));
    if (old_password == new_password) return invalid_at("new", "the new password is the old one");
  }
  const auto hash = TRY(account::hash_password(new_password));
  auto writer = TRY(writer_for(env_, session));
  user = TRY(still_there(*writer, session));
  if (by_code && !user.must_change_password)
    return refused("the password was chosen meanwhile; sign in with it", {});
  auto secrets = TRY(stored_secrets(*writer, user.id));
  if (first && !secrets.password.empty())
    return refused("the password was chosen meanwhile; sign in with it", {});
  secrets.password = hash;
  secrets.failures = {};
  TRY(drop_code(*writer, secrets));
  TRY(keep_secrets(*writer, user.id, secrets));
  user.must_change_password = false;
  user.version += 1;
  TRY(keep_user(*writer, user));
  TRY(end_sessions_of(*writer, user.id, session.session.id));
  TRY(note_account(*writer, env_.clock.now(), user.id, user.org, {user.id, "password", &user, {}}));
  return writer->commit();
}

Result<OwnAccount::Offer> OwnAccount::offer_second_factor(const SignedIn &session,
                                                          const std::string &issuer) {
  const auto key = TRY(account_key(env_));
  auto writer = TRY(writer_for(env_, session));
  const auto user = TRY(still_there(*writer, session));
  auto secrets = TRY(stored_secrets(*writer, user.id));
  if (!secrets.totp.empty())
    return refused("a second factor is in force; take it back before a new one", {});
  const auto secret = TRY(account::new_totp_secret());
  secrets.totp_offered = TRY(crypto::seal(key, secret, totp_binding(user.id)));
  TRY(keep_secrets(*writer, user.id, secrets));
  TRY(writer->commit());
  Offer offer;
  offer.secret = account::totp_text(secret);
  offer.uri = account::totp_uri(secret, issuer, user.id);
  offer.qr_svg = TRY(account::qr_svg(offer.uri));
  return offer;
}

Result<std::vector<std::string>> OwnAccount::confirm_second_factor(const SignedIn &session,
                                                                   const std::string &code) {
  const auto key = TRY(account_key(env_));
  auto writer = TRY(writer_for(env_, session));
  const auto user = TRY(still_there(*writer, session));
  auto secrets = TRY(stored_secrets(*writer, user.id));
  if (secrets.totp_offered.empty()) return refused("no second factor is offered", {});
  const auto secret = TRY(crypto::open(key, secrets.totp_offered, totp_binding(user.id)));
  const auto step = account::totp_step(secret, code, env_.clock.wall(), -1);
  if (!step) return invalid_at("code", "this is not the code of this moment");
  auto codes = TRY(account::new_recovery_codes());
  secrets.recovery.clear();
  for (const auto &each : codes)
    secrets.recovery.push_back(account::recovery_hash(key, user.id, each));
  secrets.totp = std::move(secrets.totp_offered);
  secrets.totp_offered.clear();
  secrets.totp_used = *step;
  TRY(keep_secrets(*writer, user.id, secrets));
  TRY(end_sessions_of(*writer, user.id, session.session.id));
  TRY(note_account(*writer, env_.clock.now(), user.id, user.org,
                   {user.id, "second factor on", nullptr, {}}));
  TRY(writer->commit());
  return codes;
}

Status OwnAccount::drop_second_factor(const SignedIn &session, const std::string &password) {
  TRY(prove(session, password, "password"));
  auto writer = TRY(writer_for(env_, session));
  const auto user = TRY(still_there(*writer, session));
  auto secrets = TRY(stored_secrets(*writer, user.id));
  if (secrets.totp.empty()) return Done{};
  secrets.totp.clear();
  secrets.totp_offered.clear();
  secrets.recovery.clear();
  TRY(keep_secrets(*writer, user.id, secrets));
  TRY(note_account(*writer, env_.clock.now(), user.id, user.org,
                   {user.id, "second factor off", nullptr, {}}));
  return writer->commit();
}

Result<bool> has_second_factor(store::Reader &reader, const std::string &user) {
  return !TRY(stored_secrets(reader, user)).totp.empty();
}

} // namespace yifa::service
