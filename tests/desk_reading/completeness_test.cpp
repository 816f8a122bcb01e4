#include "reading_desk.h"

#include "service/completeness.h"
#include "service/upkeep.h"

#include <algorithm>

using namespace yifa;
using namespace yifa::testing;

namespace {

const GroupYear *group_of(const Completeness &year, char group) {
  for (const auto &each : year.groups)
    if (each.group == group) return &each;
  return nullptr;
}

const LedgerYear *ledger_of(const std::vector<LedgerYear> &ledgers, const std::string &id) {
  for (const auto &each : ledgers)
    if (each.type->id == id) return &each;
  return nullptr;
}

bool has_gap(const GroupYear &group, int month, const std::string &ledger, Gap::Why why) {
  return std::any_of(group.gaps.begin(), group.gaps.end(), [&](const Gap &gap) {
    return gap.month == month && gap.type->id == ledger && gap.why == why;
  });
}

} // namespace

TEST_CASE("a year by month: records, confirmed zeros, what nobody knows") {
  ReadingDesk desk;
  for (const char *day : {"2025-01-10", "2025-02-10", "2025-02-11", "2025-03-10", "2025-04-10",
                          "2025-06-10", "2025-07-10", "2025-08-10", "2025-09-10", "2025-12-30"})
    desk.open("dispute", kEast, dispute_fields(day, "990101100200"));
  const auto gone = desk.open("dispute", kEast, dispute_fields("2025-05-10", "990101100200"));
  desk.act("dispute", gone, "withdraw", {});
  desk.open("dispute", kWest, dispute_fields("2025-05-20", "990101101200"));
  const auto post =
      desk.open("post", kEast, {{"name", "某人"}, {"title", "镇长"}, {"from", "2020-01-01"}});
  const auto zero = desk.open("zero_return", kEast,
                              {{"category", json::array{"litigation"}},
                               {"from", "2025-01-01"},
                               {"to", "2025-09-30"},
                               {"checked", json::array{"court"}},
                               {"confirmed_by", post.text()}});
  desk.act("zero_return", zero, "confirm", {{"confirmed_on", "2025-10-08"}});

  Completions completions(*desk.env);
  const auto year = completions.of(reading_org(kEast), 2025, desk.owner);
  REQUIRE(year);
  const auto *disputes = ledger_of(year->ledgers, "dispute");
  REQUIRE(disputes != nullptr);
  CHECK(disputes->total == 10);
  CHECK(disputes->open == 10);
  CHECK(disputes->late == 9);
  CHECK(disputes->months[1].records == 2);
  CHECK(disputes->months[4].records == 0);
  CHECK_FALSE(disputes->months[4].known());
  REQUIRE(disputes->last);
  CHECK(disputes->last->text() == "2025-12-30");
  const auto *suits = ledger_of(year->ledgers, "litigation");
  REQUIRE(suits != nullptr);
  CHECK(suits->months[0].zero);
  CHECK_FALSE(suits->months[9].zero);

  const auto *services = group_of(*year, 'F');
  REQUIRE(services != nullptr);
  CHECK(services->total == 10);
  CHECK(services->unit == "件");
  // Written in nine of eleven other months, and not in May.
  CHECK(has_gap(*services, 5, "dispute", Gap::Why::Silent));
  CHECK_FALSE(has_gap(*services, 6, "dispute", Gap::Why::Silent));
  CHECK(has_gap(*services, 2, "screening", Gap::Why::Rhythm));
  const auto *enforcement = group_of(*year, 'D');
  REQUIRE(enforcement != nullptr);
  CHECK(has_gap(*enforcement, 10, "litigation", Gap::Why::Unconfirmed));
  CHECK_FALSE(has_gap(*enforcement, 9, "litigation", Gap::Why::Unconfirmed));

  // Both towns together, and the year that has hardly begun.
  const auto county = completions.of(reading_org("990101"), 2025, desk.owner);
  REQUIRE(county);
  CHECK(ledger_of(county->ledgers, "dispute")->months[4].records == 1);
  CHECK_FALSE(ledger_of(county->ledgers, "litigation")->months[0].zero);
  const auto province = completions.of(reading_org("99"), 2025, desk.owner);
  REQUIRE(province);
  CHECK(ledger_of(province->ledgers, "dispute")->total == 11);
  // By the village that keeps them: none.
  const auto village = completions.of(reading_org("990101100200"), 2025, desk.owner);
  REQUIRE(village);
  CHECK(ledger_of(village->ledgers, "dispute")->total == 0);
  const auto now = completions.of(reading_org(kEast), 2026, desk.owner);
  REQUIRE(now);
  CHECK(now->ledgers.front().months[1].ahead);
  CHECK_FALSE(now->ledgers.front().months[0].ahead);
  CHECK(std::all_of(now->groups.begin(), now->groups.end(),
                    [](const GroupYear &group) { return group.gaps.empty(); }));

  CHECK(completions.of(reading_org(kEast), 20251, desk.owner).error().code == ErrorCode::Invalid);
  const auto clerk = ReadingDesk::clerk({"screening"});
  CHECK(completions.of(reading_org(kWest), 2025, clerk).error().code == ErrorCode::Forbidden);
  const auto own = completions.ledger_counts(reading_org(kEast), 2025, clerk);
  REQUIRE(own);
  REQUIRE(own->size() == 1);
  CHECK(own->front().type->id == "screening");

  const auto sound = verify(*desk.env, {});
  REQUIRE(sound);
  for (const auto &fault : sound->faults) CHECK(fault.where + ": " + fault.message == "");
}
