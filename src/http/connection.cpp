#include "http/connection.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <boost/asio/post.hpp>

#include <poll.h>

// g++ 12 at -O1 takes the frames of coroutines, whose memory Asio keeps for the next, for blocks
// that are freed in another way than they were got. They are not.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace yifa::http {

namespace {

constexpr std::size_t kInputFirst = 4 * 1024;
constexpr std::size_t kInputMost = 64 * 1024;
constexpr std::size_t kBodyFirst = 16 * 1024;
constexpr std::size_t kUploadBlock = 256 * 1024;
constexpr std::size_t kWritePart = 256 * 1024; ///< what `write_time` is for
constexpr std::int64_t kBytesASecond = 64 * 1024;
constexpr std::chrono::milliseconds kPullPause{250};
constexpr std::chrono::milliseconds kLingerTime{2000};
constexpr asio::use_awaitable_t<Executor> kResume{};

/// An errand, and the coroutine that waits for it on the I/O thread.
template <typename Waiting> class ErrandJob final : public Workers::Job {
public:
  ErrandJob(Executor executor, Waiting waiting, Exchange &now, void (Exchange::*errand)())
      : executor_(std::move(executor)), waiting_(std::move(waiting)), now_(now), errand_(errand) {}
  void run() noexcept override {
    (now_.*errand_)();
    resume(true);
  }
  void resume(bool done) {
    asio::post(executor_,
               [waiting = std::move(waiting_), done]() mutable { std::move(waiting)(done); });
  }

private:
  Executor executor_;
  Waiting waiting_;
  Exchange &now_;
  void (Exchange::*errand_)();
};

} // namespace

Connection::Connection(Shared &shared, std::unique_ptr<Transport> transport, std::string remote)
    : shared_(shared), transport_(std::move(transport)), remote_(std::move(remote)),
      pause_(shared.executor) {}

void Connection::cut() {
  closed_ = true;
  deadline_ = SteadyClock::time_point::max();
  boost::system::error_code ignored;
  transport_->socket().close(ignored);
  pause_.cancel();
}

void Connection::retire() {
  if (phase_ == Phase::Waiting) return cut();
  pause_.cancel();
}

Awaitable<void> Connection::run() {
  until(shared_.options.header_time);
  const bool open = co_await transport_->open();
  if (!open) co_return cut();
  auto next = Next::Request;
  while (next == Next::Request) {
    next = co_await exchange();
    if (begin_ == end_ && storage_.size() > kInputFirst) { // an idle connection is to be small
      begin_ = end_ = 0;
      storage_ = {};
      filled_ = false;
    }
  }
  if (next == Next::Close) co_await linger();
  cut();
}

Awaitable<bool> Connection::fill() {
  if (begin_ > 0) {
    std::memmove(storage_.data(), storage_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // A connection is small until its client shows that it sends much.
  if (filled_ || storage_.size() < kInputFirst)
    storage_.resize(std::clamp(storage_.size() * 2, kInputFirst, kInputMost));
  if (end_ == storage_.size()) co_return false; // a header meets its own limits before
  auto [failed, n] = co_await transport_->read({storage_.data() + end_, storage_.size() - end_});
  end_ += n;
  filled_ = end_ == storage_.size();
  co_return !failed && n > 0;
}

Awaitable<bool> Connection::visit(void (Exchange::*errand)(), Exchange &now, bool begun) {
  const auto deadline = deadline_;
  deadline_ = SteadyClock::time_point::max(); // the server's time is not the client's fault
  auto *workers = &now.bench.workers;
  auto initiate = [this, workers, errand, &now, begun](auto waiting) {
    using Errand = ErrandJob<decltype(waiting)>;
    auto errand_job = std::make_unique<Errand>(shared_.executor, std::move(waiting), now, errand);
    auto *same = errand_job.get();
    std::unique_ptr<Workers::Job> job = std::move(errand_job);
    if (begun)
      workers->push(std::move(job));
    else if (!workers->offer(job))
      same->resume(false);
  };
  const bool done =
      co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(bool)>(initiate,
                                                                                       kResume);
  deadline_ = closed_ ? SteadyClock::time_point::max() : deadline;
  co_return done;
}

Awaitable<Connection::Next> Connection::exchange() {
  HeaderParser parser;
  phase_ = Phase::Waiting;
  until(shared_.options.header_time);
  Fed fed;
  for (;;) {
    if (shared_.stopping) co_return Next::Close;
    if (begin_ < end_) {
      fed = parser.read(unread());
      begin_ += fed.used;
      if (fed.state != Fed::State::More) break;
    }
    const bool more = co_await fill();
    if (!more) co_return Next::Gone;
  }
  phase_ = Phase::Serving;
  Finishing finishing(std::make_unique<Exchange>(shared_.bench));
  Exchange &now = *finishing;
  now.framed.head.id = shared_.ids.next();
  now.framed.head.remote = remote_;
  now.framed.head.tls = transport_->encrypted();
  if (fed.state == Fed::State::Refused) co_return co_await refuse(now, fed.refusal);
  auto opening = parser.opening();
  if (opening.method == "HEAD") now.framed.head.method = Method::Head;
  auto judged = judge(std::move(opening));
  if (auto *refusal = std::get_if<Refusal>(&judged)) co_return co_await refuse(now, *refusal);
  auto &framed = std::get<Framed>(judged);
  framed.head.id = std::move(now.framed.head.id);
  framed.head.remote = remote_;
  framed.head.tls = now.framed.head.tls;
  now.framed = std::move(framed);
  take_whole(now);
  if (now.framed.body() && !now.framed.head.whole) co_return co_await with_body(now);
  const bool room = co_await visit(&Exchange::answer, now, false);
  if (!room) co_return co_await busy(now);
  co_return co_await send(now);
}

void Connection::take_whole(Exchange &now) {
  auto &head = now.framed.head;
  if (head.length <= 0 || static_cast<std::size_t>(head.length) > end_ - begin_) return;
  head.whole = true;
  now.body = unread().substr(0, static_cast<std::size_t>(head.length));
  begin_ += now.body.size();
}

Awaitable<Connection::Next> Connection::refuse(Exchange &now, Refusal refusal) {
  now.framed.keep = false;
  now.out = outgoing(now.framed, plain_problem(refusal.status, refusal.detail), false,
                     now.bench.compressor);
  co_return co_await send(now);
}

Awaitable<Connection::Next> Connection::busy(Exchange &now) {
  const bool keep = now.framed.keep && (!now.framed.body() || now.framed.head.whole);
  now.out = outgoing(now.framed, plain_problem(503, "Too many requests are waiting."), keep,
                     now.bench.compressor);
  co_return co_await send(now);
}

Awaitable<Connection::Next> Connection::with_body(Exchange &now) {
  const bool room = co_await visit(&Exchange::ask, now, false);
  if (!room) co_return co_await busy(now);
  if (now.decided) co_return co_await send(now);
  until(shared_.options.write_time);
  if (now.framed.expects && begin_ == end_) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [failed, n] = co_await transport_->write({go_on.data(), go_on.size()});
    if (failed) co_return Next::Gone;
  }
  const auto told = co_await read_body(now);
  if (told.status < 0) co_return Next::Gone;
  if (told.status > 0) co_return co_await refuse(now, told);
  co_await visit(&Exchange::answer_body, now, true);
  co_return co_await send(now);
}

Awaitable<Refusal> Connection::read_body(Exchange &now) {
  const auto began = SteadyClock::now() + shared_.options.body_time;
  const auto length = std::max<std::int64_t>(now.framed.head.length, 0);
  const std::size_t first = now.upload ? kUploadBlock : kBodyFirst;
  std::size_t size = length > 0 ? std::min(first, static_cast<std::size_t>(length)) : kBodyFirst;
  std::size_t used = 0;
  std::uint64_t received = 0;
  now.body.resize(size);
  BodyReader reader(now.framed.head.length);
  for (;;) {
    deadline_ = began + std::chrono::seconds(std::max(length, static_cast<std::int64_t>(received)) /
                                             kBytesASecond);
    auto fed = reader.read(unread(), now.body.data() + used, now.body.size() - used);
    begin_ += fed.used;
    used += fed.written;
    received += fed.written;
    if (received > now.plan.limit) co_return Refusal{413, "The body is too large."};
    if (fed.state == Fed::State::Refused) co_return fed.refusal;
    if (fed.state == Fed::State::Done) break;
    if (fed.state == Fed::State::More) {
      const bool more = co_await fill();
      if (!more) co_return Refusal{-1, {}};
    } else if (now.upload) {
      co_await visit(&Exchange::keep, now, true);
      if (now.failed) co_return Refusal{503, "The server cannot keep the upload."};
      used = 0;
    } else {
      now.body.resize(length > 0 ? std::min(used * 2, static_cast<std::size_t>(length)) : used * 2);
    }
  }
  now.body.resize(used);
  co_return Refusal{0, {}};
}

Awaitable<bool> Connection::write(Exchange &now, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto part = bytes.substr(0, kWritePart);
    until(shared_.options.write_time);
    auto [failed, n] = co_await transport_->write({part.data(), part.size()});
    now.bytes += n;
    if (failed) co_return false;
    bytes.remove_prefix(part.size());
  }
  co_return true;
}

Awaitable<Connection::Next> Connection::send(Exchange &now) {
  bool well = co_await write(now, now.out.bytes);
  if (well && now.out.body) well = co_await write(now, now.out.rest());
  if (well && now.out.more) well = co_await send_pulled(now);
  now.sent = well;
  if (!well) co_return Next::Gone;
  co_return now.out.keep ? Next::Request : Next::Close;
}

Awaitable<bool> Connection::send_pulled(Exchange &now) {
  while (now.out.more) {
    if (now.out.wait) {
      deadline_ = SteadyClock::time_point::max();
      pause_.expires_after(kPullPause);
      co_await pause_.async_wait(kAwait);
      if (gone()) co_return false;
      if (shared_.stopping) {
        now.out.keep = false;
        const bool well = co_await write(now, now.out.chunked ? kLastChunk : std::string_view());
        co_return well;
      }
    }
    co_await visit(&Exchange::pull, now, true);
    // Without its last chunk the client can tell that the answer is not whole.
    if (now.failed || closed_) co_return false;
    const bool well = co_await write(now, now.piece);
    if (!well) co_return false;
  }
  co_return true;
}

bool Connection::gone() {
  if (closed_) return true;
  // Asked of the kernel: reading would take a pipelined request, and see no end behind one.
  pollfd asked{transport_->socket().native_handle(), POLLRDHUP, 0};
  return ::poll(&asked, 1, 0) > 0 && (asked.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

Awaitable<void> Connection::linger() {
  // Closing with unread input resets the connection, and the client may lose the answer: say that
  // nothing follows, and read until it has closed too.
  phase_ = Phase::Closing;
  until(kLingerTime);
  co_await transport_->end();
  std::array<char, 4096> waste{};
  for (bool more = true; more;) {
    auto [failed, n] = co_await transport_->socket().async_read_some(asio::buffer(waste), kAwait);
    more = !failed && n > 0;
  }
}

} // namespace yifa::http
