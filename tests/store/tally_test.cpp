#include "store_under_test.h"

#include <map>
#include <random>

using namespace yifa;
using namespace yifa::testing;
using record::Contribution;
using record::TallyRow;

namespace {

Contribution flow(const std::string &indicator, const std::string &group, Month month,
                  std::int64_t value) {
  Contribution c;
  c.indicator = indicator;
  c.dimension = group.empty() ? "" : "kind";
  c.group = group;
  c.month = month;
  c.value = value;
  return c;
}

std::int64_t total(const std::vector<TallyRow> &rows, const std::string &indicator,
                   const std::string &group = {}) {
  std::int64_t sum = 0;
  for (const auto &row : rows)
    if (row.indicator == indicator && row.group == group) sum += row.value;
  return sum;
}

} // namespace

TEST_CASE("any node of the tree adds up, by month and by office") {
  Kept kept;
  const std::vector<std::string> offices = {"370306104", "370306104D01", "370306105", "370307101",
                                            "370306",    "37",           "500229107"};
  std::map<std::tuple<std::string, int, std::string>, std::int64_t> truth;
  std::mt19937 random(5);
  for (int transaction = 0; transaction < 5; ++transaction) {
    auto w = kept.write(transaction % 2 == 0);
    for (int i = 0; i < 200; ++i) {
      const auto &office = offices[random() % offices.size()];
      auto c = flow("f" + std::to_string(random() % 12), random() % 2 == 0 ? "" : "g",
                    Month(2022, 1).plus(static_cast<int>(random() % 30)),
                    static_cast<std::int64_t>(random() % 7) - 3);
      REQUIRE(w->move(org(office), c, i % 5 == 0 ? -1 : 1));
      truth[{office, c.month.index(), c.indicator + c.group}] += i % 5 == 0 ? -c.value : c.value;
      // Asked in the middle of a transaction it counts what was moved so far.
      if (i == 100) CHECK(w->tallies(months("37", Month(2022, 1), Month(2024, 12))));
    }
    REQUIRE(w->commit());
  }
  auto reader = kept.read();
  for (const char *scope :
       {"", "37", "3703", "370306", "370306104", "370306104D01", "50", "370399"})
    for (int from = 0; from < 30; from += 7)
      for (std::size_t named : {0U, 1U, 12U}) {
        auto q = months(scope, Month(2022, 1).plus(from), Month(2022, 1).plus(from + 11));
        for (std::size_t i = 0; i < named; ++i) q.indicators.push_back("f" + std::to_string(i));
        std::map<std::string, std::int64_t> expected;
        for (const auto &[key, value] : truth) {
          const auto &[office, month, name] = key;
          if (!q.scope.contains(org(office)) || month < q.from.index() || month > q.to.index())
            continue;
          auto indicator = name.ends_with("g") ? name.substr(0, name.size() - 1) : name;
          if (named == 1 && indicator != "f0") continue;
          expected[name] += value;
        }
        std::erase_if(expected, [](const auto &e) { return e.second == 0; });
        auto rows = reader->tallies(q);
        REQUIRE_MESSAGE(rows, fault(rows));
        std::map<std::string, std::int64_t> found;
        for (const auto &row : *rows) found[row.indicator + row.group] += row.value;
        CAPTURE(scope);
        CAPTURE(from);
        REQUIRE(found == expected);
        q.by_org = q.by_month = true;
        found.clear();
        for (const auto &row : take(reader->tallies(q))) {
          found[row.indicator + row.group] += row.value;
          REQUIRE(truth[std::tuple(row.org.text(), row.month.index(), row.indicator + row.group)] ==
                  row.value);
        }
        std::erase_if(found, [](const auto &e) { return e.second == 0; });
        REQUIRE(found == expected);
      }
  CHECK(fault(kept.store->check()) == "");
}

TEST_CASE("a row that becomes zero is gone") {
  Kept kept;
  auto c = flow("f", "", Month(2023, 5), 3);
  auto w = kept.write();
  REQUIRE(w->move(org("370306104"), c, 1));
  REQUIRE(w->commit());
  w = kept.write();
  REQUIRE(w->move(org("370306104"), c, -1));
  REQUIRE(w->commit());
  std::size_t rows = 0;
  CHECK(kept.read()->each_tally(
      [&](const OrgCode &, const Contribution &) -> Status { return ++rows, Done{}; }));
  CHECK(rows == 0);
  CHECK(kept.read()->tallies(months("370306", Month(2023, 1), Month(2023, 12))).value().empty());
}

TEST_CASE("stocks run up to the last month asked") {
  Kept kept;
  auto w = kept.write();
  auto stock = [](const std::string &group, Month month, std::int64_t value) {
    auto c = flow("mediators", group, month, value);
    c.stock = true;
    return c;
  };
  for (const char *group : {"", "full"}) {
    REQUIRE(w->move(org("370306104"), stock(group, Month(2015, 3), 1), 5));
    REQUIRE(w->move(org("370306104"), stock(group, Month(2015, 3), 4), 1));
    REQUIRE(w->move(org("370306104"), stock(group, Month(2023, 7), -1), 1));
    REQUIRE(w->move(org("370306105"), stock(group, Month(2023, 1), 2), 1));
  }
  REQUIRE(w->commit());
  auto r = kept.read();
  auto at = [&](const char *scope, Month month) {
    return total(r->tallies(months(scope, Month(2000, 1), month, true)).value(), "mediators");
  };
  CHECK(at("370306104", Month(2015, 2)) == 0);
  CHECK(at("370306104", Month(2015, 3)) == 5);
  CHECK(at("370306104", Month(2023, 6)) == 5);
  CHECK(at("370306104", Month(2023, 7)) == 4);
  CHECK(at("370306", Month(2023, 7)) == 6);
  CHECK(at("37", Month(2023, 6)) == 7);
  // Flows and stocks do not mix.
  CHECK(r->tallies(months("370306", Month(2015, 1), Month(2023, 12))).value().empty());
}

TEST_CASE("a sum that does not fit is refused, not rounded") {
  Kept kept;
  auto big = flow("f", "", Month(2023, 5), INT64_MAX - 1);
  auto w = kept.write();
  REQUIRE(w->move(org("370306104"), big, 1));
  REQUIRE(w->commit());
  w = kept.write();
  REQUIRE(w->move(org("370306104"), big, 1));
  CHECK_FALSE(w->commit());
  w = kept.write();
  REQUIRE(w->move(org("370306105"), big, 1)); // the county's sum would overflow
  CHECK_FALSE(w->commit());
  CHECK(total(kept.read()->tallies(months("370306", Month(2023, 1), Month(2023, 12))).value(),
              "f") == INT64_MAX - 1);
}
