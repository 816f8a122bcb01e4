#include "http/listener_sample.h"

#include <condition_variable>

using namespace yifa;
using namespace yifa::http;

TEST_CASE("what is no request is refused and closed") {
  SampleHandler handler;
  auto listener = sample_listener(handler);
  const std::string host = "Host: a\r\n";
  const std::vector<std::pair<std::string, int>> refused = {
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"BLA\r\n\r\n", 400},
      {"GET  / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "A : b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "A\r\n\r\n", 400},
      {"GET /%00 HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /a/../b HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET a HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", 505},
      {"BREW / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 405},
      {"CONNECT a:1 HTTP/1.1\r\n" + host + "\r\n", 405},
      {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 414},
      {"GET / HTTP/1.1\r\n" + host + "A: " + std::string(17000, 'a') + "\r\n\r\n", 431},
      {"GET / HTTP/1.1\r\n" + host + "Expect: gold\r\n\r\n", 417},
      // One request for us and two for whoever stands before us, or the other way round.
      {"POST / HTTP/1.1\r\n" + host +
           "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /s "
           "HTTP/1.1\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /s "
           "HTTP/1.1\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 30\r\n\r\nabc", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3, 3\r\n\r\nabc", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: +3\r\n\r\nabc", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
  };
  for (const auto &each : refused) {
    CAPTURE(each.first.substr(0, 120));
    SampleClient client(listener->port());
    client.send(each.first);
    auto reply = client.reply();
    CHECK(reply.status == each.second);
    CHECK(reply.header("content-type") == "application/problem+json");
    CHECK(reply.header("connection") == "close");
    CHECK(reply.header("x-request-id").size() == 10);
    if (each.second == 405) CHECK(reply.header("allow").find("PATCH") != std::string::npos);
    CHECK(client.ended());
  }
  CHECK(handler.served_requests == 0);
}

TEST_CASE("a byte now and then is cut off, and harms nobody") {
  SampleHandler handler;
  auto options = sample_options();
  options.header_time = 600ms;
  options.body_time = 600ms;
  auto listener = sample_listener(handler, options);
  SampleClient silent(listener->port());
  SampleClient header(listener->port());
  SampleClient body(listener->port());
  body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  std::atomic<bool> over = false;
  std::thread trickle([&] {
    header.send("GET / HTTP/1.1\r\n");
    while (!over) { // only the listener ends it
      header.send("a");
      body.send("b");
      std::this_thread::sleep_for(50ms);
    }
  });
  int well = 0;
  for (int i = 0; i < 100; ++i) {
    SampleClient other(listener->port());
    if (other.get("/").status == 200) ++well;
  }
  CHECK(well == 100);
  CHECK(header.ended());
  CHECK(body.ended());
  CHECK(silent.ended());
  over = true;
  trickle.join();
}

TEST_CASE("who does not read his answer is cut off") {
  SampleHandler handler;
  handler.on_serve = [](const Request &) {
    Response out;
    out.body.assign(64 << 20, 'x');
    out.type = "image/png";
    return out;
  };
  auto options = sample_options();
  options.write_time = 300ms;
  auto listener = sample_listener(handler, options);
  SampleClient client(listener->port());
  client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(soon([&] { return handler.last_status() == 0; }));
  CHECK(soon([&] { return listener->connections() == 0; }));
  CHECK_FALSE(client.reply().whole);
}

TEST_CASE("connections over the cap are turned away") {
  SampleHandler handler;
  auto options = sample_options();
  options.most_connections = 3;
  options.most_per_address = 1; // means nothing to loopback
  auto listener = sample_listener(handler, options);
  std::vector<std::unique_ptr<SampleClient>> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(std::make_unique<SampleClient>(listener->port()));
    CHECK(held.back()->get("/").status == 200);
  }
  SampleClient fourth(listener->port());
  auto reply = fourth.reply();
  CHECK(reply.status == 503);
  CHECK(reply.header("retry-after") == "1");
  CHECK(fourth.ended());
  held.pop_back();
  CHECK(soon([&] { return listener->connections() == 2; }));
  SampleClient fifth(listener->port());
  CHECK(fifth.get("/").status == 200);
}

TEST_CASE("a full queue is said, not waited for") {
  SampleHandler handler;
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  handler.on_serve = [&](const Request &) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return open; });
    return Response{};
  };
  auto options = sample_options();
  options.workers = 1;
  options.most_waiting = 1;
  auto listener = sample_listener(handler, options);
  SampleClient first(listener->port());
  first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(soon([&] { return handler.served_requests == 1; }));
  SampleClient second(listener->port());
  second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(300ms);
  SampleClient third(listener->port());
  for (int i = 0; i < 2; ++i) {
    auto reply = third.get("/");
    CHECK(reply.status == 503);
    CHECK(reply.header("retry-after") == "1");
    CHECK(reply.body.find(R"("code":"unavailable")") != std::string::npos);
  }
  {
    std::lock_guard lock(mutex);
    open = true;
  }
  changed.notify_all();
  CHECK(first.reply().status == 200);
  CHECK(second.reply().status == 200);
}

TEST_CASE("an address that cannot be had is said") {
  SampleHandler handler;
  auto listener = sample_listener(handler);
  auto options = sample_options();
  options.port = listener->port();
  auto again = Listener::start(options, handler);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::Unavailable);
  CHECK(again.error().message.find(std::to_string(options.port)) != std::string::npos);
  options.address = "nowhere";
  CHECK(Listener::start(options, handler).error().code == ErrorCode::Unavailable);
}
