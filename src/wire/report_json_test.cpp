#include "wire/report_json.h"

#include <doctest/doctest.h>

using namespace yifa;

namespace {

json::object body_of(const char *text) { return parse_json(text).value().as_object(); }

} // namespace

TEST_CASE("runs of a body: words, figures by name, bare numbers as they were shown") {
  const auto runs = wire::read_runs(body_of(
      R"({"runs": [{"text": "排查"}, {"figure": {"indicator": "found"}}, {"text": "件，其中"},
          {"text": "52", "figure": {"indicator": "found", "dimension": "kind", "group": "a"}},
          {"text": "5场", "figure": {"indicator": "", "status": "bare"}}]})"));
  REQUIRE(runs);
  REQUIRE(runs->size() == 5);
  CHECK((*runs)[0].text == "排查");
  CHECK((*runs)[1].indicator == "found");
  CHECK((*runs)[3].text == "52");
  CHECK((*runs)[3].dimension == "kind");
  CHECK((*runs)[3].group == "a");
  CHECK((*runs)[4].text == "5场");
  CHECK((*runs)[4].indicator.empty());
  for (const char *bad :
       {"{}", R"({"runs": 3})", R"({"runs": [3]})", R"({"runs": [{"text": 3}]})",
        R"({"runs": [{"figure": 3}]})", R"({"runs": [{"figure": {"indicator": 3}}]})"})
    CHECK_FALSE(wire::read_runs(body_of(bad)));
}

TEST_CASE("a figure is named with its group in either form") {
  catalog::Catalog catalog;
  catalog::Indicator found;
  found.id = "found";
  found.by.push_back({"kind", {}, false});
  catalog.indicators.push_back(found);
  catalog.index();
  for (const char *good : {R"({"indicator": "found", "group": "kind=a"})",
                           R"({"indicator": "found", "dimension": "kind", "group": "a"})",
                           R"({"indicator": "found", "group": "a"})"}) {
    const auto read = wire::read_figure(body_of(good), catalog);
    REQUIRE(read);
    CHECK(read->indicator == "found");
    CHECK(read->dimension == "kind");
    CHECK(read->group == "a");
  }
  CHECK(wire::read_figure(body_of(R"({"indicator": "found"})"), catalog)->group.empty());
  CHECK_FALSE(wire::read_figure(body_of("{}"), catalog));
  CHECK_FALSE(wire::read_figure(body_of(R"({"indicator": "other", "group": "a"})"), catalog));
}
