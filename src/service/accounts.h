#pragma once

#include "account/user.h"
#include "service/account_store.h"

#include <optional>
#include <string>
#include <vector>

namespace yifa::service {

/// How long a one-time sign-in code is good for, unless said otherwise.
constexpr std::int64_t kCodeSeconds = 15 * 60;

/// An account to be made. `created` and `must_change_password` of `user` are not read.
struct NewAccount {
  account::User user;
  std::optional<bool> reads_only; ///< not given: as the roles say (account::looks_on)
  std::string password;           ///< empty: a one-time code is made instead
  std::int64_t code_seconds = kCodeSeconds;
};

/// What was made; the code is shown once and kept nowhere.
struct MadeAccount {
  account::User user;
  std::string code; ///< empty when a password was given
};

/// What is to be otherwise; what is not given stays.
struct AccountChange {
  std::optional<std::string> name;
  std::optional<OrgCode> org;
  std::optional<std::vector<std::string>> roles; ///< new roles say anew what reads_only is
  std::optional<std::vector<std::string>> ledgers;
  std::optional<bool> reads_only;
  std::optional<bool> disabled;
};

struct ShownAccount {
  account::User user;
  bool second_factor = false;
  bool has_password = false;
  bool locked = false; ///< after wrong passwords, at this moment
  std::optional<Moment> last_seen;
};

struct AccountQuery {
  OrgCode scope;
  std::string words; ///< blank-separated; all must occur in id, name or office code
  std::string after; ///< the last id of the page before
  std::int64_t limit = 50;
};

/// Accounts as the security administrator keeps them. Every function but fresh(), set_up() and
/// colleagues() is for him, within his subtree, and for the local operator; Forbidden to others.
/// NotFound for an id that is no account's, and for one outside his subtree alike. Unavailable when
/// the store cannot serve.
class Accounts {
public:
  explicit Accounts(Environment &environment) : env_(environment) {}

  /// Nobody exists yet: the first-run wizard may make accounts.
  Result<bool> fresh();
  /// The first accounts, all or none. Refused once there is any account; Invalid as create's, with
  /// "people[2].roles". Their passwords stay (they chose them themselves).
  Result<std::vector<MadeAccount>> set_up(const std::vector<NewAccount> &people);

  /// Invalid field by field (account::check_user, account::check_password), also when the id is
  /// taken: an id stands for one person in the history for ever. A password given here must be
  /// changed at the first sign-in.
  Result<MadeAccount> create(const NewAccount &account, const Actor &actor);
  /// Takes effect at the next request. A disabled user's sessions end at once. Refused to disable
  /// or regrade oneself.
  Result<account::User> change(const std::string &id, const AccountChange &change,
                               const Actor &actor);
  Result<ShownAccount> show(const std::string &id, const Actor &actor);
  /// By id.
  Result<std::vector<ShownAccount>> list(const AccountQuery &query, const Actor &actor);

  /// A one-time sign-in code of 140 bits, in place of an earlier one. With `then_change_password`
  /// the user must choose a new password before anything else; without (the demonstration) he need
  /// not. Refused for a disabled user.
  Result<std::string> new_code(const std::string &id, const Actor &actor,
                               bool then_change_password = true,
                               std::int64_t seconds = kCodeSeconds);
  /// For one who lost the telephone and the recovery codes.
  Status drop_second_factor(const std::string &id, const Actor &actor);
  Status end_sessions(const std::string &id, const Actor &actor);

  /// To whom the actor can send a matter: enabled users of his subtree, and counsel of the offices
  /// above it; no administrators. By id.
  Result<std::vector<account::User>> colleagues(const Actor &actor);

private:
  /// The account, when the actor may keep it.
  Result<account::User> kept_by(store::Reader &reader, const std::string &id, const Actor &actor);
  Result<ShownAccount> shown(store::Reader &reader, account::User user);
  Status check(const account::User &user) const;
  Result<MadeAccount> make_in(store::Writer &writer, const account::User &user,
                              const NewAccount &account, const std::string &hash,
                              const std::string &actor);

  Environment &env_;
};

} // namespace yifa::service
