#include "http/listener_sample.h"

#include <condition_variable>

using namespace yifa;
using namespace yifa::http;

TEST_CASE("an answer is pulled piece by piece") {
  SampleHandler handler;
  handler.on_serve = [](const Request &request) {
    Response out;
    out.type = "text/event-stream";
    if (request.path == "/early") out.pull = []() -> Piece { throw std::runtime_error("x"); };
    if (request.path == "/late")
      out.pull = [n = 0]() mutable -> Piece {
        if (++n == 3) throw std::runtime_error("x");
        return {"abc", false, false};
      };
    if (request.path == "/wait")
      out.pull = [n = 0]() mutable -> Piece {
        ++n;
        return {n % 2 == 1 ? "" : std::string(300'000, 'p'), n == 4, n == 1};
      };
    return out;
  };
  auto listener = sample_listener(handler);
  SampleClient client(listener->port());
  auto began = std::chrono::steady_clock::now();
  auto reply = client.get("/wait", "Accept-Encoding: gzip\r\n");
  CHECK(reply.header("transfer-encoding") == "chunked");
  CHECK(reply.header("content-length").empty());
  CHECK(reply.header("content-encoding").empty());
  CHECK(reply.body == std::string(600'000, 'p'));
  CHECK(std::chrono::steady_clock::now() - began >= 240ms);
  CHECK(client.get("/early").status == 500);
  auto late = client.get("/late");
  CHECK(late.status == 200);
  CHECK(late.body == "abcabc");
  CHECK_FALSE(late.whole);
  listener->stop();
  CHECK(handler.done.back() == std::pair<std::string, int>("/late", 0));
}

TEST_CASE("a pull ends when its client goes") {
  SampleHandler handler;
  auto token = std::make_shared<int>(0);
  std::weak_ptr<int> alive = token;
  handler.on_serve = [&](const Request &request) {
    Response out;
    bool waits = request.path == "/waits";
    out.pull = [held = std::move(token), waits]() -> Piece {
      return {waits ? "" : std::string(10'000, 'x'), false, waits};
    };
    return out;
  };
  auto listener = sample_listener(handler);
  for (const char *path : {"/waits", "/floods"}) {
    CAPTURE(path);
    token = std::make_shared<int>(0);
    alive = token;
    SampleClient client(listener->port());
    client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(50ms);
    CHECK_FALSE(alive.expired());
    client.close();
    CHECK(soon([&] { return alive.expired(); }));
    CHECK(soon([&] { return handler.last_status() == 0; }));
  }
}

TEST_CASE("stopping lets what is under way finish") {
  SampleHandler handler;
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  handler.on_serve = [&](const Request &request) {
    Response out;
    out.body = "done";
    if (request.path == "/events") {
      out.pull = [] { return Piece{"", false, true}; };
    } else if (request.path == "/slow") {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return open; });
    }
    return out;
  };
  auto listener = sample_listener(handler);
  const int port = listener->port();
  SampleClient idle(port);
  CHECK(idle.get("/").status == 200);
  SampleClient half(port);
  half.send("GET / HT");
  SampleClient events(port);
  events.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  SampleClient slow(port);
  slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(soon([&] { return handler.served_requests == 3; }));
  std::thread stopping([&] { listener->stop(); });
  CHECK(idle.ended());
  CHECK(half.ended());
  auto stream = events.reply(); // ends as a whole, so that the client comes again
  CHECK(stream.whole);
  CHECK(stream.body.empty());
  CHECK_FALSE(SampleClient(port).connected());
  {
    std::lock_guard lock(mutex);
    open = true;
  }
  changed.notify_all();
  auto reply = slow.reply();
  CHECK(reply.body == "done");
  CHECK(reply.header("connection") == "close");
  events.close();
  slow.close();
  stopping.join();
  CHECK(listener->connections() == 0);
  CHECK(handler.done.size() == 3);
}

TEST_CASE("stopping does not wait for ever") {
  SampleHandler handler;
  handler.on_serve = [](const Request &) {
    Response out;
    out.pull = [] {
      std::this_thread::sleep_for(1ms);
      return Piece{std::string(1000, 'x'), false, false};
    };
    return out;
  };
  auto options = sample_options();
  options.stop_time = 300ms;
  auto listener = sample_listener(handler, options);
  SampleClient client(listener->port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  std::thread reading([&] { client.reply(); });
  CHECK(soon([&] { return handler.served_requests == 1; }));
  listener->stop(); // which this answer alone would never let end
  CHECK(handler.last_status() == 0);
  reading.join();
}

TEST_CASE("many clients at once") {
  SampleHandler handler;
  auto listener = sample_listener(handler);
  std::atomic<int> well = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      SampleClient client(listener->port());
      for (int i = 0; i < 100; ++i) {
        auto path = "/" + std::to_string(t * 1000 + i);
        if (i % 3 == 0) {
          client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
          if (client.reply().body == "POST " + path + " ab") ++well;
        } else if (client.get(path).body == "GET " + path + " ") {
          ++well;
        }
      }
    });
  for (auto &thread : threads) thread.join();
  CHECK(well == 800);
  listener->stop();
  CHECK(handler.done.size() == 800);
}
