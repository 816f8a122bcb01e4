#include "crypto/hash.h"
#include "store/verify.h"
#include "store_under_test.h"

using namespace yifa;
using namespace yifa::testing;

TEST_CASE("events make one chain an office, begun by a genesis") {
  Kept kept;
  auto a = matter(1, "370306104", "2023-03-15", "一");
  auto department = note(2, "370306104D01", "2023-03-16", "同一条链");
  auto other = note(3, "370306105", "2023-03-16", "另一条链");
  auto w = kept.write();
  CHECK_FALSE(w->head("370306104").value().has_value());
  for (const auto &r : {a, department, other}) {
    auto e = event_of(r);
    REQUIRE(w->append(e));
    CHECK(e.seq == (r.id == department.id ? 3 : 2));
    CHECK(e.hash == crypto::sha256(e.previous, e.body));
  }
  CHECK(w->head("370306104").value()->seq == 3);
  CHECK(w->commit());
  auto r = kept.read();
  CHECK(r->chains().value() == std::vector<std::string>{"370306104", "370306105"});
  auto events = r->events("370306104", 0, 0).value();
  REQUIRE(events.size() == 3);
  CHECK(events[0].type == "@chain");
  CHECK(events[0].previous == std::string(32, '\0'));
  CHECK(events[0].body.find("sha256") != std::string::npos);
  CHECK(events[1].record == a.id);
  CHECK(events[2].previous == events[1].hash);
  CHECK(r->head("370306104").value()->hash == events[2].hash);
  auto page = r->events("370306104", 1, 1).value();
  REQUIRE(page.size() == 1);
  CHECK(page[0].seq == 2);
  CHECK(page[0].previous == events[0].hash);
  auto history = r->history(department.id).value();
  REQUIRE(history.size() == 1);
  CHECK(history[0].previous == events[1].hash);
  CHECK(history[0].body == events[2].body);
  CHECK(r->history(id_of(99)).value().empty());
  CHECK_FALSE(store::check_chain(*r, "370306104").value().has_value());
  CHECK(fault(kept.store->check()) == "");
}

TEST_CASE("an archive coming back makes the same hashes") {
  Kept first;
  Kept second;
  auto w = first.write();
  for (std::uint64_t n = 1; n <= 20; ++n) {
    auto e = event_of(matter(n, "370306104", "2023-03-15", "甲"));
    REQUIRE(w->append(e));
  }
  REQUIRE(w->commit());
  auto reader = first.read();
  w = second.write();
  for (auto e : take(reader->events("370306104", 0, 0))) {
    auto hash = e.hash;
    REQUIRE(w->append(e));
    CHECK(e.hash == hash);
  }
  auto again = reader->events("370306104", 0, 1).value()[0];
  CHECK(w->append(again).error().code == ErrorCode::Stale); // a chain begins once
  CHECK(w->commit());
  CHECK(second.read()->head("370306104").value()->hash == reader->head("370306104").value()->hash);
}

TEST_CASE("administrative chains and offices above the county have chains too") {
  Kept kept;
  auto w = kept.write();
  for (const char *chain : {"admin:370306", "37", "370306"}) {
    record::Event e;
    e.chain = chain;
    e.type = "@org";
    e.action = "put";
    e.body = "{}";
    CHECK(w->append(e));
  }
  record::Event empty;
  empty.chain = "37";
  CHECK_FALSE(w->append(empty));
  CHECK_FALSE(w->commit());
  CHECK(kept.read()->chains().value().empty());
}

TEST_CASE("verify shows everything once and in order") {
  Kept kept;
  struct Counting final : store::Visitor {
    int events = 0, records = 0, tallies = 0;
    Status event(const record::Event &) override { return ++events, Done{}; }
    Status record(record::Record &&) override { return ++records, Done{}; }
    Status tally(const OrgCode &, const record::Contribution &) override {
      return ++tallies, Done{};
    }
  } counting;
  auto w = kept.write();
  for (std::uint64_t n = 1; n <= 1200; ++n) {
    auto r = matter(n, n % 2 == 0 ? "370306104" : "370306105", "2023-03-15", "甲");
    auto e = event_of(r);
    REQUIRE(w->append(e));
    REQUIRE(w->put(r));
    for (const auto &c : contributions_of(r)) REQUIRE(w->move(r.owner_org, c, 1));
  }
  REQUIRE(w->commit());
  auto reader = kept.read();
  CHECK(store::verify(*reader, {"matter", "note"}, counting).value().empty());
  CHECK(counting.events == 1202);
  CHECK(counting.records == 1200);
  CHECK(counting.tallies == 2 * 8); // two offices, two figures, a total and three kinds each
}

TEST_CASE("registers count without gap, answers are given once, keys come and go") {
  Kept kept;
  auto owner = org("370306104");
  {
    auto w = kept.write();
    CHECK(w->next_number(owner, "三统一", 2023).value() == 1);
    CHECK(w->next_number(owner, "三统一", 2023).value() == 2);
    CHECK(w->next_number(owner, "三统一", 2024).value() == 1);
    CHECK(w->next_number(org("370306105"), "三统一", 2023).value() == 1);
    CHECK(w->keep_answer("370306", "clerk", "k1", {"hash", "{}"}));
    CHECK(w->keep_answer("370306", "clerk", "k1", {"other", "{}"}).error().code ==
          ErrorCode::Stale);
    CHECK(w->put_record_key("370306", id_of(1), std::string("\0wrapped", 8)));
    CHECK(w->put_blind(owner, "petition", id_of(1), "name", std::string(32, 'm')));
    CHECK(w->put_blind(owner, "petition", id_of(1), "name", std::string(32, 'm')));
    CHECK(w->put_meta("edition:x", "first"));
    CHECK(w->put_meta("edition:x", std::string(500'000, 'y')));
    CHECK(w->put_register({owner, "归档", 2020, 88}));
    CHECK(w->next_number(owner, "归档", 2020).value() == 89);
    CHECK(w->commit());
  }
  kept.reopen();
  {
    auto r = kept.read();
    CHECK(r->keyed("370306", "clerk", "k1").value()->request_hash == "hash");
    CHECK_FALSE(r->keyed("370307", "clerk", "k1").value().has_value());
    CHECK(r->record_key(id_of(1)).value() == std::string("\0wrapped", 8));
    CHECK(r->blind_matches(owner, "petition", "name", std::string(32, 'm')).value() ==
          std::vector{id_of(1)});
    CHECK(r->blind_matches(owner, "petition", "name", std::string(32, 'n')).value().empty());
    CHECK(r->meta("edition:x").value()->size() == 500'000);
    CHECK_FALSE(r->meta("none").value().has_value());
    CHECK(r->meta_keys("edition:").value() == std::vector<std::string>{"edition:x"});
    CHECK(r->meta_keys("e").value().size() == 1);
    std::size_t rows = 0;
    CHECK(r->each_register([&](const store::RegisterRow &) -> Status { return ++rows, Done{}; }));
    CHECK(r->each_answer([&](auto &, auto &, auto &, auto &) -> Status { return ++rows, Done{}; }));
    CHECK(r->each_record_key([&](auto &, auto &) -> Status { return ++rows, Done{}; }));
    CHECK(r->each_blind([&](const store::BlindRow &row) -> Status {
      CHECK(row.owner == owner);
      CHECK(row.mac == std::string(32, 'm'));
      return ++rows, Done{};
    }));
    CHECK(rows == 7);
  }
  auto w = kept.write();
  CHECK(w->drop_record_key(id_of(1)));
  CHECK(w->drop_blinds(id_of(1)));
  CHECK(w->commit());
  CHECK_FALSE(kept.read()->record_key(id_of(1)).value().has_value());
  CHECK(
      kept.read()->blind_matches(owner, "petition", "name", std::string(32, 'm')).value().empty());
}
