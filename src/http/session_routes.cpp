#include "http/call.h"
#include "http/session_answer.h"
#include "http/session_cookie.h"
#include "http/training.h"
#include "service/accounts.h"
#include "service/clock.h"
#include "service/place_setup.h"
#include "service/sign_in.h"
#include "wire/problems.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::http {
namespace {

json::array strings(const std::vector<std::string> &words) {
  json::array out;
  for (const auto &word : words) out.emplace_back(word);
  return out;
}

Result<json::object> user_json(Call &call) {
  const auto &user = call.visitor->user();
  auto *reader = TRY(call.reader());
  const auto org = TRY(reader->org(user.org));
  const auto secrets = TRY(service::stored_secrets(*reader, user.id));
  return json::object{
      {"id", user.id},
      {"name", user.name},
      {"org", json::object{{"code", user.org.text()},
                           {"name", org ? org->name : user.org.text()},
                           {"level", std::string(to_string(user.org.level()))},
                           {"kind", org ? std::string(record::to_string(org->kind)) : ""}}},
      {"roles", strings(user.roles)},
      {"ledgers", user.ledgers.empty() ? json::value() : json::value(strings(user.ledgers))},
      {"reads_only", user.reads_only},
      {"counsel", account::counsel_only(user)},
      {"second_factor", !secrets.totp.empty()},
      {"has_password", !secrets.password.empty()},
      {"must_change_password", user.must_change_password}};
}

Response with_cookie(Call &call, Response response, const std::string &token) {
  response.headers.emplace_back("Set-Cookie",
                                fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}",
                                            session_cookie(call.home.secure()), token,
                                            token.empty() ? "; Max-Age=0" : "",
                                            call.home.secure() ? "; Secure" : ""));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Result<Response> show(Call &call) {
  if (call.visitor) return session_answer(call);
  if (TRY(service::Accounts(call.environment()).fresh())) return wire::nobody_yet();
  return wire::unauthenticated();
}

/// What became of an attempt, as an answer or as a problem with its own code.
Result<Response> signed_in(Call &call, const service::SignInAttempt &attempt) {
  using Outcome = service::SignInAnswer::Outcome;
  const auto done = TRY(call.home.sign_ins().sign_in(attempt));
  switch (done.outcome) {
  case Outcome::Done:
    break;
  case Outcome::Wrong:
    return wire::wrong_credentials();
  case Outcome::SecondFactorNeeded:
    return wire::second_factor();
  case Outcome::SecondFactorWrong:
    return wire::second_factor(true);
  case Outcome::Locked:
    return wire::too_many("too many wrong attempts; wait before the next one",
                          done.until.unix_seconds() -
                              call.environment().clock.now().unix_seconds());
  case Outcome::Disabled:
    return wire::account_closed();
  }
  call.visitor = TRY(call.home.visitor(done.token));
  if (!call.visitor) return wire::unauthenticated();
  return with_cookie(call, TRY(session_answer(call)), done.token);
}

Result<Response> sign_in(Call &call) {
  const auto body = TRY(call.body());
  service::SignInAttempt attempt;
  attempt.user = TRY(text_in(body, "user"));
  attempt.password = TRY(text_in(body, "password"));
  attempt.second_factor = TRY(text_in(body, "code"));
  attempt.remote = call.request.remote;
  attempt.agent = std::string(call.request.header("user-agent"));
  return signed_in(call, attempt);
}

Result<Response> sign_in_by_code(Call &call) {
  const auto body = TRY(call.body());
  service::SignInAttempt attempt;
  attempt.one_time_code = TRY(text_in(body, "code"));
  attempt.second_factor = TRY(text_in(body, "second_factor"));
  attempt.remote = call.request.remote;
  attempt.agent = std::string(call.request.header("user-agent"));
  return signed_in(call, attempt);
}

Result<Response> sign_out(Call &call) {
  TRY(call.home.sessions().end(call.visitor->signed_in.session.id, call.visitor->user().id));
  return with_cookie(call, nothing(), "");
}

Result<Response> list_sessions(Call &call) {
  json::array items;
  for (const auto &one :
       TRY(call.home.sessions().list(*TRY(call.reader()), call.visitor->user().id)))
    items.push_back({{"id", one.id},
                     {"created", one.created.text()},
                     {"seen", one.seen.text()},
                     {"agent", one.agent},
                     {"by_code", one.by_code},
                     {"current", one.id == call.visitor->signed_in.session.id}});
  return answer({{"items", std::move(items)}});
}

Result<Response> end_session(Call &call) {
  TRY(call.home.sessions().end(call.captured[0], call.visitor->user().id));
  return nothing();
}

/// Into the room with the example towns; the session stays the same.
Result<Response> enter_training(Call &call) {
  const auto rights = account::rights(call.visitor->user());
  if (!rights.records) return forbidden("an administrator has no ledgers to try");
  const auto room = TRY(call.training->enter(call.visitor->signed_in.session.id));
  Call inside(call.home, *room, std::move(call.request), {}, call.english);
  inside.visitor = in_training(*call.visitor, *room);
  return session_answer(inside);
}

/// Out of it; with `wipe` it is gone for everybody, with all that was written in it.
Result<Response> leave_training(Call &call) {
  const auto rights = account::rights(call.visitor->user());
  if (call.flag("wipe") && !rights.enter && !rights.settings)
    return forbidden("the training room is cleared by who enters records there");
  if (call.flag("wipe"))
    call.training->wipe();
  else
    call.training->leave(call.visitor->signed_in.session.id);
  return nothing();
}

} // namespace

Result<Response> session_answer(Call &call) {
  const auto rights = account::rights(call.visitor->user());
  const auto today = call.environment().clock.today();
  auto &space = call.desk.workspace();
  // Until its report is published people still write up the year before.
  const auto before = TRY(service::report_days(call.environment(), today.year() - 1));
  const bool writing_up = before.publish && today <= before.publish->due;
  int year = writing_up ? today.year() - 1 : today.year();
  if (const auto begun = TRY(service::setup_year(*TRY(call.reader()), today)))
    year = std::min(year, *begun);
  return answer({{"user", TRY(user_json(call))},
                 {"csrf", call.visitor->csrf},
                 {"today", today.text()},
                 {"year", TRY(call.desk.shown_year(call.visitor->user().org, year))},
                 {"mode", &call.desk != &call.home ? "training"
                          : space.demo()           ? "demo"
                                                   : "normal"},
                 {"rights", json::object{{"records", rights.records},
                                         {"enter", rights.enter},
                                         {"report", rights.report},
                                         {"county", rights.county},
                                         {"users", rights.users},
                                         {"settings", rights.settings},
                                         {"audit", rights.audit}}}});
}

void add_session_routes(Router &router) {
  auto &look = router.add(Method::Get, "/api/v1/session", "showSession", "Who is signed in", show);
  look.access = Route::Access::Anyone;
  look.gives = "Session";
  auto &door = router.add(
      Method::Get, "/api/v1/door", "door", "A published figure beside the sign-in",
      [](Call &call) -> Result<Response> { return answer(TRY(call.home.door(call.english))); });
  door.access = Route::Access::Anyone;
  door.gives = "Door";
  auto &in =
      router.add(Method::Post, "/api/v1/session", "signIn",
                 "Signs in with user, password and, when asked for, the second factor", sign_in);
  in.access = Route::Access::Anyone;
  in.body = Route::Body::Json;
  in.takes = "SignIn";
  in.gives = "Session";
  auto &code = router.add(Method::Post, "/api/v1/session/code", "signInByCode",
                          "Signs in with a one-time code", sign_in_by_code);
  code.access = Route::Access::Anyone;
  code.body = Route::Body::Json;
  code.takes = "SignInByCode";
  code.gives = "Session";
  auto &out =
      router.add(Method::Delete, "/api/v1/session", "signOut", "Ends this session", sign_out);
  out.status = 204;
  out.before_password = true;
  out.at_home = true;
  auto &mine =
      router.add(Method::Get, "/api/v1/sessions", "listSessions", "My sessions", list_sessions);
  mine.gives = "SessionList";
  mine.at_home = true;
  auto &end = router.add(Method::Delete, "/api/v1/sessions/{id}", "endSession",
                         "Ends one of my sessions", end_session);
  end.status = 204;
  end.at_home = true;
  auto &enter = router.add(Method::Post, "/api/v1/training", "enterTraining",
                           "Into the training room with the example towns", enter_training);
  enter.gives = "Session";
  auto &leave = router.add(Method::Delete, "/api/v1/training", "leaveTraining",
                           "Out of the training room", leave_training);
  leave.with({"wipe", "Remove the room and all that was written in it", "boolean"});
  leave.status = 204;
  leave.at_home = true;
}

} // namespace yifa::http
