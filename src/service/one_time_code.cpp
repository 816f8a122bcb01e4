#include "service/one_time_code.h"

#include "account/code.h"
#include "crypto/hash.h"

namespace yifa::service {
namespace {

constexpr std::size_t kCodeCharacters = 28;
constexpr std::size_t kCodeGroup = 4;

std::string code_key(const std::string &hash) { return "code:" + hash; }

} // namespace

Result<std::string> make_code(store::Writer &writer, const std::string &user, Secrets &secrets,
                              Moment until) {
  TRY(drop_code(writer, secrets));
  auto code = TRY(account::new_code(kCodeCharacters, kCodeGroup));
  secrets.code = crypto::hex(crypto::sha256(account::normal_code(code)));
  TRY(writer.put_meta(
      code_key(secrets.code),
      canonical(json::object{{"v", 1}, {"user", user}, {"until", until.unix_seconds()}})));
  return code;
}

Result<std::optional<std::string>> user_of_code(store::Reader &reader, const std::string &code,
                                                Moment now) {
  const std::optional<std::string> nobody;
  const auto typed = account::normal_code(code);
  if (typed.size() != kCodeCharacters) return nobody;
  auto kept = TRY(reader.meta(code_key(crypto::hex(crypto::sha256(typed)))));
  if (!kept) return nobody;
  auto parsed = TRY(parse_json(*kept));
  const auto *from = parsed.if_object();
  const auto *user = from != nullptr ? from->if_contains("user") : nullptr;
  const auto *until = from != nullptr ? from->if_contains("until") : nullptr;
  if (user == nullptr || until == nullptr || !user->is_string() || !until->is_int64())
    return nobody;
  if (now > Moment::from_unix(until->get_int64())) return nobody;
  return std::optional<std::string>(std::string(user->get_string()));
}

Status drop_code(store::Writer &writer, Secrets &secrets) {
  if (secrets.code.empty()) return Done{};
  TRY(writer.drop_meta(code_key(secrets.code)));
  secrets.code.clear();
  return Done{};
}

} // namespace yifa::service
