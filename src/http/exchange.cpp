#include "http/exchange.h"

namespace yifa::http {

namespace {
constexpr std::string_view kExchangeFailed = "The request could not be answered.";
constexpr std::string_view kExchangeFull = "The server cannot keep the upload.";
} // namespace

void Exchange::decide(Response response, bool keep) {
  decided = true;
  out = outgoing(framed, std::move(response), keep && framed.keep && !bench.stopping,
                 bench.compressor);
}

Response Exchange::serve() {
  try {
    Request request;
    static_cast<Head &>(request) = framed.head;
    request.body = std::move(body);
    if (upload) request.upload = upload->path();
    return bench.handler.serve(std::move(request));
  } catch (...) {
    return plain_problem(500, kExchangeFailed);
  }
}

void Exchange::answer() {
  try {
    plan = bench.handler.plan(framed.head);
  } catch (...) {
    plan.now = plain_problem(500, kExchangeFailed);
  }
  if (!plan.now && body.size() > plan.limit)
    plan.now = plain_problem(413, "The body is too large.");
  if (!plan.now && plan.to_file) {
    // An empty upload is a file too.
    if (auto made = Upload::create(bench.spool))
      upload = std::move(*made);
    else
      plan.now = plain_problem(503, kExchangeFull);
  }
  if (!plan.now && !body.empty()) return answer_body();
  decide(plan.now ? *std::move(plan.now) : serve(), true);
  plan.now.reset();
}

void Exchange::ask() {
  try {
    plan = bench.handler.plan(framed.head);
  } catch (...) {
    plan.now = plain_problem(500, kExchangeFailed);
  }
  if (plan.now) {
    decide(*std::move(plan.now), false);
  } else if (framed.head.length > 0 &&
             static_cast<std::uint64_t>(framed.head.length) > plan.limit) {
    decide(plain_problem(413, "The body is too large."), false);
  } else if (plan.to_file) {
    if (auto made = Upload::create(bench.spool))
      upload = std::move(*made);
    else
      decide(plain_problem(503, kExchangeFull), false);
  }
  plan.now.reset();
}

void Exchange::keep() {
  if (!failed && !upload->write(body)) failed = true;
}

void Exchange::answer_body() {
  if (upload) {
    keep();
    body.clear();
    if (!upload->close() || failed) return decide(plain_problem(503, kExchangeFull), false);
  }
  decide(serve(), true);
}

void Exchange::pull() {
  piece.clear();
  try {
    auto next = out.response.pull();
    if (next.broken) failed = true;
    out.more = !next.end;
    out.wait = next.wait;
    if (!out.chunked) {
      piece = std::move(next.bytes);
    } else {
      piece = chunk_of(next.bytes);
      if (next.end) piece += kLastChunk;
    }
  } catch (...) {
    failed = true;
  }
}

void Exchange::run() noexcept {
  upload.reset();
  const int status = sent ? out.status : 0;
  try {
    out.response = {}; // may hold a snapshot of the store: let go on this thread
    bench.handler.served(framed.head, status, bytes, seconds);
  } catch (...) { // nobody is left to be told
  }
}

Finishing::Finishing(std::unique_ptr<Exchange> exchange)
    : exchange_(std::move(exchange)), began_(std::chrono::steady_clock::now()) {}

Finishing::~Finishing() {
  exchange_->seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  auto &workers = exchange_->bench.workers;
  workers.push_later(std::move(exchange_));
}

} // namespace yifa::http
