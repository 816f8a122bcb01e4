#pragma once

#include "base/json.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yifa::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Other };
std::string_view to_string(Method method); ///< "GET", …

/// Names in lower case, values as sent.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request's first part, before its body is read.
struct Head {
  Method method = Method::Get;
  std::string path; ///< percent-decoded, begins with "/", never holds "//", "/../" or a NUL
  std::vector<std::pair<std::string, std::string>> query; ///< decoded, in order
  Headers headers;
  std::string remote; ///< the peer's address without port; never logged
  std::string id;     ///< of this request, for the log and the answer
  bool tls = false;
  std::int64_t length = 0; ///< what Content-Length says; -1 of a chunked body
  bool whole = false;      ///< the body came along with the header: nothing is saved by refusing it

  /// The first header of that lower-case name; empty if none.
  std::string_view header(std::string_view name) const;
  /// The first query parameter of that name; nothing when it is absent.
  std::optional<std::string> parameter(std::string_view name) const;
};

struct Request : Head {
  std::string body;             ///< empty when it went to `upload`
  std::filesystem::path upload; ///< a temporary file with the body; the listener removes it
};

/// One piece of an answer that is not held as a whole.
struct Piece {
  std::string bytes;
  bool end = false;  ///< nothing follows
  bool wait = false; ///< nothing now: ask again in a quarter of a second
  /// What should follow cannot be had: the connection is cut, so that nobody takes it for whole.
  bool broken = false;
};

struct Response {
  int status = 200;
  std::string type = "application/json"; ///< Content-Type
  Headers headers;
  std::string body;
  /// Instead of `body`: bytes that live as long as the program (the web application).
  std::string_view fixed;
  /// Instead of both: called on a worker thread until it says `end`. Sent as chunks.
  std::function<Piece()> pull;
};

/// What to do with a body before it is read.
struct BodyPlan {
  std::uint64_t limit = 0;     ///< bytes; more is answered 413
  bool to_file = false;        ///< an upload: into a temporary file, not into memory
  std::optional<Response> now; ///< answer this without reading the body, and close
};

/// What answers requests. Both functions are called on worker threads, several at once.
class Handler {
public:
  virtual ~Handler() = default;
  virtual BodyPlan plan(const Head &head) = 0;
  /// Never throws.
  virtual Response serve(Request request) = 0;
  /// Once an answer is sent (or given up: status 0), for log and metrics.
  virtual void served(const Head &head, int status, std::uint64_t bytes, double seconds) = 0;
};

} // namespace yifa::http
