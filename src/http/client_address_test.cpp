#include "http/client_address.h"

#include <doctest/doctest.h>

using namespace yifa::http;

namespace {

std::string client_of(const std::string &peer, const std::vector<std::string> &forwarded) {
  Head head;
  head.remote = peer;
  head.headers.emplace_back("host", "yifa.example");
  for (const auto &each : forwarded) head.headers.emplace_back("x-forwarded-for", each);
  return client_behind_proxy(head);
}

} // namespace

TEST_CASE("behind a proxy the last hop it added is the client") {
  CHECK(client_of("127.0.0.1", {"203.0.113.7"}) == "203.0.113.7");
  CHECK(client_of("::1", {"198.51.100.1, 203.0.113.7"}) == "203.0.113.7");
  // What the client sent itself stands before what the proxy adds, in one header or in two.
  CHECK(client_of("10.1.2.3", {"127.0.0.1", "203.0.113.8"}) == "203.0.113.8");
  CHECK(client_of("172.31.0.1", {"203.0.113.7:4711"}) == "203.0.113.7");
  CHECK(client_of("192.168.1.1", {"[2001:db8::1]:443"}) == "2001:db8::1");
  CHECK(client_of("fd00::5", {"2001:db8::2"}) == "2001:db8::2");
  CHECK(client_of("::ffff:10.0.0.9", {"203.0.113.7"}) == "203.0.113.7");
}

TEST_CASE("from elsewhere the header is nobody's") {
  CHECK(client_of("203.0.113.1", {"198.51.100.1"}) == "203.0.113.1");
  CHECK(client_of("172.32.0.1", {"198.51.100.1"}) == "172.32.0.1");
  CHECK(client_of("2001:db8::9", {"198.51.100.1"}) == "2001:db8::9");
}

TEST_CASE("what is no address changes nothing") {
  CHECK(client_of("127.0.0.1", {}) == "127.0.0.1");
  CHECK(client_of("127.0.0.1", {""}) == "127.0.0.1");
  CHECK(client_of("127.0.0.1", {"203.0.113.7, unknown"}) == "127.0.0.1");
  CHECK(client_of("127.0.0.1", {"[", "]"}) == "127.0.0.1");
}
