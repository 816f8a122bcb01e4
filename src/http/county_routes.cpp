#include "http/call.h"
#include "service/chase.h"
#include "service/county.h"
#include "service/report_desk.h"
#include "wire/county_json.h"

#include <algorithm>

namespace yifa::http {
namespace {

/// What a town's text tells once the county may read it: its figures, what the checker finds, what
/// moved since.
Result<service::TownReport> told_by(Call &call, service::ReportDesk &reports, const OrgCode &town,
                                    int year, const record::Record *report) {
  service::TownReport out;
  out.chased = TRY(service::chased_on(*TRY(call.reader()), town, year));
  if (report == nullptr) return out;
  // Before it is handed in the text is the town's own; then the matrix says nothing of it.
  const auto view = reports.open(report->id, std::nullopt, call.actor());
  if (!view || view->version == 0) return out;
  out.figures = static_cast<std::int64_t>(view->bound);
  out.stale = static_cast<std::int64_t>(view->stale);
  out.errors = std::count_if(view->findings.begin(), view->findings.end(), [](const auto &one) {
    return one.severity == reading::Severity::Error;
  });
  return out;
}

Result<Response> county(Call &call) {
  const auto org = TRY(call.org());
  const auto year = TRY(call.year());
  service::ReportDesk reports(call.desk.ledgers(), *TRY(call.desk.checks().checker()));
  const auto ask = [&](const OrgCode &town, const record::Record *report) {
    return told_by(call, reports, town, year, report);
  };
  return answer(wire::to_json(
      TRY(service::Counties(call.environment()).year(org, year, call.actor(), ask)), call.english));
}

Result<Response> chase(Call &call) {
  const auto body = TRY(call.body());
  const auto town = TRY(OrgCode::parse(TRY(text_in(body, "org"))));
  const auto year = static_cast<int>(TRY(number_in(body, "year", 0, 1949, 2200)));
  if (year == 0) return invalid("the body was not understood", {{"year", "is needed", "", ""}});
  TRY(service::chase_report(call.environment(), town, year, call.actor()));
  return nothing();
}

} // namespace

void add_county_routes(Router &router) {
  auto &matrix = router.add(Method::Get, "/api/v1/county", "county",
                            "Towns by stage of their report, and sums that open", county);
  matrix.with({"org", "The county; the own office unless said"})
      .with({"year", "Year; this one unless said", "integer"});
  matrix.gives = "County";
  auto &remind = router.add(Method::Post, "/api/v1/county/chase", "chaseReport",
                            "Reminds a town of its report, once a day", chase);
  remind.body = Route::Body::Json;
  remind.takes = "Chase";
  remind.status = 204;
}

} // namespace yifa::http
