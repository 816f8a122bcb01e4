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

using Truth = std::map<std::tuple<std::string, int, std::string>, std::int64_t>;

/// What any node tells is the sum of its offices: `truth` by office, month and indicator with
/// group.
void check_every_node(Kept &kept, Truth truth) {
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
}

} // namespace

TEST_CASE("any node of the tree adds up, by month and by office") {
  Kept kept;
  const std::vector<std::string> offices = {"370306104", "370306104D01", "370306105", "370307101",
                                            "370306",    "37",           "500229107"};
  Truth truth;
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
  // Sums above the counties are the same while they wait, half risen, risen and made anew.
  for (const char *when : {"waiting", "risen", "moved again", "made anew"}) {
    CAPTURE(when);
    if (when == std::string("risen")) REQUIRE(kept.store->raise_sums());
    if (when == std::string("moved again")) {
      auto w = kept.write();
      for (const char *office : {"370306104", "370307101", "500229107"}) {
        const auto c = flow("f1", "", Month(2022, 3), 40);
        REQUIRE(w->move(org(office), c, 1));
        truth[{office, c.month.index(), "f1"}] += 40;
      }
      REQUIRE(w->commit());
    }
    if (when == std::string("made anew")) REQUIRE(kept.store->rebuild_sums());
    check_every_node(kept, truth);
    std::string faults;
    REQUIRE(kept.read()->each_misfit([&](const std::string &where, const std::string &what) {
      if (where.find("table") == std::string::npos) faults += where + ": " + what + "\n";
    }));
    CHECK(faults == "");
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
  for (const bool anew : {false, true}) {
    REQUIRE((anew ? fault(kept.store->rebuild_sums()) : fault(kept.store->raise_sums())) == "");
    r = kept.read();
    CHECK(at("37", Month(2023, 6)) == 7);
    CHECK(at("3703", Month(2023, 7)) == 6);
    CHECK(at("", Month(2015, 2)) == 0);
    CHECK(at("", Month(2023, 7)) == 6);
  }
  // Office by office above the counties, of one figure and of all.
  for (const bool named : {false, true})
    for (const char *scope : {"3703", "37", ""}) {
      auto q = months(scope, Month(2000, 1), Month(2023, 7), true);
      q.by_org = true;
      if (named) q.indicators = {"mediators"};
      std::map<std::string, std::int64_t> by_office;
      for (const auto &row : take(r->tallies(q)))
        if (row.group.empty()) by_office[row.org.text()] += row.value;
      CHECK(by_office == std::map<std::string, std::int64_t>{{"370306104", 4}, {"370306105", 2}});
    }
  // Flows and stocks do not mix.
  CHECK(r->tallies(months("370306", Month(2015, 1), Month(2023, 12))).value().empty());
}

TEST_CASE("what waits for the sums above the counties is added once") {
  Kept kept;
  const bool keeps = take(kept.store->rebuild_sums());
  const auto add = [&](const char *office, std::int64_t value) {
    auto w = kept.write();
    REQUIRE(w->move(org(office), flow("f", "", Month(2023, 5), value), 1));
    REQUIRE(w->move(org(office), flow("f", "g", Month(2023, 5), value), 1));
    REQUIRE(w->commit());
  };
  add("370306104", 3);
  add("370307101", 4);
  const auto before = kept.read();
  // Two changes of each county wait; who follows a second time finds none.
  CHECK(take(kept.store->raise_sums()) == (keeps ? 4 : 0));
  CHECK(take(kept.store->raise_sums()) == 0);
  const auto of = [&](store::Reader &reader, const char *scope) {
    return total(take(reader.tallies(months(scope, Month(2023, 1), Month(2023, 12)))), "f");
  };
  const auto risen = kept.read();
  add("370306105", 5);
  const auto after = kept.read();
  for (const char *scope : {"", "37", "3703"}) {
    if (std::getenv("YIFA_CITUS") == nullptr) { // there a moment begins on each server by itself
      CHECK(of(*before, scope) == 7); // a reader sees one moment, whatever rises meanwhile
      CHECK(of(*risen, scope) == 7);
    }
    CHECK(of(*after, scope) == 12);
  }
  add("370306105", -5);
  CHECK(take(kept.store->raise_sums()) == (keeps ? 4 : 0));
  CHECK(of(*kept.read(), "37") == 7);
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

TEST_CASE("records by month above the counties are those of their counties") {
  Kept kept;
  auto first = matter(1, "370306104", "2023-05-01", "a");
  auto second = matter(2, "370307101", "2023-05-02", "b");
  second.late = true;
  auto third = matter(3, "500229107", "2023-06-02", "c");
  const auto of_province = matter(4, "37", "2023-05-03", "d");
  kept.add({first, second, third, of_province});
  const auto of = [&](const char *scope) {
    std::pair<std::int64_t, std::int64_t> sum;
    for (const auto &row :
         take(kept.read()->counts_by_month({org(scope), Month(2023, 5), Month(2023, 5), false}))) {
      sum.first += row.records;
      sum.second += row.late;
    }
    return sum;
  };
  using Sum = std::pair<std::int64_t, std::int64_t>;
  for (const char *when : {"waiting", "risen", "made anew"}) {
    CAPTURE(when);
    if (when == std::string("risen")) REQUIRE(kept.store->raise_sums());
    if (when == std::string("made anew")) REQUIRE(kept.store->rebuild_sums());
    CHECK(of("") == Sum(3, 1));
    CHECK(of("37") == Sum(3, 1));
    CHECK(of("3703") == Sum(2, 1));
    CHECK(of("370307") == Sum(1, 1));
    CHECK(of("50") == Sum(0, 0));
  }
  // By office, of some ledgers, all months together.
  kept.add({note(9, "370307101", "2023-04-03", "e")});
  store::MonthCountQuery offices{org("37"), Month(2023, 4), Month(2023, 6), true};
  offices.by_month = false;
  const auto told = [&](std::vector<std::string> types) {
    offices.types = std::move(types);
    std::map<std::string, std::int64_t> out;
    for (const auto &row : take(kept.read()->counts_by_month(offices))) {
      CHECK(row.month == Month(2023, 4));
      out[row.org.text() + " " + row.type] += row.records;
    }
    return out;
  };
  using Told = std::map<std::string, std::int64_t>;
  const Told notes{{"370307101 note", 1}};
  const Told matters{{"37 matter", 1}, {"370306104 matter", 1}, {"370307101 matter", 1}};
  auto both = matters;
  both.insert(notes.begin(), notes.end());
  CHECK(told({"note"}) == notes);
  CHECK(told({"matter"}) == matters);
  CHECK(told({"matter", "note"}) == both);
  CHECK(told({}) == both);
  CHECK(told({"nothing"}).empty());
  const auto keeping = [&](const char *scope, int month,
                           std::map<std::string, std::vector<std::string>> states) {
    std::string out;
    for (const auto &office : take(kept.read()->offices_in_states(
             {org(scope), Month(2023, month), Month(2023, 6), std::move(states)})))
      out += office.text() + " ";
    return out;
  };
  const auto state = first.state;
  CHECK(keeping("", 1, {{"matter", {state}}}) == "37 370306104 370307101 500229107 ");
  CHECK(keeping("37", 1, {{"matter", {state}}}) == "37 370306104 370307101 ");
  CHECK(keeping("370307", 1, {{"matter", {"no_state", state}}}) == "370307101 ");
  CHECK(keeping("", 6, {{"matter", {state}}}) == "500229107 ");
  CHECK(keeping("", 1, {{"matter", {"no_state"}}, {"note", {}}}).empty());
  CHECK(keeping("", 1, {}).empty());
  // Withdrawn, it counts nowhere, risen or not.
  second.withdrawn = true;
  second.version = 2;
  kept.add({second});
  CHECK(keeping("370307", 1, {{"matter", {state}}}).empty());
  CHECK(of("37") == Sum(2, 0));
  REQUIRE(kept.store->raise_sums());
  CHECK(of("") == Sum(2, 0));
  CHECK(of("3703") == Sum(1, 0));
}
