#include "http/listener_sample.h"

#include <set>

using namespace yifa;
using namespace yifa::http;

TEST_CASE("a connection carries one request after the other") {
  SampleHandler handler;
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  std::set<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    auto reply = client.get("/a?b=c");
    CHECK(reply.status == 200);
    CHECK(reply.body == "GET /a ");
    CHECK(reply.header("server").empty());
    CHECK(reply.header("connection").empty());
    CHECK_FALSE(reply.header("date").empty());
    CHECK(reply.header("x-request-id").size() == 10);
    ids.insert(reply.header("x-request-id"));
  }
  CHECK(ids.size() == 3);
  CHECK(listener->connections() == 1);
  auto last = client.get("/z", "Connection: close\r\n");
  CHECK(last.header("connection") == "close");
  CHECK(client.ended());
  client.close();
  CHECK(soon([&] { return listener->connections() == 0; }));
  CHECK(soon([&] { return handler.count() == 4; }));
  listener->stop();
  CHECK(handler.done.back() == std::pair<std::string, int>("/z", 200));
}

TEST_CASE("pipelined requests are answered in their order") {
  SampleHandler handler;
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
              "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
              "PUT /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
              "GET /4 HTTP/1.1\r\nHo");
  CHECK(client.reply().body == "GET /1 ");
  CHECK(client.reply().body == "POST /2 abc");
  CHECK(client.reply().body == "PUT /3 de");
  client.send("st: a\r\n\r\n");
  CHECK(client.reply().body == "GET /4 ");
}

TEST_CASE("HEAD, 204 and 304 have no body") {
  SampleHandler handler;
  handler.on_serve = [](const Request &request) {
    Response out;
    if (request.path == "/204") out.status = 204;
    if (request.path == "/304") out.status = 304;
    if (request.path == "/pull") {
      out.pull = [] { return Piece{"abc", true, false}; };
      return out;
    }
    out.body.assign(100'000, 'x');
    return out;
  };
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  auto head = client.reply(true);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == "100000");
  client.send("HEAD /pull HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.reply(true).status == 200);
  CHECK(client.get("/204").header("content-length").empty());
  CHECK(client.get("/304").status == 304);
  auto large = client.get("/");
  CHECK(large.whole);
  CHECK(large.body.size() == 100'000);
}

TEST_CASE("a body is asked for before it is sent") {
  SampleHandler handler;
  handler.on_plan = [](const Head &) { return BodyPlan{10, false, {}}; };
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  CHECK(client.reply().status == 100);
  client.send("1234");
  CHECK(client.reply().body == "POST / 1234");
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
  auto refused = client.reply();
  CHECK(refused.status == 413);
  CHECK(refused.header("content-type") == "application/problem+json");
  CHECK(refused.header("connection") == "close");
  CHECK(refused.body.find(R"("code":"too_large")") != std::string::npos);
  CHECK(client.ended());
  CHECK(handler.served_requests == 1);
}

TEST_CASE("chunks of a request are joined, what surrounds them is dropped") {
  SampleHandler handler;
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  const std::string start = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string large(200'000, 'y');
  for (const char *part : {"5;name=va", "lue\r\nhel", "lo\r\n30d40\r\n"}) {
    if (part[0] == '5') client.send(start);
    client.send(part);
    std::this_thread::sleep_for(5ms);
  }
  client.send(large);
  client.send("\r\n0\r\nX-Trailer: no\r\n\r\n");
  CHECK(client.reply().body == "POST /c hello" + large);
  client.send(start + "0\r\n\r\n");
  CHECK(client.reply().body == "POST /c ");
  client.send(start + "xyz\r\n");
  CHECK(client.reply().status == 400);
  CHECK(client.ended());
}

TEST_CASE("a body over its limit is not read") {
  SampleHandler handler;
  handler.on_plan = [](const Head &) { return BodyPlan{1000, false, {}}; };
  auto listener = sample_listener(handler);
  SampleClient announced(listener->port());
  announced.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
  CHECK(announced.reply().status == 413);
  CHECK(announced.ended());
  SampleClient chunked(listener->port());
  chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  chunked.send("3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\ny\r\n0\r\n\r\n");
  CHECK(chunked.reply().status == 413);
  CHECK(chunked.ended());
  CHECK(handler.served_requests == 0);
}

TEST_CASE("a plan may answer at once") {
  SampleHandler handler;
  handler.on_plan = [](const Head &) {
    Response now;
    now.status = 401;
    return BodyPlan{1000, false, now};
  };
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  CHECK(client.get("/").status == 401); // nothing is left unread: the connection goes on
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n");
  auto reply = client.reply();
  CHECK(reply.status == 401);
  CHECK(reply.header("connection") == "close");
  CHECK(client.ended());
  CHECK(handler.served_requests == 0);
}

TEST_CASE("an upload lies in a file that goes afterwards") {
  auto spool = std::filesystem::temp_directory_path() / "yifa_listener_test_spool";
  std::filesystem::remove_all(spool);
  auto empty = [&] { return std::filesystem::is_empty(spool); };
  SampleHandler handler;
  std::atomic<std::uint64_t> size = 0;
  handler.on_plan = [](const Head &) { return BodyPlan{10 << 20, true, {}}; };
  handler.on_serve = [&](const Request &request) {
    CHECK(request.body.empty());
    size = std::filesystem::file_size(request.upload);
    if (request.path == "/keep") std::filesystem::rename(request.upload, spool / "kept");
    return Response{};
  };
  auto options = sample_options();
  options.spool = spool;
  auto listener = sample_listener(handler, options);
  const std::string large(1'000'003, 'u');
  SampleClient client(listener->port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000003\r\n\r\n" + large);
  CHECK(client.reply().status == 200);
  CHECK(size == 1'000'003);
  CHECK(soon(empty));
  client.send("POST /keep HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
              "0\r\n\r\n");
  CHECK(client.reply().status == 200);
  CHECK(size == 3);
  CHECK(std::filesystem::remove(spool / "kept"));

  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  CHECK(client.reply().status == 200);
  CHECK(size == 0);

  SampleClient dies(listener->port());
  dies.send("POST /died HTTP/1.1\r\nHost: a\r\nContent-Length: 1000003\r\n\r\n");
  dies.send(std::string_view(large).substr(0, 700'000));
  CHECK(soon([&] { return !empty(); }));
  dies.close();
  CHECK(soon(empty));
  CHECK(soon([&] { return handler.last_status() == 0; }));
  listener->stop();
  CHECK(handler.done.back() == std::pair<std::string, int>("/died", 0));
  CHECK(handler.served_requests == 3);
  std::filesystem::remove_all(spool);
}

TEST_CASE("HTTP/1.0 is answered and closed") {
  SampleHandler handler;
  handler.on_serve = [](const Request &request) {
    Response out;
    out.body = "one";
    if (request.path == "/pull") {
      out.body.clear();
      out.pull = [n = 0]() mutable { return Piece{"abc", ++n == 3, false}; };
    }
    return out;
  };
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(client.reply().header("connection") == "keep-alive");
  client.send("GET / HTTP/1.0\r\n\r\n");
  auto reply = client.reply();
  CHECK(reply.body == "one");
  CHECK(reply.header("connection") == "close");
  CHECK(client.ended());
  SampleClient pulls(listener->port());
  pulls.send("GET /pull HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  auto pulled = pulls.reply();
  CHECK(pulled.header("transfer-encoding").empty());
  CHECK(pulled.header("connection") == "close");
  CHECK(pulled.body == "abcabcabc");
}

TEST_CASE("what a handler throws is a 500") {
  SampleHandler handler;
  handler.on_plan = [](const Head &head) -> BodyPlan {
    if (head.path == "/plan") throw std::runtime_error("secret");
    return {100, false, {}};
  };
  handler.on_serve = [](const Request &request) -> Response {
    if (request.path == "/other") throw 7;
    throw std::runtime_error("secret");
  };
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  for (const char *path : {"/plan", "/serve", "/other"}) {
    auto reply = client.get(path);
    CHECK(reply.status == 500);
    CHECK(reply.body.find("secret") == std::string::npos);
    CHECK(reply.header("x-request-id").size() == 10);
  }
  client.send("POST /plan HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(client.reply().status == 500);
}
