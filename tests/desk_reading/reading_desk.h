#pragma once

#include "folder.h"
#include "service/ledgers.h"
#include "service/workspace.h"
#include "sqlite/store.h"

#include <doctest/doctest.h>

namespace yifa::testing {

using namespace yifa::service;

inline OrgCode reading_org(std::string_view code) { return OrgCode::parse(code).value(); }
inline Date reading_day(std::string_view day) { return Date::parse(day).value(); }

/// A store in a folder of its own with one county of two towns, as of 6 January 2026.
class ReadingDesk {
public:
  ReadingDesk() {
    auto loaded = load_catalog("", std::filesystem::path(YIFA_SOURCE_DIR) / "catalog");
    REQUIRE(loaded);
    REQUIRE(loaded->catalog);
    store_ = std::move(sqlite::open(folder_.path()).value());
    REQUIRE(store_->migrate(*loaded->catalog));
    blobs_ = std::move(blob::Blobs::open(folder_.path() / "blobs").value());
    env = std::make_unique<Environment>(Environment{loaded->catalog, *store_, *blobs_, clock, ids_,
                                                    std::nullopt, folder_.path() / "forgotten"});
    auto writer = std::move(store_->write().value());
    const auto node = [&](const char *code, const char *name, record::Org::Kind kind) {
      record::Org org;
      org.code = reading_org(code);
      org.name = name;
      org.kind = kind;
      REQUIRE(writer->put_org(org));
    };
    node("990101", "示例县", record::Org::Kind::Division);
    node("990101100", "东示例镇", record::Org::Kind::Town);
    node("990101101", "西示例镇", record::Org::Kind::Town);
    node("990101100200", "甲村", record::Org::Kind::Village);
    node("990101100201", "乙村", record::Org::Kind::Village);
    node("990101101200", "丙村", record::Org::Kind::Village);
    REQUIRE(writer->commit());
    ledgers = std::make_unique<Ledgers>(*env);
    owner.id = "owner";
    owner.local_operator = true;
  }
  ReadingDesk(const ReadingDesk &) = delete;
  ReadingDesk &operator=(const ReadingDesk &) = delete;
  ~ReadingDesk() {
    ledgers.reset();
    env.reset();
    store_.reset();
  }

  record::Receipt apply(record::Command command) {
    command.actor = owner.id;
    auto receipt = ledgers->apply(command, owner);
    INFO((receipt ? std::string() : receipt.error().text()));
    REQUIRE(receipt);
    return *receipt;
  }
  RecordId open(const char *type, const char *org, json::object fields) {
    record::Command command;
    command.type = type;
    command.action = "open";
    command.org = reading_org(org);
    command.fields = std::move(fields);
    command.reason = "test";
    return apply(std::move(command)).record;
  }
  void act(const char *type, const RecordId &record, const char *action, json::object fields,
           const char *reason = "test") {
    record::Command command;
    command.type = type;
    command.action = action;
    command.record = record;
    command.fields = std::move(fields);
    command.reason = reason;
    apply(std::move(command));
  }
  /// A clerk of the eastern town with these ledgers.
  static Actor clerk(std::vector<std::string> ledgers) {
    Actor actor;
    actor.id = "clerk";
    actor.scope = reading_org("990101100");
    actor.ledgers = std::move(ledgers);
    return actor;
  }

  FixedClock clock{Moment::parse("2026-01-06T09:00").value()};
  std::unique_ptr<Environment> env;
  std::unique_ptr<Ledgers> ledgers;
  Actor owner;

private:
  Folder folder_;
  SeededIds ids_{7};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<blob::Blobs> blobs_;
};

inline constexpr const char *kEast = "990101100";
inline constexpr const char *kWest = "990101101";

inline json::object dispute_fields(const std::string &day, const char *village) {
  return {{"found_on", day}, {"origin", "screening"}, {"kind", "neighbour"}, {"village", village}};
}

} // namespace yifa::testing
