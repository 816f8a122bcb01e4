#include "http/call.h"
#include "service/orgs.h"
#include "service/procedure_plan.h"
#include "wire/forms.h"

namespace yifa::http {
namespace {

json::object org_json(const record::Org &org) {
  return {{"code", org.code.text()},
          {"name", org.name},
          {"level", std::string(to_string(org.code.level()))},
          {"kind", std::string(record::to_string(org.kind))}};
}

Result<Response> show_catalog(Call &call) {
  const auto &made = call.desk.catalog_body(call.english);
  Response response;
  response.headers.emplace_back("ETag", made.tag);
  if (call.request.header("if-none-match") == made.tag) {
    response.status = 304;
    return response;
  }
  response.fixed = made.body;
  return response;
}

Result<Response> plan(Call &call) {
  const auto from = TRY(call.day("from", call.environment().clock.today()));
  auto out = wire::plan_json(TRY(service::plan_procedure(call.catalog(), call.captured[0], from)));
  const auto *type = call.catalog().type(std::string(out.at("ledger").as_string()));
  for (auto &each : out["steps"].as_array()) {
    auto &step = each.as_object();
    if (const auto *known = type->transition(std::string(step.at("step").as_string())))
      step["label"] = call.label(known->label);
  }
  return answer(call.said(std::move(out)));
}

Result<Response> show_org(Call &call) {
  auto *reader = TRY(call.reader());
  const auto code = TRY(OrgCode::parse(call.captured[0]));
  const auto org = TRY(reader->org(code));
  if (!org) return not_found("there is no such office");
  auto out = org_json(*org);
  out["long_name"] = TRY(service::long_name(*reader, code));
  return answer(out);
}

/// Nodes beneath one, or those of a name: enough to choose from.
Result<Response> list_orgs(Call &call) {
  auto *reader = TRY(call.reader());
  const auto limit = TRY(call.number("limit", 200, 1, 2000));
  const auto words = call.text("q");
  json::array items;
  if (!words.empty()) {
    for (const auto &org : TRY(reader->orgs_named(words, limit))) {
      auto one = org_json(org);
      one["long_name"] = TRY(service::long_name(*reader, org.code));
      items.push_back(std::move(one));
    }
    return answer({{"items", std::move(items)}});
  }
  const auto under =
      call.text("under").empty() ? TRY(call.org()) : TRY(OrgCode::parse(call.text("under")));
  std::optional<OrgLevel> level;
  if (const auto said = call.text("level"); !said.empty()) {
    for (const auto one : {OrgLevel::Province, OrgLevel::City, OrgLevel::County, OrgLevel::Township,
                           OrgLevel::Village, OrgLevel::Department})
      if (to_string(one) == said) level = one;
    if (!level)
      return invalid("the address was not understood", {{"level", "is no level", "", ""}});
  }
  const auto today = call.environment().clock.today();
  for (const auto &org : TRY(reader->orgs_under(under, level, limit)))
    if ((!org.from || *org.from <= today) && (!org.to || *org.to > today))
      items.push_back(org_json(org));
  return answer({{"items", std::move(items)}});
}

} // namespace

void add_catalog_routes(Router &router) {
  auto &whole = router.add(Method::Get, "/api/v1/catalog", "catalog",
                           "Ledgers, fields, steps, gates, time limits, lists, figures, as data",
                           show_catalog);
  whole.access = Route::Access::OrFresh;
  whole.gives = "Catalog";
  auto &planned = router.add(Method::Get, "/api/v1/catalog/ledgers/{ledger}/plan", "plan",
                             "What the law would require of a matter, with dates", plan);
  planned.with({"from", "Day it begins; today unless said"});
  planned.gives = "Plan";
  router.add(Method::Get, "/api/v1/orgs/{code}", "showOrg", "A node of the tree", show_org).gives =
      "Org";
  auto &orgs = router.add(Method::Get, "/api/v1/orgs", "listOrgs",
                          "Nodes beneath one (by code), or of a name", list_orgs);
  orgs.with({"under", "Node; the own office unless said"})
      .with({"level", "province, city, county, township, village, department"})
      .with({"q", "A name"})
      .with({"limit", "1 to 2000", "integer"});
  orgs.gives = "OrgList";
}

} // namespace yifa::http
