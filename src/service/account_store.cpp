#include "service/account_store.h"

#include "crypto/hash.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::string_view kUserPrefix = "user:";
constexpr std::string_view kSecretPrefix = "user-secret:";

std::string user_key(const std::string &id) { return std::string(kUserPrefix) + id; }
std::string secret_key(const std::string &id) { return std::string(kSecretPrefix) + id; }

Error unreadable(const std::string &id) {
  return internal_error(fmt::format("what is kept of the account {} cannot be read", id));
}

std::string text_of(const json::object &from, const char *name) {
  const auto *found = from.if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::int64_t number_of(const json::object &from, const char *name, std::int64_t otherwise) {
  const auto *found = from.if_contains(name);
  return found != nullptr && found->is_int64() ? found->get_int64() : otherwise;
}

json::object secrets_json(const Secrets &secrets) {
  json::object out{{"v", 1}, {"totp_used", secrets.totp_used}};
  if (!secrets.password.empty()) out["password"] = secrets.password;
  if (!secrets.totp.empty()) out["totp"] = crypto::hex(secrets.totp);
  if (!secrets.totp_offered.empty()) out["totp_offered"] = crypto::hex(secrets.totp_offered);
  json::array recovery;
  for (const auto &hash : secrets.recovery) recovery.emplace_back(hash);
  if (!recovery.empty()) out["recovery"] = std::move(recovery);
  if (secrets.failures.count > 0) {
    out["failures"] = secrets.failures.count;
    out["failed"] = secrets.failures.last.unix_seconds();
  }
  if (!secrets.code.empty()) out["code"] = secrets.code;
  if (secrets.last_sign_in) out["signed_in"] = secrets.last_sign_in->unix_seconds();
  return out;
}

Result<account::User> read_user(const std::string &id, const std::string &kept) {
  auto parsed = parse_json(kept);
  if (!parsed) return unreadable(id);
  auto user = account::parse_user(*parsed);
  if (!user) return unreadable(id);
  return std::move(user).value();
}

} // namespace

Result<std::optional<account::User>> stored_user(store::Reader &reader, const std::string &id) {
  const auto kept = TRY(reader.meta(user_key(id)));
  if (!kept) return std::optional<account::User>();
  return std::optional<account::User>(TRY(read_user(id, *kept)));
}

Status each_user(store::Reader &reader,
                 const std::function<Status(const std::string &, account::User &&)> &each) {
  return reader.each_meta(std::string(kUserPrefix),
                          [&](const std::string &key, const std::string &kept) -> Status {
                            const auto id = key.substr(kUserPrefix.size());
                            return each(id, TRY(read_user(id, kept)));
                          });
}

Status keep_user(store::Writer &writer, const account::User &user) {
  return writer.put_meta(user_key(user.id), canonical(account::user_json(user)));
}

Result<std::vector<std::string>> user_ids(store::Reader &reader) {
  auto keys = TRY(reader.meta_keys(std::string(kUserPrefix)));
  for (auto &key : keys) key.erase(0, kUserPrefix.size());
  std::sort(keys.begin(), keys.end());
  return keys;
}

Result<Secrets> stored_secrets(store::Reader &reader, const std::string &id) {
  Secrets secrets;
  auto kept = TRY(reader.meta(secret_key(id)));
  if (!kept) return secrets;
  auto parsed = parse_json(*kept);
  if (!parsed || !parsed->is_object()) return unreadable(id);
  const auto &from = parsed->get_object();
  secrets.password = text_of(from, "password");
  secrets.totp = crypto::from_hex(text_of(from, "totp"));
  secrets.totp_offered = crypto::from_hex(text_of(from, "totp_offered"));
  secrets.totp_used = number_of(from, "totp_used", -1);
  if (const auto *recovery = from.if_contains("recovery"); recovery && recovery->is_array())
    for (const auto &hash : recovery->get_array())
      if (hash.is_string()) secrets.recovery.emplace_back(hash.get_string());
  secrets.failures.count = static_cast<int>(number_of(from, "failures", 0));
  secrets.failures.last = Moment::from_unix(number_of(from, "failed", 0));
  secrets.code = text_of(from, "code");
  if (from.contains("signed_in"))
    secrets.last_sign_in = Moment::from_unix(number_of(from, "signed_in", 0));
  return secrets;
}

Status keep_secrets(store::Writer &writer, const std::string &id, const Secrets &secrets) {
  return writer.put_meta(secret_key(id), canonical(secrets_json(secrets)));
}

Result<crypto::Key> account_key(const Environment &environment) {
  if (environment.master) return crypto::derive(*environment.master, "account");
  return unavailable("without the master key there is no second factor");
}

std::string admin_chain(const OrgCode &org) {
  return "admin:" + (org.county().empty() ? org.text() : org.county());
}

Status note_account(store::Writer &writer, Moment at, const std::string &id, const OrgCode &org,
                    const AccountEvent &event) {
  record::Event told;
  told.chain = admin_chain(org);
  told.at = at;
  told.actor = event.actor;
  told.type = "@user";
  told.action = event.action;
  json::object body{{"v", 1},
                    {"at", at.text()},
                    {"actor", event.actor},
                    {"type", told.type},
                    {"action", event.action},
                    {"id", id}};
  if (event.user != nullptr) body["user"] = account::user_json(*event.user);
  if (!event.was.empty()) body["was"] = event.was;
  told.body = canonical(body);
  return writer.append(told);
}

Result<std::string> name_of_user(store::Reader &reader, const std::string &id) {
  auto user = TRY(stored_user(reader, id));
  return user ? user->name : id;
}

Actor actor_of(const account::User &user) {
  Actor actor;
  actor.id = user.id;
  actor.scope = user.org;
  actor.ledgers = user.ledgers;
  actor.roles = user.roles;
  actor.reads_only = user.reads_only;
  actor.matters_only = account::counsel_only(user);
  actor.no_records = !account::rights(user).records;
  return actor;
}

} // namespace yifa::service
