#include "ooxml/number_format.h"

#include <doctest/doctest.h>

using namespace yifa::ooxml;

namespace {
constexpr NumberShape kDate{true, false, false, false}, kTime{false, true, false, false},
    kBoth{true, true, false, false}, kElapsed{false, true, true, false}, kPlain{},
    kPercent{false, false, false, true};
using Kind = DatedText::Kind;

std::string dated(double serial, const NumberShape &shape, Kind kind, bool from_1904 = false) {
  auto text = dated_text(serial, shape, from_1904);
  CHECK(text.kind == kind);
  return text.text;
}
} // namespace

TEST_CASE("format codes tell dates from numbers") {
  for (auto code :
       {"yyyy-mm-dd", "m/d/yy", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]yyyy\"年\"m\"月\"",
        "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "mmm", "dd", "aaaa", "e\"年\"", "YYYY/MM/DD"})
    CHECK_MESSAGE((shape_of_code(code) == kDate), code);
  for (auto code : {"h:mm", "h:mm AM/PM", "mm:ss", "上午/下午h\"时\"mm\"分\""})
    CHECK_MESSAGE((shape_of_code(code) == kTime), code);
  for (auto code : {"yyyy-mm-dd hh:mm", "m/d/yy h:mm", "yyyy\\-mm\\-dd\\ hh:mm:ss"})
    CHECK_MESSAGE((shape_of_code(code) == kBoth), code);
  for (auto code : {"[h]:mm", "[mm]:ss", "[ss]"})
    CHECK_MESSAGE((shape_of_code(code) == kElapsed), code);
  for (auto code :
       {"General", "General\"年\"", "0", "#,##0.00", "0.00E+00", "\"day\"0", "0;[Red]-0", "[Red]0",
        "[$¥-804]#,##0", "0\"m\"", "@", "", "_-* #,##0_-", "\\d0", "[Red", "\"open"})
    CHECK_MESSAGE((shape_of_code(code) == kPlain), code);
  CHECK(shape_of_code("0.0%") == kPercent);
}

TEST_CASE("built-in formats") {
  CHECK(shape_of_builtin(14) == kDate);
  CHECK(shape_of_builtin(31) == kDate);
  CHECK(shape_of_builtin(57) == kDate);
  CHECK(shape_of_builtin(20) == kTime);
  CHECK(shape_of_builtin(22) == kBoth);
  CHECK(shape_of_builtin(46) == kElapsed);
  CHECK(shape_of_builtin(0) == kPlain);
  CHECK(shape_of_builtin(49) == kPlain);
  CHECK(shape_of_builtin(10) == kPercent);
}

TEST_CASE("numbers print as a spreadsheet shows them") {
  CHECK(plain_number(12) == "12");
  CHECK(plain_number(-0.0) == "0");
  CHECK(plain_number(-3.5) == "-3.5");
  CHECK(plain_number(0.1 + 0.2) == "0.3");
  CHECK(plain_number(1234567.891) == "1234567.891");
  CHECK(plain_number(0.0000012) == "0.0000012");
  CHECK(plain_number(999999999999999.0) == "999999999999999");
  CHECK(plain_number(370306199001011234.0) == "370306199001011000");
  CHECK(plain_number(1e21) == "1000000000000000000000");
  CHECK(plain_number(99.999999999999999) == "100");
}

TEST_CASE("serial days in both calendars") {
  CHECK(dated(44990, kDate, Kind::Date) == "2023-03-05");
  CHECK(dated(44990 - 1462, kDate, Kind::Date, true) == "2023-03-05");
  CHECK(dated(1, kDate, Kind::Date) == "1900-01-01");
  CHECK(dated(59, kDate, Kind::Date) == "1900-02-28");
  CHECK(dated(61, kDate, Kind::Date) == "1900-03-01");
  CHECK(dated(0, kDate, Kind::Date, true) == "1904-01-01");
  CHECK(dated(2958465, kDate, Kind::Date) == "9999-12-31");
  CHECK(dated(60, kDate, Kind::Number) == "60"); // a day that never was
  CHECK(dated(0, kDate, Kind::Number) == "0");
  CHECK(dated(-1, kDate, Kind::Number) == "-1");
  CHECK(dated(2958466, kDate, Kind::Number) == "2958466");
  CHECK(dated(2958465, kDate, Kind::Number, true) == "2958465");
}

TEST_CASE("times of day, moments and durations") {
  CHECK(dated(44990.395833333336, kBoth, Kind::Moment) == "2023-03-05T09:30:00");
  CHECK(dated(44990.999999, kBoth, Kind::Date) == "2023-03-06"); // rounds up to midnight
  CHECK(dated(44990, kBoth, Kind::Date) == "2023-03-05");
  CHECK(dated(44990.5, kDate, Kind::Date) == "2023-03-05"); // as shown
  CHECK(dated(0.395833333333333, kTime, Kind::Time) == "09:30:00");
  CHECK(dated(0, kTime, Kind::Time) == "00:00:00");
  CHECK(dated(44990.5, kTime, Kind::Moment) == "2023-03-05T12:00:00");
  CHECK(dated(1.25, kElapsed, Kind::Time) == "30:00:00");
}
