#include "reading_desk.h"
#include "service/filters.h"

#include <algorithm>
#include <set>

using namespace yifa;
using namespace yifa::testing;

namespace {

Actor clerk_of(const char *scope) {
  Actor actor;
  actor.id = "li";
  actor.scope = reading_org(scope);
  return actor;
}

record::Query events_of(const char *scope) {
  record::Query query;
  query.type = "publicity_event";
  query.scope = reading_org(scope);
  return query;
}

/// Thirty events of publicity in two towns, ten a month; every third about 界桩.
void hold_events(ReadingDesk &desk) {
  for (int n = 0; n < 30; ++n)
    desk.open(
        "publicity_event", n % 2 == 0 ? "990101100" : "990101101",
        {{"held_on",
          Date::from(2025, static_cast<unsigned>(1 + n / 10), 5).value().plus_days(n / 4).text()},
         {"title", n % 3 == 0 ? "界桩宣讲" + std::to_string(n) : "普法" + std::to_string(n)},
         {"topics", json::array{"constitution"}},
         {"form", n % 5 == 0 ? "lecture" : "micro"},
         {"villages", json::array{n % 2 == 0 ? "990101100200" : "990101101200"}},
         {"people", 10 + n}});
}

std::vector<RecordId> pages_of(ReadingDesk &desk, record::Query query, const Actor &actor,
                               const std::string &words, std::int64_t limit) {
  std::vector<RecordId> out;
  query.limit = limit;
  while (true) {
    const auto page = desk.ledgers->list(query, actor, words);
    REQUIRE(page);
    for (const auto &record : *page) out.push_back(record.id);
    if (std::ssize(*page) < limit) return out;
    query.after = {page->back().day, page->back().id};
  }
}

std::int64_t count_of(ReadingDesk &desk, const record::Query &query, const Actor &actor,
                      const std::string &words = {}) {
  auto reader = std::move(desk.env->store.read().value());
  return desk.ledgers->count_in(*reader, query, actor, 10'000, words).value();
}

} // namespace

TEST_CASE("a list with words holds what a list without them would, less what lacks them") {
  ReadingDesk desk;
  hold_events(desk);
  for (const bool newest : {true, false})
    for (const char *scope : {"990101", "990101100"})
      for (const char *period : {"", "2025-02..2025-03", "2025-01-06..2025-02-06"}) {
        auto query = events_of(scope);
        query.newest_first = newest;
        if (*period != 0) query.period = Period::parse(period).value();
        auto reader = std::move(desk.env->store.read().value());
        const auto &type = *desk.env->catalog->type("publicity_event");
        query.where =
            read_filters(*desk.env->catalog, type, *reader, query.scope, {"form=micro"}).value();
        const auto actor = clerk_of(scope);
        const auto title = type.field_index("title");
        std::vector<RecordId> wanted;
        const auto whole = desk.ledgers->list(query, actor);
        REQUIRE(whole);
        for (const auto &record : *whole)
          if (record.value(title).get<std::string>()->starts_with("界桩"))
            wanted.push_back(record.id);
        REQUIRE(wanted.size() >= 1);
        CAPTURE(scope);
        CAPTURE(newest);
        CAPTURE(period);
        CHECK(pages_of(desk, query, actor, "界桩", 0 + 1000) == wanted);
        CHECK(pages_of(desk, query, actor, "界桩", 2) == wanted);
        CHECK(count_of(desk, query, actor, "界桩") == std::ssize(wanted));
        CHECK(count_of(desk, query, actor) == std::ssize(*whole));
      }
}

TEST_CASE("more hits on one day than are read at once are all given") {
  ReadingDesk desk;
  for (int n = 0; n < 450; ++n)
    desk.open("publicity_event", "990101100",
              {{"held_on", n < 430 ? "2025-03-05" : "2025-03-04"},
               {"title", "界桩" + std::to_string(n)},
               {"topics", json::array{"constitution"}},
               {"form", "lecture"}});
  const auto actor = clerk_of("990101100");
  const auto query = events_of("990101100");
  const auto found = pages_of(desk, query, actor, "界桩", 60);
  CHECK(found.size() == 450);
  CHECK(std::set(found.begin(), found.end()).size() == 450);
}

TEST_CASE("words find nothing for who may not search, and nothing outside his scope") {
  ReadingDesk desk;
  hold_events(desk);
  auto counsel = clerk_of("990101");
  counsel.matters_only = true;
  CHECK(desk.ledgers->list(events_of("990101"), counsel, "界桩").error().code ==
        ErrorCode::Forbidden);
  CHECK(desk.ledgers->list(events_of("990101101"), clerk_of("990101100"), "界桩").error().code ==
        ErrorCode::Forbidden);
  auto village = clerk_of("990101100200");
  const auto found = desk.ledgers->list(events_of("990101"), village, "界桩");
  REQUIRE(found.has_value());
  for (const auto &record : found.value()) CHECK(village.scope.contains(record.place_org));
}

TEST_CASE("late records by themselves, and what a list comes to") {
  ReadingDesk desk;
  hold_events(desk);
  auto query = events_of("990101100");
  const auto actor = clerk_of("990101100");
  const auto all = desk.ledgers->list(query, actor).value();
  std::int64_t people = 0;
  const auto at = desk.env->catalog->type("publicity_event")->field_index("people");
  for (const auto &record : all) people += record.value(at).get<catalog::Count>()->n;
  auto reader = std::move(desk.env->store.read().value());
  const auto sums = desk.ledgers->sums_in(*reader, query, actor, 10'000).value();
  REQUIRE(sums);
  const auto told = std::find_if(sums->begin(), sums->end(),
                                 [](const auto &sum) { return sum.field->id == "people"; });
  REQUIRE(told != sums->end());
  CHECK(told->value == people);
  CHECK(told->records == std::ssize(all));
  CHECK_FALSE(desk.ledgers->sums_in(*reader, query, actor, std::ssize(all) - 1).value());
  query.only_late = true;
  // Recorded in 2026 of 2025: all of them.
  CHECK(desk.ledgers->list(query, actor).value().size() == all.size());
  CHECK(count_of(desk, query, actor) == std::ssize(all));
  desk.open("publicity_event", "990101100",
            {{"held_on", "2026-01-06"},
             {"title", "今日"},
             {"topics", json::array{"constitution"}},
             {"form", "lecture"}});
  CHECK(desk.ledgers->list(query, actor).value().size() == all.size());
  CHECK(count_of(desk, query, actor) == std::ssize(all));
}
