#include "store_under_test.h"

#include <algorithm>
#include <set>

using namespace yifa;
using namespace yifa::testing;
using record::Record;

namespace {

constexpr std::uint64_t kMany = 700; // more than are asked for at once
const char *const kOffices[] = {"370306104", "370306104D01", "370307101", "500229107", "37"};

/// Matters with visits, notes that look at them, and beside each what a command leaves.
std::vector<Record> fill(Kept &kept) {
  std::vector<Record> all;
  auto w = kept.write();
  for (std::uint64_t n = 1; n <= kMany; ++n) {
    const std::string office = kOffices[n % 5];
    auto one = n % 7 == 0 && office.size() == 9
                   ? full_matter(n, office, "2023-05-04")
                   : matter(n, office, "2023-05-04", "界桩" + std::to_string(n));
    REQUIRE(w->put(one));
    for (int i = 0; i < static_cast<int>(n % 3); ++i) {
      auto event = event_of(one, i == 0 ? "open" : "correct");
      REQUIRE(w->append(event));
    }
    if (n % 2 == 0)
      REQUIRE(w->put_due(one.id, {{one.owner_org, one.day, "office", "matter", one.id, "a", {}},
                                  {one.owner_org, one.day, "office", "matter", one.id, "b", {}}}));
    if (n % 4 == 0) REQUIRE(w->put_record_key(one.owner_org.county(), one.id, "key"));
    if (n % 5 != 0) {
      auto looks = note(10'000 + n, office, "2023-06-01", "笔记");
      looks.values[kAbout] = catalog::Value(id_of(n));
      REQUIRE(w->put(looks));
      all.push_back(looks);
    }
    all.push_back(std::move(one));
  }
  REQUIRE(w->commit());
  return all;
}

std::vector<RecordId> ids_of(const std::vector<Record> &records, const std::string &type) {
  std::vector<RecordId> ids;
  for (const auto &one : records)
    if (one.type == type) ids.push_back(one.id);
  ids.push_back(id_of(99'999)); // of nobody
  return ids;
}

} // namespace

TEST_CASE("many asked for together are told as each by itself") {
  Kept kept;
  const auto all = fill(kept);
  auto r = kept.read();
  for (const char *type : {"matter", "note"}) {
    std::map<RecordId, Record> found;
    for (auto &one : take(r->records(type, ids_of(all, type)))) {
      const auto id = one.id;
      REQUIRE(found.emplace(id, std::move(one)).second);
    }
    std::size_t expected = 0;
    for (const auto &one : all) {
      if (one.type != type) continue;
      ++expected;
      REQUIRE(found.contains(one.id));
      CHECK(found.at(one.id) == take(r->get(type, one.id)).value());
    }
    CHECK(found.size() == expected);
  }
  CHECK(take(r->records("note", {id_of(1)})).empty()); // a matter is no note
  CHECK(take(r->records("matter", {})).empty());

  const auto ids = ids_of(all, "matter");
  std::map<RecordId, std::vector<std::pair<std::string, std::int64_t>>> events;
  for (const auto &event : take(r->history(ids)))
    events[event.record].emplace_back(event.action + event.body, event.seq);
  std::map<RecordId, std::vector<store::DueRow>> due;
  for (const auto &row : take(r->due_of(ids))) due[row.record].push_back(row);
  std::map<RecordId, std::string> keys;
  for (const auto &[id, key] : take(r->record_keys(ids))) keys[id] = key;
  for (const auto &id : ids) {
    std::vector<std::pair<std::string, std::int64_t>> told;
    for (const auto &event : take(r->history(id)))
      told.emplace_back(event.action + event.body, event.seq);
    CHECK(events[id] == told);
    std::sort(due[id].begin(), due[id].end());
    CHECK(due[id] == take(r->due_of(id)));
    CHECK(keys[id] == take(r->record_key(id)).value_or(""));
  }
  CHECK(keys.at(id_of(8)) == "key");
  CHECK(due.at(id_of(2)).size() == 2);
  CHECK(events.at(id_of(2)).size() == 2);
}

TEST_CASE("who points to many is told with the target") {
  Kept kept;
  const auto all = fill(kept);
  auto r = kept.read();
  std::size_t pointing = 0;
  for (const char *county : {"370306", "370307", "500229", ""}) {
    std::map<RecordId, std::set<RecordId>> found;
    for (const auto &[target, one] :
         take(r->pointing(county, "note", "about", ids_of(all, "matter")))) {
      CHECK(one.owner_org.county() == county);
      found[target].insert(one.id);
      ++pointing;
    }
    for (const auto &id : ids_of(all, "matter")) {
      std::set<RecordId> alone;
      for (const auto &one : take(r->pointing(county, "note", "about", id))) alone.insert(one.id);
      CHECK(found[id] == alone);
    }
  }
  CHECK(pointing == kMany - kMany / 5);
}

TEST_CASE("keys that begin alike are gone through in their order") {
  Kept kept;
  auto w = kept.write();
  for (const char *key : {"a", "a:", "a:1", "a:2", "a:é", "a;", "b:1"})
    REQUIRE(w->put_meta(key, std::string("of ") + key));
  REQUIRE(w->commit());
  std::string told;
  REQUIRE(
      kept.read()->each_meta("a:", [&](const std::string &key, const std::string &value) -> Status {
        told += key + "=" + value + "|";
        return Done{};
      }));
  CHECK(told == "a:=of a:|a:1=of a:1|a:2=of a:2|a:é=of a:é|");
  const auto stopped = kept.read()->each_meta(
      "a:", [&](const std::string &, const std::string &) { return Status(invalid("enough")); });
  CHECK(fault(stopped) == "enough");
  CHECK_FALSE(kept.read()->each_meta(
      "", [](const std::string &, const std::string &) -> Status { return Done{}; }));
}
