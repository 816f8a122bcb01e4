#include "http/begin_job.h"
#include "wire/problems.h"

#include <fmt/format.h>

namespace yifa::http {
namespace {

Result<Response> show_job(Call &call) {
  return answer(TRY(call.desk.jobs().view(call.actor().id, call.captured[0])).json);
}

Result<Response> forget_job(Call &call) {
  TRY(call.desk.jobs().forget(call.actor().id, call.captured[0]));
  return nothing();
}

/// Every change as it comes, until the job is over. The event's id is the job's version, so that a
/// page that comes back goes on where it was.
Result<Response> watch_job(Call &call) {
  const auto user = call.actor().id;
  const auto id = call.captured[0];
  TRY(call.desk.jobs().view(user, id));
  Response response;
  response.type = "text/event-stream";
  response.headers.emplace_back("Cache-Control", "no-store");
  auto seen = std::make_shared<std::int64_t>(0);
  auto silent = std::make_shared<int>(0);
  response.pull = [&desk = call.desk, user, id, seen, silent]() -> Piece {
    const auto view = desk.jobs().view(user, id);
    if (!view) return {"", true, false};
    if (view->version == *seen) {
      // A comment now and then keeps proxies from hanging up.
      if (++*silent % 40 == 0) return {": still here\n\n", false, false};
      return {"", false, true};
    }
    *seen = view->version;
    const auto *event = !view->over                        ? "progress"
                        : view->json.at("state") == "done" ? "done"
                                                           : "failed";
    return {fmt::format("id: {}\nevent: {}\ndata: {}\n\n", view->version, event,
                        json::serialize(view->json)),
            view->over, false};
  };
  return response;
}

} // namespace

void add_job_routes(Router &router) {
  router.add(Method::Get, "/api/v1/jobs/{id}", "showJob", "How a job stands", show_job).gives =
      "Job";
  router
      .add(Method::Delete, "/api/v1/jobs/{id}", "forgetJob", "Forgets a job that does not run",
           forget_job)
      .status = 204;
  router
      .add(Method::Get, "/api/v1/jobs/{id}/events", "watchJob", "Its progress as it comes",
           watch_job)
      .media = "text/event-stream";
}

Result<Response> begin_job(Call &call, const std::string &kind, Jobs::Body body) {
  const auto words = [&desk = call.desk, english = call.english](const Error &error) {
    return wire::problem_json(error, desk.catalog(), english ? nullptr : &desk.messages());
  };
  const auto id = TRY(call.desk.jobs().begin(call.actor().id, kind, std::move(body), words));
  auto response = answer(TRY(call.desk.jobs().view(call.actor().id, id)).json, 202);
  response.headers.emplace_back("Location", "/api/v1/jobs/" + id);
  return response;
}

} // namespace yifa::http
