#include "store_under_test.h"

#include <algorithm>
#include <random>

using namespace yifa;
using namespace yifa::testing;
using catalog::Predicate;
using record::Query;
using record::Record;

namespace {

class Dice {
public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int operator()(int to) { return static_cast<int>(random_() % static_cast<unsigned>(to)); }

private:
  std::mt19937 random_;
};

Record some_matter(Dice &dice, std::uint64_t n) {
  static const std::vector<std::string> owners = {
      "370306104", "370306104D01", "370306105", "370306104201", "370307101", "370306", "37"};
  const auto day = Date::from(2023, 1, 1).value().plus_days(dice(400));
  auto made = matter(n, owners[static_cast<std::size_t>(dice(7))], day.text(), "甲");
  if (dice(2) == 0) made.place_org = org(dice(2) == 0 ? "370306104201" : "370306104202");
  made.values[kKind] = dice(4) == 0 ? catalog::Value() : code(dice(2) == 0 ? "land" : "wage");
  if (dice(2) == 0) made.values[kUrgent] = catalog::Value(dice(2) == 0);
  made.values[kCopies] = catalog::Value(catalog::Count{dice(9)});
  made.state = dice(2) == 0 ? "open" : "done";
  made.late = dice(4) == 0;
  made.withdrawn = dice(5) == 0;
  return made;
}

catalog::Operand literal(catalog::Value value) {
  catalog::Operand operand;
  operand.literal = std::move(value);
  return operand;
}

Predicate compare(int index) {
  Predicate p;
  p.kind = Predicate::Kind::Compare;
  p.field.kind = catalog::FieldRef::Kind::Field;
  p.field.index = index;
  return p;
}

/// A filter as a list has it, and what it means.
struct Filter {
  Predicate where;
  std::function<bool(const Record &)> holds = [](const Record &) { return true; };
};

std::vector<Filter> filters() {
  const auto is = [](const Record &r, const char *kind) { return r.values[kKind] == code(kind); };
  std::vector<Filter> out(1);
  auto land = compare(kKind);
  land.any_of = {literal(code("land"))};
  out.push_back({land, [=](const Record &r) { return is(r, "land"); }});
  auto either = land;
  either.any_of.push_back(literal(code("wage")));
  out.push_back({either, [=](const Record &r) { return is(r, "land") || is(r, "wage"); }});
  auto other = compare(kKind);
  other.none_of = {literal(code("land"))};
  out.push_back({other, [=](const Record &r) { return is(r, "wage"); }});
  auto calm = compare(kUrgent);
  calm.any_of = {literal(catalog::Value(false))};
  out.push_back({calm, [](const Record &r) {
                   const auto *urgent = r.values[kUrgent].get<bool>();
                   return urgent == nullptr || !*urgent;
                 }});
  auto few = compare(kCopies);
  few.max = literal(catalog::Value(catalog::Count{4}));
  Predicate both;
  both.kind = Predicate::Kind::All;
  both.children = {land, few};
  out.push_back({both, [=](const Record &r) {
                   return is(r, "land") && r.values[kCopies].get<catalog::Count>()->n <= 4;
                 }});
  return out;
}

std::int64_t counted(const std::vector<Record> &records, const Query &q, const Filter &filter) {
  return std::count_if(records.begin(), records.end(), [&](const Record &r) {
    const bool in = q.scope.contains(r.owner_org) || (q.by_place && q.scope.contains(r.place_org));
    return in && (q.with_withdrawn || !r.withdrawn) && (!q.only_late || r.late) &&
           (!q.period || q.period->contains(r.day)) &&
           (q.states.empty() || q.states.front() == r.state) && filter.holds(r);
  });
}

/// Every question a list may be counted by, held against the records themselves.
void check_counts(store::Reader &reader, const std::vector<Record> &records) {
  std::vector<std::string> wrong;
  for (const char *scope : {"", "37", "370306", "370306104", "370306104D01", "370306104201",
                            "370306104202", "370307", "50"})
    for (int shape = 0; shape < 32; ++shape)
      for (const auto &filter : filters()) {
        Query q;
        q.type = "matter";
        q.scope = org(scope);
        q.where = filter.where;
        q.by_place = (shape & 1) != 0;
        q.only_late = (shape & 2) != 0;
        if ((shape & 4) != 0) q.states = {"done"};
        if ((shape & 8) != 0)
          q.period =
              Period::parse((shape & 16) != 0 ? "2023-02..2023-07" : "2023-02-05..2023-07-09")
                  .value();
        q.with_withdrawn = (shape & 24) == 16;
        const auto found = reader.count(q, 10'000);
        if (!found || !*found || **found != counted(records, q, filter))
          wrong.push_back(std::string(scope) + " " + std::to_string(shape) + " " + fault(found));
      }
  CHECK(wrong == std::vector<std::string>());
}

void check_fits(store::Reader &reader) {
  std::vector<std::string> faults;
  REQUIRE(reader.each_misfit([&](const std::string &where, const std::string &what) {
    if (!where.starts_with("register")) faults.push_back(where + ": " + what);
  }));
  CHECK(faults == std::vector<std::string>());
}

} // namespace

TEST_CASE("a count is the number of records a list would give") {
  Kept kept;
  Dice dice(21);
  std::vector<Record> records;
  for (std::uint64_t n = 1; n <= 400; ++n) records.push_back(some_matter(dice, n));
  kept.add(records);
  check_counts(*kept.read(), records);
  // Changes move it, also inside their own transaction.
  auto w = kept.write();
  for (auto &record : records) {
    if (dice(3) != 0) continue;
    auto changed = some_matter(dice, 1);
    changed.id = record.id;
    changed.owner_org = record.owner_org;
    changed.number = record.number;
    changed.version = record.version + 1;
    REQUIRE(w->put(changed));
    record = std::move(changed);
  }
  check_counts(*w, records);
  REQUIRE(w->commit());
  check_counts(*kept.read(), records);
  check_fits(*kept.read());
}

TEST_CASE("what only a record can tell is not counted") {
  Kept kept;
  Query q;
  q.type = "matter";
  q.where.kind = Predicate::Kind::Not;
  q.where.children = {filters()[1].where};
  const auto found = kept.read()->count(q, 10);
  REQUIRE(found);
  CHECK_FALSE(found->has_value());
}

TEST_CASE("steps of one transaction are kept or undone, whatever was asked in between") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Kept kept;
    Dice dice(seed);
    std::vector<Record> records;
    std::int64_t moved = 0;
    record::Contribution one;
    one.indicator = "f";
    one.month = Month(2023, 1);
    one.value = 1;
    for (int transaction = 0; transaction < 3; ++transaction) {
      auto w = kept.write();
      for (int step = 0; step < 20; ++step) {
        const auto before = records;
        const auto moved_before = moved;
        REQUIRE(w->save());
        for (int act = dice(4); act >= 0; --act) {
          if (!records.empty() && dice(3) == 0) {
            auto &old = records[static_cast<std::size_t>(dice(static_cast<int>(records.size())))];
            auto changed = some_matter(dice, 1);
            changed.id = old.id;
            changed.owner_org = old.owner_org;
            changed.number = old.number;
            changed.version = old.version + 1;
            changed.values[kTitle] = words(dice(2) == 0 ? "界桩" : "水渠");
            REQUIRE(w->put(changed));
            old = std::move(changed);
          } else {
            records.push_back(some_matter(dice, 1000U * seed + records.size() + 1));
            REQUIRE(w->put(records.back()));
          }
          REQUIRE(w->move(org("370306104"), one, 1));
          ++moved;
          if (dice(6) == 0) CHECK(w->search(words_of("界桩")));
          if (dice(6) == 0) CHECK(w->tallies(months("37", Month(2023, 1), Month(2023, 1))));
          if (dice(40) == 0) check_counts(*w, records);
        }
        if (dice(3) == 0) {
          REQUIRE(w->back());
          records = before;
          moved = moved_before;
        } else {
          REQUIRE(w->keep());
        }
      }
      REQUIRE(w->commit());
    }
    auto reader = kept.read();
    check_counts(*reader, records);
    check_fits(*reader);
    const auto rows = take(reader->tallies(months("37", Month(2023, 1), Month(2023, 1))));
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().value == moved);
    const auto told = std::count_if(records.begin(), records.end(), [](const Record &r) {
      return !r.withdrawn && r.values[kTitle] == words("界桩");
    });
    auto asked = words_of("界桩");
    asked.limit = 0;
    CHECK(std::ssize(take(reader->search(asked))) == told);
  }
}

TEST_CASE("words are looked for within days, either way round") {
  Kept kept;
  std::vector<Record> notes;
  for (std::uint64_t n = 1; n <= 30; ++n)
    notes.push_back(note(
        n, "370306104",
        Date::from(2023, 3, 1).value().plus_days(static_cast<std::int32_t>(n / 3)).text(), "界桩"));
  kept.add(notes);
  auto asked = words_of("界桩");
  asked.listed = store::SearchQuery::Listed::NewestFirst;
  asked.from = Date::from(2023, 3, 4).value();
  asked.until = Date::from(2023, 3, 6).value();
  const auto reader = kept.read();
  const auto newest = take(reader->search(asked));
  REQUIRE(newest.size() == 9);
  CHECK(newest.front().day == *asked.until);
  asked.listed = store::SearchQuery::Listed::OldestFirst;
  auto oldest = take(reader->search(asked));
  std::reverse(oldest.begin(), oldest.end());
  REQUIRE(oldest.size() == newest.size());
  for (std::size_t i = 0; i < newest.size(); ++i) CHECK(oldest[i].record == newest[i].record);
  asked.limit = 4;
  CHECK(take(reader->search(asked)).size() == 4);
}
