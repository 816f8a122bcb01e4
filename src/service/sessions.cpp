#include "service/sessions.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "service/account_store.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::string_view kSessionPrefix = "session:";
/// Beside it `session-of:<user>:<hash>`: a user's are found without looking at anybody else's.
constexpr std::string_view kOwnPrefix = "session-of:";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kLongestAgent = 120;
/// Of one user at a time: more devices than anybody has.
constexpr std::size_t kMostSessions = 20;
/// How often a session's last-seen is written.
constexpr std::int64_t kTouchSeconds = 60;
/// What a session looks like: one of an older form has no entry beside it, and opens nothing.
constexpr std::int64_t kForm = 2;
/// Ended ones taken away in one transaction.
constexpr std::size_t kSweptTogether = 200;

std::string session_key(const std::string &id) { return std::string(kSessionPrefix) + id; }
/// No user's id has a colon, so nobody's prefix is the beginning of another's.
std::string own_prefix(const std::string &user) { return fmt::format("{}{}:", kOwnPrefix, user); }

/// Only the one spelling we gave out is a token.
std::string token_bytes(std::string_view token) {
  if (token.size() != 2 * kTokenBytes || text::lower_ascii(token) != token) return {};
  return crypto::from_hex(token);
}

Status keep_session(store::Writer &writer, const SessionFacts &facts) {
  json::object out{{"v", kForm},
                   {"user", facts.user},
                   {"created", facts.created.unix_seconds()},
                   {"seen", facts.seen.unix_seconds()},
                   {"agent", facts.agent}};
  if (facts.by_code) out["by_code"] = true;
  TRY(writer.put_meta(own_prefix(facts.user) + facts.id, "1"));
  return writer.put_meta(session_key(facts.id), canonical(out));
}

Status drop_session(store::Writer &writer, const std::string &id, const std::string &user) {
  TRY(writer.drop_meta(own_prefix(user) + id));
  return writer.drop_meta(session_key(id));
}

/// Nothing when it is none, or of an older form.
Result<std::optional<SessionFacts>> read_session(const std::string &id, const std::string &kept) {
  const std::optional<SessionFacts> none;
  auto parsed = TRY(parse_json(kept));
  const auto *from = parsed.if_object();
  if (from == nullptr) return none;
  const auto *form = from->if_contains("v");
  const auto *user = from->if_contains("user");
  const auto *created = from->if_contains("created");
  const auto *seen = from->if_contains("seen");
  const auto *agent = from->if_contains("agent");
  if (form == nullptr || *form != kForm || user == nullptr || !user->is_string() ||
      created == nullptr || !created->is_int64() || seen == nullptr || !seen->is_int64())
    return none;
  SessionFacts facts;
  facts.id = id;
  facts.user = std::string(user->get_string());
  facts.created = Moment::from_unix(created->get_int64());
  facts.seen = Moment::from_unix(seen->get_int64());
  if (agent != nullptr && agent->is_string()) facts.agent = std::string(agent->get_string());
  facts.by_code = from->contains("by_code");
  return std::optional<SessionFacts>(std::move(facts));
}

Result<std::optional<SessionFacts>> stored_session(store::Reader &reader, const std::string &id) {
  const auto kept = TRY(reader.meta(session_key(id)));
  return kept ? read_session(id, *kept) : std::optional<SessionFacts>();
}

/// Of one user, also those whose time is over: a few, however many others there are.
Result<std::vector<SessionFacts>> sessions_of(store::Reader &reader, const std::string &user) {
  std::vector<std::string> ids;
  const auto prefix = own_prefix(user);
  TRY(reader.each_meta(prefix, [&](const std::string &key, const std::string &) -> Status {
    ids.push_back(key.substr(prefix.size()));
    return Done{};
  }));
  std::vector<SessionFacts> out;
  for (const auto &id : ids)
    if (auto session = TRY(stored_session(reader, id))) out.push_back(std::move(*session));
  return out;
}

/// Who writes to a user's sessions waits for his county alone.
Result<std::unique_ptr<store::Writer>> writer_for(Environment &env, const std::string &user) {
  const auto known = TRY(stored_user(*TRY(env.store.read()), user));
  return env.store.write({.county = known ? known->org.county() : std::string()});
}

/// What a browser says of itself, without what a log or a page could stumble over.
std::string plain_agent(std::string_view said) {
  if (!text::valid_utf8(said)) return {};
  std::string out;
  for (char c : said)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
  return text::shorten(out, kLongestAgent);
}

} // namespace

bool Sessions::lives(const SessionFacts &session, Moment now) const {
  return now.unix_seconds() - session.seen.unix_seconds() < rules_.idle &&
         now.unix_seconds() - session.created.unix_seconds() < rules_.absolute;
}

Result<std::string> Sessions::begin(store::Writer &writer, SessionFacts facts) const {
  const auto now = env_.clock.now();
  std::vector<SessionFacts> living;
  for (auto &session : TRY(sessions_of(writer, facts.user))) {
    if (lives(session, now))
      living.push_back(std::move(session));
    else
      TRY(drop_session(writer, session.id, session.user));
  }
  std::sort(living.begin(), living.end(),
            [](const auto &a, const auto &b) { return a.seen > b.seen; });
  for (std::size_t i = kMostSessions - 1; i < living.size(); ++i)
    TRY(drop_session(writer, living[i].id, living[i].user));
  const auto bytes = TRY(crypto::random_bytes(kTokenBytes));
  facts.id = crypto::hex(crypto::sha256(bytes));
  facts.created = facts.seen = now;
  facts.agent = plain_agent(facts.agent);
  TRY(keep_session(writer, facts));
  return crypto::hex(bytes);
}

Result<std::optional<SignedIn>> Sessions::find(store::Reader &reader,
                                               std::string_view token) const {
  const std::optional<SignedIn> nobody;
  const auto bytes = token_bytes(token);
  if (bytes.empty()) return nobody;
  auto session = TRY(stored_session(reader, crypto::hex(crypto::sha256(bytes))));
  const auto now = env_.clock.now();
  if (!session || !lives(*session, now)) return nobody;
  auto user = TRY(stored_user(reader, session->user));
  if (!user || user->disabled) return nobody;
  SignedIn out{std::move(*user), std::move(*session), false};
  out.touch_due = now.unix_seconds() - out.session.seen.unix_seconds() >= kTouchSeconds;
  return std::optional<SignedIn>(std::move(out));
}

Status Sessions::touch(const SignedIn &signed_in) {
  auto writer = TRY(env_.store.write({.county = signed_in.user.org.county()}));
  auto facts = TRY(stored_session(*writer, signed_in.session.id));
  const auto now = env_.clock.now();
  // What has ended by time while the request ran must not come to life again.
  if (!facts || !lives(*facts, now) ||
      now.unix_seconds() - facts->seen.unix_seconds() < kTouchSeconds)
    return Done{};
  facts->seen = now;
  TRY(keep_session(*writer, *facts));
  return writer->commit();
}

Result<std::vector<SessionFacts>> Sessions::list(store::Reader &reader,
                                                 const std::string &user) const {
  auto out = TRY(sessions_of(reader, user));
  const auto now = env_.clock.now();
  std::erase_if(out, [&](const auto &session) { return !lives(session, now); });
  std::sort(out.begin(), out.end(),
            [](const auto &a, const auto &b) { return a.created > b.created; });
  return out;
}

Status Sessions::end(const std::string &session, const std::string &user) {
  auto writer = TRY(writer_for(env_, user));
  auto facts = TRY(stored_session(*writer, session));
  if (!facts || facts->user != user) return not_found("there is no such session");
  TRY(drop_session(*writer, session, user));
  return writer->commit();
}

Status Sessions::end_all(const std::string &user, const std::string &keep) {
  auto writer = TRY(writer_for(env_, user));
  TRY(end_sessions_of(*writer, user, keep));
  return writer->commit();
}

Status Sessions::sweep() {
  const auto now = env_.clock.now();
  // Gathered without holding anybody up, by the county whose writers may be touching them.
  std::map<std::string, std::vector<std::string>> over;
  {
    auto reader = TRY(env_.store.read());
    std::map<std::string, std::vector<std::string>> by_user;
    TRY(reader->each_meta(std::string(kSessionPrefix),
                          [&](const std::string &key, const std::string &kept) -> Status {
                            const auto id = key.substr(kSessionPrefix.size());
                            const auto session = TRY(read_session(id, kept));
                            if (!session || !lives(*session, now))
                              by_user[session ? session->user : ""].push_back(id);
                            return Done{};
                          }));
    for (auto &[user, ids] : by_user) {
      const auto known = TRY(stored_user(*reader, user));
      auto &of_county = over[known ? known->org.county() : ""];
      of_county.insert(of_county.end(), ids.begin(), ids.end());
    }
  }
  for (const auto &[county, ids] : over)
    for (std::size_t at = 0; at < ids.size(); at += kSweptTogether)
      TRY(take_away(county, {ids.begin() + static_cast<std::ptrdiff_t>(at),
                             ids.begin() + static_cast<std::ptrdiff_t>(
                                               std::min(ids.size(), at + kSweptTogether))}));
  return Done{};
}

Status Sessions::take_away(const std::string &county, const std::vector<std::string> &ids) {
  auto writer = TRY(env_.store.write({.county = county}));
  const auto now = env_.clock.now();
  for (const auto &id : ids) {
    const auto session = TRY(stored_session(*writer, id));
    if (!session)
      TRY(writer->drop_meta(session_key(id)));
    else if (!lives(*session, now)) // it may have been seen since
      TRY(drop_session(*writer, id, session->user));
  }
  return writer->commit();
}

Status end_sessions_of(store::Writer &writer, const std::string &user, const std::string &keep) {
  for (const auto &session : TRY(sessions_of(writer, user)))
    if (session.id != keep) TRY(drop_session(writer, session.id, user));
  return Done{};
}

Result<std::vector<SessionFacts>> stored_sessions(store::Reader &reader) {
  std::vector<SessionFacts> out;
  TRY(reader.each_meta(
      std::string(kSessionPrefix), [&](const std::string &key, const std::string &kept) -> Status {
        if (auto session = TRY(read_session(key.substr(kSessionPrefix.size()), kept)))
          out.push_back(std::move(*session));
        return Done{};
      }));
  return out;
}

Result<std::optional<Moment>> last_seen_in_session(store::Reader &reader, const std::string &user) {
  std::optional<Moment> out;
  for (const auto &session : TRY(sessions_of(reader, user)))
    out = std::max(out.value_or(session.seen), session.seen);
  return out;
}

std::string csrf_token(std::string_view session_token) {
  const auto key = crypto::Key::from_bytes(token_bytes(session_token));
  return key ? crypto::hex(crypto::hmac(*key, "csrf")) : std::string();
}

bool csrf_fits(std::string_view session_token, std::string_view given) {
  const auto wanted = csrf_token(session_token);
  if (wanted.empty() || wanted.size() != given.size()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    different |= static_cast<unsigned char>(wanted[i]) ^ static_cast<unsigned char>(given[i]);
  return different == 0;
}

} // namespace yifa::service
