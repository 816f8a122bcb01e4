#include "service/accounts.h"

#include "account/password.h"
#include "account/password_rules.h"
#include "base/text.h"
#include "service/one_time_code.h"
#include "service/orgs.h"
#include "service/permission.h"
#include "service/sessions.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using account::User;

Status may_keep_accounts(const Actor &actor, const OrgCode &org) {
  if (actor.local_operator) return Done{};
  const bool security = std::find(actor.roles.begin(), actor.roles.end(),
                                  account::kSecurityAdmin) != actor.roles.end();
  if (security && actor.scope.contains(org)) return Done{};
  return forbidden("accounts are kept by the security administrator of the office");
}

/// What was and is otherwise now.
json::object was_otherwise(const User &before, const User &after) {
  json::object was = account::user_json(before);
  for (const auto &member : account::user_json(after))
    if (auto *found = was.if_contains(member.key()); found && *found == member.value())
      was.erase(member.key());
  return was;
}

bool holds_words(const User &user, const std::string &words) {
  const auto all = text::lower_ascii(user.id + "\n" + user.name + "\n" + user.org.text());
  for (const auto &word : text::split(text::lower_ascii(words), ' '))
    if (all.find(word) == std::string::npos) return false;
  return true;
}

bool administers(const User &user) {
  return std::any_of(user.roles.begin(), user.roles.end(),
                     [](const auto &role) { return account::is_administrator(role); });
}

/// The problems of one of several people, at their place.
Error of_person(Error error, std::size_t index) {
  for (auto &problem : error.problems)
    problem.where = fmt::format("people[{}].{}", index, problem.where);
  return error;
}

Error taken(const std::string &id) {
  const auto message = fmt::format("there is an account {} already", id);
  return invalid(message, {{"id", message, "", ""}});
}

Status check_office(store::Reader &reader, const OrgCode &org) {
  if (TRY(org_known(reader, org))) return Done{};
  const auto message = fmt::format("there is no office {}", org.text());
  return invalid(message, {{"org", message, "", ""}});
}

/// The account as it will be kept.
User prepared(const NewAccount &account, Moment now) {
  User user = account.user;
  user.name = text::trim(user.name);
  user.reads_only = account.reads_only.value_or(account::looks_on(user.roles));
  user.disabled = false;
  user.created = now;
  user.version = 1;
  user.must_change_password = true;
  return user;
}

} // namespace

Status Accounts::check(const User &user) const {
  return account::check_user(
      user, {[this](const std::string &role) {
               return role != kPublic && env_.catalog->roles.contains(role);
             },
             [this](const std::string &type) { return env_.catalog->type(type) != nullptr; }});
}

Result<bool> Accounts::fresh() {
  auto reader = TRY(env_.store.read());
  return TRY(user_ids(*reader)).empty();
}

Result<MadeAccount> Accounts::make_in(store::Writer &writer, const User &user,
                                      const NewAccount &account, const std::string &hash,
                                      const std::string &actor) {
  if (TRY(stored_user(writer, user.id))) return taken(user.id);
  TRY(check_office(writer, user.org));
  MadeAccount made{user, {}};
  Secrets secrets;
  secrets.password = hash;
  if (hash.empty())
    made.code =
        TRY(make_code(writer, user.id, secrets,
                      Moment::from_unix(env_.clock.now().unix_seconds() + account.code_seconds)));
  TRY(keep_user(writer, user));
  TRY(keep_secrets(writer, user.id, secrets));
  TRY(note_account(writer, env_.clock.now(), user.id, user.org, {actor, "create", &user, {}}));
  return made;
}

Result<std::vector<MadeAccount>> Accounts::set_up(const std::vector<NewAccount> &people) {
  auto too_late = [] {
    return refused("accounts exist already; the security administrator makes new ones", {});
  };
  // Asked before any work is done, and again when it is done.
  if (!TRY(fresh())) return too_late();
  std::vector<User> users;
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto user = prepared(people[i], env_.clock.now());
    user.must_change_password = people[i].password.empty();
    if (auto checked = check(user); !checked) return of_person(checked.error(), i);
    if (!people[i].password.empty())
      if (auto checked = account::check_password(people[i].password, user.id, user.name); !checked)
        return of_person(checked.error(), i);
    for (const auto &before : users)
      if (before.id == user.id) return of_person(taken(user.id), i);
    users.push_back(std::move(user));
  }
  std::vector<std::string> hashes;
  for (const auto &person : people)
    hashes.push_back(person.password.empty() ? std::string()
                                             : TRY(account::hash_password(person.password)));
  auto writer = TRY(env_.store.write());
  if (!TRY(user_ids(*writer)).empty()) return too_late();
  std::vector<MadeAccount> made;
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto one = make_in(*writer, users[i], people[i], hashes[i], "local");
    if (!one) return of_person(one.error(), i);
    made.push_back(std::move(*one));
  }
  TRY(writer->commit());
  return made;
}

Result<MadeAccount> Accounts::create(const NewAccount &account, const Actor &actor) {
  TRY(may_keep_accounts(actor, account.user.org));
  const auto user = prepared(account, env_.clock.now());
  TRY(check(user));
  std::string hash;
  if (!account.password.empty()) {
    TRY(account::check_password(account.password, user.id, user.name));
    hash = TRY(account::hash_password(account.password));
  }
  auto writer = TRY(env_.store.write());
  auto made = TRY(make_in(*writer, user, account, hash, actor.id));
  TRY(writer->commit());
  return made;
}

Result<User> Accounts::kept_by(store::Reader &reader, const std::string &id, const Actor &actor) {
  TRY(may_keep_accounts(actor, actor.scope));
  auto user = TRY(stored_user(reader, id));
  // Whether an id exists elsewhere is told to nobody who may not look there.
  if (!user || !may_keep_accounts(actor, user->org))
    return not_found(fmt::format("there is no account {}", id));
  return *user;
}

Result<User> Accounts::change(const std::string &id, const AccountChange &change,
                              const Actor &actor) {
  auto writer = TRY(env_.store.write());
  const auto before = TRY(kept_by(*writer, id, actor));
  auto user = before;
  if (change.name) user.name = text::trim(*change.name);
  if (change.org) user.org = *change.org;
  if (change.ledgers) user.ledgers = *change.ledgers;
  if (change.roles && *change.roles != user.roles) {
    user.roles = *change.roles;
    user.reads_only = account::looks_on(user.roles);
  }
  if (change.reads_only) user.reads_only = *change.reads_only;
  if (change.disabled) user.disabled = *change.disabled;
  TRY(may_keep_accounts(actor, user.org));
  if (change.name || change.roles || change.ledgers) TRY(check(user));
  if (user == before) return user;
  user.version += 1;
  if (user.org != before.org) TRY(check_office(*writer, user.org));
  const bool regraded = user.roles != before.roles || user.org != before.org ||
                        user.disabled != before.disabled || user.ledgers != before.ledgers;
  if (id == actor.id && !actor.local_operator && regraded)
    return refused("nobody disables or regrades himself; another security administrator does", {});
  TRY(keep_user(*writer, user));
  if (user.disabled) {
    auto secrets = TRY(stored_secrets(*writer, id));
    TRY(drop_code(*writer, secrets));
    TRY(keep_secrets(*writer, id, secrets));
    TRY(end_sessions_of(*writer, id, {}));
  }
  std::string action = "change";
  if (user.disabled != before.disabled) action = user.disabled ? "disable" : "enable";
  const AccountEvent event{actor.id, action, &user, was_otherwise(before, user)};
  TRY(note_account(*writer, env_.clock.now(), id, user.org, event));
  if (admin_chain(before.org) != admin_chain(user.org)) // told where he comes from, too
    TRY(note_account(*writer, env_.clock.now(), id, before.org, event));
  TRY(writer->commit());
  return user;
}

Result<ShownAccount> Accounts::shown(store::Reader &reader, User user) {
  const auto secrets = TRY(stored_secrets(reader, user.id));
  ShownAccount out;
  out.user = std::move(user);
  out.second_factor = !secrets.totp.empty();
  out.has_password = !secrets.password.empty();
  out.locked = account::free_from(account::kAccountLockout, secrets.failures) > env_.clock.now();
  out.last_seen = secrets.last_sign_in;
  return out;
}

Result<ShownAccount> Accounts::show(const std::string &id, const Actor &actor) {
  auto reader = TRY(env_.store.read());
  return shown(*reader, TRY(kept_by(*reader, id, actor)));
}

Result<std::vector<ShownAccount>> Accounts::list(const AccountQuery &query, const Actor &actor) {
  TRY(may_keep_accounts(actor, actor.scope));
  auto reader = TRY(env_.store.read());
  std::vector<ShownAccount> out;
  for (const auto &id : TRY(user_ids(*reader))) {
    if (id <= query.after) continue;
    if (static_cast<std::int64_t>(out.size()) == query.limit) break;
    auto user = TRY(stored_user(*reader, id));
    if (!user || !query.scope.contains(user->org) || !may_keep_accounts(actor, user->org) ||
        !holds_words(*user, query.words))
      continue;
    out.push_back(TRY(shown(*reader, std::move(*user))));
  }
  for (auto &each : out)
    if (const auto seen = TRY(last_seen_in_session(*reader, each.user.id)))
      each.last_seen = std::max(each.last_seen.value_or(Moment()), *seen);
  return out;
}

Result<std::string> Accounts::new_code(const std::string &id, const Actor &actor,
                                       bool then_change_password, std::int64_t seconds) {
  auto writer = TRY(env_.store.write());
  const auto before = TRY(kept_by(*writer, id, actor));
  if (before.disabled) return refused(fmt::format("the account {} is disabled", id), {});
  auto user = before;
  user.must_change_password = then_change_password;
  auto secrets = TRY(stored_secrets(*writer, id));
  const auto until = Moment::from_unix(env_.clock.now().unix_seconds() + seconds);
  auto code = TRY(make_code(*writer, id, secrets, until));
  TRY(keep_secrets(*writer, id, secrets));
  if (!(user == before)) {
    user.version += 1;
    TRY(keep_user(*writer, user));
  }
  TRY(note_account(*writer, env_.clock.now(), id, user.org,
                   {actor.id, "sign-in code", &user, was_otherwise(before, user)}));
  TRY(writer->commit());
  return code;
}

Status Accounts::drop_second_factor(const std::string &id, const Actor &actor) {
  auto writer = TRY(env_.store.write());
  const auto user = TRY(kept_by(*writer, id, actor));
  auto secrets = TRY(stored_secrets(*writer, id));
  if (secrets.totp.empty()) return Done{};
  secrets.totp.clear();
  secrets.totp_offered.clear();
  secrets.recovery.clear();
  TRY(keep_secrets(*writer, id, secrets));
  TRY(end_sessions_of(*writer, id, {}));
  TRY(note_account(*writer, env_.clock.now(), id, user.org,
                   {actor.id, "second factor off", nullptr, {}}));
  return writer->commit();
}

Status Accounts::end_sessions(const std::string &id, const Actor &actor) {
  auto writer = TRY(env_.store.write());
  const auto user = TRY(kept_by(*writer, id, actor));
  TRY(end_sessions_of(*writer, id, {}));
  TRY(note_account(*writer, env_.clock.now(), id, user.org,
                   {actor.id, "sessions ended", nullptr, {}}));
  return writer->commit();
}

Result<std::vector<User>> Accounts::colleagues(const Actor &actor) {
  std::vector<User> out;
  if (actor.no_records) return out;
  auto reader = TRY(env_.store.read());
  for (const auto &id : TRY(user_ids(*reader))) {
    auto user = TRY(stored_user(*reader, id));
    if (!user || user->disabled || administers(*user) || user->id == actor.id) continue;
    const bool counsel_above =
        std::find(user->roles.begin(), user->roles.end(), account::kCounsel) != user->roles.end() &&
        user->org.contains(actor.scope);
    if (actor.local_operator || actor.scope.contains(user->org) || counsel_above)
      out.push_back(std::move(*user));
  }
  return out;
}

} // namespace yifa::service
