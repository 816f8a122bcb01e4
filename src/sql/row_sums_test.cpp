#include "sql/row_sums.h"

#include <doctest/doctest.h>

using namespace yifa;
using sql::RowBytes;
using sql::RowSums;

namespace {

RowBytes row(std::string_view a, std::string_view b, std::int64_t n) {
  RowBytes made;
  made.add(a);
  made.add(b);
  made.add(n);
  return made;
}

RowSums sums() { return std::move(RowSums::make().value()); }

} // namespace

TEST_CASE("the same rows in another order are the same") {
  auto made = sums();
  for (int i = 0; i < 5000; ++i) made.expect(std::to_string(i), row("a", "b", i));
  for (int i = 5000; i-- > 0;) made.meet(std::to_string(i), row("a", "b", i));
  CHECK(made.same());
  CHECK(made.expected() == 5000);
  CHECK(made.met() == 5000);
}

TEST_CASE("one row other, missing, more or twice shows, and where") {
  for (const char *what : {"other", "missing", "more", "twice", "shifted"}) {
    CAPTURE(what);
    const std::string fault = what;
    auto made = sums();
    int led = 0;
    for (int i = 0; i < 5000; ++i) {
      const auto place = std::to_string(i);
      made.expect(place, row("ab", "c", i));
      const bool hit = i == 4321;
      if (hit && fault == "missing") continue;
      made.meet(place, hit && fault == "other"     ? row("ab", "d", i)
                       : hit && fault == "shifted" ? row("a", "bc", i)
                                                   : row("ab", "c", i));
      if (hit && fault == "twice") made.meet(place, row("ab", "c", i));
      if (hit && fault == "more") made.meet(place, row("x", "y", 0));
    }
    CHECK_FALSE(made.same());
    CHECK_FALSE(made.same_at("4321"));
    for (int i = 0; i < 5000; ++i) led += made.same_at(std::to_string(i)) ? 0 : 1;
    CHECK(led < 30); // the places of one bucket of a thousand
  }
}

TEST_CASE("each comparison has a key of its own") {
  auto one = sums();
  auto other = sums();
  one.expect("a", row("a", "b", 1));
  other.meet("a", row("a", "b", 1));
  CHECK_FALSE(one.same());
  CHECK_FALSE(other.same());
}
