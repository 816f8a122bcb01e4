#pragma once

#include "account/user.h"
#include "service/environment.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who is signed in. A session is a token of 256 random bits that only its owner's browser has;
/// kept is its hash, under `session:<hash>`, and beside it whose it is. Nothing is cached: each
/// request looks session and user up, so what was ended or taken away ends at the next request.
/// Nothing but sweep() and stored_sessions() looks at the sessions of others.
namespace yifa::service {

struct SessionRules {
  std::int64_t idle = 30 * 60;          ///< seconds without a request
  std::int64_t absolute = 12 * 60 * 60; ///< seconds after the sign-in
};

struct SessionFacts {
  std::string id; ///< the token's hash in hexadecimal: names it and does not open it
  std::string user;
  Moment created;
  Moment seen;
  std::string agent;    ///< the browser, as it says itself; cut short
  bool by_code = false; ///< begun with a one-time code, not with the password
};

struct SignedIn {
  account::User user;
  SessionFacts session;
  bool touch_due = false; ///< last seen a minute ago or more: call Sessions::touch, off the request
};

class Sessions {
public:
  Sessions(Environment &environment, SessionRules rules) : env_(environment), rules_(rules) {}

  /// Within a transaction of the caller: begins one and gives its token (64 hexadecimal digits).
  /// `id`, `created` and `seen` are filled here. What of the user's has ended by time is removed,
  /// and of very many the oldest.
  Result<std::string> begin(store::Writer &writer, SessionFacts facts) const;
  /// Nobody when the token is none of ours, the time is over, or the user is gone or disabled.
  Result<std::optional<SignedIn>> find(store::Reader &reader, std::string_view token) const;
  /// Notes that the session was seen now. No error when it has ended meanwhile.
  Status touch(const SignedIn &signed_in);

  /// Of one user, those that live, the latest first.
  Result<std::vector<SessionFacts>> list(store::Reader &reader, const std::string &user) const;
  /// NotFound when it is not that user's.
  Status end(const std::string &session, const std::string &user);
  /// All of a user but one; of all when `keep` is empty.
  Status end_all(const std::string &user, const std::string &keep = {});
  /// Removes what has ended by time, of everybody, a county at a time. For now and then.
  Status sweep();

private:
  bool lives(const SessionFacts &session, Moment now) const;
  /// Removes those that have still ended by time.
  Status take_away(const std::string &county, const std::vector<std::string> &ids);

  Environment &env_;
  SessionRules rules_;
};

/// Within a transaction of the caller: ends all of a user but `keep`.
Status end_sessions_of(store::Writer &writer, const std::string &user, const std::string &keep);
/// Every session in the store, also those whose time is over.
Result<std::vector<SessionFacts>> stored_sessions(store::Reader &reader);

/// When any of a user's sessions in the store was last seen.
Result<std::optional<Moment>> last_seen_in_session(store::Reader &reader, const std::string &user);

/// What a form must send back with the session's cookie: worked out from the token, kept nowhere.
/// Empty when it is no token.
std::string csrf_token(std::string_view session_token);
/// Compares in constant time.
bool csrf_fits(std::string_view session_token, std::string_view given);

} // namespace yifa::service
