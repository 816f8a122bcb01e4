#include "store_under_test.h"

#include "base/file.h"

#include <atomic>
#include <thread>

using namespace yifa;
using namespace yifa::testing;

namespace {

catalog::RecordType &matters(catalog::Catalog &c) { return c.editions[0]; }

bool says(const Error &error, const std::string &where) {
  for (const auto &problem : error.problems)
    if (problem.where == where) return true;
  return false;
}

} // namespace

TEST_CASE("a store is bound to its catalog once; the second time nothing is to be done") {
  Kept kept;
  CHECK(kept.store->planned(kept.catalog).value().empty());
  auto fresh = open_store_under_test(kept.folder.path() / "other");
  CHECK(fresh->planned(kept.catalog).value() ==
        std::vector<std::string>{"new table rec_matter", "new table rec_matter__visit",
                                 "new table rec_note"});
  auto r = fresh->read().value()->get("matter", id_of(1));
  CHECK_FALSE(r); // before migrate there are no ledgers
  CHECK(fresh->read().value()->meta("x"));
}

TEST_CASE("a catalog may grow and rename; rows come along") {
  Kept kept;
  auto old = full_matter(1, "370306104", "2023-03-15");
  kept.add({old});
  auto &type = matters(kept.catalog);
  catalog::Field added;
  added.id = "weather";
  added.label = {"天气", "Weather"};
  type.fields.push_back(added);
  type.fields[kTitle].id = "subject";
  type.fields[kTitle].was = "title";
  type.list_columns = {"subject"};
  catalog::Part hearing;
  hearing.id = "hearing";
  hearing.fields = {added};
  type.parts.push_back(hearing);
  catalog::RecordType extra = kept.catalog.editions[1];
  extra.id = "diary";
  kept.catalog.editions.push_back(extra);
  kept.catalog.index();
  CHECK(kept.store->planned(kept.catalog).value() ==
        std::vector<std::string>{"new table rec_diary", "rec_matter.f_title becomes f_subject",
                                 "new column rec_matter.f_weather",
                                 "new table rec_matter__hearing"});
  kept.reopen();
  CHECK(kept.store->planned(kept.catalog).value().empty());
  auto expected = old;
  expected.values.emplace_back();
  CHECK(kept.read()->get("matter", old.id).value().value() == expected);
  expected.version = 2;
  expected.values.back() = words("晴");
  record::PartRecord heard;
  heard.id = id_of(900);
  heard.part = 1;
  heard.values = {words("雨")};
  expected.parts.push_back(heard);
  kept.add({expected});
  CHECK(kept.read()->get("matter", old.id).value().value() == expected);
  CHECK(kept.read()->search(words_of("土地承包")).value().size() == 1);
}

TEST_CASE("a catalog that drops a field keeps its column") {
  Kept kept;
  kept.add({full_matter(1, "370306104", "2023-03-15")});
  auto with = kept.catalog;
  matters(kept.catalog).fields.erase(matters(kept.catalog).fields.begin() + kRemark);
  kept.catalog.index();
  CHECK(kept.store->planned(kept.catalog).value().empty());
  kept.reopen();
  CHECK(kept.read()->get("matter", id_of(1)).value()->values.size() == kMatterFields - 1);
  kept.catalog = with;
  kept.reopen();
  CHECK(kept.read()->get("matter", id_of(1)).value().value() ==
        full_matter(1, "370306104", "2023-03-15"));
}

TEST_CASE("a change of meaning is refused, every column named, nothing done") {
  Kept kept;
  kept.add({full_matter(1, "370306104", "2023-03-15")});
  auto changed = kept.catalog;
  matters(changed).fields[kCopies].type = catalog::FieldType::Money;
  matters(changed).fields[kTitle].many = true;
  matters(changed).fields[kRemark].personal = true;
  matters(changed).parts[0].fields[kFound].type = catalog::FieldType::Date;
  catalog::Field added;
  added.id = "weather";
  matters(changed).fields.push_back(added);
  changed.index();
  auto refused = kept.store->migrate(changed);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Invalid);
  for (const char *where : {"rec_matter.f_copies", "rec_matter.f_title", "rec_matter.f_remark",
                            "rec_matter__visit.f_found"})
    CHECK_MESSAGE(says(refused.error(), where), where);
  CHECK(kept.store->planned(changed).error() == refused.error());
  CHECK(kept.store->planned(kept.catalog).value().empty());
  CHECK(kept.read()->get("matter", id_of(1)).value().has_value());
  // Text may become code.
  matters(kept.catalog).fields[kTitle].type = catalog::FieldType::Code;
  CHECK(kept.store->migrate(kept.catalog));
  CHECK(kept.read()->get("matter", id_of(1)).value()->value(kTitle) == code("第1号土地承包纠纷"));
}

TEST_CASE("names that cannot name a table are refused") {
  Kept kept;
  for (const char *name : {"", "Title", "a\"b", "标题", "1st", "a b"}) {
    auto bad = kept.catalog;
    matters(bad).fields[kTitle].id = name;
    bad.index();
    CHECK(kept.store->migrate(bad).error().code == ErrorCode::Invalid);
  }
}

TEST_CASE("a backup made while others write is whole") {
  Kept kept;
  if (kept.store->has_backups_of_its_own()) {
    MESSAGE("skipped: this engine is backed up by its own tools");
    return;
  }
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> written = 0;
  std::thread writer([&] {
    for (std::uint64_t n = 1; !stop; ++n) {
      auto r = matter(n, "370306104", "2023-03-15", "并行写入");
      auto w = kept.store->write();
      auto e = event_of(r);
      bool done = w && (*w)->append(e) && (*w)->put(r);
      for (const auto &c : contributions_of(r)) done = done && (*w)->move(r.owner_org, c, 1);
      if (!done || !(*w)->commit()) break;
      written = n;
    }
  });
  while (written < 20) std::this_thread::yield();
  Folder away;
  auto file = away.path() / "copy" / "yifa.db";
  std::filesystem::create_directories(file.parent_path());
  const auto before = written.load();
  for (int round = 0; round < 2; ++round) { // the second replaces the first
    auto done = kept.store->backup(file.string());
    CHECK_MESSAGE(done, fault(done));
  }
  stop = true;
  writer.join();
  CHECK(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}) == 1);
  auto copy = open_store_under_test(file.parent_path());
  REQUIRE(copy->migrate(kept.catalog));
  CHECK(fault(copy->check()) == "");
  auto r = copy->read();
  std::uint64_t rows = 0;
  CHECK((*r)->each_record("matter", [&](record::Record &&) -> Status { return ++rows, Done{}; }));
  CHECK(rows >= before);
  CHECK((*r)->head("370306104").value()->seq == static_cast<std::int64_t>(rows) + 1);
  CHECK((*r)->tallies(months("370306", Month(2023, 1), Month(2023, 12))).value().size() == 8);
}

TEST_CASE("a backup that cannot be made says so and leaves nothing") {
  Kept kept;
  Folder away;
  if (kept.store->has_backups_of_its_own()) {
    CHECK(kept.store->backup((away.path() / "copy.db").string()).error().code ==
          ErrorCode::Unavailable);
    CHECK(std::filesystem::is_empty(away.path()));
    return;
  }
  CHECK(kept.store->backup((away.path() / "none" / "copy.db").string()).error().code ==
        ErrorCode::Unavailable);
  CHECK(kept.store->backup(away.path().string()).error().code == ErrorCode::Invalid);
  CHECK(std::filesystem::is_empty(away.path()));
}

TEST_CASE("writers wait for each other; readers never") {
  Kept kept;
  auto second = open_store_under_test(kept.folder.path());
  REQUIRE(second->migrate(kept.catalog));
  auto w = kept.write();
  REQUIRE(w->put(matter(1, "370306104", "2023-03-15", "甲")));
  CHECK_FALSE(second->read().value()->get("matter", id_of(1)).value().has_value());
  std::atomic<bool> through = false;
  std::thread other([&] {
    auto waiting = second->write();
    if (!waiting || !(*waiting)->put(matter(2, "370306104", "2023-03-15", "乙")) ||
        !(*waiting)->commit())
      return;
    through = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK_FALSE(through.load());
  REQUIRE(w->commit());
  other.join();
  CHECK(through.load());
  CHECK(kept.read()->get("matter", id_of(2)).value().has_value());
}
