#pragma once

#include "http/outgoing.h"
#include "http/upload.h"
#include "http/workers.h"

#include <atomic>
#include <memory>
#include <optional>

/// Private to this room.
namespace yifa::http {

/// Where requests are answered.
struct Bench {
  Handler &handler;
  Workers &workers;
  Compressor &compressor;
  std::filesystem::path spool;
  const std::atomic<bool> &stopping;
};

/// One request and its answer. The functions are errands of worker threads, one at a time; the
/// connection reads and sets the members between them. None throws: what goes wrong becomes the
/// answer.
struct Exchange final : Workers::Job {
  explicit Exchange(Bench &where) : bench(where) {}

  /// For a request without a body, or whose whole body came along and is in `body`: plan and answer
  /// in one visit.
  void answer();
  /// For one with a body: asks the handler's plan and makes the upload's file. If `decided`, `out`
  /// is the answer and the body is not read.
  void ask();
  /// The whole body is in `body` or in the upload.
  void answer_body();
  /// `body` is appended to the upload and emptied.
  void keep();
  /// The next piece of a pulled answer is put into `piece`, framed.
  void pull();
  /// Last of all: removes the upload, lets the answer go, tells the handler.
  void run() noexcept override;

  Bench &bench;
  Framed framed;
  BodyPlan plan;
  std::string body;
  std::optional<Upload> upload;
  Outgoing out;
  std::string piece;
  bool decided = false;
  bool failed = false; ///< the upload cannot be kept, or pull() threw
  bool sent = false;
  std::uint64_t bytes = 0;
  double seconds = 0;

private:
  void decide(Response response, bool keep);
  Response serve();
};

/// Hands an exchange to the workers for its last errand when the connection is through with it, in
/// whatever way.
class Finishing {
public:
  explicit Finishing(std::unique_ptr<Exchange> exchange);
  Finishing(const Finishing &) = delete;
  Finishing &operator=(const Finishing &) = delete;
  ~Finishing();
  Exchange &operator*() { return *exchange_; }

private:
  std::unique_ptr<Exchange> exchange_;
  const std::chrono::steady_clock::time_point began_;
};

} // namespace yifa::http
