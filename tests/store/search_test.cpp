#include "store_under_test.h"

using namespace yifa;
using namespace yifa::testing;
using store::SearchHit;

namespace {

std::vector<std::string> titles(const Result<std::vector<SearchHit>> &hits) {
  std::vector<std::string> out;
  for (const auto &hit : *hits) out.push_back(hit.title);
  return out;
}

} // namespace

TEST_CASE("two characters suffice, and one") {
  Kept kept;
  auto full = full_matter(1, "370306104", "2023-03-15");
  auto n = note(2, "370306104", "2023-05-01",
                "开展《民法典》宣传，发放手册2800余份；联系 WeChat公众号。");
  kept.add({full, n, note(3, "370306105", "2023-06-01", "民主法治典型村")});
  auto r = kept.read();
  auto count = [&](const std::string &words) { return r->search(words_of(words)).value().size(); };
  CHECK(count("纠纷") == 1);
  CHECK(count("土地") == 1);
  CHECK(count("民法典") == 1); // 民…法…典 apart is no hit
  CHECK(count("民") == 2);
  CHECK(count("典") == 2);
  CHECK(count("份") == 1); // the last character of a run
  CHECK(count("2800余份") == 1);
  CHECK(count("２８００") == 1); // full width asks for half width
  CHECK(count("wechat") == 1);
  CHECK(count("WeChat公众号") == 1);
  CHECK(count("chat") == 0); // words are found from their beginning
  CHECK(count("宣传 手册") == 1);
  CHECK(count("手册　纠纷") == 0);
  CHECK(count("界桩") == 1);     // text of a part
  CHECK(count("宣传册") == 1);   // text of a row
  CHECK(count("婚姻家庭") == 1); // label of a code
  CHECK(count("2023-1") == 1);   // display number, and no prefix of others
  CHECK(count("没有") == 0);
  CHECK(count("\"AND\" OR NEAR(") == 0); // nothing of the engine's language gets through
  for (const char *nothing : {"", "  ", "，。", "\"*", "\x01o370306104"})
    CHECK((!r->search(words_of(nothing)) || r->search(words_of(nothing)).value().empty()));
  CHECK(r->search(words_of("，")).error().code == ErrorCode::Invalid);
}

TEST_CASE("personal fields are never found") {
  Kept kept;
  auto r = full_matter(1, "370306104", "2023-03-15");
  r.values[kParty] = words("欧阳震华"); // the store is not even told; were it, it would not index
  kept.add({r});
  CHECK(kept.read()->search(words_of("欧阳")).value().empty());
}

TEST_CASE("hits in titles first, then the newer, then by id; or by date alone") {
  Kept kept;
  auto body = [](std::uint64_t n, const char *day) {
    auto r = matter(n, "370306104", day, "会议");
    r.values[kRemark] = words("讨论禁毒工作");
    return r;
  };
  auto old_title = matter(1, "370306104", "2021-01-01", "禁毒宣传");
  auto new_title = matter(2, "370306104", "2023-01-01", "禁毒讲座");
  auto same_day = matter(3, "370306104", "2023-01-01", "禁毒讲座二");
  kept.add({body(12, "2024-01-01"), body(11, "2024-01-01"), same_day, old_title, new_title});
  auto r = kept.read();
  CHECK(titles(r->search(words_of("禁毒"))) ==
        std::vector<std::string>{"禁毒讲座", "禁毒讲座二", "禁毒宣传", "会议", "会议"});
  auto q = words_of("禁毒");
  CHECK(r->search(q).value()[3].record == id_of(11));
  q.by_date = true;
  CHECK(titles(r->search(q)) ==
        std::vector<std::string>{"会议", "会议", "禁毒讲座", "禁毒讲座二", "禁毒宣传"});
  CHECK(r->search(q).value()[0].record == id_of(11));
  q.limit = 1;
  q.offset = 1;
  CHECK(r->search(q).value()[0].record == id_of(12));
  q.by_date = false;
  CHECK(titles(r->search(q)) == std::vector<std::string>{"禁毒讲座二"});
}

TEST_CASE("scope, place and ledger narrow") {
  Kept kept;
  auto town = note(1, "370306104", "2023-01-01", "防汛演练");
  auto department = note(2, "370306104D01", "2023-01-02", "防汛演练");
  auto other = note(3, "370306105", "2023-01-03", "防汛演练");
  auto county = note(4, "370306", "2023-01-04", "防汛演练");
  county.place_org = org("370306104201");
  auto far = matter(5, "500229107", "2023-01-05", "防汛演练");
  kept.add({town, department, other, county, far});
  auto r = kept.read();
  auto count = [&](const char *scope, std::vector<std::string> types = {}) {
    auto q = words_of("防汛", scope);
    q.types = std::move(types);
    return r->search(q).value().size();
  };
  CHECK(count("") == 5);
  CHECK(count("37") == 4);
  CHECK(count("370306") == 4);
  CHECK(count("370306104") == 3); // the county's own record lies in a village of it
  CHECK(count("370306104D01") == 1);
  CHECK(count("370306104201") == 1);
  CHECK(count("370306105") == 1);
  CHECK(count("500229") == 1);
  CHECK(count("", {"matter"}) == 1);
  CHECK(count("", {"matter", "note"}) == 5);
  CHECK(count("", {"' OR"}) == 0);
}

TEST_CASE("the index follows corrections, moves of the day and withdrawal") {
  Kept kept;
  auto r = full_matter(1, "370306104", "2023-03-15");
  kept.add({r});
  r.values[kTitle] = words("更正后的标题");
  r.version = 2;
  kept.add({r});
  auto count = [&](const std::string &words) {
    return kept.read()->search(words_of(words)).value().size();
  };
  CHECK(count("土地承包") == 0);
  CHECK(count("更正后的标题") == 1);
  CHECK(count("界桩") == 1);
  r.day = Date::from(2019, 1, 1).value();
  r.parts[0].withdrawn = true;
  r.version = 3;
  kept.add({r});
  CHECK(count("界桩") == 0);
  CHECK(kept.read()->search(words_of("标题")).value()[0].day == r.day);
  r.withdrawn = true;
  r.version = 4;
  kept.add({r});
  CHECK(count("标题") == 0);
  CHECK(fault(kept.store->check()) == "");
}

TEST_CASE("a common word gives its first page, in bulk or one by one") {
  Kept kept;
  auto w = kept.write(true);
  for (std::uint64_t n = 1; n <= 3000; ++n) {
    auto day = Date::from(2023, 1, 1).value().plus_days(static_cast<int>(n * 7919 % 365)).text();
    auto r = note(n, "370306104", day, "矛盾纠纷排查 第" + std::to_string(n) + "号");
    REQUIRE(w->put(r));
    r.version = 2;
    if (n % 3 == 0) r.values[kText] = words("矛盾纠纷化解 第" + std::to_string(n) + "号");
    if (n % 3 == 0) REQUIRE(w->put(r));
  }
  CHECK(w->search(words_of("化解")).value().size() == 50);
  REQUIRE(w->commit());
  auto q = words_of("纠纷");
  q.by_date = true;
  q.limit = 0;
  auto hits = kept.read()->search(q).value();
  REQUIRE(hits.size() == 3000);
  for (std::size_t i = 1; i < hits.size(); ++i)
    REQUIRE((hits[i - 1].day > hits[i].day ||
             (hits[i - 1].day == hits[i].day && hits[i - 1].record < hits[i].record)));
  q = words_of("化解");
  q.limit = 0;
  CHECK(kept.read()->search(q).value().size() == 1000);
  CHECK(fault(kept.store->check()) == "");
}

TEST_CASE("words longer than an index keeps are told apart") {
  Kept kept;
  const std::string lengthy(2500, 'w');
  kept.add({matter(1, "370306104", "2023-03-15", lengthy + "a"),
            matter(2, "370306104", "2023-03-15", lengthy + "b")});
  const auto hits = kept.read()->search(words_of(lengthy + "b")).value();
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].record == id_of(2));
  CHECK(kept.read()->search(words_of(lengthy)).value().size() == 2);
}
