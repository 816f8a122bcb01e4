#include "record/figure.h"

#include <doctest/doctest.h>

using namespace yifa;
using record::Figure;

namespace {

Figure percent(std::int64_t of, std::int64_t over) {
  Figure figure;
  figure.ratio = figure.percent = true;
  figure.status = Figure::Status::Counted;
  figure.numerator = of;
  figure.denominator = over;
  figure.unit = "%";
  figure.period = Period::year(2023);
  return figure;
}

Figure plain(std::int64_t value, std::int64_t scale = 1, std::string unit = "件") {
  Figure figure;
  figure.status = Figure::Status::Counted;
  figure.value = value;
  figure.scale = scale;
  figure.unit = std::move(unit);
  figure.period = Period::year(2023);
  return figure;
}

} // namespace

TEST_CASE("percents: one decimal, half up, 100 and 0 only when exact") {
  CHECK(percent(216, 219).number() == "98.6");
  CHECK(percent(219, 219).number() == "100");
  CHECK(percent(1, 2).number() == "50");
  CHECK(percent(1, 3).number() == "33.3");
  CHECK(percent(2, 3).number() == "66.7");
  CHECK(percent(1, 8).number() == "12.5");
  CHECK(percent(1235, 10000).number() == "12.4"); // 12.35
  CHECK(percent(9999, 10000).number() == "99.9");
  CHECK(percent(99'999'999, 100'000'000).number() == "99.9");
  CHECK(percent(0, 7).number() == "0");
  CHECK(percent(1, 3000).number() == "0.03");
  CHECK(percent(11, 10).number() == "110");
  CHECK(percent(INT64_MAX, INT64_MAX).number() == "100");
  CHECK(percent(INT64_MAX - 1, INT64_MAX).number() == "99.9");
  CHECK(percent(1, 0).number() == "0"); // undefined figures are not printed; nothing breaks
  CHECK(percent(216, 219).comparable() == *Decimal::parse("98.6"));
}

TEST_CASE("other numbers") {
  CHECK(plain(219).number() == "219");
  CHECK(plain(0).number() == "0");
  CHECK(plain(123450, 100, "元").number() == "1234.5");
  CHECK(plain(1'860'000, 100, "万元").number() == "1.86");
  CHECK(plain(1'865'000, 100, "万元").number() == "1.87");
  CHECK(plain(12'500'000, 1'000'000, "亩").number() == "12.5");
  CHECK(plain(-12'500'000, 1'000'000, "亩").number() == "-12.5");
  CHECK(plain(INT64_MIN, 1).number() == "-9223372036854775808");
  CHECK(plain(219).comparable() == Decimal::from_int(219));
  CHECK(plain(123450, 100, "元").comparable() == *Decimal::parse("1234.5"));
  Figure per = percent(47, 20);
  per.percent = false;
  CHECK(per.number() == "2.35");
  // Terms of unlike scales: 12.5 亩 over 5 户.
  per = percent(12'500'000, 5);
  per.percent = false;
  per.numerator_scale = 1'000'000;
  CHECK(per.number() == "2.5");
}

TEST_CASE("a figure as JSON: nothing stated is null, and three forms of a rate") {
  auto out = record::to_json(percent(216, 219));
  CHECK(json::serialize(out.at("numerator")) == "216");
  CHECK(json::serialize(out.at("denominator")) == "219");
  CHECK(pretty(out).find("\"value\": 98.6,") != std::string::npos);
  CHECK(out.at("status") == "counted");
  CHECK(canonical(out.at("period")) == R"({"from":"2023-01-01","to":"2024-01-01"})");

  Figure none = plain(0);
  none.status = Figure::Status::NoRecord;
  CHECK(record::to_json(none).at("value").is_null());
  CHECK(record::to_json(none).at("status") == "no_record");
  none.status = Figure::Status::ConfirmedZero;
  CHECK(record::to_json(none).at("value") == 0);
  CHECK(none.zero());
  Figure rate = percent(0, 0);
  rate.status = Figure::Status::Undefined;
  CHECK(record::to_json(rate).at("value").is_null());
  CHECK(record::to_json(rate).at("numerator").is_null());
  CHECK_FALSE(rate.zero());

  Figure fine = plain(123450, 100, "元");
  CHECK(record::to_json(fine).at("value") == 123450);
  CHECK(record::to_json(fine).at("unit") == "分");
  Figure area = plain(12'500'000, 1'000'000, "亩");
  area.groups = {{"kind", "land", "土地", "土地", "亩", 2'500'000}};
  CHECK(record::to_json(area).at("value") == 12.5);
  CHECK(record::to_json(area).at("group").as_array().at(0).at("value") == 2.5);
}
