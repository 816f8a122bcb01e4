#include "http/app.h"

#include "base/text.h"
#include "http/client_address.h"
#include "http/openapi.h"
#include "http/outgoing.h"
#include "http/session_cookie.h"
#include "wire/problems.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace yifa::http {
namespace {

constexpr std::string_view kApi = "/api/";
constexpr std::string_view kPolicy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

bool safe(Method method) { return method == Method::Get || method == Method::Head; }

bool speaks_english(const Head &head) {
  return text::lower_ascii(std::string(head.header("accept-language"))).starts_with("en");
}

/// The session's token from the cookie; empty if none.
std::string token_of(const Head &head, bool secure) {
  const auto name = session_cookie(secure);
  for (const auto &one : text::split(std::string(head.header("cookie")), ';')) {
    const auto pair = text::trim(one);
    if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=')
      return pair.substr(name.size() + 1);
  }
  return {};
}

/// A browser says where a request began; one that began elsewhere changes nothing here.
bool from_elsewhere(const Head &head) {
  const auto site = head.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  const auto origin = head.header("origin");
  return !origin.empty() && !origin.ends_with("//" + std::string(head.header("host")));
}

} // namespace

App::App(Desk &desk, Training &training, AppOptions options)
    : desk_(desk), training_(training), options_(options) {
  add_account_routes(router_);
  add_user_routes(router_);
  router_.keep_at_home(0);
  add_session_routes(router_);
  add_catalog_routes(router_);
  add_record_routes(router_);
  add_action_routes(router_);
  add_matter_routes(router_);
  add_file_routes(router_);
  add_import_routes(router_);
  add_job_routes(router_);
  add_time_routes(router_);
  add_figure_routes(router_);
  add_report_routes(router_);
  add_check_routes(router_);
  add_county_routes(router_);
  add_submission_routes(router_);
  add_admin_routes(router_);
  add_public_routes(router_);
  auto &specification = router_.add(
      Method::Get, "/api/v1/openapi.json", "specification", "This interface as OpenAPI 3.1",
      [this](Call &) -> Result<Response> { return answer(openapi(router_)); });
  specification.access = Route::Access::Anyone;
  specification.media = "application/json";
}

BodyPlan App::plan(const Head &head) {
  BodyPlan plan;
  if (head.length <= 0 && safe(head.method)) return plan;
  const auto found = router_.find(head.method, head.path);
  if (found.route != nullptr && found.route->door) {
    if (const auto let = ask_door(*found.route, head); !let) {
      plan.now = failed(head, let.error());
      harden(head, *plan.now);
      return plan;
    }
  }
  if (head.length == 0) { // an empty upload is a file too
    plan.to_file = found.route != nullptr && found.route->body == Route::Body::File;
    return plan;
  }
  if (found.route == nullptr || found.route->body == Route::Body::None) {
    plan.limit = 64 << 10; // read and thrown away, so that the connection goes on
    return plan;
  }
  // Of a body that is here already serve() asks who sends it: once is enough.
  if (found.route->access != Route::Access::Anyone && !head.whole) {
    auto who = visitor(head);
    if (!who || !*who) {
      plan.now = failed(head, who ? wire::unauthenticated() : who.error());
      harden(head, *plan.now);
      return plan;
    }
  }
  if (found.route->body == Route::Body::Json && head.path.starts_with(kApi) &&
      !head.header("content-type").starts_with("application/json")) {
    plan.now = plain_problem(415, "Send application/json.");
    harden(head, *plan.now);
    return plan;
  }
  plan.to_file = found.route->body == Route::Body::File;
  plan.limit = static_cast<std::uint64_t>(found.route->most > 0 ? found.route->most
                                          : plan.to_file        ? options_.file_limit
                                                                : options_.json_limit);
  return plan;
}

Status App::ask_door(const Route &route, const Head &head) {
  if (TRY(visitor(head))) return Done{};
  Head asked = head;
  if (options_.proxied) asked.remote = client_behind_proxy(head);
  return route.door(desk_, asked);
}

Response App::serve(Request request) {
  const Head head = request;
  Response response;
  if (head.path == "/healthz") {
    response.type = "text/plain; charset=utf-8";
    auto reader = desk_.environment().store.read();
    response.status = reader ? 200 : 503;
    response.body = reader ? "ok\n" : "the store does not answer\n";
  } else if (head.path == "/metrics") {
    response.type = "text/plain; version=0.0.4";
    response.body = metrics_.text(desk_.environment().store.gauges());
  } else if (!head.path.starts_with(kApi) && head.path != "/public" &&
             !head.path.starts_with("/public/")) {
    response = files_.answer(head);
  } else {
    auto ran = run(std::move(request));
    response = ran ? std::move(*ran) : failed(head, ran.error());
  }
  harden(head, response);
  return response;
}

Result<Response> App::run(Request request) {
  auto found = router_.find(request.method, request.path);
  if (found.route == nullptr) {
    if (found.allowed.empty() && request.path.starts_with("/public")) {
      Call call(desk_, desk_, std::move(request), {}, false);
      return public_nothing(call);
    }
    if (found.allowed.empty()) return not_found("there is nothing at this address");
    Response response;
    response.status = 405;
    response.type = "application/problem+json";
    response.body =
        R"({"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"","code":"method","problems":[]})";
    response.headers.emplace_back("Allow", text::join(found.allowed, ", "));
    return response;
  }
  if (options_.proxied) request.remote = client_behind_proxy(request);
  const bool english = speaks_english(request);
  auto who = TRY(visitor(request));
  // Accounts and sessions are the same in the training room; everything else is the room's.
  const auto room = who ? training_.of(who->signed_in.session.id) : nullptr;
  Call call(desk_, room && !found.route->at_home ? *room : desk_, std::move(request),
            std::move(found.captured), english);
  call.training = &training_;
  if (who) call.visitor = room ? in_training(std::move(*who), *room) : std::move(*who);
  TRY(permit_call(*found.route, call));
  return act(*found.route, call);
}

Status App::permit_call(const Route &route, const Call &call) {
  const auto &head = call.request;
  if (!safe(head.method) && from_elsewhere(head)) return wire::wrong_origin();
  if (route.access == Route::Access::Anyone) return Done{};
  if (!call.visitor && route.access == Route::Access::OrFresh && desk_.fresh()) return Done{};
  if (!call.visitor) return wire::unauthenticated();
  if (!safe(head.method) &&
      !service::csrf_fits(token_of(head, options_.secure), head.header("x-csrf-token")))
    return wire::wrong_origin();
  if (call.visitor->user().must_change_password && !route.before_password)
    return wire::password_first();
  return Done{};
}

Result<Response> App::act(const Route &route, Call &call) {
  auto response = TRY(route.act(call));
  if (call.request.method != Method::Get || response.status != 200 || response.body.empty() ||
      response.type != "application/json")
    return response;
  const auto tag = tag_of(response.body);
  response.headers.emplace_back("ETag", tag);
  if (call.request.header("if-none-match") == tag) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

Result<std::optional<Visitor>> App::visitor(const Head &head) {
  const auto token = token_of(head, options_.secure);
  if (token.empty()) return std::optional<Visitor>();
  return desk_.visitor(token);
}

Response App::failed(const Head &head, const Error &error) {
  if (error.code == ErrorCode::Internal && options_.log != nullptr)
    *options_.log << fmt::format("{} internal: {}\n", head.id, error.message);
  Response response;
  response.status = wire::http_status(error);
  response.type = "application/problem+json";
  response.body = json::serialize(wire::problem_json(
      error, desk_.catalog(), speaks_english(head) ? nullptr : &desk_.messages()));
  if (const auto wait = wire::wait_seconds(error); wait > 0)
    response.headers.emplace_back("Retry-After", std::to_string(wait));
  return response;
}

void App::harden(const Head &head, Response &response) const {
  // What an operation says itself holds: a paper's own policy is the stricter one.
  const auto add = [&](const char *name, std::string_view value) {
    auto &headers = response.headers;
    if (std::none_of(headers.begin(), headers.end(),
                     [&](const auto &one) { return one.first == name; }))
      headers.emplace_back(name, value);
  };
  add("X-Content-Type-Options", "nosniff");
  add("Content-Security-Policy", kPolicy);
  add("Referrer-Policy", "same-origin");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Permissions-Policy", "camera=(self), geolocation=(), microphone=()");
  if (options_.secure) add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  if (!head.path.starts_with(kApi)) return;
  add("Cache-Control", "no-cache, private");
  add("Vary", "Accept-Language, Cookie");
}

void App::served(const Head &head, int status, std::uint64_t bytes, double seconds) {
  const auto found = router_.find(head.method, head.path);
  const std::string operation = found.route != nullptr        ? found.route->id
                                : head.path.starts_with(kApi) ? "unknown"
                                                              : "file";
  metrics_.note(operation, status, seconds);
  // The operation, never the address: that may hold an id or words that were searched for.
  if (options_.log != nullptr)
    *options_.log << fmt::format("{} {} {} {} {} {:.1f} ms\n",
                                 desk_.environment().clock.wall().text(), head.id, operation,
                                 status, bytes, seconds * 1000);
}

} // namespace yifa::http
