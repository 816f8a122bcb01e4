#include "http/target.h"

#include "http/body_reader.h"
#include "http/framing.h"
#include "http/message.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::http;

TEST_CASE("a target is decoded into path and query") {
  auto plain = parse_target("/api/v1/ledgers/dispute/records");
  REQUIRE(plain);
  CHECK(plain->path == "/api/v1/ledgers/dispute/records");
  CHECK(plain->query.empty());

  auto han = parse_target("/public/%E5%A2%A8/?q=%E5%9C%9F%E5%9C%B0+a%2Bb&where=a%3Db&where=c&&d=");
  REQUIRE(han);
  CHECK(han->path == "/public/墨/");
  REQUIRE(han->query.size() == 4);
  CHECK(han->query[0] == std::pair<std::string, std::string>("q", "土地 a+b"));
  CHECK(han->query[1].second == "a=b");
  CHECK(han->query[2].second == "c");
  CHECK(han->query[3] == std::pair<std::string, std::string>("d", ""));

  CHECK(parse_target("/")->path == "/");
  CHECK(parse_target("/?")->query.empty());
  CHECK(parse_target("/a+b")->path == "/a+b");
  CHECK(parse_target("/.well-known/...")->path == "/.well-known/...");
  CHECK(parse_target("/a?x=../..")->query[0].second == "../..");
  CHECK(parse_target("/a?x=%2F%5C")->query[0].second == "/\\");
  CHECK(parse_target("/土地")->path == "/土地");
}

TEST_CASE("the absolute form names the same thing") {
  CHECK(parse_target("http://desk.example/a?b=c")->path == "/a");
  CHECK(parse_target("HTTPS://desk.example")->path == "/");
  CHECK_FALSE(parse_target("http://desk.example?b=c"));
  CHECK_FALSE(parse_target("ftp://desk.example/a"));
}

TEST_CASE("what two readers could take differently is refused") {
  for (const char *bad :
       {"",        "a",    "*",       "//",         "//a",      "/a//b",  "/.",       "/..",
        "/a/../b", "/a/.", "/./a",    "/%2e%2e/b",  "/a/%2E",   "/a%2fb", "/a%5cb",   "/a\\b",
        "/a%",     "/a%4", "/a%zz",   "/%00",       "/a%0a",    "/a%7F",  "/a?b=%00", "/a?b=%0d%0a",
        "/a?b=%",  "/%ff", "/%c0%af", "/%ed%a0%80", "/a?b=%ff", "/a#b",   "/a\x01"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_target(bad));
  }
  CHECK_FALSE(parse_target(std::string("/a\0b", 4)));
  CHECK(parse_target("/" + std::string(kLongestTarget - 1, 'a')));
  CHECK_FALSE(parse_target("/" + std::string(kLongestTarget, 'a')));
}

TEST_CASE("a head finds its headers and parameters") {
  Head head;
  head.headers = {{"accept", "a"}, {"accept", "b"}};
  head.query = {{"x", ""}, {"x", "2"}};
  CHECK(head.header("accept") == "a");
  CHECK(head.header("host").empty());
  CHECK(head.parameter("x") == "");
  CHECK_FALSE(head.parameter("y"));
  CHECK(to_string(Method::Patch) == "PATCH");
}

namespace {

int judged_status(Opening opening) {
  auto judged = judge(std::move(opening));
  auto *refusal = std::get_if<Refusal>(&judged);
  return refusal ? refusal->status : 0;
}

Framed judged_well(Opening opening) { return std::get<Framed>(judge(std::move(opening))); }

} // namespace

TEST_CASE("a header decides where its request ends, or is refused") {
  const std::pair<std::string, std::string> host{"host", "desk.example:8080"};
  CHECK(judged_well({"GET", "/", 11, {host}}).head.length == 0);
  CHECK(judged_well({"POST", "/", 11, {host, {"content-length", "12"}}}).head.length == 12);
  auto chunked = judged_well({"PUT", "/", 11, {host, {"transfer-encoding", "Chunked"}}});
  CHECK(chunked.head.length == -1);
  CHECK(chunked.body());

  CHECK(judged_status({"GET", "/", 11, {}}) == 400);
  CHECK(judged_status({"GET", "/", 10, {}}) == 0);
  CHECK(judged_status({"GET", "/", 10, {host, host}}) == 400);
  CHECK(judged_status({"GET", "/", 11, {{"host", "a/b"}}}) == 400);
  CHECK(judged_status({"GET", "/", 11, {{"host", "a@b"}}}) == 400);
  for (const char *bad : {"", "+1", "-1", "1 ", "1,1", "0x1", "9999999999999999999"})
    CHECK(judged_status({"POST", "/", 11, {host, {"content-length", bad}}}) == 400);
  CHECK(judged_status(
            {"POST", "/", 11, {host, {"content-length", "1"}, {"content-length", "1"}}}) == 400);
  CHECK(judged_status(
            {"POST", "/", 11, {host, {"content-length", "1"}, {"transfer-encoding", "chunked"}}}) ==
        400);
  CHECK(judged_status({"POST", "/", 11, {host, {"transfer-encoding", "chunked, gzip"}}}) == 400);
  CHECK(judged_status({"POST", "/", 11, {host, {"transfer-encoding", "gzip, chunked"}}}) == 501);
  CHECK(judged_status({"POST", "/", 10, {host, {"transfer-encoding", "chunked"}}}) == 400);
  CHECK(judged_status({"POST", "/", 11, {host, {"expect", "gold"}}}) == 417);
  CHECK(judged_status({"BREW", "/", 11, {host}}) == 501);
  CHECK(judged_status({"get", "/", 11, {host}}) == 501);
  CHECK(judged_status({"TRACE", "/", 11, {host}}) == 405);
  CHECK(judged_status({"GET", "/" + std::string(8000, 'a'), 11, {host}}) == 414);
}

TEST_CASE("a header says whether its connection goes on") {
  const std::pair<std::string, std::string> host{"host", "a"};
  CHECK(judged_well({"GET", "/", 11, {host}}).keep);
  CHECK_FALSE(judged_well({"GET", "/", 11, {host, {"connection", "x, Close"}}}).keep);
  CHECK_FALSE(judged_well({"GET", "/", 10, {host}}).keep);
  CHECK(judged_well({"GET", "/", 10, {host, {"connection", "Keep-Alive"}}}).keep);
  CHECK_FALSE(
      judged_well({"GET", "/", 10, {host, {"connection", "keep-alive"}, {"connection", "close"}}})
          .keep);
}

namespace {

/// The body that is read `step` bytes at a time into `room` bytes; "!" when it is refused, "?" when
/// it does not end.
std::string judged_body(std::int64_t length, std::string_view bytes, std::size_t step,
                        std::size_t room) {
  BodyReader reader(length);
  std::string out;
  std::string block(room, '\0');
  std::size_t used = 0;
  for (std::size_t seen = 0;;) {
    auto fed = reader.read(bytes.substr(used, seen - used), block.data(), room);
    used += fed.used;
    out.append(block, 0, fed.written);
    if (fed.state == Fed::State::Done) return out + "|" + std::string(bytes.substr(used));
    if (fed.state == Fed::State::Refused) return "!";
    if (fed.state == Fed::State::Full) continue;
    if (seen == bytes.size()) return "?";
    seen = std::min(bytes.size(), seen + step);
  }
}

} // namespace

TEST_CASE("a body ends where its header says, however it arrives") {
  for (std::size_t step : {1, 2, 3, 1000})
    for (std::size_t room : {1, 4, 1000}) {
      CAPTURE(step);
      CAPTURE(room);
      auto chunks = [&](std::string_view bytes) { return judged_body(-1, bytes, step, room); };
      // What follows the body may not have been seen yet, so only whole input is compared for it.
      CHECK(judged_body(5, "hello", step, room) == "hello|");
      CHECK(judged_body(0, "", step, room) == "|");
      CHECK(judged_body(5, "hell", step, room) == "?");
      CHECK(chunks("0\r\n\r\n") == "|");
      CHECK(chunks("5\r\nhello\r\n0\r\n\r\n") == "hello|");
      CHECK(chunks("00a;x=\"y\";z\r\n0123456789\r\n1 ;\r\n!\r\n000\r\nA: b\r\nC: d\r\n\r\n") ==
            "0123456789!|");
      CHECK(chunks("5\r\nhello\r\n0\r\n") == "?");
      for (const char *bad :
           {"\r\n", "x\r\n", ";\r\n", "-1\r\n", "0x1\r\n", "1\nA", "1\r\nAB\r\n", "1\r\nA\n",
            "1;a\nb\r\n", "1\r\rA", "0\r\nA\nB", "0\r\n\rX", "1000000000000000\r\n", "0;\x01\r\n"})
        CHECK_MESSAGE(chunks(bad) == "!", bad);
    }
  CHECK(judged_body(5, "helloGET", 1000, 9) == "hello|GET");
  CHECK(judged_body(-1, "0\r\n\r\nGET", 1000, 9) == "|GET");
  CHECK(judged_body(-1, "0;" + std::string(20000, 'a'), 1000, 9) == "!");
}
