#pragma once

#include "http/body_reader.h"
#include "http/exchange.h"
#include "http/listener.h"
#include "http/parser.h"
#include "http/request_id.h"
#include "http/transport.h"

#include <atomic>
#include <chrono>

#include <boost/asio/basic_waitable_timer.hpp>

/// Private to this room.
namespace yifa::http {

using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;

/// What all connections of one listener have in common.
struct Shared {
  const ListenOptions options;
  Executor executor;
  Bench bench;
  RequestIds ids;                     ///< I/O thread only
  std::atomic<bool> stopping = false; ///< read by workers too
};

/// One client: reads a request, has it answered, writes the answer, and again. Lives on the I/O
/// thread; what may block is done in visits to the workers. Every phase has one total deadline that
/// no trickle of bytes moves, which the listener enforces by cut_if_due(): a comparison a
/// connection several times a second costs less than a timer for every read.
class Connection {
public:
  /// `shared` outlives the connection.
  Connection(Shared &shared, std::unique_ptr<Transport> transport, std::string remote);

  /// Until the client or a deadline ends it.
  Awaitable<void> run();
  /// Closes at once; run() ends as soon as it notices.
  void cut();
  void cut_if_due(SteadyClock::time_point now) {
    if (now >= deadline_) cut();
  }
  /// The listener stops: a connection between requests is closed, an endless answer ended.
  void retire();

private:
  enum class Next { Request, Close, Gone };
  enum class Phase { Waiting, Serving, Closing };

  Awaitable<Next> exchange();
  /// A small body mostly comes along with its header: then one visit to the workers is enough.
  void take_whole(Exchange &now);
  Awaitable<Next> refuse(Exchange &now, Refusal refusal);
  Awaitable<Next> busy(Exchange &now);
  Awaitable<Next> with_body(Exchange &now);
  /// A status of 0: all of it is there. -1: the client is gone.
  Awaitable<Refusal> read_body(Exchange &now);
  Awaitable<Next> send(Exchange &now);
  Awaitable<bool> send_pulled(Exchange &now);
  Awaitable<bool> write(Exchange &now, std::string_view bytes);
  /// Reads what comes next behind unread(); false when nothing more will.
  Awaitable<bool> fill();
  Awaitable<void> linger();
  /// Has `errand` done by a worker; false when there is no room and the exchange is not `begun`.
  Awaitable<bool> visit(void (Exchange::*errand)(), Exchange &now, bool begun);

  bool gone();
  void until(std::chrono::milliseconds time) { deadline_ = SteadyClock::now() + time; }
  std::string_view unread() const { return {storage_.data() + begin_, end_ - begin_}; }

  Shared &shared_;
  std::unique_ptr<Transport> transport_;
  const std::string remote_;
  Timer pause_;
  Phase phase_ = Phase::Waiting;
  bool closed_ = false;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  std::string storage_; ///< input; what lies in [begin_, end_) is not parsed yet
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool filled_ = false; ///< the last read took all the room there was: there is more
};

} // namespace yifa::http
