#include "load.h"

#include <charconv>
#include <cstdint>
#include <random>
#include <stdexcept>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yifa::bench {
namespace {

using Steady = std::chrono::steady_clock;

/// One answer, read as it comes. Answers have a Content-Length or no body.
class Answer {
public:
  void clear() { bytes_.clear(), header_ = 0, length_ = 0; }
  /// Whether it is whole.
  bool take(const char *data, std::size_t size) {
    bytes_.append(data, size);
    if (header_ == 0) {
      const auto end = bytes_.find("\r\n\r\n");
      if (end == std::string::npos) return false;
      header_ = end + 4;
      length_ = length_said();
    }
    return bytes_.size() >= header_ + length_;
  }
  int status() const {
    int code = 0;
    if (bytes_.size() > 12) std::from_chars(bytes_.data() + 9, bytes_.data() + 12, code);
    return code;
  }
  std::string body() const { return bytes_.substr(header_); }

private:
  std::size_t length_said() const {
    static constexpr std::string_view kName = "Content-Length:";
    const auto at = bytes_.find(kName);
    if (at == std::string::npos || at > header_) return 0;
    const auto begin = bytes_.find_first_not_of(' ', at + kName.size());
    std::size_t length = 0;
    std::from_chars(bytes_.data() + begin, bytes_.data() + bytes_.size(), length);
    return length;
  }

  std::string bytes_;
  std::size_t header_ = 0;
  std::size_t length_ = 0;
};

struct Client {
  int socket = -1;
  std::size_t lane = 0;
  std::string request;
  std::size_t sent = 0;
  Answer answer;
  Steady::time_point from;
};

int connect_to(int port) {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<std::uint16_t>(port));
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (made < 0 || ::connect(made, reinterpret_cast<sockaddr *>(&where), sizeof where) != 0)
    throw std::runtime_error("nobody listens");
  const int one = 1;
  ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return made;
}

class Loop {
public:
  explicit Loop(const LoadPlan &plan)
      : plan_(plan), events_(::epoll_create1(EPOLL_CLOEXEC)), run_(std::random_device{}()) {
    result_.lanes.resize(plan.lanes.size());
    clients_.resize(static_cast<std::size_t>(plan.connections));
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      clients_[i].socket = connect_to(plan.port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(events_, EPOLL_CTL_ADD, clients_[i].socket, &event);
    }
  }
  Loop(const Loop &) = delete;
  Loop &operator=(const Loop &) = delete;
  ~Loop() {
    for (const auto &client : clients_)
      if (client.socket >= 0) ::close(client.socket);
    ::close(events_);
  }

  LoadResult run() {
    const auto from = Steady::now();
    end_ = from + std::chrono::duration_cast<Steady::duration>(
                      std::chrono::duration<double>(plan_.seconds));
    for (auto &client : clients_) ask(client);
    std::vector<epoll_event> ready(clients_.size());
    while (waiting_ > 0) {
      const int many = ::epoll_wait(events_, ready.data(), static_cast<int>(ready.size()), 60'000);
      if (many == 0) throw std::runtime_error("no answer for a minute");
      for (int i = 0; i < many; ++i) read(clients_[ready[static_cast<std::size_t>(i)].data.u64]);
    }
    result_.seconds = std::chrono::duration<double>(Steady::now() - from).count();
    return std::move(result_);
  }

private:
  void ask(Client &client) {
    if (asked_ == plan_.requests || Steady::now() >= end_) return;
    const auto n = static_cast<std::size_t>(asked_++);
    client.lane = n % plan_.lanes.size();
    const auto &lane = plan_.lanes[client.lane];
    const auto turn = n / plan_.lanes.size();
    const std::string none;
    const auto &body = lane.bodies.empty() ? none : lane.bodies[turn % lane.bodies.size()];
    client.request = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", lane.method,
                                 lane.targets[turn % lane.targets.size()], plan_.port);
    for (const auto &header : lane.headers) {
      client.request += header;
      client.request += "\r\n";
    }
    if (const auto key = client.request.find("%KEY%"); key != std::string::npos)
      client.request.replace(key, 5, fmt::format("load-{:08x}-{}", run_, n));
    if (!lane.bodies.empty())
      client.request +=
          fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", body.size());
    client.request += "\r\n";
    client.request += body;
    client.answer.clear();
    client.from = Steady::now();
    ++waiting_;
    // Requests are small: the socket takes them whole.
    const auto sent =
        ::send(client.socket, client.request.data(), client.request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(client.request.size()))
      throw std::runtime_error("a request was not taken");
  }

  void read(Client &client) {
    const auto got = ::recv(client.socket, room_.data(), room_.size(), 0);
    if (got <= 0) throw std::runtime_error("the server broke a connection off");
    if (!client.answer.take(room_.data(), static_cast<std::size_t>(got))) return;
    --waiting_;
    auto &lane = result_.lanes[client.lane];
    const auto status = client.answer.status();
    if (status >= 200 && status < 300) {
      lane.seconds.push_back(std::chrono::duration<double>(Steady::now() - client.from).count());
      if (lane.sample.empty()) lane.sample = client.answer.body();
    } else {
      if (lane.failed++ == 0) lane.failure = client.answer.body();
      lane.last_failure = status;
    }
    ask(client);
  }

  const LoadPlan &plan_;
  int events_;
  unsigned run_;
  std::vector<Client> clients_;
  std::vector<char> room_ = std::vector<char>(256 << 10);
  LoadResult result_;
  Steady::time_point end_;
  std::int64_t asked_ = 0;
  std::int64_t waiting_ = 0;
};

} // namespace

LoadResult drive(const LoadPlan &plan) { return Loop(plan).run(); }

} // namespace yifa::bench
