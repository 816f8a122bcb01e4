#include "service/sessions.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "service/account_store.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::string_view kSessionPrefix = "session:";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kLongestAgent = 120;
/// Of one user at a time: more devices than anybody has.
constexpr std::size_t kMostSessions = 20;
/// How often a session's last-seen is written.
constexpr std::int64_t kTouchSeconds = 60;

std::string session_key(const std::string &id) { return std::string(kSessionPrefix) + id; }

/// Only the one spelling we gave out is a token.
std::string token_bytes(std::string_view token) {
  if (token.size() != 2 * kTokenBytes || text::lower_ascii(token) != token) return {};
  return crypto::from_hex(token);
}

Status keep_session(store::Writer &writer, const SessionFacts &facts) {
  json::object out{{"v", 1},
                   {"user", facts.user},
                   {"created", facts.created.unix_seconds()},
                   {"seen", facts.seen.unix_seconds()},
                   {"agent", facts.agent}};
  if (facts.by_code) out["by_code"] = true;
  return writer.put_meta(session_key(facts.id), canonical(out));
}

Result<std::optional<SessionFacts>> stored_session(store::Reader &reader, const std::string &id) {
  const std::optional<SessionFacts> none;
  auto kept = TRY(reader.meta(session_key(id)));
  if (!kept) return none;
  auto parsed = TRY(parse_json(*kept));
  const auto *from = parsed.if_object();
  if (from == nullptr) return none;
  const auto *user = from->if_contains("user");
  const auto *created = from->if_contains("created");
  const auto *seen = from->if_contains("seen");
  const auto *agent = from->if_contains("agent");
  if (user == nullptr || !user->is_string() || created == nullptr || !created->is_int64() ||
      seen == nullptr || !seen->is_int64())
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
  for (auto &session : TRY(stored_sessions(writer))) {
    if (!lives(session, now))
      TRY(writer.drop_meta(session_key(session.id)));
    else if (session.user == facts.user)
      living.push_back(std::move(session));
  }
  std::sort(living.begin(), living.end(),
            [](const auto &a, const auto &b) { return a.seen > b.seen; });
  for (std::size_t i = kMostSessions - 1; i < living.size(); ++i)
    TRY(writer.drop_meta(session_key(living[i].id)));
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
  auto all = TRY(stored_sessions(reader));
  const auto now = env_.clock.now();
  std::vector<SessionFacts> out;
  for (auto &session : all)
    if (session.user == user && lives(session, now)) out.push_back(std::move(session));
  std::sort(out.begin(), out.end(),
            [](const auto &a, const auto &b) { return a.created > b.created; });
  return out;
}

Status Sessions::end(const std::string &session, const std::string &user) {
  auto writer = TRY(env_.store.write());
  auto facts = TRY(stored_session(*writer, session));
  if (!facts || facts->user != user) return not_found("there is no such session");
  TRY(writer->drop_meta(session_key(session)));
  return writer->commit();
}

Status Sessions::end_all(const std::string &user, const std::string &keep) {
  auto writer = TRY(env_.store.write());
  TRY(end_sessions_of(*writer, user, keep));
  return writer->commit();
}

Status Sessions::sweep() {
  auto writer = TRY(env_.store.write());
  const auto now = env_.clock.now();
  bool any = false;
  for (const auto &session : TRY(stored_sessions(*writer)))
    if (!lives(session, now)) {
      TRY(writer->drop_meta(session_key(session.id)));
      any = true;
    }
  return any ? writer->commit() : Status(Done{});
}

Status end_sessions_of(store::Writer &writer, const std::string &user, const std::string &keep) {
  for (const auto &session : TRY(stored_sessions(writer)))
    if (session.user == user && session.id != keep) TRY(writer.drop_meta(session_key(session.id)));
  return Done{};
}

Result<std::vector<SessionFacts>> stored_sessions(store::Reader &reader) {
  std::vector<SessionFacts> out;
  for (const auto &key : TRY(reader.meta_keys(std::string(kSessionPrefix))))
    if (auto session = TRY(stored_session(reader, key.substr(kSessionPrefix.size()))))
      out.push_back(std::move(*session));
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
