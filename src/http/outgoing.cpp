#include "http/outgoing.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace yifa::http {

namespace {

/// Up to this size a body is copied behind its header, so that both leave in one packet or two.
constexpr std::size_t kOutgoingTogether = 16 * 1024;

struct OutgoingReason {
  int status;
  std::string_view words;
};
constexpr std::array<OutgoingReason, 39> kOutgoingReasons = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
}};

std::string_view outgoing_code(int status) {
  if (status == 413 || status == 414 || status == 431) return "too_large";
  if (status == 503) return "unavailable";
  return status == 500 ? "internal" : "invalid";
}

void outgoing_number(std::string &out, std::uint64_t number, int base) {
  std::array<char, 20> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  out.append(digits.data(), end);
}

bool outgoing_own(std::string_view name) {
  static constexpr std::array<std::string_view, 6> own = {
      "connection", "content-length", "date", "server", "transfer-encoding", "x-request-id"};
  return std::find(own.begin(), own.end(), name) != own.end();
}

bool outgoing_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && c != '\t') || u == 0x7F;
  });
}

bool outgoing_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

void outgoing_line(std::string &out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

std::string_view outgoing_now() {
  thread_local std::time_t last = 0;
  thread_local std::string words;
  auto now = std::time(nullptr);
  if (now != last || words.empty()) {
    words = http_date(now);
    last = now;
  }
  return words;
}

/// All of the header but its end.
void outgoing_header(std::string &out, const Framed &framed, const Response &response) {
  out += "HTTP/1.1 ";
  outgoing_number(out, static_cast<std::uint64_t>(response.status), 10);
  out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  outgoing_line(out, "Date", outgoing_now());
  outgoing_line(out, "X-Request-Id", framed.head.id);
  if (!response.type.empty() && outgoing_value(response.type) && response.status != 204 &&
      response.status != 304)
    outgoing_line(out, "Content-Type", response.type);
  for (const auto &each : response.headers)
    if (outgoing_name(each.first) && outgoing_value(each.second) &&
        !outgoing_own(text::lower_ascii(each.first)))
      outgoing_line(out, each.first, each.second);
}

} // namespace

std::string_view reason_phrase(int status) {
  auto at = std::lower_bound(kOutgoingReasons.begin(), kOutgoingReasons.end(), status,
                             [](const OutgoingReason &a, int b) { return a.status < b; });
  return at != kOutgoingReasons.end() && at->status == status ? at->words : "Unknown";
}

std::string http_date(std::time_t moment) {
  static constexpr std::array<const char *, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char *, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  ::gmtime_r(&moment, &parts);
  std::array<char, 64> out{};
  auto n = std::snprintf(out.data(), out.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                         days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                         months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                         parts.tm_hour, parts.tm_min, parts.tm_sec);
  return {out.data(), static_cast<std::size_t>(n)};
}

Response plain_problem(int status, std::string_view detail) {
  Response out;
  out.status = status;
  out.type = "application/problem+json";
  json::object body;
  body["type"] = "about:blank";
  body["title"] = json::string_view(reason_phrase(status).data(), reason_phrase(status).size());
  body["status"] = status;
  body["detail"] = json::string_view(detail.data(), detail.size());
  body["code"] = json::string_view(outgoing_code(status).data(), outgoing_code(status).size());
  body["problems"] = json::array();
  out.body = json::serialize(body);
  out.headers.emplace_back("Cache-Control", "no-store");
  out.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (status == 405) out.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
  if (status == 503) out.headers.emplace_back("Retry-After", "1");
  return out;
}

std::string chunk_of(std::string_view bytes) {
  std::string out;
  if (bytes.empty()) return out;
  out.reserve(bytes.size() + 24);
  outgoing_number(out, bytes.size(), 16);
  return out.append("\r\n").append(bytes).append("\r\n");
}

Outgoing outgoing(const Framed &framed, Response response, bool keep, Compressor &compressor) {
  if (response.status < 200 || response.status > 599)
    response = plain_problem(500, "The request could not be answered.");
  const bool bare = response.status == 204 || response.status == 304;
  const bool silent = bare || framed.head.method == Method::Head;
  Piece first;
  if (response.pull && !silent) {
    try {
      first = response.pull();
    } catch (...) {
      response = plain_problem(500, "The request could not be answered.");
    }
  }
  compressor.apply(framed.head, response);
  Outgoing out;
  out.status = response.status;
  out.chunked = response.pull && framed.chunks;
  // Without chunks only the end of the connection tells where a pulled answer ends.
  out.keep = keep && (!response.pull || framed.chunks || silent);
  out.bytes.reserve(512);
  outgoing_header(out.bytes, framed, response);
  auto body = response.fixed.empty() ? std::string_view(response.body) : response.fixed;
  if (!response.pull && !bare) {
    out.bytes += "Content-Length: ";
    outgoing_number(out.bytes, body.size(), 10);
    out.bytes += "\r\n";
  }
  if (out.chunked && !silent) outgoing_line(out.bytes, "Transfer-Encoding", "chunked");
  if (!out.keep) outgoing_line(out.bytes, "Connection", "close");
  if (out.keep && !framed.chunks) outgoing_line(out.bytes, "Connection", "keep-alive");
  out.bytes += "\r\n";
  if (response.pull && !silent) {
    out.bytes += out.chunked ? chunk_of(first.bytes) : first.bytes;
    if (first.end && out.chunked) out.bytes += kLastChunk;
    out.more = !first.end;
    out.wait = first.wait;
  } else if (!silent && body.size() <= kOutgoingTogether) {
    out.bytes += body;
  } else {
    out.body = !silent;
  }
  out.response = std::move(response);
  return out;
}

} // namespace yifa::http
