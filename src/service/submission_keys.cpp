#include "service/submission_keys.h"

#include "base/json.h"
#include "blob/blobs.h"
#include "service/account_store.h"
#include "service/orgs.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr const char *kTrustedPrefix = "submission_key:";
constexpr const char *kKeyEvent = "@submission";
constexpr std::int64_t kKeyEventsRead = 1000;

json::object trusted_json(const TrustedKey &key) {
  return {{"by", key.by},
          {"fingerprint", key.fingerprint},
          {"org", key.office.text()},
          {"since", key.since.text()}};
}

Result<TrustedKey> parse_trusted(const std::string &text) {
  const auto parsed = TRY(parse_json(text));
  const auto *object = parsed.if_object();
  const auto word = [&](const char *name) {
    const auto *value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
  };
  return TrustedKey{TRY(OrgCode::parse(word("org"))), word("fingerprint"),
                    TRY(Date::parse(word("since"))), word("by")};
}

Status append_key_event(Environment &env, store::Writer &writer, const OrgCode &office,
                        const std::string &action, const json::value &key, const Actor &actor) {
  record::Event event;
  event.chain = admin_chain(OrgCode::parse(office.county()).value_or(office));
  event.at = env.clock.now();
  event.actor = actor.id;
  event.type = kKeyEvent;
  event.action = action;
  event.body = canonical(json::object{{"v", 1},
                                      {"at", event.at.text()},
                                      {"actor", actor.id},
                                      {"type", event.type},
                                      {"action", action},
                                      {"org", office.text()},
                                      {"key", key}});
  return writer.append(event);
}

std::string trusted_place(const OrgCode &office) { return kTrustedPrefix + office.text(); }

} // namespace

Result<std::vector<TrustedKey>> trusted_keys(store::Reader &reader) {
  std::vector<TrustedKey> out;
  for (const auto &place : TRY(reader.meta_keys(kTrustedPrefix)))
    if (const auto kept = TRY(reader.meta(place))) out.push_back(TRY(parse_trusted(*kept)));
  std::sort(out.begin(), out.end(),
            [](const auto &a, const auto &b) { return a.office < b.office; });
  return out;
}

Result<std::optional<TrustedKey>> trusted_key(store::Reader &reader, const OrgCode &office) {
  const auto kept = TRY(reader.meta(trusted_place(office)));
  if (!kept) return std::optional<TrustedKey>();
  return std::optional(TRY(parse_trusted(*kept)));
}

Result<TrustedKey> trust_key(Environment &env, const OrgCode &office,
                             const std::string &fingerprint, const Actor &actor) {
  if (office.level() != OrgLevel::Township)
    return invalid("only a town hands in a year", {{"org", "is no town", "", ""}});
  if (!blob::is_hash(fingerprint))
    return invalid("a fingerprint has sixty-four digits from 0 to f, as `yifa submit key` prints "
                   "it");
  auto writer = TRY(env.store.write());
  if (!TRY(org_known(*writer, office)))
    return not_found(fmt::format("there is no office {}", office.text()));
  for (const auto &each : TRY(trusted_keys(*writer)))
    if (each.fingerprint == fingerprint && each.office != office)
      return refused("this key is registered for another office",
                     {{"org", fmt::format("it is the key of {}", each.office.text()), "", ""}});
  TrustedKey key{office, fingerprint, env.clock.today(), actor.id};
  TRY(writer->put_meta(trusted_place(office), canonical(trusted_json(key))));
  TRY(append_key_event(env, *writer, office, "trust", trusted_json(key), actor));
  TRY(writer->commit());
  return key;
}

Status distrust_key(Environment &env, const OrgCode &office, const Actor &actor) {
  auto writer = TRY(env.store.write());
  if (!TRY(trusted_key(*writer, office)))
    return not_found(fmt::format("no key is registered for {}", office.text()));
  TRY(writer->drop_meta(trusted_place(office)));
  TRY(append_key_event(env, *writer, office, "distrust", nullptr, actor));
  return writer->commit();
}

Status bring_back_keys(store::Writer &writer) {
  for (const auto &chain : TRY(writer.chains())) {
    if (!chain.starts_with("admin:")) continue;
    std::int64_t seq = 0;
    for (bool more = true; more;) {
      const auto page = TRY(writer.events(chain, seq, kKeyEventsRead));
      more = static_cast<std::int64_t>(page.size()) == kKeyEventsRead;
      for (const auto &event : page) {
        seq = event.seq;
        if (event.type != kKeyEvent) continue;
        const auto body = TRY(parse_json(event.body));
        const auto *object = body.if_object();
        const auto *org = object != nullptr ? object->if_contains("org") : nullptr;
        const auto *key = object != nullptr ? object->if_contains("key") : nullptr;
        if (org == nullptr || !org->is_string() || key == nullptr) continue;
        const auto place = kTrustedPrefix + std::string(org->get_string());
        if (key->is_object())
          TRY(writer.put_meta(place, canonical(*key)));
        else if (TRY(writer.meta(place)))
          TRY(writer.drop_meta(place));
      }
    }
  }
  return Done{};
}

} // namespace yifa::service
