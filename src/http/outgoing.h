#pragma once

#include "http/compress.h"
#include "http/framing.h"

#include <ctime>
#include <string>
#include <string_view>

namespace yifa::http {

/// "Not Found"; "Unknown" for a status nobody knows.
std::string_view reason_phrase(int status);
/// "Tue, 06 Jan 2026 08:00:00 GMT" (RFC 9110 section 5.6.7), whatever the locale.
std::string http_date(std::time_t moment);
/// An answer of the listener's own: application/problem+json, in English, with `code` by the
/// status. 405 says what is served, 503 when to come again.
Response plain_problem(int status, std::string_view detail);
/// One chunk of the chunked coding; nothing for no bytes, which would end the answer.
std::string chunk_of(std::string_view bytes);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

/// An answer as bytes, ready for the socket.
struct Outgoing {
  int status = 0;
  std::string bytes; ///< the header, and all that is small behind it
  Response response; ///< what is not in `bytes` yet
  bool body = false; ///< `rest()` follows
  bool more = false; ///< `response.pull` is to be asked again
  bool wait = false; ///< … after a pause
  bool chunked = false;
  bool keep = false; ///< the connection goes on
  std::string_view rest() const {
    if (!body) return {};
    return response.fixed.empty() ? std::string_view(response.body) : response.fixed;
  }
};

/// Frames an answer: length or chunks, Date, X-Request-Id, Connection; a body never goes with HEAD,
/// 204 or 304. A handler's own Content-Length, Transfer-Encoding, Connection, Date, Server and
/// X-Request-Id are dropped, and so is any header with a control character in it. Of a pulled
/// answer the first piece is asked for here: what it throws is answered 500.
Outgoing outgoing(const Framed &framed, Response response, bool keep, Compressor &compressor);

} // namespace yifa::http
