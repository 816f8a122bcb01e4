#include "exchange/orgs_in.h"
#include "exchange/test_type.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::exchange;
using record::Org;

namespace {

std::vector<Org> orgs_of(const std::filesystem::path &path, std::string *fault = nullptr) {
  std::vector<Org> all;
  auto done = read_orgs(path, [&](Org &&org) -> Status {
    all.push_back(std::move(org));
    return Done{};
  });
  if (fault != nullptr) *fault = done ? "" : done.error().text();
  if (fault == nullptr) REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().text()));
  return all;
}

} // namespace

TEST_CASE("committees are places, and villages are told from communities") {
  CHECK(place_name("高观村村民委员会") == "高观村");
  CHECK(place_name("五户村民委员会") == "五户村");
  CHECK(place_name("郝村村委会") == "郝村");
  CHECK(place_name("馆里村委会") == "馆里村");
  CHECK(place_name("高观社区居民委员会") == "高观社区");
  CHECK(place_name("朝阳居委会") == "朝阳居委会");
  CHECK(place_name("旁嘎村") == "旁嘎村");
  auto village = *OrgCode::parse("540626209201");
  auto community = *OrgCode::parse("500229107001");
  CHECK(org_kind(village, "旁嘎村") == Org::Kind::Village);
  CHECK(org_kind(community, "高观社区居民委员会") == Org::Kind::Community);
  CHECK(org_kind(community, "某村村委会") == Org::Kind::Village);
  CHECK(org_kind(*OrgCode::parse("370306104D01"), "司法所") == Org::Kind::Department);
  CHECK(org_kind(*OrgCode::parse("540626209"), "嘎美乡") == Org::Kind::Township);
  CHECK(org_kind(*OrgCode::parse("370306001"), "丝绸路街道") == Org::Kind::Street);
}

TEST_CASE("lists of offices in every form") {
  TestFolder folder("orgs");
  folder.write("package/dist/provinces.csv", "code,name\n37,\"山东省\"\n");
  folder.write("package/dist/cities.csv", "code,name,provinceCode\n3703,\"淄博市\",37\n");
  folder.write("package/dist/villages.csv",
               "code,name,streetCode\n370306104200,\"馆里村委会\",370306104\n");
  auto all = orgs_of(folder / "package");
  REQUIRE(all.size() == 3);
  CHECK(all[2].name == "馆里村");
  CHECK(all[2].kind == Org::Kind::Village);
  auto own = orgs_of(
      folder.write("own.csv", "代码,名称,类别,起,止,后继\n370306104000,商家镇,镇,2001年1月1日,2024-"
                              "01-01,370306105\n370306104D01,司法所,站所,,,\n"));
  REQUIRE(own.size() == 2);
  CHECK(own[0].code.text() == "370306104");
  CHECK(own[0].to == *Date::parse("2024-01-01"));
  CHECK(own[0].successor.text() == "370306105");
  CHECK(own[1].kind == Org::Kind::Department);
  CHECK(orgs_of(folder.write("a.json",
                             R"([{"code":"37","name":"山东省"},{"code":3703,"name":"淄博市"}])"))
            .size() == 2);
  CHECK(orgs_of(folder.write("a.jsonl", "{\"code\":\"37\",\"name\":\"山东省\"}\n")).size() == 1);
}

TEST_CASE("faults of a list are told together") {
  TestFolder folder("orgfaults");
  std::string fault;
  orgs_of(folder.write("bad.csv",
                       "code,name,kind\n370306104,商家镇,行政村\n12345,某地,\n37,,\n37,山东省,\n"),
          &fault);
  for (const char *told : {"bad.csv:2", "cannot be a 行政村", "bad.csv:3", "12345", "bad.csv:4",
                           "has no name", "3 lines"})
    CHECK_MESSAGE(fault.find(told) != std::string::npos, fault);
  orgs_of(folder.write("no.csv", "a,b\n1,2\n"), &fault);
  CHECK(fault.find("no column code") != std::string::npos);
  CHECK(read_orgs(folder / "none", [](Org &&) -> Status { return Done{}; }).error().code ==
        ErrorCode::NotFound);
}
