#include "procedure/rhythm.h"

#include <doctest/doctest.h>

namespace yifa::procedure {

TEST_CASE("a stride is read as the catalog writes it") {
  const auto last = Date::parse("2024-01-31").value();
  const auto next = [&](const char *every) {
    const auto stride = period_of(every);
    return stride ? after(last, *stride).text() : std::string("none");
  };
  CHECK(next("week") == "2024-02-07");
  CHECK(next("15 days") == "2024-02-15");
  CHECK(next("month") == "2024-02-29"); // the last day of a shorter month
  CHECK(next("1 months") == "2024-02-29");
  CHECK(next("quarter") == "2024-04-30");
  CHECK(next("2 years") == "2026-01-31");
  CHECK(next("0 days") == "none");
  CHECK(next("fortnight") == "none");
  CHECK(next("x days") == "none");
}

} // namespace yifa::procedure
