#include "procedure/reckon.h"

#include <random>

#include <doctest/doctest.h>

namespace yifa::procedure {
namespace {

using catalog::Deadline;

Date day(const char *text) { return Date::parse(text).value(); }

/// A year with one holiday over a weekend and a make-up Saturday; the years around it are plain.
catalog::Catalog small() {
  catalog::Catalog out;
  for (int year = 2019; year <= 2031; ++year) out.calendars[year].year = year;
  auto &year = out.calendars[2024];
  for (const char *off : {"2024-02-10", "2024-02-11", "2024-02-12", "2024-02-13"})
    year.off[day(off)] = "春节";
  year.work[day("2024-02-17")] = "春节";
  return out;
}

Deadline rule(Deadline::Kind kind, std::int64_t amount, Deadline::Unit unit) {
  Deadline out;
  out.id = "TEST";
  out.kind = kind;
  out.amount = amount;
  out.unit = unit;
  return out;
}

Reckoning worked(const Deadline &limit, const char *from, std::vector<Stretch> pauses = {},
                 std::vector<Extension> extensions = {}) {
  static const catalog::Catalog kCatalog = small();
  return reckon(limit, {day(from), std::move(pauses), std::move(extensions), false},
                Calendar(kCatalog))
      .value();
}

} // namespace

TEST_CASE("the day of the event is not counted") {
  auto ten = rule(Deadline::Kind::Within, 10, Deadline::Unit::Days);
  CHECK(worked(ten, "2024-02-20").due == day("2024-03-01"));
  auto same = rule(Deadline::Kind::Within, 0, Deadline::Unit::Days);
  CHECK(worked(same, "2024-02-20").due == day("2024-02-20"));
}

TEST_CASE("working days pass over holidays and count make-up days, each with its reason") {
  auto five = rule(Deadline::Kind::Within, 5, Deadline::Unit::Workdays);
  auto got = worked(five, "2024-02-09"); // a Friday
  // 10-13 off, 14 15 16 work, 17 is a make-up Saturday, 18 Sunday, 19 works.
  CHECK(got.due == day("2024-02-19"));
  CHECK(got.counted == 5);
  REQUIRE(got.skipped.size() == 5);
  CHECK(got.skipped.front().why == "春节");
  CHECK(got.skipped.back().why == "星期日");
  REQUIRE(got.made_up.size() == 1);
  CHECK(got.made_up[0].day == day("2024-02-17"));
  CHECK(got.made_up[0].why == "春节调休上班");
}

TEST_CASE("months end on the same number or the month's last day, years over a leap day") {
  auto month = rule(Deadline::Kind::Within, 1, Deadline::Unit::Months);
  CHECK(worked(month, "2024-01-31").due == day("2024-02-29"));
  CHECK(worked(month, "2023-01-31").due == day("2023-02-28"));
  auto year = rule(Deadline::Kind::Within, 1, Deadline::Unit::Years);
  CHECK(worked(year, "2024-02-29").due == day("2025-02-28"));
}

TEST_CASE("only what the statute rolls is rolled") {
  auto ten = rule(Deadline::Kind::Within, 10, Deadline::Unit::Days);
  CHECK(worked(ten, "2024-03-06").due == day("2024-03-16")); // a Saturday
  ten.roll = true;
  auto got = worked(ten, "2024-03-06");
  CHECK(got.due == day("2024-03-18"));
  CHECK(got.rolled);
}

TEST_CASE("suspended days lie outside the count, overlapping ones once") {
  auto thirty = rule(Deadline::Kind::Within, 30, Deadline::Unit::Days);
  auto got =
      worked(thirty, "2024-03-01",
             {{day("2024-03-10"), day("2024-03-14")}, {day("2024-03-12"), day("2024-03-16")}});
  CHECK(got.due == day("2024-04-07"));
  CHECK(got.skipped.size() == 7);
  auto month = rule(Deadline::Kind::Within, 1, Deadline::Unit::Months);
  CHECK(worked(month, "2024-03-01", {{day("2024-03-30"), day("2024-04-02")}}).due ==
        day("2024-04-05"));
  auto bad =
      reckon(thirty, {day("2024-03-01"), {{day("2024-03-05"), day("2024-03-04")}}, {}, false},
             Calendar(small()));
  CHECK_FALSE(bad);
}

TEST_CASE("an extension goes on from the due day and keeps both") {
  auto sixty = rule(Deadline::Kind::Within, 60, Deadline::Unit::Days);
  auto got = worked(sixty, "2024-03-01", {}, {{30, Deadline::Unit::Days}});
  CHECK(*got.unextended == day("2024-04-30"));
  CHECK(got.due == day("2024-05-30"));
}

TEST_CASE("what looks back, what must last, what must wait") {
  auto before = rule(Deadline::Kind::Before, 7, Deadline::Unit::Workdays);
  auto got = worked(before, "2024-02-19"); // 17, 16, 15, 14, 9, 8, 7
  CHECK(got.due == day("2024-02-07"));
  CHECK(satisfied(before, got, day("2024-02-07")));
  CHECK_FALSE(satisfied(before, got, day("2024-02-08")));
  auto lasts = rule(Deadline::Kind::Lasts, 30, Deadline::Unit::Days);
  CHECK_FALSE(satisfied(lasts, worked(lasts, "2024-03-01"), day("2024-03-30")));
  CHECK(satisfied(lasts, worked(lasts, "2024-03-01"), day("2024-03-31")));
  auto wait = rule(Deadline::Kind::NotBefore, 10, Deadline::Unit::Days);
  CHECK_FALSE(satisfied(wait, worked(wait, "2024-03-01"), day("2024-03-11")));
  CHECK(satisfied(wait, worked(wait, "2024-03-01"), day("2024-03-12")));
}

TEST_CASE("a fixed date is the day before it, unless it is included") {
  auto by = rule(Deadline::Kind::By, 0, Deadline::Unit::Days);
  by.month = 3;
  by.day = 1;
  by.of = "next_year";
  CHECK(worked(by, "2023-12-31").due == day("2024-02-29"));
  by.inclusive = true;
  by.of = "same_year";
  CHECK(worked(by, "2023-01-01").due == day("2023-03-01"));
}

TEST_CASE("a year without a notice is an error or a marked estimate, never a guess") {
  auto five = rule(Deadline::Kind::Within, 5, Deadline::Unit::Workdays);
  auto none = reckon(five, {day("2031-12-29"), {}, {}, false}, Calendar(small()));
  REQUIRE_FALSE(none);
  CHECK(none.error().message.find("2032") != std::string::npos);
  auto guess = reckon(five, {day("2031-12-29"), {}, {}, true}, Calendar(small()));
  REQUIRE(guess);
  CHECK(guess->estimated);
  CHECK(guess->due == day("2032-01-05"));
  auto plain = rule(Deadline::Kind::Within, 5, Deadline::Unit::Days);
  CHECK(reckon(plain, {day("2031-12-29"), {}, {}, false}, Calendar(small())).has_value());
}

TEST_CASE("a naive counter of days agrees on many random cases") {
  const auto catalog = small();
  const Calendar calendar(catalog);
  std::mt19937 chance(20240229);
  auto upto = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
  const int cases = std::getenv("YIFA_LONG") != nullptr ? 1'000'000 : 20'000;
  for (int n = 0; n < cases; ++n) {
    const bool workdays = upto(2) == 0;
    const bool back = upto(4) == 0;
    auto limit = rule(back ? Deadline::Kind::Before : Deadline::Kind::Within, upto(70),
                      workdays ? Deadline::Unit::Workdays : Deadline::Unit::Days);
    const Date from = day("2021-01-01").plus_days(upto(2500));
    std::vector<Stretch> pauses;
    for (int p = upto(3); p > 0; --p) {
      const Date begin = from.plus_days(upto(90) - 45);
      pauses.push_back({begin, begin.plus_days(upto(20))});
    }
    const auto got = reckon(limit, {from, pauses, {}, false}, calendar);
    REQUIRE(got);
    // From the definition: as many counted days lie between as the law says, the due day is one of
    // them, and nothing else was passed over.
    const int step = back ? -1 : 1;
    std::int64_t counted = 0;
    std::size_t passed = 0;
    bool last = true;
    for (std::int32_t at = from.days(); at != got->due.days();) {
      at += step;
      const auto here = Date::from_days(at);
      bool held = false;
      for (const auto &pause : pauses)
        held = held || (here.days() >= pause.from.days() && here.days() <= pause.to.days());
      const bool off = (at + 3) % 7 >= 5; // 1970-01-01 was a Thursday
      const auto &year = catalog.calendars.at(2024);
      const bool works = year.off.count(here) != 0 ? false : year.work.count(here) != 0 || !off;
      last = !held && (!workdays || works);
      counted += last ? 1 : 0;
      passed += last ? 0 : 1;
    }
    REQUIRE(counted == limit.amount);
    REQUIRE(last);
    REQUIRE(passed == got->skipped.size());
  }
}

} // namespace yifa::procedure
