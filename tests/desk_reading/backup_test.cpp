#include "folder.h"
#include "service/backup_shelf.h"
#include "sqlite/store.h"

#include <chrono>
#include <thread>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::service;

namespace {

namespace fs = std::filesystem;

Result<std::unique_ptr<store::Store>> open_backup_store(const std::string &, const fs::path &at) {
  return sqlite::open(at);
}

struct PlaceWithBackups {
  testing::Folder folder;
  std::unique_ptr<Workspace> space;
  fs::path disk = folder.path() / "disk";

  PlaceWithBackups() {
    WorkspaceOptions options;
    options.data = folder.path() / "data";
    options.catalog_folder = fs::path(YIFA_SOURCE_DIR) / "catalog";
    REQUIRE(Workspace::init(options, false, open_backup_store));
    space = std::move(Workspace::open(options, open_backup_store).value());
    fs::create_directories(disk);
  }
  Status plan(const BackupPlan &plan, const Actor &actor = local_operator()) {
    return keep_backup_plan(space->environment(), space->folder(), plan, actor);
  }
  BackupState state() { return BackupShelf(*space).state().value(); }
};

Moment at(const char *written) { return Moment::parse(written).value(); }

std::string fault_at(const Status &status) { return status.error().problems.at(0).where; }

} // namespace

TEST_CASE("a daily backup is due once its time has come, and once a day") {
  BackupPlan plan;
  plan.minute = 150;
  CHECK_FALSE(backup_due(plan, {}, at("2026-01-06T09:00")));
  plan.on = true;
  CHECK_FALSE(backup_due(plan, {}, at("2026-01-06T02:29")));
  CHECK(backup_due(plan, {}, at("2026-01-06T02:30")));
  const auto tried = [](const char *when) { return BackupAttempt{at(when), {}}; };
  CHECK_FALSE(backup_due(plan, tried("2026-01-06T02:31"), at("2026-01-06T23:59")));
  CHECK_FALSE(backup_due(plan, tried("2026-01-06T02:31"), at("2026-01-07T02:29")));
  // The server was down at its time, or the time was moved: it is made up for.
  CHECK(backup_due(plan, tried("2026-01-04T02:31"), at("2026-01-06T09:00")));
  CHECK(backup_due(plan, tried("2026-01-06T01:00"), at("2026-01-06T02:30")));
}

TEST_CASE("a plan is the system administrator's and names a disk that is there") {
  PlaceWithBackups place;
  Actor clerk;
  clerk.roles = {"legal_officer"};
  CHECK(place.plan({true, 0, {}, 1}, clerk).error().code == ErrorCode::Forbidden);
  CHECK(fault_at(place.plan({true, 0, "backups", 1})) == "folder");
  CHECK(fault_at(place.plan({true, 0, place.folder.path() / "none", 1})) == "folder");
  CHECK(fault_at(place.plan({true, 0, place.space->folder() / "blobs", 1})) == "folder");
  CHECK(fault_at(place.plan({true, 0, {}, 0})) == "keep");
  CHECK(read_minute("24:00").error().problems.at(0).where == "at");
  CHECK(read_minute("23:59").value() == 23 * 60 + 59);
  CHECK(place.state().warnings.size() == 2);
  REQUIRE(place.plan({true, 0, place.disk, 1}));
  CHECK(place.state().plan.folder == place.disk);
  const auto reader = std::move(place.space->environment().store.read().value());
  CHECK(reader->chains().value().size() == 1);
}

TEST_CASE("a backup is restored on trial; the plan keeps so many and tells what failed") {
  PlaceWithBackups place;
  REQUIRE(place.plan({true, 0, place.disk, 1}));
  BackupShelf shelf(*place.space);
  CHECK(shelf.add_if_due().value());
  CHECK_FALSE(shelf.add_if_due().value());
  auto state = place.state();
  REQUIRE(state.backups.size() == 1);
  CHECK(state.backups[0].verified);
  CHECK(state.backups[0].daily);
  CHECK(state.warnings.empty());
  const auto first = state.backups[0].name;
  CHECK(fs::exists(place.disk / first));
  // Nothing of the trial stays, and the file is nobody else's.
  CHECK(fs::is_empty(place.space->folder() / "spool"));

  std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // names are by the second
  REQUIRE(shelf.add(true));
  const auto own = shelf.add();
  REQUIRE(own);
  state = place.state();
  CHECK(state.backups.size() == 2);
  CHECK_FALSE(fs::exists(place.disk / first));
  CHECK(fs::exists(place.space->folder() / "backups" / own->name));

  // The disk is gone: told, and no directory is made in its place.
  fs::remove_all(place.disk);
  auto writer = std::move(place.space->environment().store.write().value());
  REQUIRE(writer->drop_meta("backup:attempt"));
  REQUIRE(writer->commit());
  CHECK(shelf.add_if_due().value());
  CHECK_FALSE(fs::exists(place.disk));
  REQUIRE(place.state().warnings.size() == 1);
  CHECK(place.state().warnings[0].find("failed") != std::string::npos);
}
