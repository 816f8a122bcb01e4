#include "catalog/coverage.h"
#include "catalog/model.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::catalog;

namespace {

RecordType edition(const char *id, const char *day) {
  RecordType type;
  type.id = id;
  type.edition = *Date::parse(day);
  type.transitions.resize(1);
  return type;
}

} // namespace

TEST_CASE("the record's own day chooses the edition, the oldest before all") {
  Catalog catalog;
  catalog.editions = {edition("rule", "2018-01-01"), edition("rule", "2024-01-01"),
                      edition("case", "2020-01-01")};
  catalog.index();
  CHECK(catalog.type_ids() == std::vector<std::string>{"rule", "case"});
  CHECK(catalog.type("rule")->edition.text() == "2024-01-01");
  CHECK(catalog.edition_on("rule", *Date::parse("2017-05-05"))->edition.text() == "2018-01-01");
  CHECK(catalog.edition_on("rule", *Date::parse("2023-12-31"))->edition.text() == "2018-01-01");
  CHECK(catalog.edition_on("rule", *Date::parse("2024-01-01"))->edition.text() == "2024-01-01");
  CHECK(catalog.type("nothing") == nullptr);
  CHECK(catalog.edition_on("nothing", Date()) == nullptr);
  CHECK(catalog.indicator("nothing") == nullptr);
  CHECK(catalog.outline("nothing") == nullptr);
  CHECK(catalog.list("nothing") == nullptr);
}

TEST_CASE("codes have a rank, a phrase above them, and end in the outermost") {
  CodeList list;
  list.codes = {{"law", {}, {}, {}, {}, {}, {}, {}, {}},
                {"code", {}, {}, {}, "law", {}, {}, {}, {}},
                {"civil", {}, {}, {}, "code", {}, {}, {}, {}}};
  CHECK(list.rank("civil") == 2);
  CHECK(list.rank("none") == -1);
  CHECK(list.top("civil") == "law");
  CHECK(list.top("law") == "law");
  CHECK(list.top("none") == "none");
  list.codes[0].under = "civil"; // the loader refuses circles; nothing hangs all the same
  CHECK(!list.top("civil").empty());
}

TEST_CASE("units meet only inside a family") {
  Catalog catalog;
  catalog.unit_families = {{"件", "起"}, {"次", "场"}, {"人次"}};
  CHECK(catalog.same_family("件", "起"));
  CHECK(catalog.same_family("份", "份"));
  CHECK(!catalog.same_family("件", "次"));
  CHECK(!catalog.same_family("人", "人次"));
}

TEST_CASE("a group answers to its column alone while that is unambiguous") {
  Indicator indicator;
  indicator.by = {{"items.result", {}, false}, {"kind", {}, false}};
  CHECK(indicator.dimension("result") == &indicator.by[0]);
  CHECK(indicator.dimension("items.result") == &indicator.by[0]);
  CHECK(indicator.dimension("kind") == &indicator.by[1]);
  CHECK(indicator.dimension("items") == nullptr);
  indicator.by.push_back({"papers.result", {}, false});
  CHECK(indicator.dimension("result") == nullptr);
}

TEST_CASE("a setting has the value of its day") {
  Setting setting;
  setting.value = "1/2";
  setting.later = {{*Date::parse("2022-01-01"), "2/3", {}},
                   {*Date::parse("2024-01-01"), "3/4", {}}};
  CHECK(setting.on(*Date::parse("2021-12-31")) == "1/2");
  CHECK(setting.on(*Date::parse("2022-01-01")) == "2/3");
  CHECK(setting.on(*Date::parse("2030-01-01")) == "3/4");
}

TEST_CASE("sources cite law and article") {
  CHECK(Source{"行政处罚法", "第四十二条", {}, {}, {}}.text() == "行政处罚法 第四十二条");
  CHECK(Source{"行政处罚法", "", {}, {}, {}}.text() == "行政处罚法");
  CHECK(Source{"", "第一条", {}, {}, {}}.text() == "第一条");
  CHECK(Source{"甲法", "第一条", {}, {}, "乙法"}.text() == "甲法 第一条；乙法");
}

TEST_CASE("coverage names homes, gaps and strangers") {
  Catalog catalog;
  auto type = edition("dispute", "2020-01-01");
  type.covers = {"mediation", "stranger"};
  catalog.editions = {type};
  catalog.index();
  auto found = coverage(catalog, {{"mediation", "人民调解"}, {"tags", "挂牌"}});
  REQUIRE(found.covered.size() == 1);
  CHECK(found.covered[0].types == std::vector<std::string>{"dispute"});
  REQUIRE(found.uncovered.size() == 1);
  CHECK(found.uncovered[0].id == "tags");
  CHECK(found.unlisted == std::vector<std::string>{"stranger"});
}
