#include "store_under_test.h"

#include <functional>
#include <map>

using namespace yifa;
using namespace yifa::testing;
using record::Record;

TEST_CASE("a record comes back as it was put") {
  Kept kept;
  auto plain = matter(1, "370306104", "2023-03-15", "界桩纠纷");
  auto full = full_matter(2, "370306104", "2023-12-31");
  auto above = note(3, "37", "1969-12-31", "省级单位的笔记");
  auto department = note(4, "370306104D01", "2023-01-01", "司法所的笔记");
  kept.add({plain, full, above, department});
  for (int round = 0; round < 2; ++round) {
    auto r = kept.read();
    for (const auto &record : {plain, full, above, department}) {
      auto got = r->get(record.type, record.id);
      REQUIRE_MESSAGE(got, fault(got));
      REQUIRE(got->has_value());
      CHECK(**got == record);
      CHECK(r->type_of(record.id).value() == record.type);
    }
    CHECK_FALSE(r->get("note", plain.id).value().has_value());
    CHECK_FALSE(r->get("matter", id_of(99)).value().has_value());
    CHECK_FALSE(r->type_of(id_of(99)).value().has_value());
    r.reset();
    kept.reopen();
  }
}

TEST_CASE("odd text survives") {
  Kept kept;
  std::vector<Record> odd;
  std::uint64_t n = 0;
  for (const std::string &text :
       {std::string("𠮷野家 㐂 \U0010FFFD"), std::string("'; DROP TABLE rec_matter; --"),
        std::string(300'000, 'x'), std::string("\u200b\ufeff\u202e"), std::string("བོད་ཡིག")})
    odd.push_back(matter(++n, "540626209", "2023-05-05", text));
  kept.add(odd);
  auto r = kept.read();
  for (const auto &record : odd) CHECK(r->get("matter", record.id).value().value() == record);
}

TEST_CASE("a text with a NUL is kept as it is or refused, never cut") {
  Kept kept;
  const auto r = matter(1, "540626209", "2023-05-05", std::string("a\0b", 3));
  auto w = kept.write();
  const auto put = w->put(r);
  const auto done = put ? w->commit() : put;
  const auto stands = kept.read()->get("matter", r.id).value();
  CHECK(stands.has_value() == done.has_value());
  if (stands) CHECK(*stands == r);
  if (!done) CHECK(done.error().code == ErrorCode::Invalid);
}

TEST_CASE("versions settle races") {
  Kept kept;
  auto first = matter(1, "370306104", "2023-03-15", "一");
  kept.add({first});
  {
    auto w = kept.write_strictly();
    CHECK(w->put(first).error().code == ErrorCode::Stale);
    auto second = first;
    second.version = 3;
    CHECK(w->put(second).error().code == ErrorCode::Stale);
    auto unknown = matter(9, "370306104", "2023-03-15", "无");
    unknown.version = 2;
    CHECK(w->put(unknown).error().code == ErrorCode::Stale);
    auto elsewhere = note(1, "370306105", "2023-03-15", "同一编号在别处");
    CHECK(w->put(elsewhere).error().code == ErrorCode::Stale);
    // A stale put spoils nothing.
    second.version = 2;
    second.state = "done";
    second.withdrawn = true;
    second.withdrawn_reason = "重复";
    CHECK(w->put(second));
    CHECK(w->commit());
    CHECK(kept.read()->get("matter", first.id).value().value() == second);
  }
  auto derived = first;
  derived.version = 2;
  derived.values[kUrgent] = catalog::Value(true);
  auto w = kept.write();
  CHECK(w->put_derived(derived));
  CHECK(w->get("matter", first.id).value().value() == derived);
  auto restored = note(50, "370306104", "2023-01-01", "归档");
  restored.version = 7;
  CHECK(w->put_derived(restored));
  CHECK(w->commit());
  CHECK(kept.read()->get("note", restored.id).value().value() == restored);
}

TEST_CASE("parts are added, changed and cut with their record") {
  Kept kept;
  auto r = full_matter(1, "370306104", "2023-03-15");
  kept.add({r});
  auto second = r.parts[0];
  second.id = id_of(500);
  second.withdrawn = true;
  second.values[kFound] = catalog::Value();
  r.parts.push_back(second);
  r.parts[0].version = 2;
  r.parts[0].values[kFound] = words("复查无异常");
  r.version = 2;
  kept.add({r});
  CHECK(kept.read()->get("matter", r.id).value().value() == r);
  r.parts.pop_back();
  auto w = kept.write();
  CHECK(w->put_derived(r));
  CHECK(w->commit());
  CHECK(kept.read()->get("matter", r.id).value().value() == r);
}

TEST_CASE("an uncommitted writer leaves nothing") {
  Kept kept;
  auto r = full_matter(1, "370306104", "2023-03-15");
  {
    auto w = kept.write();
    CHECK(w->put(r));
    auto e = event_of(r);
    CHECK(w->append(e));
    for (const auto &c : contributions_of(r)) CHECK(w->move(r.owner_org, c, 1));
    CHECK(w->next_number(r.owner_org, "case", 2023).value() == 1);
    CHECK(w->keep_answer("370306", "clerk", "k", {"h", "a"}));
  }
  auto read = kept.read();
  CHECK_FALSE(read->get("matter", r.id).value().has_value());
  CHECK(read->chains().value().empty());
  CHECK(read->tallies(months("370306", Month(2023, 1), Month(2023, 12))).value().empty());
  CHECK_FALSE(read->keyed("370306", "clerk", "k").value().has_value());
  CHECK(read->search(words_of("纠纷")).value().empty());
  CHECK(kept.write()->next_number(r.owner_org, "case", 2023).value() == 1);
}

TEST_CASE("a reader sees one moment; a spent writer does nothing") {
  if (std::getenv("YIFA_CITUS") != nullptr) {
    MESSAGE("skipped: on Citus a reader's moment begins on each server with his first look there");
    return;
  }
  Kept kept;
  auto before = kept.read();
  kept.add({matter(1, "370306104", "2023-03-15", "一")});
  CHECK_FALSE(before->get("matter", id_of(1)).value().has_value());
  CHECK(kept.read()->get("matter", id_of(1)).value().has_value());
  auto w = kept.write();
  CHECK(w->put(matter(2, "370306104", "2023-03-15", "二")));
  CHECK(w->commit());
  CHECK_FALSE(w->put(matter(3, "370306104", "2023-03-15", "三")));
  CHECK_FALSE(w->commit());
}

TEST_CASE("what no table can hold is refused and spoils the transaction") {
  Kept kept;
  auto w = kept.write();
  auto wrong = matter(1, "370306104", "2023-03-15", "一");
  wrong.values.pop_back();
  CHECK(w->put(wrong).error().code == ErrorCode::Internal);
  CHECK_FALSE(w->commit());
  w = kept.write();
  auto unknown = matter(1, "370306104", "2023-03-15", "一");
  unknown.type = "nothing";
  CHECK_FALSE(w->put(unknown));
  CHECK_FALSE(w->commit());
  w = kept.write();
  auto negative = matter(1, "370306104", "2023-03-15", "一");
  negative.values[kCopies] = catalog::Value(catalog::Count{-1});
  (void)w->put(negative); // the table refuses it, told at once or by commit
  CHECK_FALSE(w->commit());
  CHECK_FALSE(kept.read()->get("matter", id_of(1)).value().has_value());
}

TEST_CASE("display numbers, batches, offices") {
  Kept kept;
  auto full = full_matter(2, "370306104", "2023-12-31");
  auto department = note(4, "370306104D01", "2023-01-01", "司法所");
  department.batch = id_of(77);
  kept.add({full, department, note(5, "370306105", "2023-01-01", "别的镇")});
  auto r = kept.read();
  CHECK(r->by_number("matter", org("370306104"), "2023-2").value() == full.id);
  CHECK_FALSE(r->by_number("matter", org("370306105"), "2023-2").value().has_value());
  CHECK_FALSE(r->by_number("note", org("370306104"), "2023-2").value().has_value());
  auto members = r->batch_members(id_of(77)).value();
  REQUIRE(members.size() == 2);
  CHECK(members[0] == std::pair<std::string, RecordId>("matter", full.id));
  CHECK(members[1] == std::pair<std::string, RecordId>("note", department.id));
  CHECK(r->batch_members(id_of(78)).value().empty());
  auto offices = r->offices_with_records(org("370306104")).value();
  REQUIRE(offices.size() == 2);
  CHECK(offices[0].text() == "370306104");
  CHECK(r->offices_with_records(OrgCode()).value().size() == 3);
  // Two records of one office and ledger cannot bear one number.
  auto twin = matter(6, "370306104", "2023-12-31", "同号");
  twin.number = "2023-2";
  auto w = kept.write();
  (void)w->put(twin);
  CHECK_FALSE(w->commit());
}

TEST_CASE("links are found from their other end") {
  Kept kept;
  auto full = full_matter(2, "370306104", "2023-12-31");
  auto about = note(5, "370306104", "2023-02-01", "关于第二号");
  about.values[kAbout] = catalog::Value(full.id);
  auto also = note(6, "370306105", "2023-01-01", "也关于第二号");
  also.values[kAbout] = catalog::Value(full.id);
  kept.add({full, about, also});
  auto ids = [](const std::vector<Record> &records) {
    std::vector<RecordId> out;
    for (const auto &r : records) out.push_back(r.id);
    return out;
  };
  {
    auto r = kept.read();
    CHECK(ids(r->pointing("370306", "note", "about", full.id).value()) ==
          std::vector{also.id, about.id});
    CHECK(r->pointing("370307", "note", "about", full.id).value().empty());
    CHECK(r->pointing("370306", "note", "text", full.id).value().empty());
    CHECK(ids(r->pointing("370306", "matter", "before", id_of(1'000'002)).value()) ==
          std::vector{full.id});
    CHECK(ids(r->pointing("370306", "matter", "before", id_of(2'000'002)).value()) ==
          std::vector{full.id});
    CHECK(ids(r->pointing("370306", "matter", "lines.about", id_of(3'000'002)).value()) ==
          std::vector{full.id});
    CHECK(ids(r->pointing("370306", "matter", "parent", id_of(4'000'002)).value()) ==
          std::vector{full.id});
    auto uses = r->attached(std::string(64, 'a')).value();
    REQUIRE(uses.size() == 1);
    CHECK(uses[0].field == "photos");
    CHECK(uses[0].record == full.id);
  }
  about.values[kAbout] = catalog::Value(id_of(3));
  about.version = 2;
  full.values[kPhotos] = catalog::Value();
  full.version = 2;
  kept.add({about, full});
  auto r = kept.read();
  CHECK(ids(r->pointing("370306", "note", "about", full.id).value()) == std::vector{also.id});
  CHECK(ids(r->pointing("370306", "note", "about", id_of(3)).value()) == std::vector{about.id});
  CHECK(r->attached(std::string(64, 'a')).value().empty());
}

TEST_CASE("duplicates are told by the alike fields of one office") {
  Kept kept;
  const auto &type = *kept.catalog.type("matter");
  auto a = matter(3, "370306104", "2023-03-15", "界桩纠纷"); // kind land
  auto same = matter(6, "370306104", "2024-01-01", "界桩纠纷");
  kept.add({a, matter(4, "370306104", "2023-03-15", "界桩纠纷"),
            matter(9, "370306105", "2023-03-15", "界桩纠纷")});
  auto found = kept.read()->alike(type, same).value();
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == a.id);
  auto empty = same;
  empty.values[kTitle] = catalog::Value();
  CHECK(kept.read()->alike(type, empty).value().empty());
  empty.values[kKind] = catalog::Value();
  CHECK(kept.read()->alike(type, empty).value().empty());
  CHECK(kept.read()->alike(type, a).value().empty()); // itself is no duplicate
  a.withdrawn = true;
  a.version = 2;
  kept.add({a});
  CHECK(kept.read()->alike(type, same).value().empty());
}

TEST_CASE("walks give every row; clearing empties what replay refills") {
  Kept kept;
  auto full = full_matter(2, "370306104", "2023-12-31");
  auto gone = matter(1, "370306104", "2023-03-15", "撤");
  gone.withdrawn = true;
  kept.add({full, gone, note(5, "370306105", "2023-01-01", "别的镇")});
  auto w = kept.write();
  std::size_t matters = 0;
  std::size_t files = 0;
  CHECK(w->each_record("matter", [&](Record &&r) -> Status {
    ++matters;
    // A walk may ask other questions on the way.
    CHECK(w->get("matter", r.id).value().has_value());
    return Done{};
  }));
  CHECK(matters == 2);
  CHECK(w->each_attached([&](const store::Attached &) -> Status { return ++files, Done{}; }));
  CHECK(files == 1);
  CHECK(w->each_record("matter", [](Record &&) -> Status { return invalid("stop"); })
            .error()
            .message == "stop");
  CHECK(w->keep_answer("370306", "clerk", "k", {"h", "a"}));
  CHECK(w->clear_derived_tables());
  CHECK_FALSE(w->get("matter", full.id).value().has_value());
  CHECK(w->attached(std::string(64, 'a')).value().empty());
  CHECK(w->batch_members(id_of(77)).value().empty());
  CHECK(w->search(words_of("纠纷")).value().empty());
  CHECK(w->keyed("370306", "clerk", "k").value().has_value());
  CHECK(w->put_derived(full));
  CHECK(w->commit());
  CHECK(kept.read()->get("matter", full.id).value().value() == full);
  CHECK(kept.read()->search(words_of("纠纷")).value().size() == 1);
  CHECK(fault(kept.store->check()) == "");
}

TEST_CASE("a change of one county writes to no other") {
  Kept kept;
  const auto own = matter(1, "370306104", "2023-03-15", "一");
  const auto other = matter(2, "500229107", "2023-03-15", "二");
  kept.add({own, other});
  const auto here = org("370306104");
  const auto there = org("500229107");
  record::Contribution one;
  one.indicator = "f";
  one.month = Month(2023, 1);
  one.value = 1;
  const auto due_at = [](const record::Record &of) {
    return std::vector<store::DueRow>{{of.owner_org, of.day, "office", "matter", of.id, "a", {}}};
  };
  using Act = std::function<Status(store::Writer &, const OrgCode &, const record::Record &)>;
  const std::map<std::string, Act> acts = {
      {"a number",
       [](auto &w, auto &office, auto &) -> Status {
         const auto given = w.next_number(office, "r", 2023);
         return given ? Status(Done{}) : Status(given.error());
       }},
      {"a register",
       [](auto &w, auto &office, auto &) {
         return w.put_register({office, "s", 2023, 3});
       }},
      {"a figure", [&](auto &w, auto &office, auto &) { return w.move(office, one, 1); }},
      {"a limit", [&](auto &w, auto &, auto &of) { return w.put_due(of.id, due_at(of)); }},
      {"an answer",
       [](auto &w, auto &office, auto &) {
         return w.keep_answer(office.county(), "li", "k", {"hash", "answer"});
       }},
      {"a keyed hash",
       [](auto &w, auto &office, auto &of) {
         return w.put_blind(office, "matter", of.id, "party", "mac");
       }},
      {"a key", [](auto &w, auto &office,
                   auto &of) { return w.put_record_key(office.county(), of.id, "key"); }},
      {"a handler",
       [](auto &w, auto &office, auto &of) { return w.put_handler(office.county(), of.id, "li"); }},
      {"a record",
       [](auto &w, auto &, record::Record of) {
         of.version = 2;
         return w.put(of);
       }},
      {"everything", [](auto &w, auto &office, auto &) {
         return office.county() == "370306" ? Status(Done{}) : w.clear_counts();
       }}};
  for (const auto &[what, act] : acts) {
    CAPTURE(what);
    auto w = std::move(kept.store->write({.county = "370306"}).value());
    CHECK(fault(act(*w, here, own)) == "");
    const auto refused = act(*w, there, other);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Internal);
    CHECK(refused.error().message.find("370306") != std::string::npos);
  }
  // What is one for all may be written by who writes to any county.
  auto w = std::move(kept.store->write({.county = "370306"}).value());
  record::Org node;
  node.code = there;
  node.name = "乙镇";
  CHECK(fault(w->put_org(node)) == "");
  CHECK(fault(w->put_meta("a", "b")) == "");
  CHECK(fault(w->commit()) == "");
  CHECK(kept.read()->meta("a").value() == "b");
}
