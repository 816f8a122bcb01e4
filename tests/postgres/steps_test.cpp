#include "county_at_work.h"
#include "database.h"
#include "folder.h"
#include "small_catalog.h"

#include <chrono>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace yifa;
using namespace yifa::testing;

namespace {

std::string told(const Status &status) { return status ? "" : status.error().text(); }

/// Ten people at once, held up until all wait; what each was told.
std::vector<Result<record::Receipt>> together(CountyAtWork &at_work, const std::string &bad) {
  std::vector<Result<record::Receipt>> results(10, internal_error("not asked"));
  auto holding = at_work.hold("370306");
  std::vector<std::thread> people;
  for (int n = 0; n < 10; ++n)
    people.emplace_back([&, n] {
      record::Command command;
      command.type = "screening";
      command.action = "open";
      command.org = org("370306104");
      command.fields = {{"held_on", "2023-03-05"}, {"people", n}};
      results[static_cast<std::size_t>(n)] =
          at_work.queue().apply(command, service::local_operator(n == 7 ? bad : "clerk"));
    });
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  holding.reset();
  for (auto &one : people) one.join();
  return results;
}

} // namespace

TEST_CASE("a step that the store refuses late is undone alone") {
  make_database("steps");
  auto store = open_database("steps");
  REQUIRE(store->migrate(small_catalog()));
  auto writer = std::move(store->write({.county = "370306"}).value());
  const auto step = [&](std::uint64_t n, const std::string &title) {
    REQUIRE(told(writer->save()) == "");
    auto r = matter(n, "370306104", "2023-03-05", title);
    r.number = std::to_string(writer->next_number(r.owner_org, "matter", 2023).value());
    auto event = event_of(r);
    REQUIRE(told(writer->append(event)) == "");
    REQUIRE(told(writer->put(r)) == "");
    for (const auto &c : contributions_of(r)) REQUIRE(told(writer->move(r.owner_org, c, 1)) == "");
    return writer->keep();
  };
  CHECK(told(step(1, "甲")) == "");
  const auto refused = step(2, std::string("乙\0丙", 7));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Invalid);
  CHECK(told(step(3, "丁")) == "");
  CHECK(told(writer->commit()) == "");
  auto reader = std::move(store->read().value());
  CHECK(reader->get("matter", id_of(1)).value().value().number == "1");
  CHECK_FALSE(reader->get("matter", id_of(2)).value().has_value());
  CHECK(reader->get("matter", id_of(3)).value().value().number == "2");
  CHECK(reader->head("370306104").value()->seq == 3); // the genesis and two
  CHECK(reader->tallies({org("370306104"), Month(2023, 1), Month(2023, 12), false, {"matters"}})
            .value()
            .at(0)
            .value == 2);
}

TEST_CASE("what the store refuses of one it keeps of the others who came with him") {
  // As a search index refuses a text that is too long for it: at the very end, when all is written
  // together; and as a table does, step by step.
  for (const std::string table : {"search_text", "event"}) {
    CAPTURE(table);
    Folder folder;
    make_database("together");
    CountyAtWork at_work(folder.path(), url_of("together", "&yifa_partitions=0"), true);
    run_sql("together",
            fmt::format("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
                        "{} THEN RAISE EXCEPTION 'too long' USING ERRCODE = '54000'; END IF; "
                        "RETURN NEW; END $$; CREATE TRIGGER refuse BEFORE INSERT ON {} FOR EACH "
                        "ROW EXECUTE FUNCTION refuse()",
                        table == "event"
                            ? "NEW.actor = 'bad'"
                            : "EXISTS (SELECT 1 FROM event WHERE record = NEW.record AND actor = "
                              "'bad')",
                        table));
    const auto results = together(at_work, "bad");
    for (std::size_t n = 0; n < results.size(); ++n) {
      CAPTURE(n);
      if (n == 7) {
        REQUIRE_FALSE(results[n]);
        CHECK(results[n].error().code == ErrorCode::Invalid);
      } else {
        CHECK_MESSAGE(results[n], (results[n] ? "" : results[n].error().text()));
      }
    }
    CHECK(at_work.kept().size() == 9);
    CHECK(at_work.verified().empty());
  }
}

TEST_CASE("refusals that may come late come with the commit, and what is known here at once") {
  make_database("late");
  auto store = open_database("late");
  REQUIRE(store->migrate(small_catalog()));
  const auto write = [&] {
    return std::move(store->write({.county = "370306", .late = true}).value());
  };
  const auto first = matter(1, "370306104", "2023-03-05", "甲");
  {
    auto writer = write();
    REQUIRE(told(writer->put(first)) == "");
    REQUIRE(told(writer->keep_answer("370306", "clerk", "k", {"hash", "{}"})) == "");
    CHECK(writer->put(first).error().code == ErrorCode::Stale);
    CHECK(writer->keep_answer("370306", "clerk", "k", {"other", "{}"}).error().code ==
          ErrorCode::Stale);
    CHECK(writer->next_number(first.owner_org, "matter", 2023).value() == 1);
    REQUIRE(told(writer->commit()) == "");
  }
  {
    auto writer = write();
    CHECK(told(writer->put(first)) == "");
    CHECK(writer->commit().error().code == ErrorCode::Stale);
  }
  {
    auto writer = write();
    CHECK(told(writer->keep_answer("370306", "clerk", "k", {"other", "{}"})) == "");
    CHECK(writer->commit().error().code == ErrorCode::Stale);
  }
  {
    auto writer = write();
    store::Foreseen to_come{first.owner_org, "clerk", "k", "matter", first.id, {"matter", "note"}};
    REQUIRE(told(writer->foresee({to_come})) == "");
    CHECK(writer->keyed("370306", "clerk", "k").value()->request_hash == "hash");
    CHECK(writer->keep_answer("370306", "clerk", "k", {"other", "{}"}).error().code ==
          ErrorCode::Stale);
    CHECK(writer->next_number(first.owner_org, "matter", 2023).value() == 2);
    CHECK(writer->next_number(first.owner_org, "note", 2023).value() == 1);
    store::DueRow limit;
    limit.owner = first.owner_org;
    limit.due = first.day;
    limit.type = "matter";
    limit.record = first.id;
    limit.rule = "rule";
    REQUIRE(told(writer->put_due(first.id, {limit})) == "");
    REQUIRE(told(writer->save()) == "");
    CHECK(writer->next_number(first.owner_org, "note", 2023).value() == 2);
    REQUIRE(told(writer->put_due(first.id, {})) == "");
    CHECK(writer->due_of(first.id).value().empty());
    auto changed = first;
    changed.version = 2;
    changed.state = "done";
    REQUIRE(told(writer->put(changed)) == "");
    CHECK(writer->get("matter", first.id).value()->state == "done");
    REQUIRE(told(writer->back()) == "");
    CHECK(writer->get("matter", first.id).value()->version == 1);
    CHECK(writer->due_of(first.id).value().size() == 1);
    CHECK(writer->next_number(first.owner_org, "note", 2023).value() == 2);
    REQUIRE(told(writer->save()) == "");
    CHECK(writer->foresee({to_come}).error().code == ErrorCode::Internal);
    REQUIRE(told(writer->back()) == "");
    REQUIRE(told(writer->commit()) == "");
  }
  auto reader = std::move(store->read().value());
  CHECK(reader->get("matter", first.id).value()->version == 1);
  CHECK(reader->keyed("370306", "clerk", "k").value()->request_hash == "hash");
}

TEST_CASE("a step that the server refused takes the late ones before it along") {
  make_database("given_up");
  auto store = open_database("given_up");
  REQUIRE(store->migrate(small_catalog()));
  auto writer = std::move(store->write({.county = "370306", .late = true}).value());
  REQUIRE(told(writer->save()) == "");
  REQUIRE(told(writer->put(matter(1, "370306104", "2023-03-05", std::string("乙\0丙", 7)))) == "");
  REQUIRE(told(writer->keep()) == "");
  REQUIRE(told(writer->save()) == "");
  record::Query query;
  query.type = "matter";
  CHECK(writer->find(query).error().code == ErrorCode::Invalid); // of the step before
  CHECK(writer->back().error().code == ErrorCode::Unavailable);
  CHECK(writer->save().error().code == ErrorCode::Unavailable);
  CHECK(writer->commit().error().code == ErrorCode::Unavailable);
  auto reader = std::move(store->read().value());
  CHECK_FALSE(reader->get("matter", id_of(1)).value().has_value());
}
