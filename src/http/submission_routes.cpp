#include "base/file.h"
#include "crypto/hash.h"
#include "http/call.h"
#include "http/upload.h"
#include "wire/submission_json.h"

namespace yifa::http {
namespace {

constexpr std::string_view kPass = "yifa-pass";

/// A stranger is held back before his package or his question is read.
Status submission_door(Desk &desk, const Head &head) {
  return desk.submission_door().enter(head.remote, head.header(kPass));
}

/// Whoever came without session and pass was counted for a stranger; what he sent was taken.
void no_stranger(Call &call) {
  if (!call.visitor && call.request.header(kPass).empty())
    call.home.submission_door().known(call.request.remote);
}

/// A town's program has no session: its signature says who it is.
Result<Response> receive_submission(Call &call) {
  service::Submissions submissions(call.desk.workspace(), call.desk.ledgers());
  TRY(submissions.greet(TRY(end_of_upload(call.request.upload, service::kMostSeal))));
  const auto bytes = TRY(read_file(call.request.upload, service::kMostPackage));
  std::optional<int> year;
  if (call.request.parameter("year")) year = TRY(call.year());
  const auto received = TRY(submissions.receive(bytes, year));
  no_stranger(call);
  return answer(call.said(wire::to_json(received)), received.repeated ? 200 : 201);
}

Result<Response> submission_standing(Call &call) {
  const auto body = TRY(call.body());
  service::Submissions submissions(call.desk.workspace(), call.desk.ledgers());
  const auto standing = TRY(submissions.standing(
      TRY(text_in(body, "package")), crypto::from_hex(TRY(text_in(body, "signature")))));
  no_stranger(call);
  return answer(wire::to_json(standing));
}

Result<Response> list_submissions(Call &call) {
  const auto org = TRY(call.org());
  const auto year = TRY(call.year());
  service::Submissions submissions(call.desk.workspace(), call.desk.ledgers());
  return answer(wire::towns_json(org, year, TRY(submissions.towns(org, year, call.actor()))));
}

Result<Response> compare_submission(Call &call) {
  service::Submissions submissions(call.desk.workspace(), call.desk.ledgers());
  return answer(wire::to_json(TRY(service::compare_submission(submissions, call.environment(),
                                                              TRY(call.record()), call.actor()))));
}

Result<Response> sum_submissions(Call &call) {
  const auto org = TRY(call.org());
  const auto year = TRY(call.year());
  service::Submissions submissions(call.desk.workspace(), call.desk.ledgers());
  return answer(wire::to_json(
      TRY(service::sum_submissions(submissions, call.environment(), org, year, call.actor()))));
}

} // namespace

void add_submission_routes(Router &router) {
  auto &receive = router.add(Method::Post, "/api/v1/submissions", "receiveSubmission",
                             "Takes in the signed package of a town's year", receive_submission);
  receive.access = Route::Access::Anyone;
  receive.door = submission_door;
  receive.body = Route::Body::File;
  receive.most = static_cast<std::int64_t>(service::kMostPackage);
  receive.with({"year", "Only of this year", "integer"});
  receive.gives = "Submission";
  receive.status = 201;
  receive.also = 200;
  auto &standing =
      router.add(Method::Post, "/api/v1/submissions/standing", "submissionStanding",
                 "How a package stands, told to whoever signed it", submission_standing);
  standing.access = Route::Access::Anyone;
  standing.door = submission_door;
  standing.body = Route::Body::Json;
  standing.takes = "SubmissionQuestion";
  standing.gives = "SubmissionStanding";
  auto &list = router.add(Method::Get, "/api/v1/submissions", "listSubmissions",
                          "What the towns have handed in of a year", list_submissions);
  list.with({"org", "The county; the own office unless said"})
      .with({"year", "Year; this one unless said", "integer"});
  list.gives = "SubmissionList";
  auto &sums = router.add(Method::Get, "/api/v1/submissions/sums", "sumSubmissions",
                          "The county's sums of accepted packages, and over how many towns",
                          sum_submissions);
  sums.with({"org", "The county; the own office unless said"})
      .with({"year", "Year; this one unless said", "integer"});
  sums.gives = "SubmissionSums";
  router
      .add(Method::Get, "/api/v1/submissions/{id}/comparison", "compareSubmission",
           "A package's figures beside those of the year before", compare_submission)
      .gives = "SubmissionComparison";
}

} // namespace yifa::http
