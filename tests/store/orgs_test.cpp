#include "store_under_test.h"

using namespace yifa;
using namespace yifa::testing;
using record::Org;

namespace {

Org node(const std::string &code, const std::string &name, Org::Kind kind = Org::Kind::Division) {
  Org o;
  o.code = org(code);
  o.name = name;
  o.kind = kind;
  return o;
}

std::vector<std::string> codes(const Result<std::vector<Org>> &orgs) {
  std::vector<std::string> out;
  for (const auto &o : orgs.value()) out.push_back(o.code.text());
  return out;
}

} // namespace

TEST_CASE("the tree: lookup, subtree, names") {
  Kept kept;
  auto w = kept.write();
  for (const auto &o :
       {node("50", "重庆市"), node("5002", "县"), node("500229", "城口县"),
        node("500229107", "高观镇", Org::Kind::Town),
        node("500229107201", "高观村村委会", Org::Kind::Village),
        node("500229107001", "高观社区居委会", Org::Kind::Community),
        node("500229107D01", "司法所", Org::Kind::Department),
        node("500229108", "高燕镇", Org::Kind::Town), node("411381109", "张村镇", Org::Kind::Town),
        node("370306104", "商家镇", Org::Kind::Town),
        node("411381109201", "张村村民委员会", Org::Kind::Village),
        node("540626209", "嘎美乡", Org::Kind::Township), node("152201", "乌兰浩特市"),
        node("431227", "新晃侗族自治县"), node("370303", "张店区"), node("370304", "城区")})
    REQUIRE(w->put_org(o));
  REQUIRE(w->commit());
  auto r = kept.read();
  CHECK(r->org(org("500229107")).value()->name == "高观镇");
  CHECK_FALSE(r->org(org("500229109")).value().has_value());
  CHECK(codes(r->orgs_under(org("500229107"), std::nullopt, 0)) ==
        std::vector<std::string>{"500229107001", "500229107201", "500229107D01"});
  CHECK(codes(r->orgs_under(org("500229107"), OrgLevel::Village, 0)) ==
        std::vector<std::string>{"500229107001", "500229107201"});
  CHECK(codes(r->orgs_under(org("500229107"), OrgLevel::Department, 0)) ==
        std::vector<std::string>{"500229107D01"});
  CHECK(codes(r->orgs_under(org("500229"), OrgLevel::Township, 1)) ==
        std::vector<std::string>{"500229107"});
  CHECK(r->orgs_under(OrgCode(), OrgLevel::Township, 0).value().size() == 5);
  CHECK(codes(r->orgs_named("高观镇", 10)) == std::vector<std::string>{"500229107"});
  CHECK(codes(r->orgs_named("高观", 10)) ==
        std::vector<std::string>{"500229107", "500229107001", "500229107201"});
  CHECK(codes(r->orgs_named("高观村", 10)) == std::vector<std::string>{"500229107201"});
  CHECK(codes(r->orgs_named("高观社区", 10)) == std::vector<std::string>{"500229107001"});
  CHECK(codes(r->orgs_named("张村", 10)) ==
        std::vector<std::string>{"411381109201"}); // a village is called just so
  CHECK(codes(r->orgs_named("张村镇", 10)) == std::vector<std::string>{"411381109"});
  CHECK(codes(r->orgs_named("嘎美", 10)) == std::vector<std::string>{"540626209"});
  CHECK(codes(r->orgs_named("嘎美乡人民政府", 10)) == std::vector<std::string>{"540626209"});
  CHECK(codes(r->orgs_named("新晃侗族", 10)) == std::vector<std::string>{"431227"});
  CHECK(r->orgs_named("高观乡", 10).value().empty()); // another suffix is another place
  CHECK(r->orgs_named("", 10).value().empty());
  CHECK(r->orgs_named("镇", 10).value().empty());
}

TEST_CASE("codes have a time") {
  Kept kept;
  auto w = kept.write();
  auto before = node("370306104", "商家乡", Org::Kind::Township);
  before.to = Date::from(2001, 3, 1).value();
  auto after = node("370306104", "商家镇", Org::Kind::Town);
  after.from = before.to;
  auto merged = node("370306110", "萌水镇", Org::Kind::Town);
  merged.to = Date::from(2020, 1, 1).value();
  merged.successor = org("370306104");
  for (const auto &o : {after, before, merged}) REQUIRE(w->put_org(o));
  merged.name = "萌水街道";
  REQUIRE(w->put_org(merged)); // the same code and beginning: replaced
  REQUIRE(w->commit());
  auto r = kept.read();
  CHECK(r->org(org("370306104")).value() == after);
  CHECK(r->org_on(org("370306104"), Date::from(2001, 2, 28).value()).value() == before);
  CHECK(r->org_on(org("370306104"), Date::from(2001, 3, 1).value()).value() == after);
  CHECK(r->org_on(org("370306110"), Date::from(2019, 12, 31).value()).value() == merged);
  CHECK_FALSE(r->org_on(org("370306110"), Date::from(2020, 1, 1).value()).value().has_value());
  CHECK(r->orgs_under(org("370306"), std::nullopt, 0).value().size() == 3);
}

TEST_CASE("the nodes right beneath are those of the tree, whatever stands under them") {
  Kept kept;
  auto w = kept.write();
  const auto put = [&](const char *code, std::optional<Date> from = std::nullopt) {
    record::Org node;
    node.code = org(code);
    node.name = code;
    node.from = from;
    REQUIRE(w->put_org(node));
  };
  for (const char *code : {"37", "3703", "370306", "370306104", "370306104001", "370307", "3799",
                           "379901", "41", "5002", "500229"})
    put(code);
  put("3703", Date::parse("2020-01-01").value()); // renamed
  REQUIRE(w->commit());
  const auto beneath = [&](const char *scope, OrgLevel level, std::int64_t limit = 0) {
    std::string out;
    for (const auto &node : take(kept.read()->orgs_under(org(scope), level, limit)))
      out += node.code.text() + " ";
    return out;
  };
  CHECK(beneath("", OrgLevel::Province) == "37 41 "); // 50 has a city and no entry of its own
  CHECK(beneath("37", OrgLevel::City) == "3703 3703 3799 ");
  CHECK(beneath("37", OrgLevel::City, 1) == "3703 ");
  CHECK(beneath("3703", OrgLevel::County) == "370306 370307 ");
  CHECK(beneath("50", OrgLevel::City) == "5002 ");
  CHECK(beneath("41", OrgLevel::City) == "");
  CHECK(beneath("", OrgLevel::City) == "3703 3703 3799 5002 ");
}
