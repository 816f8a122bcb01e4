#include "service/account_checks.h"

#include "service/account_store.h"
#include "service/sessions.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace yifa::service {
namespace {

constexpr std::int64_t kDormantSeconds = std::int64_t{90} * 86400;

struct CheckedAccount {
  account::User user;
  Secrets secrets;
  Moment seen; ///< last, or when it was made
};

bool has_administration(const CheckedAccount &account) {
  return std::any_of(account.user.roles.begin(), account.user.roles.end(),
                     [](const auto &role) { return account::is_administrator(role); });
}

Result<std::vector<CheckedAccount>> enabled_accounts(store::Reader &reader) {
  std::map<std::string, Moment> seen;
  for (const auto &session : TRY(stored_sessions(reader)))
    seen[session.user] = std::max(seen[session.user], session.seen);
  std::vector<CheckedAccount> out;
  for (const auto &id : TRY(user_ids(reader))) {
    auto user = TRY(stored_user(reader, id));
    if (!user || user->disabled) continue;
    CheckedAccount account{*user, TRY(stored_secrets(reader, id)), user->created};
    account.seen =
        std::max({account.seen, seen[id], account.secrets.last_sign_in.value_or(Moment())});
    out.push_back(std::move(account));
  }
  return out;
}

/// Of those whom `fault` fits.
SecurityItem about(const std::vector<CheckedAccount> &accounts, const char *id, const char *well,
                   const char *not_well, const char *why,
                   const std::function<bool(const CheckedAccount &)> &fault) {
  SecurityItem item{id, true, well, why, {}};
  for (const auto &account : accounts)
    if (fault(account)) item.users.push_back(account.user.id);
  if (item.users.empty()) return item;
  item.ok = false;
  item.message = fmt::format("{}: {}", not_well, fmt::join(item.users, ", "));
  return item;
}

/// One person, by name, with two administrations.
bool same_person(const std::vector<CheckedAccount> &accounts, const CheckedAccount &account) {
  if (!has_administration(account)) return false;
  return std::any_of(accounts.begin(), accounts.end(), [&](const CheckedAccount &other) {
    return other.user.id != account.user.id && other.user.name == account.user.name &&
           has_administration(other) && other.user.roles != account.user.roles;
  });
}

SecurityItem administrators_there(const std::vector<CheckedAccount> &accounts) {
  std::vector<std::string> missing;
  for (const char *role : {account::kSystemAdmin, account::kSecurityAdmin, account::kAuditAdmin}) {
    const bool held = std::any_of(accounts.begin(), accounts.end(), [&](const auto &account) {
      return account.user.roles.front() == role;
    });
    if (!held) missing.emplace_back(role);
  }
  SecurityItem item{"administrators_there",
                    missing.empty(),
                    "each administration is held by somebody",
                    "accounts, settings and history would be nobody's to look after",
                    {}};
  if (!missing.empty()) item.message = fmt::format("nobody holds: {}", fmt::join(missing, ", "));
  return item;
}

} // namespace

Result<std::vector<SecurityItem>> check_accounts(Environment &environment) {
  auto reader = TRY(environment.store.read());
  const auto accounts = TRY(enabled_accounts(*reader));
  const auto now = environment.clock.now();
  std::vector<SecurityItem> items;
  items.push_back(administrators_there(accounts));
  items.push_back(about(
      accounts, "administrators_second_factor", "every administrator has a second factor",
      "administrators without a second factor", "a guessed or stolen password would be enough",
      [](const auto &a) { return has_administration(a) && a.secrets.totp.empty(); }));
  items.push_back(about(accounts, "administrators_apart", "nobody holds two administrations",
                        "one person holds several administrations",
                        "who gives rights shall not be who looks after the history",
                        [&](const auto &a) { return same_person(accounts, a); }));
  items.push_back(about(accounts, "dormant", "no account lies unused", "not signed in for 90 days",
                        "an account nobody misses is taken unnoticed", [&](const auto &a) {
                          return now.unix_seconds() - a.seen.unix_seconds() > kDormantSeconds;
                        }));
  items.push_back(about(accounts, "own_password", "everybody has chosen a password",
                        "still to choose a password of their own",
                        "somebody else knows how to get in",
                        [](const auto &a) { return a.user.must_change_password; }));
  items.push_back(
      about(accounts, "locked", "no account is locked after wrong passwords",
            "locked after wrong passwords", "somebody may be trying passwords", [&](const auto &a) {
              return account::free_from(account::kAccountLockout, a.secrets.failures) > now;
            }));
  return items;
}

} // namespace yifa::service
