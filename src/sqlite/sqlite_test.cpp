#include "sqlite/store.h"

#include "base/file.h"
#include "sqlite/connection.h"

#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

using namespace yifa;
using namespace yifa::sqlite;
namespace fs = std::filesystem;

namespace {

struct Place {
  fs::path path;
  Place() {
    std::string form = (fs::temp_directory_path() / "yifa-sqlite-XXXXXX").string();
    path = ::mkdtemp(form.data());
  }
  ~Place() { fs::remove_all(path); }
  fs::path file() const { return path / kFileName; }
};

} // namespace

TEST_CASE("a store that is none, is damaged or newer is refused in plain words") {
  Place place;
  CHECK(open(place.path, {.create = false}).error().code == ErrorCode::NotFound);
  SUBCASE("not a database") {
    REQUIRE(write_file(place.file(), std::string(20'000, 'x')));
    auto refused = open(place.path);
    CHECK(refused.error().code == ErrorCode::Unavailable);
    CHECK(refused.error().message.find("damaged") != std::string::npos);
  }
  SUBCASE("another program's") {
    {
      auto db = std::move(SqliteConnection::open(place.file(), {.create = true}).value());
      REQUIRE(db->execute("CREATE TABLE theirs (x)"));
    }
    CHECK(open(place.path).error().message.find("another program") != std::string::npos);
    CHECK(verify_file(place.file()).error().message.find("no store of yifa") != std::string::npos);
  }
  SUBCASE("newer") {
    REQUIRE(open(place.path));
    {
      auto db = std::move(SqliteConnection::open(place.file(), {}).value());
      REQUIRE(db->execute("PRAGMA user_version = 999"));
    }
    CHECK(open(place.path).error().message.find("newer") != std::string::npos);
  }
  SUBCASE("a folder that cannot be made") {
    REQUIRE(write_file(place.path / "file", "x"));
    CHECK(open(place.path / "file" / "data").error().code == ErrorCode::Unavailable);
  }
  SUBCASE("pages overwritten") {
    REQUIRE(open(place.path));
    CHECK(verify_file(place.file()));
    auto size = fs::file_size(place.file());
    std::fstream file(place.file(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t at = 8192 * 3; at < size; at += 8192) {
      file.seekp(static_cast<std::streamoff>(at));
      file << std::string(300, 'x');
    }
    file.close();
    CHECK(verify_file(place.file()).error().code == ErrorCode::Unavailable);
  }
}

TEST_CASE("history cannot be rewritten by a statement") {
  Place place;
  auto store = std::move(open(place.path).value());
  {
    auto w = std::move(store->write().value());
    record::Event e;
    e.chain = "370306104";
    e.type = "@org";
    e.action = "put";
    e.body = "{}";
    REQUIRE(w->append(e));
    REQUIRE(w->commit());
  }
  auto db = std::move(SqliteConnection::open(place.file(), {}).value());
  CHECK_FALSE(db->execute("UPDATE event SET actor = 'x'"));
  CHECK_FALSE(db->execute("DELETE FROM event"));
  CHECK(db->pragma("journal_mode").value() == "wal");
  CHECK(db->pragma("page_size").value() == "8192");
  CHECK(db->pragma("synchronous").value() == "2");
}

TEST_CASE("a writer gives up after its limit") {
  Place place;
  auto first = std::move(open(place.path).value());
  auto second = std::move(open(place.path, {.wait_milliseconds = 50}).value());
  auto w = std::move(first->write().value());
  CHECK(second->write().error().code == ErrorCode::Unavailable);
  {
    auto mine = std::move(open(place.path, {.wait_milliseconds = 50}).value());
    w.reset();
    auto held = std::move(mine->write().value());
    CHECK(mine->write().error().message.find("busy") != std::string::npos);
  }
  CHECK(second->write());
}
