#include "http/call.h"
#include "http/json_in.h"
#include "service/accounts.h"
#include "service/orgs.h"

namespace yifa::http {
namespace {

json::array strings_json(const std::vector<std::string> &words) {
  json::array out;
  for (const auto &word : words) out.emplace_back(word);
  return out;
}

json::object account_json(Call &call, const service::ShownAccount &shown) {
  const auto &user = shown.user;
  const auto *names = call.names().value_or(nullptr);
  return {
      {"id", user.id},
      {"name", user.name},
      {"org", user.org.text()},
      {"org_name", names != nullptr ? call.names().value()->org(user.org) : user.org.text()},
      {"roles", strings_json(user.roles)},
      {"ledgers", user.ledgers.empty() ? json::value() : json::value(strings_json(user.ledgers))},
      {"reads_only", user.reads_only},
      {"disabled", user.disabled},
      {"must_change_password", user.must_change_password},
      {"second_factor", shown.second_factor},
      {"has_password", shown.has_password},
      {"locked", shown.locked},
      {"last_seen", shown.last_seen ? json::value(shown.last_seen->text()) : json::value()}};
}

Result<Response> list_users(Call &call) {
  service::AccountQuery query;
  query.scope = TRY(call.org());
  query.words = call.text("q");
  query.after = call.text("after");
  query.limit = TRY(call.number("limit", 50, 1, 500)) + 1;
  auto found = TRY(service::Accounts(call.environment()).list(query, call.actor()));
  const bool more = static_cast<std::int64_t>(found.size()) == query.limit;
  if (more) found.pop_back();
  json::array items;
  for (const auto &one : found) items.push_back(account_json(call, one));
  return answer({{"items", std::move(items)},
                 {"next", more ? json::value(found.back().user.id) : json::value()}});
}

Result<Response> make_user(Call &call) {
  const auto body = TRY(call.body());
  service::NewAccount made;
  made.user.id = TRY(text_in(body, "id"));
  made.user.name = TRY(text_in(body, "name"));
  const auto org = TRY(text_in(body, "org"));
  made.user.org =
      org.empty() ? call.visitor->user().org
                  : TRY(service::resolve_org(*TRY(call.reader()), org, call.visitor->user().org));
  made.user.roles = TRY(texts_in(body, "roles")).value_or(std::vector<std::string>());
  made.user.ledgers = TRY(texts_in(body, "ledgers")).value_or(std::vector<std::string>());
  if (const auto *only = body.if_contains("reads_only"); only != nullptr && !only->is_null())
    made.reads_only = TRY(flag_in(body, "reads_only"));
  made.password = TRY(text_in(body, "password"));
  service::Accounts accounts(call.environment());
  const auto done = TRY(accounts.create(made, call.actor()));
  auto out = account_json(call, TRY(accounts.show(done.user.id, call.actor())));
  if (!done.code.empty()) out["code"] = done.code;
  return answer(out, 201);
}

Result<Response> change_user(Call &call) {
  const auto body = TRY(call.body());
  service::AccountChange change;
  if (body.contains("name")) change.name = TRY(text_in(body, "name"));
  if (body.contains("org"))
    change.org = TRY(service::resolve_org(*TRY(call.reader()), TRY(text_in(body, "org")),
                                          call.visitor->user().org));
  change.roles = TRY(texts_in(body, "roles"));
  change.ledgers = TRY(texts_in(body, "ledgers"));
  if (body.contains("reads_only")) change.reads_only = TRY(flag_in(body, "reads_only"));
  if (body.contains("disabled")) change.disabled = TRY(flag_in(body, "disabled"));
  service::Accounts accounts(call.environment());
  TRY(accounts.change(call.captured[0], change, call.actor()));
  return answer(account_json(call, TRY(accounts.show(call.captured[0], call.actor()))));
}

Result<Response> new_code(Call &call) {
  return answer(
      {{"code",
        TRY(service::Accounts(call.environment()).new_code(call.captured[0], call.actor()))}});
}

Result<Response> drop_factor(Call &call) {
  TRY(service::Accounts(call.environment()).drop_second_factor(call.captured[0], call.actor()));
  return nothing();
}

Result<Response> end_sessions(Call &call) {
  TRY(service::Accounts(call.environment()).end_sessions(call.captured[0], call.actor()));
  return nothing();
}

Result<Response> list_colleagues(Call &call) {
  json::array items;
  for (const auto &user : TRY(service::Accounts(call.environment()).colleagues(call.actor())))
    items.push_back(
        json::object{{"id", user.id}, {"name", user.name}, {"roles", strings_json(user.roles)}});
  return answer({{"items", std::move(items)}});
}

} // namespace

void add_user_routes(Router &router) {
  auto &list =
      router.add(Method::Get, "/api/v1/users", "listUsers", "Accounts of a subtree", list_users);
  list.with({"org", "Office or node"})
      .with({"q", "Words of id, name or code"})
      .with({"after", "Cursor"})
      .with({"limit", "1 to 500", "integer"});
  list.gives = "UserList";
  auto &make = router.add(Method::Post, "/api/v1/users", "makeUser",
                          "A new account; without a password a one-time code", make_user);
  make.body = Route::Body::Json;
  make.takes = "NewUser";
  make.gives = "User";
  make.status = 201;
  auto &change =
      router.add(Method::Patch, "/api/v1/users/{id}", "changeUser",
                 "Name, office, roles, ledgers, disabled; at the next request", change_user);
  change.body = Route::Body::Json;
  change.takes = "UserChange";
  change.gives = "User";
  router
      .add(Method::Post, "/api/v1/users/{id}/code", "newCode", "A one-time sign-in code", new_code)
      .gives = "Code";
  router
      .add(Method::Delete, "/api/v1/users/{id}/second-factor", "dropSecondFactor",
           "For one who lost telephone and recovery codes", drop_factor)
      .status = 204;
  router
      .add(Method::Post, "/api/v1/users/{id}/end-sessions", "endSessions",
           "Ends all sessions of a user", end_sessions)
      .status = 204;
  router
      .add(Method::Get, "/api/v1/colleagues", "listColleagues", "To whom a matter can be sent",
           list_colleagues)
      .gives = "ColleagueList";
}

} // namespace yifa::http
