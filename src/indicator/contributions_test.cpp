#include "indicator/sample_ledgers.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::indicator;
using namespace yifa::indicator::sample;

namespace {

/// "indicator/dimension=group month value" of one indicator, for reading in a test.
std::vector<std::string> shown(const catalog::Catalog &book, const Record &record,
                               std::string_view indicator) {
  record::Surroundings around;
  around.catalog = &book;
  std::vector<std::string> out;
  for (const auto &c : contributions(book, *book.type(record.type), record, around)) {
    if (c.indicator != indicator) continue;
    std::string group = c.group;
    for (char &ch : group)
      if (ch == '\x1e' || ch == '\x1f') ch = '|';
    out.push_back(c.dimension + "=" + group + " " + c.month.text() + (c.stock ? " stock " : " ") +
                  std::to_string(c.value));
  }
  return out;
}

using Lines = std::vector<std::string>;

Value codes(std::vector<std::string> words) {
  std::vector<Value> values;
  for (auto &word : words) values.emplace_back(Code{word});
  return Value(values);
}

Record event(const catalog::Catalog &book, std::string_view held) {
  Record record = blank(book, "event", org("370306104"));
  record.values[AtHeld] = Value(on(held));
  record.day = on(held);
  return record;
}

} // namespace

TEST_CASE("an event on three laws is one event under each topic, and once under their common top") {
  auto book = ledgers();
  auto record = event(book, "2023-03-15");
  record.values[AtTopics] = codes({"civil", "penal", "safety"});
  record.values[AtKind] = Value(Code{"b"});
  CHECK(shown(book, record, "events") == Lines{"= 2023-03 1", "kind=b 2023-03 1",
                                               "topics=law 2023-03 1", "topics=safety 2023-03 1",
                                               "urgent=false 2023-03 1"});
  CHECK(shown(book, record, "failed").empty());
  record.values[AtHeld] = Value();
  CHECK(shown(book, record, "events").empty());
  record = event(book, "2023-03-15");
  record.withdrawn = true;
  CHECK(shown(book, record, "events").empty());
}

TEST_CASE("sums: the unit's smallest part; what is not filled adds nothing") {
  auto book = ledgers();
  auto record = event(book, "2023-03-15");
  CHECK(shown(book, record, "people").empty());
  record.values[AtPeople] = Value(Count{120});
  record.values[AtFee] = Value(Money::from_fen(12'345));
  record.values[AtArea] = Value(Decimal::from_millionths(2'500'000));
  CHECK(shown(book, record, "people") == Lines{"= 2023-03 120"});
  CHECK(shown(book, record, "fee") == Lines{"= 2023-03 12345"});
  CHECK(shown(book, record, "area") == Lines{"= 2023-03 2500000"});
  record.values[AtPeople] = Value(Count{0});
  CHECK(shown(book, record, "people").empty());
}

TEST_CASE("lines are counted and summed one by one, under their own condition and groups") {
  auto book = ledgers();
  auto record = event(book, "2023-03-15");
  record.values[AtKind] = Value(Code{"c"});
  record.values[AtLines] = Value(std::vector<Row>{Row{{Value(Code{"book"}), Value(Count{100})}},
                                                  Row{{Value(Code{"banner"}), Value(Count{3})}},
                                                  Row{{Value(Code{"book"}), Value()}}});
  CHECK(shown(book, record, "papers") ==
        Lines{"= 2023-03 2", "kind=c 2023-03 2", "lines.kind=book 2023-03 2"});
  CHECK(shown(book, record, "copies") ==
        Lines{"= 2023-03 103", "lines.kind=banner 2023-03 3", "lines.kind=book 2023-03 100"});
}

TEST_CASE("parts count by their own day, withdrawn ones not, and may look at their owner") {
  auto book = ledgers();
  auto record = event(book, "2023-03-15");
  record.values[AtKind] = Value(Code{"a"});
  record.values[AtUrgent] = Value(true);
  for (const char *day : {"2023-04-01", "2023-05-01", "2023-04-20"}) {
    record::PartRecord part;
    part.part = 0;
    part.values = {Value(on(day)), Value(Code{"b"}), Value(Count{2})};
    record.parts.push_back(part);
  }
  record.parts[1].withdrawn = true;
  CHECK(shown(book, record, "visits") ==
        Lines{"= 2023-04 2", "owner.kind=a 2023-04 2", "result=b 2023-04 2"});
  CHECK(shown(book, record, "hours") == Lines{"= 2023-04 4"});
  record.values[AtUrgent] = Value();
  CHECK(shown(book, record, "hours").empty());
}

TEST_CASE("stocks: from their month on, through the last day in force") {
  auto book = ledgers();
  auto member = [&](std::string_view from, std::string_view to, std::string_view gone = "") {
    Record record = blank(book, "roster", org("370306104"));
    record.values[AtFrom] = Value(on(from));
    if (!to.empty()) record.values[AtTo] = Value(on(to));
    if (!gone.empty()) record.values[AtGone] = Value(on(gone));
    return record;
  };
  using L = Lines;
  CHECK(shown(book, member("2023-01-01", ""), "members") == L{"= 2023-01 stock 1"});
  // A term to the last day of December is in force on that day and gone in January.
  CHECK(shown(book, member("2023-01-01", "2023-12-31"), "members") ==
        L{"= 2023-01 stock 1", "= 2024-01 stock -1"});
  CHECK(shown(book, member("2023-01-01", "2023-12-30"), "members") ==
        L{"= 2023-01 stock 1", "= 2023-12 stock -1"});
  CHECK(shown(book, member("2023-01-01", "2023-12-31", "2023-06-15"), "members") ==
        L{"= 2023-01 stock 1", "= 2023-06 stock -1"}); // the earlier end counts
  CHECK(shown(book, member("2023-03-05", "2023-03-20"), "members")
            .empty()); // never in force on a last day
  CHECK(
      shown(book, member("2023-03-05", "2023-02-20"), "members").empty()); // ended before it began
  auto suspended = member("2023-01-01", "");
  suspended.values[AtSuspended] = Value(true);
  CHECK(shown(book, suspended, "members").empty());
  auto seated = member("2023-01-01", "2023-04-30");
  seated.values[AtSeats] = Value(Count{5});
  CHECK(shown(book, seated, "seats") == L{"= 2023-01 stock 5", "= 2023-05 stock -5"});
}

TEST_CASE("distinct keys and cohorts") {
  auto book = ledgers();
  auto record = event(book, "2023-03-15");
  record.values[AtVillages] =
      Value(std::vector<Value>{Value(org("370306104201")), Value(org("370306104202"))});
  record.values[AtKind] = Value(Code{"a"});
  CHECK(shown(book, record, "villages") ==
        Lines{"==370306104201 2023-03 1", "==370306104202 2023-03 1",
              "=kind=a|370306104201 2023-03 1", "=kind=a|370306104202 2023-03 1"});
  CHECK(shown(book, record, "settled").empty());
  record.values[AtDone] = Value(on("2024-01-05"));
  CHECK(shown(book, record, "settled") == Lines{"=|24288 2023-03 1", "kind=a|24288 2023-03 1"});
}

TEST_CASE("zero returns cover whole months, while they hold") {
  auto book = ledgers();
  auto zero = [&](std::string_view from, std::string_view to) {
    Record record = blank(book, "zero_return", org("370306104"));
    record.values[AtCategory] = codes({"failed"});
    record.values[AtZeroFrom] = Value(on(from));
    record.values[AtZeroTo] = Value(on(to));
    return record;
  };
  CHECK(shown(book, zero("2023-01-01", "2023-02-28"), "@zero") ==
        Lines{"category=failed 2023-01 1", "category=failed 2023-02 1"});
  CHECK(shown(book, zero("2023-01-02", "2023-03-30"), "@zero") ==
        Lines{"category=failed 2023-02 1"});
  CHECK(shown(book, zero("2023-01-02", "2023-01-31"), "@zero").empty());
  CHECK(shown(book, zero("2023-03-01", "2023-02-28"), "@zero").empty());
  CHECK(shown(book, zero("1901-01-01", "9999-12-31"), "@zero").size() == 1200);
  auto record = zero("2023-01-01", "2023-12-31");
  CHECK(shown(book, record, "@zero").size() == 12);
  record.values[AtVoid] = Value(true);
  CHECK(shown(book, record, "@zero").empty());
}

TEST_CASE("difference") {
  using record::Contribution;
  Contribution a{"x", "", "", Month(2023, 1), false, 3};
  Contribution b{"x", "", "", Month(2023, 2), false, 1};
  Contribution changed = a;
  changed.value = 5;
  CHECK(difference({a, b}, {a, b}).empty());
  auto moves = difference({a, b}, {changed});
  REQUIRE(moves.size() == 2);
  CHECK(moves[0].value == 2);
  CHECK(moves[1].value == -1);
}
