#include "http/transport.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace yifa::http {

namespace {

class PlainTransport final : public Transport {
public:
  explicit PlainTransport(Socket socket) : socket_(std::move(socket)) {}
  Socket &socket() override { return socket_; }
  bool encrypted() const override { return false; }
  Awaitable<bool> open() override { co_return true; }
  Awaitable<Moved> read(asio::mutable_buffer into) override {
    return socket_.async_read_some(into, kAwait);
  }
  Awaitable<Moved> write(asio::const_buffer from) override {
    return asio::async_write(socket_, from, kAwait);
  }
  Awaitable<void> end() override {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    co_return;
  }

private:
  Socket socket_;
};

class TlsTransport final : public Transport {
public:
  TlsTransport(Socket socket, asio::ssl::context &context) : stream_(std::move(socket), context) {}
  Socket &socket() override { return stream_.next_layer(); }
  bool encrypted() const override { return true; }
  Awaitable<bool> open() override {
    auto [failed] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwait);
    co_return !failed;
  }
  Awaitable<Moved> read(asio::mutable_buffer into) override {
    return stream_.async_read_some(into, kAwait);
  }
  Awaitable<Moved> write(asio::const_buffer from) override {
    return asio::async_write(stream_, from, kAwait);
  }
  Awaitable<void> end() override {
    // Sends our close_notify and waits for the client's.
    co_await stream_.async_shutdown(kAwait);
    boost::system::error_code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
  }

private:
  asio::ssl::stream<Socket> stream_;
};

} // namespace

std::unique_ptr<Transport> Transport::plain(Socket socket) {
  return std::make_unique<PlainTransport>(std::move(socket));
}

std::unique_ptr<Transport> Transport::tls(Socket socket, asio::ssl::context &context) {
  return std::make_unique<TlsTransport>(std::move(socket), context);
}

} // namespace yifa::http
