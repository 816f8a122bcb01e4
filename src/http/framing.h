#pragma once

#include "http/message.h"

#include <string>
#include <string_view>
#include <variant>

namespace yifa::http {

/// A request's header as it came, before any of it is believed.
struct Opening {
  std::string method;
  std::string target;
  int version = 11; ///< 10 or 11
  Headers headers;  ///< names in lower case
};

/// What a header means for the connection.
struct Framed {
  Head head;            ///< without `remote`, `id` and `tls`, which only the connection knows
  bool chunks = true;   ///< HTTP/1.1: the client reads chunks and 100 Continue
  bool keep = true;     ///< it may send another request on this connection
  bool expects = false; ///< waits for "100 Continue" before it sends the body
  bool body() const { return head.length != 0; }
};

/// A request the listener answers itself, and closes: who sends such a thing cannot be trusted to
/// agree with us on where the next request begins.
struct Refusal {
  int status = 400;
  std::string_view detail; ///< an English sentence that lives as long as the program
};

/// What came of bytes given to one of the readers.
struct Fed {
  enum class State {
    More,    ///< all was of use so far; give the unused bytes again together with those that follow
    Full,    ///< there is more of a body than room for it
    Done,    ///< the header, or the body, is complete
    Refused, ///< malformed or too large; see `refusal`
  };
  State state = State::More;
  std::size_t used = 0;    ///< bytes taken off the front of the input
  std::size_t written = 0; ///< bytes of a body put into the room given
  Refusal refusal;
};

/// Decides where a request ends and whom it is for, in the strict sense only: one Host, at most one
/// Content-Length of digits alone, or "chunked" alone, never both. Everything two readers could
/// take differently is refused (RFC 9112 sections 3.2, 6.1, 6.3). Refusals: 400, 405 a known method
/// we never serve, 414, 417, 501 an unknown method or coding.
std::variant<Framed, Refusal> judge(Opening opening);

} // namespace yifa::http
