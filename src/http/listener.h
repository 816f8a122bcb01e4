#pragma once

#include "base/result.h"
#include "http/message.h"

#include <chrono>

namespace yifa::http {

struct ListenOptions {
  std::string address = "127.0.0.1";
  int port = 8080;                   ///< 0: any free one
  std::filesystem::path certificate; ///< PEM chain; with `private_key`: TLS 1.2 and newer only
  std::filesystem::path private_key;
  int workers = 4;
  int most_waiting = 512; ///< requests waiting for a worker; one more is answered 503
  int most_connections = 1024;
  int most_per_address = 128;                    ///< not counted for loopback (a reverse proxy)
  std::chrono::milliseconds header_time{30'000}; ///< to send the whole header; between requests too
  std::chrono::milliseconds body_time{30'000};   ///< plus a second per 64 KiB announced
  std::chrono::milliseconds write_time{30'000};  ///< per piece of the answer
  std::chrono::milliseconds stop_time{10'000};   ///< for requests under way when stopping
  std::filesystem::path spool;                   ///< where uploads are kept while they are read
};

/// HTTP/1.1 on one address. Accepts on one I/O thread; requests are answered on worker threads. A
/// slow or huge client costs one small connection object and is cut off by total deadlines.
class Listener {
public:
  /// Binds and begins to accept. Unavailable when the address cannot be had (says which), Invalid
  /// for a certificate or key that cannot be read. `handler` outlives the listener.
  static Result<std::unique_ptr<Listener>> start(const ListenOptions &options, Handler &handler);
  virtual ~Listener() = default;
  virtual int port() const = 0;
  /// Open connections now.
  virtual int connections() const = 0;
  /// Takes no more requests, lets those under way finish for `stop_time`, then cuts them. Returns
  /// when all threads ended. May be called once, from any thread but a worker.
  virtual void stop() = 0;
};

} // namespace yifa::http
