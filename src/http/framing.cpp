#include "http/framing.h"

#include "base/text.h"
#include "http/target.h"

#include <algorithm>
#include <charconv>

namespace yifa::http {

namespace {

Method framing_method(std::string_view name) {
  for (auto each :
       {Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete})
    if (name == to_string(each)) return each;
  return Method::Other;
}

std::size_t framing_count(const Headers &headers, std::string_view name) {
  return static_cast<std::size_t>(std::count_if(
      headers.begin(), headers.end(), [&](const auto &each) { return each.first == name; }));
}

/// Host or Host:port, an IPv6 address in brackets; empty is allowed by the standard.
bool framing_host(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == '_' || c == ':' || c == '[' || c == ']' || c == '%';
  });
}

bool framing_digits(std::string_view text, std::int64_t &value) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != text.npos)
    return false;
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

/// Sets head.length; a status of 0 is well.
Refusal framing_length(Head &head, int version) {
  auto lengths = framing_count(head.headers, "content-length");
  auto codings = framing_count(head.headers, "transfer-encoding");
  if (lengths > 0 && codings > 0)
    return {400, "Content-Length and Transfer-Encoding exclude each other."};
  if (lengths > 1) return {400, "Content-Length is given more than once."};
  if (codings > 1) return {400, "Transfer-Encoding is given more than once."};
  if (lengths == 1 && !framing_digits(head.header("content-length"), head.length))
    return {400, "Content-Length is not a number."};
  if (codings == 0) return {0, {}};
  if (version < 11) return {400, "HTTP/1.0 has no Transfer-Encoding."};
  auto coding = text::lower_ascii(head.header("transfer-encoding"));
  if (coding != "chunked") {
    if (!coding.ends_with("chunked")) return {400, "The last transfer coding is not chunked."};
    return {501, "Only the transfer coding chunked is understood."};
  }
  head.length = -1;
  return {0, {}};
}

/// Sets keep.
void framing_connection(Framed &out) {
  out.keep = out.chunks;
  for (const auto &each : out.head.headers) {
    if (each.first != "connection") continue;
    for (const auto &item : text::split(text::lower_ascii(each.second), ',')) {
      auto word = text::trim(item);
      if (word == "close") {
        out.keep = false;
        return;
      }
      if (word == "keep-alive") out.keep = true;
    }
  }
}

} // namespace

std::variant<Framed, Refusal> judge(Opening opening) {
  Framed out;
  out.chunks = opening.version >= 11;
  auto &head = out.head;
  head.method = framing_method(opening.method);
  head.headers = std::move(opening.headers);
  auto hosts = framing_count(head.headers, "host");
  if (hosts > 1) return Refusal{400, "Host is given more than once."};
  if (hosts == 0 && out.chunks) return Refusal{400, "Host is missing."};
  if (!framing_host(head.header("host"))) return Refusal{400, "Host is malformed."};
  if (auto bad = framing_length(head, opening.version); bad.status != 0) return bad;
  framing_connection(out);
  if (head.method == Method::Other) {
    for (std::string_view known : {"OPTIONS", "TRACE", "CONNECT"})
      if (opening.method == known) return Refusal{405, "This method is not served."};
    return Refusal{501, "This method is unknown."};
  }
  if (opening.target.size() > kLongestTarget) return Refusal{414, "The address is too long."};
  auto target = parse_target(opening.target);
  if (!target) return Refusal{400, "The address is malformed."};
  head.path = std::move(target->path);
  head.query = std::move(target->query);
  if (framing_count(head.headers, "expect") > 0 && out.chunks) {
    if (text::lower_ascii(head.header("expect")) != "100-continue")
      return Refusal{417, "Only 100-continue can be expected."};
    out.expects = true;
  }
  return out;
}

} // namespace yifa::http
