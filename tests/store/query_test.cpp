#include "record/matches.h"
#include "store_under_test.h"

#include <algorithm>
#include <random>

using namespace yifa;
using namespace yifa::testing;
using catalog::FieldRef;
using catalog::Operand;
using catalog::Predicate;
using record::Query;
using record::Record;

namespace {

FieldRef at(int index) {
  FieldRef ref;
  ref.kind = FieldRef::Kind::Field;
  ref.index = index;
  return ref;
}

Operand literal(catalog::Value value) {
  Operand operand;
  operand.literal = std::move(value);
  return operand;
}

Predicate compare(int index) {
  Predicate p;
  p.kind = Predicate::Kind::Compare;
  p.field = at(index);
  return p;
}

Predicate combine(Predicate::Kind kind, std::vector<Predicate> children) {
  Predicate p;
  p.kind = kind;
  p.children = std::move(children);
  return p;
}

Query all_matters() {
  Query q;
  q.type = "matter";
  return q;
}

std::vector<RecordId> ids(const std::vector<Record> &records) {
  std::vector<RecordId> out;
  for (const auto &r : records) out.push_back(r.id);
  return out;
}

/// Records with random fields, many of them empty, in four offices of two counties.
std::vector<Record> random_matters(std::mt19937 &random, std::uint64_t count) {
  static const std::vector<std::string> owners = {"370306104", "370306104D01", "370306105",
                                                  "370306104201", "370307101"};
  std::vector<Record> out;
  for (std::uint64_t n = 1; n <= count; ++n) {
    auto pick = [&random](int to) {
      return static_cast<int>(random() % static_cast<unsigned>(to));
    };
    auto day = Date::from(2023, 1, 1).value().plus_days(pick(730));
    auto r = matter(n, owners[static_cast<std::size_t>(pick(5))], day.text(),
                    pick(3) == 0 ? "甲" : "乙");
    r.place_org = pick(3) == 0 ? org("370306104201") : r.owner_org;
    if (pick(3) == 0) r.values[kKind] = catalog::Value();
    if (pick(3) == 0) r.values[kCopies] = catalog::Value();
    if (pick(2) == 0) r.values[kUrgent] = catalog::Value(pick(2) == 0);
    if (pick(2) == 0) r.values[kCost] = catalog::Value(Money::from_fen(pick(10)));
    if (pick(2) == 0) r.values[kShare] = catalog::Value(Decimal::from_millionths(pick(10)));
    if (pick(2) == 0)
      r.values[kOwnerLink] = catalog::Value(id_of(static_cast<std::uint64_t>(pick(4))));
    if (pick(2) == 0)
      r.values[kBefore] = catalog::Value(std::vector<catalog::Value>{catalog::Value(id_of(1))});
    r.state = pick(2) == 0 ? "open" : "done";
    r.withdrawn = pick(5) == 0;
    out.push_back(std::move(r));
  }
  return out;
}

Predicate random_predicate(std::mt19937 &random, int depth) {
  auto pick = [&random](int to) { return static_cast<int>(random() % static_cast<unsigned>(to)); };
  if (depth > 0 && pick(2) == 0) {
    auto kind = pick(3) == 0   ? Predicate::Kind::Not
                : pick(2) == 0 ? Predicate::Kind::All
                               : Predicate::Kind::Any;
    std::vector<Predicate> children;
    for (int i = kind == Predicate::Kind::Not ? 1 : 1 + pick(3); i > 0; --i)
      children.push_back(random_predicate(random, depth - 1));
    return combine(kind, std::move(children));
  }
  Predicate p;
  switch (pick(9)) {
  case 0:
    p = compare(kKind);
    p.any_of = {literal(code("land")), literal(code("wage"))};
    break;
  case 1:
    p = compare(kCopies);
    p.min = literal(catalog::Value(catalog::Count{pick(50)}));
    break;
  case 2:
    p = compare(kUrgent);
    p.any_of = {literal(catalog::Value(pick(2) == 0))};
    break;
  case 3:
    p = compare(pick(2) == 0 ? kCost : kBefore);
    p.filled = pick(2) == 0;
    break;
  case 4:
    p = compare(kCost);
    p.max = literal(catalog::Value(Money::from_fen(pick(10))));
    break;
  case 5:
    p = compare(kHeldOn);
    p.min = literal(date("2023-06-01"));
    p.max = literal(date("2024-02-01"));
    break;
  case 6:
    p = compare(kOwnerLink);
    p.any_of = {literal(catalog::Value(id_of(1)))};
    break;
  case 7:
    p.kind = Predicate::Kind::Compare;
    p.field.kind = FieldRef::Kind::State;
    p.any_of = {literal(code("done"))};
    break;
  default:
    p = compare(kTitle);
    p.any_of = {literal(words("甲"))};
    if (pick(2) == 0) std::swap(p.any_of, p.none_of);
    break;
  }
  return p;
}

} // namespace

TEST_CASE("scope, period, state and paging are exact") {
  Kept kept;
  std::mt19937 random(7);
  auto records = random_matters(random, 400);
  kept.add(records);
  auto reader = kept.read();
  auto expected = [&](const Query &q) {
    std::vector<const Record *> out;
    for (const auto &r : records) {
      bool in = q.scope.contains(r.owner_org) || (q.by_place && q.scope.contains(r.place_org));
      if (!in || (r.withdrawn && !q.with_withdrawn)) continue;
      if (q.period && !q.period->contains(r.day)) continue;
      if (!q.states.empty() &&
          std::find(q.states.begin(), q.states.end(), r.state) == q.states.end())
        continue;
      out.push_back(&r);
    }
    std::sort(out.begin(), out.end(), [&q](auto *a, auto *b) {
      auto less = std::tie(a->day, a->id) < std::tie(b->day, b->id);
      return a != b && (q.newest_first ? !less : less);
    });
    std::vector<RecordId> found;
    for (auto *r : out) found.push_back(r->id);
    return found;
  };
  for (const char *scope :
       {"", "37", "3703", "370306", "370306104", "370306104D01", "370306104201", "370307", "50"})
    for (bool by_place : {false, true})
      for (bool newest : {false, true})
        for (int shape = 0; shape < 4; ++shape) {
          auto q = all_matters();
          q.scope = org(scope);
          q.by_place = by_place;
          q.newest_first = newest;
          q.with_withdrawn = shape == 1;
          if (shape == 2) q.period = Period::parse("2023-03..2023-10").value();
          if (shape == 3) q.states = {"done"};
          CAPTURE(scope);
          CAPTURE(by_place);
          auto found = reader->find(q);
          REQUIRE_MESSAGE(found, fault(found));
          auto all = expected(q);
          REQUIRE(ids(*found) == all);
          // Pages put together are the whole.
          std::vector<RecordId> paged;
          q.limit = 17;
          while (true) {
            auto page = reader->find(q).value();
            for (const auto &r : page) paged.push_back(r.id);
            if (page.size() < 17) break;
            q.after = std::pair(page.back().day, page.back().id);
          }
          REQUIRE(paged == all);
        }
}

TEST_CASE("predicates in memory and in SQL agree: never too few") {
  Kept kept;
  std::mt19937 random(11);
  auto records = random_matters(random, 300);
  kept.add(records);
  const auto &type = *kept.catalog.type("matter");
  record::Surroundings around;
  around.catalog = &kept.catalog;
  auto reader = kept.read();
  std::size_t narrowed = 0;
  for (int round = 0; round < 400; ++round) {
    auto q = all_matters();
    q.with_withdrawn = true;
    q.newest_first = false;
    q.where = random_predicate(random, 3);
    auto found = reader->find(q);
    REQUIRE_MESSAGE(found, fault(found));
    std::vector<RecordId> judged;
    for (const auto &r : *found)
      if (record::matches(q.where, type, r, around)) judged.push_back(r.id);
    std::vector<RecordId> expected;
    for (const auto &r : records)
      if (record::matches(q.where, type, r, around)) expected.push_back(r.id);
    std::sort(judged.begin(), judged.end());
    std::sort(expected.begin(), expected.end());
    CAPTURE(round);
    REQUIRE(judged == expected);
    narrowed += found->size() < records.size() ? 1U : 0U;
  }
  CHECK(narrowed > 100); // it is the store that narrows, not only the caller
}

TEST_CASE("a scan streams, stops with its caller's error and may ask between") {
  Kept kept;
  std::mt19937 random(3);
  kept.add(random_matters(random, 50));
  auto reader = kept.read();
  auto q = all_matters();
  q.with_withdrawn = true;
  std::size_t seen = 0;
  CHECK(reader->scan(q, [&](Record &&r) -> Status {
    ++seen;
    auto again = reader->get("matter", r.id);
    CHECK(again.value().has_value());
    return Done{};
  }));
  CHECK(seen == 50);
  seen = 0;
  auto stopped = reader->scan(q, [&](Record &&) -> Status {
    return ++seen == 3 ? Status(invalid("enough")) : Status(Done{});
  });
  CHECK(stopped.error().message == "enough");
  CHECK(seen == 3);
  q.type = "nothing";
  CHECK_FALSE(reader->find(q));
}
