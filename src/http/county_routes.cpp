#include "http/call.h"
#include "service/county.h"
#include "wire/county_json.h"

namespace yifa::http {
namespace {

Result<Response> county(Call &call) {
  const auto org = TRY(call.org());
  return answer(wire::to_json(
      TRY(service::Counties(call.environment()).year(org, TRY(call.year()), call.actor())),
      call.english));
}

} // namespace

void add_county_routes(Router &router) {
  auto &matrix = router.add(Method::Get, "/api/v1/county", "county",
                            "Towns by stage of their report, and sums that open", county);
  matrix.with({"org", "The county; the own office unless said"})
      .with({"year", "Year; this one unless said", "integer"});
  matrix.gives = "County";
}

} // namespace yifa::http
