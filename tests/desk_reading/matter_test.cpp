#include "reading_desk.h"

#include "service/changes.h"
#include "service/deadline_days.h"
#include "service/links.h"
#include "service/permission.h"

#include <algorithm>

using namespace yifa;
using namespace yifa::testing;

TEST_CASE("history in words, links both ways") {
  ReadingDesk desk;
  const auto round = desk.open("screening", kEast, {{"held_on", "2025-12-20"}, {"way", "village"}});
  auto fields = dispute_fields("2025-12-21", "990101100200");
  fields["round"] = round.text();
  const auto dispute = desk.open("dispute", kEast, fields);
  desk.act("dispute", dispute, "correct", {{"village", "990101100201"}, {"kind", "land"}},
           "看错了");
  desk.act("dispute", dispute, "settle", {{"concluded_on", "2025-12-29"}, {"result", "oral"}});

  const auto told = record_changes(*desk.ledgers, {dispute, false, {}}, desk.owner);
  REQUIRE(told);
  REQUIRE(told->size() == 3);
  const auto &corrected = told->at(1);
  CHECK(corrected.reason == "看错了");
  REQUIRE(corrected.changes.size() == 2);
  CHECK(corrected.changes[0].field == "kind");
  CHECK(corrected.changes[0].label == "类别");
  CHECK(corrected.changes[1].was == "甲村");
  CHECK(corrected.changes[1].is == "乙村");
  CHECK(told->at(2).label == "化解");
  CHECK(told->at(2).from_label == "已发现");
  CHECK(told->at(2).to_label == "已化解");
  CHECK_FALSE(told->at(0).late);
  const auto english = record_changes(
      *desk.ledgers, {dispute, true, [](const std::string &id) { return "<" + id + ">"; }},
      desk.owner);
  REQUIRE(english);
  CHECK(english->at(2).label == "Settle");
  CHECK(english->at(0).actor_name == "<owner>");

  const auto links = record_links(*desk.env, dispute, desk.owner);
  REQUIRE(links);
  REQUIRE(links->links.size() == 1);
  CHECK(links->links[0].field == "round");
  CHECK(links->links[0].record == round);
  const auto back = record_links(*desk.env, round, desk.owner, true);
  REQUIRE(back);
  REQUIRE(back->backlinks.size() == 1);
  CHECK(back->backlinks[0].record == dispute);
  CHECK(back->backlinks[0].ledger_label == "Dispute");
  const auto narrow = record_links(*desk.env, round, ReadingDesk::clerk({"screening"}));
  REQUIRE(narrow);
  CHECK(narrow->backlinks.empty());
  CHECK(record_links(*desk.env, dispute, ReadingDesk::clerk({"screening"})).error() ==
        no_such_record(dispute.text()));
}

TEST_CASE("a time limit day by day") {
  ReadingDesk desk;
  const auto limit = deadline_days(
      *desk.env, {"INFO.ANSWER", reading_day("2025-12-30"), reading_day("2026-01-06")});
  REQUIRE(limit);
  const auto &days = limit->days;
  CHECK(days.front().kind == LimitDay::Kind::Start);
  CHECK(days.back().kind == LimitDay::Kind::Due);
  CHECK(days.back().day == limit->reckoning.due);
  CHECK(days.back().n == limit->reckoning.counted);
  const auto on = [&](const char *day) {
    return *std::find_if(days.begin(), days.end(),
                         [&](const LimitDay &each) { return each.day == reading_day(day); });
  };
  CHECK(on("2025-12-31").n == 1);
  CHECK(on("2026-01-01").kind == LimitDay::Kind::Off);
  CHECK(on("2026-01-01").why == "元旦");
  CHECK(on("2026-01-04").kind == LimitDay::Kind::MadeUp);
  CHECK(on("2026-01-04").n == 2);
  CHECK(limit->days_left);
  const auto dated =
      deadline_days(*desk.env, {"REPORT.UP", reading_day("2025-01-01"), std::nullopt});
  REQUIRE(dated);
  CHECK(dated->days.size() == 2);
  CHECK(deadline_days(*desk.env, {"REPORT.UPP", reading_day("2025-01-01"), std::nullopt})
            .error()
            .code == ErrorCode::NotFound);
}
