#include "http/listener.h"

#include "http/connection.h"
#include "http/tls.h"

#include <algorithm>
#include <list>
#include <map>
#include <thread>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>

namespace yifa::http {

namespace {

using Endpoint = asio::ip::tcp::endpoint;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

constexpr std::chrono::milliseconds kSweepPause{100};
constexpr std::chrono::milliseconds kAcceptPause{100};

/// The peer without port; an IPv4 address that came in through IPv6 as itself.
asio::ip::address listener_peer(const Endpoint &from) {
  auto address = from.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return address;
}

class AsioListener final : public Listener {
public:
  AsioListener(const ListenOptions &options, Handler &handler)
      : workers_(options.workers, static_cast<std::size_t>(std::max(options.most_waiting, 1))),
        shared_{options,
                io_.get_executor(),
                {handler, workers_, compressor_, options.spool, shared_.stopping},
                {},
                {}},
        acceptor_(io_.get_executor()), accept_pause_(io_.get_executor()),
        sweep_pause_(io_.get_executor()) {}
  ~AsioListener() override { AsioListener::stop(); }

  Status bind();
  void begin();
  int port() const override { return port_; }
  int connections() const override { return count_.load(); }
  void stop() override;

private:
  using Kept = std::list<std::unique_ptr<Connection>>;

  Awaitable<void> accept();
  Awaitable<void> sweep();
  void take(Socket socket, const asio::ip::address &peer);
  void turn_away(Socket socket);
  void begin_stop();
  bool full(const asio::ip::address &peer) const;

  Workers workers_;
  Compressor compressor_;
  asio::io_context io_{1};
  Shared shared_;
  std::optional<asio::ssl::context> tls_;
  Acceptor acceptor_;
  Timer accept_pause_;
  Timer sweep_pause_;
  Kept kept_;
  std::map<asio::ip::address, int> peers_; ///< open connections of each, loopback left out
  std::atomic<int> count_ = 0;
  SteadyClock::time_point stop_at_ = SteadyClock::time_point::max();
  int port_ = 0;
  std::thread thread_;
};

Status AsioListener::bind() {
  const auto &options = shared_.options;
  boost::system::error_code failed;
  const auto name = options.address == "localhost" ? std::string("127.0.0.1") : options.address;
  auto address = asio::ip::make_address(name, failed);
  if (failed || options.port < 0 || options.port > 65535)
    return unavailable("cannot listen on " + options.address + ": not an address");
  Endpoint at(address, static_cast<std::uint16_t>(options.port));
  acceptor_.open(at.protocol(), failed);
  if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed && address.is_v6()) acceptor_.set_option(asio::ip::v6_only(false), failed);
  if (!failed) acceptor_.bind(at, failed);
  if (!failed) acceptor_.listen(1024, failed);
  if (failed)
    return unavailable("cannot listen on " + options.address + " port " +
                       std::to_string(options.port) + ": " + failed.message());
  port_ = acceptor_.local_endpoint().port();
  if (options.certificate.empty() && options.private_key.empty()) return Done{};
  auto context = TRY(make_tls(options.certificate, options.private_key));
  tls_.emplace(context.release());
  return Done{};
}

void AsioListener::begin() {
  asio::co_spawn(io_.get_executor(), accept(), asio::detached);
  asio::co_spawn(io_.get_executor(), sweep(), asio::detached);
  thread_ = std::thread([this] { io_.run(); });
}

bool AsioListener::full(const asio::ip::address &peer) const {
  if (count_ >= shared_.options.most_connections) return true;
  if (peer.is_loopback()) return false;
  auto at = peers_.find(peer);
  return at != peers_.end() && at->second >= shared_.options.most_per_address;
}

Awaitable<void> AsioListener::accept() {
  while (!shared_.stopping) {
    Endpoint from;
    auto [failed, socket] = co_await acceptor_.async_accept(io_, from, kAwait);
    if (shared_.stopping) break;
    if (failed) { // out of descriptors, or the client is gone already
      accept_pause_.expires_after(kAcceptPause);
      co_await accept_pause_.async_wait(kAwait);
      continue;
    }
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    auto peer = listener_peer(from);
    try {
      if (full(peer))
        turn_away(std::move(socket));
      else
        take(std::move(socket), peer);
    } catch (const std::bad_alloc &) { // this client is lost, not the listener
    }
  }
}

void AsioListener::take(Socket socket, const asio::ip::address &peer) {
  auto transport =
      tls_ ? Transport::tls(std::move(socket), *tls_) : Transport::plain(std::move(socket));
  const bool counted = !peer.is_loopback();
  kept_.push_front(std::make_unique<Connection>(shared_, std::move(transport), peer.to_string()));
  auto at = kept_.begin();
  ++count_;
  if (counted) ++peers_[peer];
  // What a connection throws (no memory) ends it alone.
  asio::co_spawn(io_.get_executor(), (*at)->run(),
                 [this, at, counted, peer](const std::exception_ptr &) {
                   if (auto each = peers_.find(peer); counted && --each->second == 0)
                     peers_.erase(each);
                   kept_.erase(at);
                   --count_;
                   if (shared_.stopping && kept_.empty()) sweep_pause_.cancel();
                 });
}

void AsioListener::turn_away(Socket socket) {
  boost::system::error_code ignored;
  if (!tls_) {
    // A new socket has room for this much; that the client reads it is a courtesy, not promised.
    Framed framed;
    framed.head.id = shared_.ids.next();
    auto out =
        outgoing(framed, plain_problem(503, "Too many connections are open."), false, compressor_);
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(out.bytes), ignored);
  }
  socket.shutdown(Socket::shutdown_send, ignored);
}

Awaitable<void> AsioListener::sweep() {
  while (!shared_.stopping || !kept_.empty()) {
    sweep_pause_.expires_after(kSweepPause);
    co_await sweep_pause_.async_wait(kAwait);
    workers_.nudge();
    const auto now = SteadyClock::now();
    for (auto &each : kept_) {
      if (now >= stop_at_)
        each->cut();
      else
        each->cut_if_due(now);
    }
  }
}

void AsioListener::begin_stop() {
  shared_.stopping = true;
  stop_at_ = SteadyClock::now() + shared_.options.stop_time;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  accept_pause_.cancel();
  sweep_pause_.cancel();
  for (auto &each : kept_) each->retire();
}

void AsioListener::stop() {
  if (thread_.joinable()) {
    asio::post(io_.get_executor(), [this] { begin_stop(); });
    thread_.join();
  }
  workers_.stop();
}

} // namespace

Result<std::unique_ptr<Listener>> Listener::start(const ListenOptions &options, Handler &handler) {
  auto settled = options;
  if (settled.spool.empty()) {
    std::error_code failed;
    settled.spool = std::filesystem::temp_directory_path(failed);
    if (failed) return unavailable("there is no folder for uploads: " + failed.message());
  } else {
    TRY(prepare_spool(settled.spool));
  }
  auto listener = std::make_unique<AsioListener>(settled, handler);
  TRY(listener->bind());
  listener->begin();
  return std::unique_ptr<Listener>(std::move(listener));
}

} // namespace yifa::http
