#include "sqlite/store.h"

#include "base/file.h"
#include "sqlite/connection.h"
#include "sqlite/han.h"
#include "sqlite/org_names.h"
#include "store/entries.h"

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

std::vector<std::string> tokens(const std::string &text) {
  std::vector<std::string> out;
  for (auto span : han_tokens(text)) out.push_back(text.substr(span.begin, span.end - span.begin));
  return out;
}

using Words = std::vector<std::string>;

} // namespace

TEST_CASE("tokens: pairs and the last character of a run, words of letters and digits") {
  CHECK(tokens("法治政府") == Words{"法治", "治政", "政府", "府"});
  CHECK(tokens("典") == Words{"典"});
  CHECK(tokens("发2800份a4纸，第1号") == Words{"发", "2800", "份", "a4", "纸", "第", "1", "号"});
  CHECK(tokens("𠮷野") == Words{"𠮷野", "野"});
  CHECK(tokens("《民法典》") == Words{"民法", "法典", "典"});
  CHECK(tokens("བོད་ཡིག").size() > 2);
  CHECK(tokens("\xff\xfe\x80 a\xe4\xb8") == Words{"a"});
  CHECK(tokens("").empty());
  CHECK(tokens("\x01o370306 x") == Words{"\x01o370306", "x"});
}

TEST_CASE("words become queries") {
  CHECK(word_query("政府").match == "\"政府\"");
  CHECK(word_query("政府").exact);
  CHECK(word_query("政").match == "\"政\" *");
  CHECK(word_query("政").exact);
  CHECK(word_query("法治政府").match == "\"法治\" AND \"治政\" AND \"政府\"");
  CHECK_FALSE(word_query("法治政府").exact);
  CHECK(word_query("a4").match == "\"a4\" *");
  CHECK(word_query("a4纸").match == "\"a4\" * AND \"纸\" *");
  CHECK_FALSE(word_query("a4纸").exact);
  CHECK_FALSE(word_query("《民法").exact);
  CHECK(word_query("，\"").match.empty());
  CHECK(word_query("\x01o37").match.find('\x01') == std::string::npos);
}

TEST_CASE("folding") {
  CHECK(store::fold("ＷｅＣｈａｔ　公众号 ") == "wechat 公众号");
  CHECK(store::fold(" a \n\n b\t\tc ") == "a\nb c");
  CHECK(store::fold(std::string("a\0\x01z", 4)) == "a z");
  CHECK(store::fold("").empty());
}

TEST_CASE("office names") {
  CHECK(plain_name("张村村民委员会") == "张村");
  CHECK(plain_name("高观村村委会") == "高观村");
  CHECK(plain_name("东街居委会") == "东街社区");
  CHECK(plain_name("村委会") == "村委会");
  CHECK(short_name("高观镇") == "高观");
  CHECK(short_name("城区") == "城区");
  CHECK(short_name("嘎美乡") == "嘎美");
  CHECK(short_name("东风街道办事处") == "东风");
}

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
      auto db = std::move(Connection::open(place.file(), {.create = true}).value());
      REQUIRE(db.execute("CREATE TABLE theirs (x)"));
    }
    CHECK(open(place.path).error().message.find("another program") != std::string::npos);
    CHECK(verify_file(place.file()).error().message.find("no store of yifa") != std::string::npos);
  }
  SUBCASE("newer") {
    REQUIRE(open(place.path));
    {
      auto db = std::move(Connection::open(place.file(), {}).value());
      REQUIRE(db.execute("PRAGMA user_version = 999"));
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
  auto db = std::move(Connection::open(place.file(), {}).value());
  CHECK_FALSE(db.execute("UPDATE event SET actor = 'x'"));
  CHECK_FALSE(db.execute("DELETE FROM event"));
  CHECK(db.pragma("journal_mode").value() == "wal");
  CHECK(db.pragma("page_size").value() == "8192");
  CHECK(db.pragma("synchronous").value() == "2");
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
