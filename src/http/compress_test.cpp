#include "http/compress.h"

#include "http/outgoing.h"

#include <doctest/doctest.h>

#include <zlib.h>

using namespace yifa;
using namespace yifa::http;

namespace {

std::string compress_undone(std::string_view packed, std::size_t room) {
  z_stream zip{};
  REQUIRE(inflateInit2(&zip, 15 + 16) == Z_OK);
  std::string out(room, '\0');
  zip.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
  zip.avail_in = static_cast<uInt>(packed.size());
  zip.next_out = reinterpret_cast<Bytef *>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&zip, Z_FINISH) == Z_STREAM_END);
  out.resize(zip.total_out);
  inflateEnd(&zip);
  return out;
}

std::string compress_header(const Response &response, std::string_view name) {
  for (const auto &each : response.headers)
    if (each.first == name) return each.second;
  return "-";
}

Head compress_asker(const std::string &accepts) {
  Head head;
  if (!accepts.empty()) head.headers = {{"accept-encoding", accepts}};
  return head;
}

} // namespace

TEST_CASE("gzip is used only where it is welcome") {
  for (const char *yes : {"gzip", "GZIP", "x-gzip", "br, gzip", "gzip;q=0.001", "*", "deflate, *",
                          "gzip;q=1.000", "identity;q=0.5, gzip;q=0.5", "gzip ; q=0.8, br"})
    CHECK_MESSAGE(accepts_gzip(yes), yes);
  for (const char *no : {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *",
                         "identity, gzip;q=0.5", "gzip;q=2", "gzip;q=", "gzip;level=1", "gzipx"})
    CHECK_MESSAGE(!accepts_gzip(no), no);
}

TEST_CASE("text shrinks, pictures do not") {
  CHECK(is_text_like("text/html; charset=utf-8"));
  CHECK(is_text_like("Application/JSON"));
  CHECK(is_text_like("application/problem+json"));
  CHECK(is_text_like("image/svg+xml"));
  CHECK_FALSE(is_text_like("image/png"));
  CHECK_FALSE(is_text_like("application/pdf"));
  CHECK_FALSE(is_text_like(""));
}

TEST_CASE("gzip gives back what it was given") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "村" + std::to_string(i * 7919);
  CHECK(compress_undone(*gzip(text), text.size() + 1) == text);
  CHECK(compress_undone(*gzip(""), 1).empty());
  std::string noise;
  for (unsigned i = 1, x = 1; i < 70000; ++i)
    noise += static_cast<char>((x = x * 1664525 + i) >> 24);
  CHECK(compress_undone(*gzip(noise, 9), noise.size() + 1) == noise);
}

TEST_CASE("an answer is compressed when it pays") {
  const std::string long_text(4000, 'a');
  Compressor compressor;
  Response response;
  response.body = long_text;
  compressor.apply(compress_asker("gzip"), response);
  CHECK(compress_header(response, "Content-Encoding") == "gzip");
  CHECK(compress_header(response, "Vary") == "Accept-Encoding");
  CHECK(compress_undone(response.body, 5000) == long_text);

  Response plain;
  plain.body = long_text;
  plain.headers = {{"Vary", "Accept-Language"}};
  compressor.apply(compress_asker(""), plain);
  CHECK(compress_header(plain, "Content-Encoding") == "-");
  CHECK(compress_header(plain, "Vary") == "Accept-Language, Accept-Encoding");
  CHECK(plain.body == long_text);

  auto untouched = [&](Response given) {
    given.body = given.body.empty() && given.fixed.empty() ? long_text : given.body;
    auto before = given.body;
    compressor.apply(compress_asker("gzip"), given);
    return given.body == before && compress_header(given, "Vary") == "-";
  };
  Response other;
  other.type = "image/png";
  CHECK(untouched(other));
  Response small;
  small.body.assign(1023, 'a');
  CHECK(untouched(small));
  Response own;
  own.headers = {{"content-encoding", "br"}};
  CHECK(untouched(own));
  Response held;
  held.headers = {{"Cache-Control", "no-store, no-transform"}};
  CHECK(untouched(held));
  Response failed;
  failed.status = 404;
  CHECK(untouched(failed));
  Response pulled;
  pulled.pull = [] { return Piece{"", true, false}; };
  CHECK(untouched(pulled));
}

TEST_CASE("bytes that stay are compressed once") {
  static const std::string script(100000, 'b');
  Compressor compressor;
  const char *first = nullptr;
  for (int i = 0; i < 2; ++i) {
    Response response;
    response.type = "text/javascript";
    response.fixed = script;
    compressor.apply(compress_asker("gzip"), response);
    CHECK(compress_header(response, "Content-Encoding") == "gzip");
    CHECK(compress_undone(response.fixed, script.size() + 1) == script);
    if (first) CHECK(response.fixed.data() == first);
    first = response.fixed.data();
  }
}

namespace {

std::string outgoing_bytes(Method method, Response response, bool chunks = true) {
  Compressor compressor;
  Framed framed;
  framed.chunks = chunks;
  framed.head.method = method;
  framed.head.id = "0123456789";
  return outgoing(framed, std::move(response), true, compressor).bytes;
}

bool outgoing_holds(const std::string &bytes, std::string_view part) {
  return bytes.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("an answer is framed by the listener alone") {
  Response response;
  response.body = "{}";
  response.headers = {{"Content-Length", "7"},         {"Server", "x"},
                      {"TRANSFER-ENCODING", "gzip"},   {"X-Good", "a\tb 土"},
                      {"X-Bad", "a\r\nSet-Cookie: b"}, {"X Bad", "c"},
                      {"X-Request-Id", "mine"}};
  auto bytes = outgoing_bytes(Method::Get, response);
  CHECK(bytes.starts_with("HTTP/1.1 200 OK\r\nDate: "));
  CHECK(outgoing_holds(bytes, "\r\nX-Request-Id: 0123456789\r\n"));
  CHECK(outgoing_holds(bytes, "\r\nX-Good: a\tb 土\r\n"));
  CHECK(outgoing_holds(bytes, "\r\nContent-Length: 2\r\n"));
  CHECK(bytes.ends_with("\r\n\r\n{}"));
  for (const char *not_there : {"Set-Cookie", "Server", "gzip", "X Bad", "mine", "Length: 7"})
    CHECK_MESSAGE(!outgoing_holds(bytes, not_there), not_there);

  CHECK(outgoing_bytes(Method::Head, response).ends_with("\r\nContent-Length: 2\r\n\r\n"));
  response.status = 304;
  bytes = outgoing_bytes(Method::Get, response);
  CHECK(bytes.ends_with("\r\n\r\n"));
  CHECK_FALSE(outgoing_holds(bytes, "Content-"));
  response.status = 77;
  CHECK(outgoing_bytes(Method::Get, response).starts_with("HTTP/1.1 500 Internal Server Error"));

  Response pulled;
  pulled.pull = [] { return Piece{"abc", true, false}; };
  CHECK(outgoing_bytes(Method::Get, pulled).ends_with("\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
  bytes = outgoing_bytes(Method::Get, pulled, false);
  CHECK(bytes.ends_with("Connection: close\r\n\r\nabc"));
  CHECK(outgoing_bytes(Method::Head, pulled).ends_with("\r\n\r\n"));
}

TEST_CASE("the words of the protocol") {
  CHECK(http_date(1767657600) == "Tue, 06 Jan 2026 00:00:00 GMT");
  CHECK(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
  CHECK(reason_phrase(431) == "Request Header Fields Too Large");
  CHECK(reason_phrase(507) == "Insufficient Storage");
  CHECK(reason_phrase(299) == "Unknown");
  CHECK(chunk_of(std::string(17, 'x')).starts_with("11\r\nx"));
  CHECK(chunk_of("").empty());
  auto busy = plain_problem(503, "x");
  CHECK(busy.type == "application/problem+json");
  CHECK(busy.body == R"({"type":"about:blank","title":"Service Unavailable","status":503,)"
                     R"("detail":"x","code":"unavailable","problems":[]})");
}
