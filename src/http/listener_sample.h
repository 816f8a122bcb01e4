#pragma once

#include "base/text.h"
#include "http/listener.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/// For the listener's tests: a handler made of functions, and a client that sends any bytes.
namespace yifa::http {

using namespace std::chrono_literals;

struct SampleHandler final : Handler {
  std::function<BodyPlan(const Head &)> on_plan = [](const Head &) {
    return BodyPlan{1 << 20, false, {}};
  };
  std::function<Response(Request)> on_serve = [](const Request &request) {
    Response out;
    out.type = "text/plain";
    out.body = std::string(to_string(request.method)) + " " + request.path + " " + request.body;
    return out;
  };
  std::mutex mutex;
  std::vector<std::pair<std::string, int>> done; ///< path and status of what is through
  std::atomic<int> served_requests = 0;

  BodyPlan plan(const Head &head) override { return on_plan(head); }
  Response serve(Request request) override {
    ++served_requests;
    return on_serve(std::move(request));
  }
  void served(const Head &head, int status, std::uint64_t, double) override {
    std::lock_guard lock(mutex);
    done.emplace_back(head.path, status);
  }
  std::size_t count() {
    std::lock_guard lock(mutex);
    return done.size();
  }
  int last_status() {
    std::lock_guard lock(mutex);
    return done.empty() ? -1 : done.back().second;
  }
};

inline ListenOptions sample_options() {
  ListenOptions options;
  options.port = 0;
  options.workers = 2;
  return options;
}

inline std::unique_ptr<Listener> sample_listener(Handler &handler,
                                                 const ListenOptions &options = sample_options()) {
  auto made = Listener::start(options, handler);
  REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().message));
  return *std::move(made);
}

/// Whether it becomes true within twenty seconds.
inline bool soon(const std::function<bool()> &what) {
  for (int i = 0; i < 2000; ++i) {
    if (what()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

struct SampleReply {
  int status = 0; ///< 0: the connection ended first
  Headers headers;
  std::string body;
  bool whole = false;
  std::string header(std::string_view name) const {
    for (const auto &each : headers)
      if (each.first == name) return each.second;
    return {};
  }
};

/// One connection. What it waits for comes within twenty seconds or counts as an end.
class SampleClient {
public:
  explicit SampleClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr *>(&at), sizeof at) == 0;
  }
  SampleClient(const SampleClient &) = delete;
  SampleClient &operator=(const SampleClient &) = delete;
  ~SampleClient() { close(); }

  bool connected() const { return connected_; }
  int descriptor() const { return socket_; }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  SampleReply get(const std::string &path, const std::string &more = {}) {
    send("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + more + "\r\n");
    return reply();
  }
  /// The next answer; `bare` when it has no body (to HEAD).
  SampleReply reply(bool bare = false) {
    SampleReply out;
    std::size_t end = 0;
    while ((end = held_.find("\r\n\r\n")) == std::string::npos)
      if (!more()) return out;
    auto lines = text::split(held_.substr(0, end), '\n');
    held_.erase(0, end + 4);
    out.status = std::stoi(lines[0].substr(9));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      auto colon = lines[i].find(':');
      out.headers.emplace_back(text::lower_ascii(lines[i].substr(0, colon)),
                               text::trim(lines[i].substr(colon + 1)));
    }
    out.whole = true;
    if (bare || out.status == 204 || out.status == 304 || out.status < 200) return out;
    if (out.header("transfer-encoding") == "chunked") {
      out.whole = chunks(out.body);
    } else if (auto length = out.header("content-length"); !length.empty()) {
      auto size = static_cast<std::size_t>(std::stoul(length));
      while (held_.size() < size && more()) continue;
      out.whole = held_.size() >= size;
      out.body = held_.substr(0, size);
      held_.erase(0, size);
    } else {
      while (more()) continue;
      out.body = std::exchange(held_, {});
    }
    return out;
  }
  /// Whether the server ends the connection within `time` without sending more.
  bool ended(std::chrono::milliseconds time = 20s) {
    if (!held_.empty()) return false;
    pollfd asked{socket_, POLLIN, 0};
    if (::poll(&asked, 1, static_cast<int>(time.count())) <= 0) return false;
    char c = 0;
    return ::recv(socket_, &c, 1, 0) <= 0;
  }

private:
  bool more() {
    pollfd asked{socket_, POLLIN, 0};
    if (::poll(&asked, 1, 20'000) <= 0) return false;
    std::string part(65536, '\0');
    auto n = ::recv(socket_, part.data(), part.size(), 0);
    if (n <= 0) return false;
    held_.append(part, 0, static_cast<std::size_t>(n));
    return true;
  }
  bool chunks(std::string &body) {
    for (;;) {
      std::size_t end = 0;
      while ((end = held_.find("\r\n")) == std::string::npos)
        if (!more()) return false;
      auto size = std::stoul(held_.substr(0, end), nullptr, 16);
      while (held_.size() < end + 4 + size)
        if (!more()) return false;
      body.append(held_, end + 2, size);
      held_.erase(0, end + 4 + size);
      if (size == 0) return true;
    }
  }

  int socket_;
  bool connected_ = false;
  std::string held_;
};

} // namespace yifa::http
