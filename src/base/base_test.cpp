#include "base/date.h"
#include "base/id.h"
#include "base/json.h"
#include "base/org_code.h"
#include "base/quantity.h"
#include "base/text.h"

#include <doctest/doctest.h>

using namespace yifa;

TEST_CASE("dates are read as people write them and refused when they are no day") {
  for (const char *written : {"2023-03-05", "2023-3-5", "2023/3/5", "2023.3.5", "20230305",
                              "2023年3月5日", "２０２３年３月５日", " 2023-03-05 "})
    CHECK_MESSAGE(Date::parse_lenient(written)->text() == "2023-03-05", written);
  for (const char *written :
       {"2023-02-29", "2023-13-01", "23-3-5", "2023-3", "", "明天", "2023-3-5-6"})
    CHECK_MESSAGE(!Date::parse_lenient(written).has_value(), written);
  CHECK(!Date::parse("2023-3-5").has_value());
  CHECK(Date::parse("2024-02-29")->plus_months(12).text() == "2025-02-28");
  CHECK(Date::parse("2023-12-31")->plus_days(1).text() == "2024-01-01");
  CHECK(Date::parse("2023-03-05")->chinese() == "2023年3月5日");
  CHECK(Date::parse("2026-11-21")->weekday() == 5);
}

TEST_CASE("periods parse, print and step back a year") {
  for (const char *written :
       {"2023", "2023-03", "2023-01..2023-06", "2023-01-05..2023-02-10", "2023-03-07"})
    CHECK(Period::parse(written)->text() == written);
  CHECK(Period::parse("2023-Q2")->text() == "2023-04..2023-06");
  CHECK(Period::parse("2023-H2")->to.text() == "2024-01-01");
  CHECK(Period::parse("2023")->year_before().text() == "2022");
  for (const char *written : {"", "23", "2023-Q5", "2023-06..2023-01", "2023-13", "all"})
    CHECK_MESSAGE(!Period::parse(written).has_value(), written);
}

TEST_CASE("moments are kept in the zone of the country") {
  CHECK(Moment::parse("2023-03-15T09:30")->text() == "2023-03-15T09:30:00+08:00");
  CHECK(Moment::parse("1970-01-01T08:00")->unix_seconds() == 0);
  CHECK(Moment::parse("2023-03-15T00:10")->date().text() == "2023-03-15");
  CHECK(!Moment::parse("2023-03-15T24:00").has_value());
}

TEST_CASE("organisation codes know their level and their subtree") {
  CHECK(OrgCode::parse("370306104")->level() == OrgLevel::Township);
  CHECK(OrgCode::parse("370306000000")->text() == "370306");
  CHECK(OrgCode::parse("370306104D01")->level() == OrgLevel::Department);
  CHECK(OrgCode::parse("370306104D01")->parent().text() == "370306104");
  CHECK(OrgCode::parse("370306104205")->parent().text() == "370306104");
  CHECK(OrgCode::parse("441900003")->level() == OrgLevel::Township); // a town directly under a city
  for (const char *bad :
       {"", "3", "37030", "3703061040", "abc", "000306", "370306104D", "370306104X01"})
    CHECK_MESSAGE(!OrgCode::parse(bad).has_value(), bad);
  auto town = *OrgCode::parse("370306104");
  CHECK(town.first() <= "370306104D01");
  CHECK("370306104D01" < town.end());
  CHECK("370306104205" < town.end());
  CHECK(town.end() < "370306105");
}

TEST_CASE("amounts and counts") {
  CHECK(Money::parse("1,234.5")->fen() == 123450);
  CHECK(Money::parse("１．２万元")->fen() == 1200000);
  CHECK(!Money::parse("1.234").has_value());
  CHECK(!Money::parse("-3").has_value());
  CHECK(Money::from_fen(123450).chinese_capitals() == "壹仟贰佰叁拾肆元伍角整");
  CHECK(Money::from_fen(10000000).chinese_capitals() == "壹拾万元整");
  CHECK(Money::from_fen(1000100000005).chinese_capitals() == "壹佰亿零壹佰万元零伍分");
  CHECK(Money::from_fen(0).chinese_capitals() == "零元整");
  CHECK(*parse_count("2万") == 20000);
  CHECK(*parse_count("12,345") == 12345);
  for (const char *bad : {"1.5", "-1", "12,34", "十", "", "1e3", "99999999999999999999"})
    CHECK_MESSAGE(!parse_count(bad).has_value(), bad);
  CHECK(Decimal::parse("98.60")->text() == "98.6");
}

TEST_CASE("text") {
  CHECK(text::valid_utf8("依法🏯"));
  CHECK(!text::valid_utf8("\xC0\x80"));
  CHECK(!text::valid_utf8("\xED\xA0\x80"));
  CHECK(!text::valid_utf8("\xE4\xBE"));
  CHECK(text::length("依法a") == 3);
  CHECK(text::width("依法a") == 5);
  CHECK(text::to_half_width("Ａ１，　") == "A1, ");
  CHECK(text::trim("\xEF\xBB\xBF　依法 \n") == "依法");
  CHECK(text::chinese_number(10) == "十");
  CHECK(text::chinese_number(21) == "二十一");
  CHECK(text::chinese_number(105) == "一百零五");
  CHECK(text::nearest("requre", {"require", "must"}) == "require");
  CHECK(text::nearest("x", {"require"}).empty());
}

TEST_CASE("ids sort by their making and read back") {
  RandomIds ids;
  auto a = ids.next();
  auto b = ids.next();
  CHECK(a < b);
  for (int i = 0; i < 20'000; ++i) { // more than a millisecond's count holds
    a = b;
    b = ids.next();
    REQUIRE(a < b);
  }
  CHECK(RecordId::parse(a.text()).value() == a);
  CHECK(!RecordId::parse("not-an-id").has_value());
  CHECK(SeededIds(7).next() == SeededIds(7).next());
}

TEST_CASE("JSON errors are addressed and canonical JSON sorts keys") {
  CHECK(parse_json("{\"a\": [1, }").error().message.find("line 1, column") != std::string::npos);
  CHECK(!parse_json("1 2").has_value());
  CHECK(canonical(*parse_json("{\"b\":1,\"a\":{\"d\":2,\"c\":[1,2]}}")) ==
        "{\"a\":{\"c\":[1,2],\"d\":2},\"b\":1}");
}

TEST_CASE("A clock that is behind shows the day of the examples and the hour of the wall") {
  const SystemClock true_clock;
  const SystemClock behind(1000);
  const auto apart = true_clock.now().unix_seconds() - behind.now().unix_seconds();
  CHECK(apart >= 1000LL * 24 * 3600 - 5);
  CHECK(apart <= 1000LL * 24 * 3600);
  CHECK(std::abs(behind.wall().unix_seconds() - true_clock.wall().unix_seconds()) <= 5);
}
