#include "service/account_history.h"

#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::int64_t kEventsRead = 1000;

} // namespace

Result<std::map<std::string, account::User>> accounts_told(store::Reader &reader) {
  std::map<std::string, account::User> users;
  for (const auto &chain : TRY(reader.chains())) {
    if (!chain.starts_with("admin:")) continue;
    std::int64_t seq = 0;
    for (bool more = true; more;) {
      const auto page = TRY(reader.events(chain, seq, kEventsRead));
      more = static_cast<std::int64_t>(page.size()) == kEventsRead;
      for (const auto &event : page) {
        seq = event.seq;
        if (event.type != "@user") continue;
        const auto body = TRY(parse_json(event.body));
        const auto *told = body.is_object() ? body.get_object().if_contains("user") : nullptr;
        if (told == nullptr) continue;
        auto user = TRY(account::parse_user(*told));
        // One who moved to another county stands in two chains.
        if (auto &latest = users[user.id]; latest.id.empty() || user.version >= latest.version)
          latest = std::move(user);
      }
    }
  }
  return users;
}

Status bring_back_accounts(store::Writer &writer) {
  for (const auto &[id, user] : TRY(accounts_told(writer))) TRY(keep_user(writer, user));
  return Done{};
}

Status verify_accounts(
    store::Reader &reader,
    const std::function<void(const std::string &where, const std::string &what)> &fault) {
  const auto told = TRY(accounts_told(reader));
  std::set<std::string> same, other, strange;
  TRY(each_user(reader, [&](const std::string &id, account::User &&kept) -> Status {
    const auto found = told.find(id);
    (found == told.end() ? strange : kept == found->second ? same : other).insert(id);
    return Done{};
  }));
  for (const auto &[id, user] : told)
    if (other.contains(id))
      fault("account " + id, "is not what its events say");
    else if (!same.contains(id))
      fault("account " + id, "its events are there, the account is not");
  for (const auto &id : strange) fault("account " + id, "stands there, and no event tells of it");
  return Done{};
}

} // namespace yifa::service
