#include "reading_desk.h"

#include "base/file.h"
#include "service/attachments.h"

using namespace yifa;
using namespace yifa::testing;

namespace {

Actor officer_of(const char *id, const char *office) {
  auto actor = ReadingDesk::clerk({});
  actor.id = id;
  actor.scope = reading_org(office);
  return actor;
}

record::Command training_with(const std::string &hash, const char *office) {
  record::Command command;
  command.type = "training";
  command.action = "open";
  command.org = reading_org(office);
  command.fields = {{"held_on", "2025-05-05"}, {"audience", "officers"}, {"record", {hash}}};
  return command;
}

} // namespace

TEST_CASE("a file is named by who brought it or may read it; to know its hash is not enough") {
  ReadingDesk desk;
  const auto east = officer_of("east", kEast);
  const auto colleague = officer_of("colleague", kEast);
  const auto west = officer_of("west", kWest);
  Folder folder;
  const auto paper = folder.path() / "sheet.txt";
  REQUIRE(write_file(paper, "who was there"));
  const auto hash = keep_attachment(*desk.env, paper, east)->hash;
  const auto target = folder.path() / "read.txt";

  // Nobody else yet, not even in his own office; and nothing else is told than of no file at all.
  const auto guessed = desk.ledgers->apply(training_with(hash, kWest), west);
  REQUIRE_FALSE(guessed);
  CHECK(guessed.error().problems.at(0).where == "record");
  CHECK(guessed.error() ==
        desk.ledgers->apply(training_with(std::string(64, '0'), kWest), west).error());
  CHECK_FALSE(desk.ledgers->apply(training_with(hash, kEast), colleague));
  CHECK(fetch_attachment(*desk.env, hash, target, west).error().code == ErrorCode::NotFound);

  const auto made = desk.ledgers->apply(training_with(hash, kEast), east);
  REQUIRE(made);
  CHECK(desk.ledgers->apply(training_with(hash, kEast), colleague));
  CHECK(fetch_attachment(*desk.env, hash, target, colleague));
  CHECK_FALSE(desk.ledgers->apply(training_with(hash, kWest), west));
  CHECK_FALSE(fetch_attachment(*desk.env, hash, target, west));

  // A county's reviewer of both towns may; a row of the other town then bears it lawfully.
  const auto county = officer_of("county", "990101");
  CHECK(desk.ledgers->apply(training_with(hash, kWest), county));
  CHECK(desk.ledgers->apply(training_with(hash, kWest), west));
}

TEST_CASE("what is linked must be seen") {
  ReadingDesk desk;
  const auto round = desk.open("screening", kWest, {{"held_on", "2025-12-20"}, {"way", "village"}});
  auto fields = dispute_fields("2025-12-21", "990101100200");
  record::Command command;
  command.type = "dispute";
  command.action = "open";
  command.org = reading_org(kEast);
  command.reason = "test";
  command.fields = fields;
  command.fields["round"] = round.text();
  const auto east = officer_of("east", kEast);
  const auto hidden = desk.ledgers->apply(command, east);
  REQUIRE_FALSE(hidden);
  command.fields["round"] = desk.env->ids.next().text();
  const auto none = desk.ledgers->apply(command, east);
  REQUIRE_FALSE(none);
  CHECK(hidden.error().code == none.error().code);
  CHECK(hidden.error().problems.size() == none.error().problems.size());
  command.fields["round"] =
      desk.open("screening", kEast, {{"held_on", "2025-12-20"}, {"way", "village"}}).text();
  CHECK(desk.ledgers->apply(command, east));
}

TEST_CASE("a file of a personal field is for who handles the record, and its reading is recorded") {
  ReadingDesk desk;
  desk.env->master = crypto::Key::from_bytes(std::string(32, 'k')).value();
  const auto mediator = officer_of("mediator", kEast);
  const auto colleague = officer_of("colleague", kEast);
  Folder folder;
  const auto paper = folder.path() / "words.txt";
  REQUIRE(write_file(paper, "what the parties said"));
  const auto hash = keep_attachment(*desk.env, paper, mediator)->hash;
  record::Command command;
  command.type = "dispute";
  command.action = "open";
  command.org = reading_org(kEast);
  command.fields = dispute_fields("2025-12-21", "990101100200");
  command.reason = "test";
  const auto id = desk.ledgers->apply(command, mediator)->record;
  record::Command session;
  session.type = "dispute";
  session.action = "session.open";
  session.org = reading_org(kEast);
  session.record = id;
  session.fields = {{"held_on", "2025-12-22"}, {"record", hash}};
  session.reason = "test";
  const auto held = desk.ledgers->apply(session, mediator);
  INFO((held ? std::string() : held.error().text()));
  REQUIRE(held);

  const auto target = folder.path() / "read.txt";
  const auto readings = [&] {
    const auto reader = std::move(desk.env->store.read().value());
    const auto head = reader->head("access:990101").value();
    return head ? head->seq : 0;
  };
  CHECK(fetch_attachment(*desk.env, hash, target, mediator).error().code == ErrorCode::NotFound);
  const auto refused = fetch_attachment_of(*desk.ledgers, id, hash, target, colleague);
  CHECK(refused.error().code == ErrorCode::NotFound);
  CHECK(refused.error() ==
        fetch_attachment_of(*desk.ledgers, id, std::string(64, '0'), target, colleague).error());
  const auto before = readings();
  REQUIRE(fetch_attachment_of(*desk.ledgers, id, hash, target, mediator));
  CHECK(read_file(target).value() == "what the parties said");
  CHECK(readings() > before);
  CHECK_FALSE(fetch_attachment_of(*desk.ledgers, id, std::string(64, '0'), target, mediator));
}

TEST_CASE("a dry run judges every step up to the state, and writes nothing") {
  ReadingDesk desk;
  record::Command command;
  command.type = "dispute";
  command.action = "open";
  command.org = reading_org(kEast);
  command.target_state = "accepted";
  command.reason = "test";
  command.fields = dispute_fields("2025-12-21", "990101100200");
  command.fields["accepted_on"] = "2025-12-22";
  command.fields["refused"] = true;
  const auto tried = [&](const Actor &actor) {
    const auto reader = std::move(desk.env->store.read().value());
    return desk.ledgers->check(*reader, command, actor);
  };
  const auto barred = tried(desk.owner);
  REQUIRE_FALSE(barred);
  CHECK(barred.error().code == ErrorCode::Refused);
  CHECK(barred.error() == desk.ledgers->apply(command, desk.owner).error());
  command.fields["refused"] = false;
  CHECK(tried(desk.owner));
  // The steps are the roles' they are given to, also when they are taken at once.
  auto clerk = officer_of("clerk", kEast);
  clerk.roles = {"village_clerk"};
  CHECK(tried(clerk).error().code == ErrorCode::Forbidden);
  CHECK(desk.ledgers->apply(command, clerk).error().code == ErrorCode::Forbidden);
  clerk.roles.emplace_back("mediator");
  CHECK(tried(clerk));
  record::Query all;
  all.type = "dispute";
  CHECK(desk.ledgers->list(all, desk.owner)->empty());
}
