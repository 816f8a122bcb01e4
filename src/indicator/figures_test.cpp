#include "indicator/sample_ledgers.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::indicator;
using namespace yifa::indicator::sample;
using record::Figure;
using Is = record::Figure::Status;

namespace {

const OrgCode town_code = org("370306104");
const OrgCode other_town = org("370306105");
const OrgCode county_code = org("370306");

struct Office {
  Office() : book(ledgers()), shelf(book) {}

  Record event(const OrgCode &owner, std::string_view day, std::string_view kind = "b") {
    Record record = blank(book, "event", owner);
    record.values[AtHeld] = Value(on(day));
    record.values[AtKind] = Value(Code{std::string(kind)});
    record.day = on(day);
    return record;
  }
  void add_event(const OrgCode &owner, std::string_view day, std::string_view kind = "b") {
    shelf.put(event(owner, day, kind));
  }
  void add_zero(const OrgCode &owner, std::string_view category, std::string_view from,
                std::string_view to) {
    Record record = blank(book, "zero_return", owner);
    record.values[AtCategory] = Value(std::vector<Value>{Value(Code{std::string(category)})});
    record.values[AtZeroFrom] = Value(on(from));
    record.values[AtZeroTo] = Value(on(to));
    record.day = on(to);
    shelf.put(record);
  }
  Figure town(const std::string &id, std::string_view period = "2023") const {
    return shelf.figure(id, town_code, period, {}, {town_code});
  }
  Figure county(const std::string &id, std::string_view period = "2023") const {
    return shelf.figure(id, county_code, period, {}, {town_code, other_town});
  }

  catalog::Catalog book;
  Shelf shelf;
};

} // namespace

TEST_CASE("nothing recorded is no record; a zero needs a return for the whole period") {
  Office o;
  CHECK(o.town("failed").status == Is::NoRecord);
  CHECK(record::to_json(o.town("failed")).at("value").is_null());
  o.add_zero(town_code, "failed", "2023-01-01", "2023-11-30");
  CHECK(o.town("failed").status == Is::NoRecord);
  CHECK(o.town("failed", "2023-01..2023-11").status == Is::ConfirmedZero);
  CHECK(o.town("failed", "2023-Q4").status == Is::NoRecord);
  o.add_zero(town_code, "event", "2023-12-01", "2023-12-31"); // another category
  CHECK(o.town("failed").status == Is::NoRecord);
  o.add_zero(org("370306104D01"), "failed", "2023-12-01",
             "2023-12-31"); // from inside the same office
  auto zero = o.town("failed");
  CHECK(zero.status == Is::ConfirmedZero);
  CHECK(zero.value == 0);
  CHECK((zero.covered == 1 && zero.offices == 1));
  // No category, no zero, whatever is returned.
  CHECK(o.town("people").status == Is::NoRecord);
  // A record that was found after all counts.
  o.add_event(town_code, "2023-05-05", "a");
  CHECK(o.town("failed").status == Is::Counted);
  CHECK(o.town("failed").value == 1);
  CHECK(o.town("failed", "2023-06..2023-08").status == Is::ConfirmedZero);
}

TEST_CASE("zeros of cut months need a return over the days") {
  Office o;
  o.add_zero(town_code, "failed", "2023-01-01", "2023-10-20");
  CHECK(o.town("failed", "2023-01..2023-09").status == Is::ConfirmedZero);
  CHECK(o.town("failed", "2023-01..2023-10").status == Is::NoRecord);
  CHECK(o.town("failed", "2023-01-01..2023-10-20").status == Is::ConfirmedZero);
  CHECK(o.town("failed", "2023-01-01..2023-10-21").status == Is::NoRecord);
  CHECK(o.town("failed", "2023-03-05..2023-03-09").status == Is::ConfirmedZero);
  CHECK(o.town("failed", "2022-12-31..2023-03-09").status == Is::NoRecord);
}

TEST_CASE("a sub-count without members among counted records is no zero, but a rate of 0 is one") {
  Office o;
  for (int i = 0; i < 4; ++i) o.add_event(town_code, "2023-05-05", "b");
  CHECK(o.town("failed").status == Is::NoRecord);
  auto rate = o.town("failed_rate");
  CHECK(rate.status == Is::Counted);
  CHECK((rate.numerator == 0 && rate.denominator == 4));
  CHECK(rate.number() == "0");
  // Nobody has looked into the other ledger.
  CHECK(o.town("members_rate").status == Is::NoRecord);
  CHECK(o.town("failed_rate", "2022").status == Is::Undefined);
  CHECK(record::to_json(o.town("failed_rate", "2022")).at("value").is_null());
  o.add_event(town_code, "2023-06-01", "a");
  CHECK(o.town("failed_rate").number() == "20");
  CHECK(o.town("failed_rate").numerator_id == "failed");
}

TEST_CASE("a rate of deadlines met is no 0 % while nobody has judged them") {
  Office o;
  for (auto &indicator : o.book.indicators) {
    if (indicator.id != "failed") continue;
    indicator.where = Predicate();
    indicator.where.kind = Predicate::Kind::Compare;
    indicator.where.field.kind = FieldRef::Kind::Met;
    indicator.where.any_of.emplace_back();
    indicator.where.any_of.back().literal = Value(std::string("PEN.DECIDE"));
  }
  std::optional<bool> outcome;
  o.shelf.met([&](const std::string &, const Record &) { return outcome; });
  o.add_event(town_code, "2023-05-05");
  CHECK(o.town("failed_rate").status == Is::NoRecord);
  outcome = true;
  o.add_event(town_code, "2023-05-06");
  CHECK(o.town("failed_rate").number() == "50");
}

TEST_CASE("a county: partial until every office has recorded or confirmed") {
  Office o;
  CHECK(o.county("events").status == Is::NoRecord);
  o.add_event(town_code, "2023-05-05");
  o.add_event(town_code, "2023-06-05");
  auto partial = o.county("events");
  CHECK(partial.status == Is::Partial);
  CHECK(partial.value == 2);
  CHECK((partial.covered == 1 && partial.offices == 2));
  CHECK(o.county("failed_rate").status == Is::Partial);
  o.add_zero(other_town, "event", "2023-01-01", "2023-12-31");
  CHECK(o.county("events").status == Is::Counted);
  CHECK(o.county("people").status == Is::NoRecord);
  // A zero of the county is the zero of each office.
  o.add_zero(town_code, "failed", "2023-01-01", "2023-12-31");
  auto zero = o.county("failed");
  CHECK(zero.status == Is::NoRecord);
  CHECK((zero.covered == 1 && zero.offices == 2));
  o.add_zero(other_town, "failed", "2023-01-01", "2023-12-31");
  CHECK(o.county("failed").status == Is::ConfirmedZero);
  // Departments and villages stand for their township, an unexpected office for itself.
  o.add_event(org("370306105D02"), "2023-07-01");
  auto all = o.county("events");
  CHECK((all.status == Is::Counted && all.covered == 2 && all.offices == 2 && all.value == 3));
  o.add_event(org("370306"), "2023-07-01");
  CHECK(o.county("events").offices == 3);
  // Whoever kept the ledger has looked, also for a part of it.
  o.add_event(town_code, "2023-08-01", "a");
  CHECK(o.county("failed").status == Is::Counted);
  // Unknown offices confirm nothing.
  CHECK(o.shelf.figure("failed", county_code, "2023-Q1").status == Is::NoRecord);
}

TEST_CASE("stocks stand on the last day of the period") {
  Office o;
  auto member = [&](std::string_view from, std::string_view to) {
    Record record = blank(o.book, "roster", town_code);
    record.values[AtFrom] = Value(on(from));
    if (!to.empty()) record.values[AtTo] = Value(on(to));
    record.values[AtLevel] = Value(Code{"a"});
    record.values[AtVillage] = Value(org("370306104201"));
    record.day = on(from);
    o.shelf.put(record);
  };
  member("2020-01-01", "");
  member("2023-01-01", "2023-12-31");
  member("2023-06-10", "2023-06-20");
  CHECK(o.town("members", "2023").value == 2);
  CHECK(o.town("members", "2024-01").value == 1);
  CHECK(o.town("members", "2023-06").value == 2);
  CHECK(o.town("members", "2023-06-01..2023-06-09").value == 2);
  CHECK(o.town("members", "2023-06-01..2023-06-10").value == 3);
  CHECK(o.town("members", "2023-06-20").value == 3);
  CHECK(o.town("members", "2023-06-21").value == 2);
  CHECK(o.town("members", "2019").status == Is::NoRecord);
  CHECK(o.shelf.figure("least_members", town_code, "2023", {org("370306104201")}, {town_code})
            .value == 2);
  auto least = o.shelf.figure("least_members", town_code, "2023",
                              {org("370306104201"), org("370306104202")}, {town_code});
  CHECK((least.value == 0 && least.status == Is::Counted));
  CHECK(o.town("least_members").status == Is::Undefined); // no village in the tree
  CHECK(o.shelf.figure("least_members", town_code, "2019", {org("370306104201")}, {town_code})
            .status == Is::NoRecord);
}

TEST_CASE("coverage over villages leaves communities out and divides by the tree") {
  Office o;
  auto record = o.event(town_code, "2023-05-05");
  record.values[AtVillages] =
      Value(std::vector<Value>{Value(org("370306104201")), Value(org("370306104001"))});
  o.shelf.put(record);
  std::vector<OrgCode> villages = {org("370306104201"), org("370306104202")};
  auto coverage = o.shelf.figure("coverage", town_code, "2023", villages, {town_code});
  CHECK((coverage.numerator == 1 && coverage.denominator == 2));
  CHECK(coverage.number() == "50");
  CHECK(coverage.denominator_id == "@villages");
  CHECK(o.shelf.figure("villages", town_code, "2023", villages, {town_code}).value == 1);
  CHECK(o.town("villages").value == 2); // no tree, nothing to leave out
  CHECK(o.town("coverage").status == Is::Undefined);
  // The ledger was kept, but at no village: 0 of 2. Not kept at all: no record.
  Office p;
  p.add_event(town_code, "2023-05-05");
  CHECK(p.shelf.figure("coverage", town_code, "2023", villages, {town_code}).number() == "0");
  CHECK(p.shelf.figure("coverage", town_code, "2022", villages, {town_code}).status ==
        Is::NoRecord);
}

TEST_CASE("cohorts count the outcomes up to the period's end, not those after it") {
  Office o;
  auto record = o.event(town_code, "2023-03-15");
  record.values[AtDone] = Value(on("2023-07-10"));
  o.shelf.put(record);
  o.add_event(town_code, "2023-04-01");
  CHECK(o.town("settled", "2023").value == 1);
  CHECK(o.town("settled", "2023-H1").status == Is::NoRecord);
  CHECK(o.town("settled_rate", "2023-H1").number() == "0");
  CHECK(o.town("settled", "2023-01-01..2023-07-10").value == 1);
  CHECK(o.town("settled", "2023-01-01..2023-07-09").status == Is::NoRecord);
  CHECK(o.town("settled", "2023-03-10..2023-07-31").value == 1);
  CHECK(o.town("settled", "2024").status == Is::NoRecord);
  CHECK(o.town("settled_rate").number() == "50");
}

TEST_CASE("groups: largest first, then by rank; labels, units; totals") {
  Office o;
  for (const char *kind : {"c", "a", "b", "b"}) o.add_event(town_code, "2023-05-05", kind);
  auto events = o.town("events");
  std::vector<std::string> kinds;
  for (const auto &group : events.groups)
    if (group.dimension == "kind") kinds.push_back(group.label + std::to_string(group.value));
  CHECK(kinds == std::vector<std::string>{"码b2", "码a1", "码c1"});
  for (const auto &group : events.groups)
    if (group.dimension == "urgent")
      CHECK((group.code == "false" && group.label == "否" && group.value == 4));

  auto record = o.event(town_code, "2023-06-01");
  record.values[AtPeople] = Value(Count{30});
  record.values[AtFee] = Value(Money::from_fen(12'345));
  record.values[AtLines] = Value(std::vector<Row>{Row{{Value(Code{"book"}), Value(Count{1600})}}});
  record.values[AtVillages] = Value(std::vector<Value>{Value(org("370306104201"))});
  o.shelf.put(record);
  auto copies = o.town("copies");
  CHECK(copies.unit == "本"); // only books: one unit
  CHECK(copies.groups.at(0).unit == "本");
  record.id = SeededIds(5).next();
  record.values[AtLines] = Value(std::vector<Row>{Row{{Value(Code{"banner"}), Value(Count{19})}}});
  o.shelf.put(record);
  copies = o.town("copies");
  CHECK(copies.unit.empty()); // 本 and 幅 have no sum to print
  CHECK((copies.groups.at(1).unit == "幅" && copies.groups.at(1).value == 19));
  auto fee = o.town("fee");
  CHECK((fee.unit == "元" && fee.scale == 100 && fee.number() == "246.9"));
  CHECK(o.town("effort").value == 60);
  CHECK(o.town("effort").status == Is::Counted);
  CHECK(o.town("effort", "2022").status == Is::NoRecord);

  // Names of offices come from outside.
  auto made = plan(o.book, {town_code, Period::year(2023), {"by_village"}});
  Evidence evidence;
  evidence.offices = {town_code};
  for (const auto &query : made->tallies)
    for (auto &row : o.shelf.tallies(query)) evidence.rows.push_back(std::move(row));
  evidence.name_of = [](const catalog::Dimension &, const std::string &code) {
    return "村" + code.substr(9);
  };
  CHECK(compute(o.book, {town_code, Period::year(2023), {"by_village"}}, evidence)
            .at(0)
            .groups.at(0)
            .label == "村201");
}

TEST_CASE("a total is a confirmed zero only if all its terms are") {
  Office o;
  o.add_zero(town_code, "failed", "2023-01-01", "2023-12-31");
  CHECK(o.town("bad").status == Is::NoRecord);
  o.add_zero(town_code, "event", "2023-01-01", "2023-12-31");
  CHECK(o.town("bad").status == Is::ConfirmedZero);
  o.add_event(town_code, "2023-04-01");
  CHECK((o.town("bad").status == Is::Counted && o.town("bad").value == 1));
}

TEST_CASE("plans: whole months need no look at records; faults of the request") {
  auto book = ledgers();
  auto whole = plan(book, {town_code, Period::year(2023), {}});
  REQUIRE(whole.has_value());
  CHECK(whole->sweeps.empty());
  CHECK(whole->tallies.size() == 3); // flows, zeros, stocks
  CHECK_FALSE(whole->tallies[0].by_org);
  CHECK(plan(book, {county_code, Period::year(2023), {}})->tallies[0].by_org);
  CHECK(whole->villages);
  CHECK_FALSE(plan(book, {town_code, Period::year(2023), {"events"}})->villages);
  auto cut = plan(book, {town_code, *Period::parse("2023-01-01..2023-10-20"), {"people"}});
  REQUIRE(cut.has_value());
  CHECK_FALSE(cut->sweeps.empty());
  // The record's own day bounds what is read where all figures asked for follow it; here visits and
  // `done` do not.
  CHECK(candidates(book, *book.indicator("events"), town_code, Period::year(2023)).period ==
        Period::year(2023));
  CHECK_FALSE(
      candidates(book, *book.indicator("done"), town_code, Period::year(2023)).period.has_value());

  auto unknown = plan(book, {town_code, Period::year(2023), {"event", "zzz"}});
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == ErrorCode::NotFound);
  CHECK(unknown.error().problems.size() == 2);
  CHECK(unknown.error().message.find("did you mean \"events\"") != std::string::npos);
  Period empty{on("2023-05-01"), on("2023-05-01")};
  CHECK(plan(book, {town_code, empty, {}}).error().code == ErrorCode::Invalid);
}

TEST_CASE("a catalog that goes round in a circle, which the loader refuses, still ends") {
  auto book = ledgers();
  for (auto &indicator : book.indicators)
    if (indicator.id == "bad") indicator.terms = {"bad", "effort"};
  Evidence evidence;
  evidence.offices = {town_code};
  CHECK(compute(book, {town_code, Period::year(2023), {"bad"}}, evidence).at(0).status ==
        Is::NoRecord);
  CHECK(leaves(book, *book.indicator("bad")).size() == 2);
}
