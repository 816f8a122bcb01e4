#include "reading_desk.h"

#include "service/county.h"
#include "service/figure_views.h"

#include <algorithm>

using namespace yifa;
using namespace yifa::testing;

TEST_CASE("a figure by month and by village; marks") {
  ReadingDesk desk;
  for (int n = 0; n < 3; ++n)
    desk.open("dispute", kEast,
              dispute_fields("2024-03-0" + std::to_string(n + 1), "990101100200"));
  for (int n = 0; n < 14; ++n)
    desk.open("dispute", kEast,
              dispute_fields("2025-03-" + std::to_string(n + 10),
                             n < 10 ? "990101100200" : "990101100201"));
  const auto settled = desk.open("dispute", kEast, dispute_fields("2025-04-01", "990101100201"));
  desk.act("dispute", settled, "settle", {{"concluded_on", "2025-04-02"}, {"result", "oral"}});
  desk.open("dispute", kWest, dispute_fields("2025-05-20", "990101101200"));

  FigureViews views(*desk.env);
  const auto year = Period::year(2025);
  const auto view = views.one("disputes_found", reading_org(kEast), year, desk.owner);
  REQUIRE(view);
  CHECK(view->row.figure.value == 15);
  CHECK(view->row.last_year.value == 3);
  CHECK(view->row.group == 'F');
  CHECK(view->row.marks == std::vector{FigureRow::Mark::Outlier, FigureRow::Mark::Late});
  REQUIRE(view->months.size() == 12);
  CHECK(view->months[2].figure.value == 14);
  CHECK(view->months[2].last_year.value == 3);
  CHECK(view->months[3].figure.value == 1);
  CHECK_FALSE(view->months[4].figure.exists());
  CHECK(view->late == 15);
  REQUIRE(view->places);
  REQUIRE(view->places->size() == 2);
  CHECK(view->places->at(0).name == "甲村");
  CHECK(view->places->at(0).figure.value == 10);
  CHECK(view->places->at(1).figure.value == 5);

  const auto rate = views.one("settle_rate", reading_org(kEast), year, desk.owner);
  REQUIRE(rate);
  REQUIRE(rate->places);
  CHECK(rate->places->at(1).figure.number() == "20");
  CHECK(rate->months[3].figure.number() == "100");
  REQUIRE(rate->made_of.size() == 2);
  CHECK(rate->made_of[1]->id == "disputes_found");

  const auto county = views.one("disputes_found", reading_org("990101"), year, desk.owner);
  REQUIRE(county);
  CHECK(county->row.figure.value == 16);
  REQUIRE(county->places);
  REQUIRE(county->places->size() == 2);
  CHECK(county->places->at(1).name == "西示例镇");
  CHECK(county->places->at(1).figure.value == 1);
  CHECK(county->months[4].figure.value == 1);

  const auto clerk = ReadingDesk::clerk({"screening"});
  CHECK(views.one("disputes_found", reading_org(kEast), year, clerk).error().code ==
        ErrorCode::Forbidden);
  const auto own = views.list(reading_org(kEast), year, {}, std::nullopt, clerk);
  REQUIRE(own);
  for (const auto &row : *own) CHECK(row.indicator->type == "screening");
  const auto group = views.list(reading_org(kEast), year, {}, 'F', desk.owner);
  REQUIRE(group);
  CHECK(group->size() > 10);
  CHECK(views.list(reading_org(kEast), year, {"disputes_fond"}, std::nullopt, desk.owner)
            .error()
            .code == ErrorCode::NotFound);
}

TEST_CASE("a county's towns by the stage of their reports, and the clock") {
  ReadingDesk desk;
  desk.open("dispute", kWest, dispute_fields("2025-05-20", "990101101200"));
  const auto report =
      desk.open("annual_report", kEast,
                {{"year", 2025}, {"outline", "four_part"}, {"frozen_on", "2025-12-31"}});
  desk.act("annual_report", report, "draft", {});
  desk.clock.set(Moment::parse("2026-03-02T09:00").value());

  Counties counties(*desk.env);
  const auto county = counties.year(reading_org("990101"), 2025, desk.owner);
  REQUIRE(county);
  REQUIRE(county->towns.size() == 2);
  const auto &east = county->towns[0];
  CHECK(east.name == "东示例镇");
  CHECK(east.stage == Stage::Drafted);
  CHECK(east.state == "drafting");
  CHECK(east.record == report);
  REQUIRE(east.since);
  CHECK(east.since->text() == "2026-01-06");
  CHECK(east.days == 55);
  CHECK(east.late);
  const auto &west = county->towns[1];
  CHECK(west.stage == Stage::Collecting);
  CHECK_FALSE(west.record);
  CHECK(west.months[4].records == 1);
  REQUIRE(west.last);
  CHECK(west.last->text() == "2025-05-20");
  CHECK(std::any_of(county->sums.begin(), county->sums.end(), [](const record::Figure &figure) {
    return figure.id == "disputes_found" && figure.value == 1;
  }));
  CHECK(counties.year(reading_org(kEast), 2025, desk.owner).error().code == ErrorCode::Invalid);

  desk.clock.set(Moment::parse("2026-01-06T09:00").value());
  const auto clock = report_clock(*desk.env, reading_org(kEast), 2025, desk.owner);
  REQUIRE(clock);
  REQUIRE(clock->submit);
  CHECK(clock->submit->due.text() == "2026-02-28");
  CHECK(clock->submit->before.text() == "2026-03-01");
  CHECK(clock->submit->days_left == 53);
  CHECK(clock->submit->delegated == "county");
  REQUIRE(clock->publish);
  CHECK(clock->publish->before.text() == "2026-04-01");
  REQUIRE(clock->report);
  CHECK(clock->report->id == report);
}
