#pragma once

#include "account/lockout.h"
#include "account/user.h"
#include "service/environment.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// How accounts are kept: an account in clear under `user:<id>`, what nobody reads under
/// `user-secret:<id>`, every change as an event of the county's administrative chain.
namespace yifa::service {

/// What belongs to an account and is shown to nobody.
struct Secrets {
  std::string password;              ///< encoded Argon2id hash; empty: none was ever set
  std::string totp;                  ///< sealed secret of the second factor; empty: none
  std::string totp_offered;          ///< sealed, shown to the user and not yet confirmed
  std::int64_t totp_used = -1;       ///< the last step whose code was taken
  std::vector<std::string> recovery; ///< hashes of the recovery codes that are left
  account::Failures failures;
  std::string code; ///< hash of the one-time code in force, if there is one
  std::optional<Moment> last_sign_in;
};

/// Nothing when there is no such account. Unavailable; Internal when what stands there cannot be
/// read.
Result<std::optional<account::User>> stored_user(store::Reader &reader, const std::string &id);
/// All accounts, by id; stops with the callback's error.
Status each_user(store::Reader &reader,
                 const std::function<Status(const std::string &id, account::User &&)> &each);
Status keep_user(store::Writer &writer, const account::User &user);
/// Ids of all accounts, sorted.
Result<std::vector<std::string>> user_ids(store::Reader &reader);

/// Empty secrets when there are none.
Result<Secrets> stored_secrets(store::Reader &reader, const std::string &id);
Status keep_secrets(store::Writer &writer, const std::string &id, const Secrets &secrets);

/// The key that seals second factors and hashes recovery codes. Unavailable without a master key.
Result<crypto::Key> account_key(const Environment &environment);

/// Appends the event of what was done to an account. With `user` the event says what the account is
/// from now on, and `was` what it was: replay gives the accounts back.
struct AccountEvent {
  std::string actor;
  std::string action; ///< "create", "change", "password", "sign in", …
  const account::User *user = nullptr;
  json::object was;
};
Status note_account(store::Writer &writer, Moment at, const std::string &id, const OrgCode &org,
                    const AccountEvent &event);

/// "admin:<county>"; above the county with the node's own code.
std::string admin_chain(const OrgCode &org);

/// How the person is called; the id itself when it is no account's ("local").
Result<std::string> name_of_user(store::Reader &reader, const std::string &id);

/// Who acts when this user does. An administrator sees no ledger.
Actor actor_of(const account::User &user);

} // namespace yifa::service
