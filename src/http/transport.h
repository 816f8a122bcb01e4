#pragma once

#include <memory>
#include <tuple>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace boost::asio::ssl {
class context;
}

/// Private to this room: the only header with Asio in it.
namespace yifa::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
template <typename T> using Awaitable = asio::awaitable<T, Executor>;
/// How a read or write ended: an error, or none and the bytes moved.
using Moved = std::tuple<boost::system::error_code, std::size_t>;
/// Errors are values here: nothing that a client does throws.
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> kAwait{};

/// Bytes to and from one client, plain or through TLS. Knows no deadline: who closes the socket
/// ends whatever is awaited here with an error.
class Transport {
public:
  static std::unique_ptr<Transport> plain(Socket socket);
  static std::unique_ptr<Transport> tls(Socket socket, asio::ssl::context &context);
  virtual ~Transport() = default;

  virtual Socket &socket() = 0;
  virtual bool encrypted() const = 0;
  /// The TLS handshake; false when it fails.
  virtual Awaitable<bool> open() = 0;
  virtual Awaitable<Moved> read(asio::mutable_buffer into) = 0;
  /// All of it, or an error.
  virtual Awaitable<Moved> write(asio::const_buffer from) = 0;
  /// Tells the client that nothing follows, so that a cut can be told from an end.
  virtual Awaitable<void> end() = 0;
};

} // namespace yifa::http
