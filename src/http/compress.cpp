#include "http/compress.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <limits>

#include <zlib.h>

namespace yifa::http {

namespace {

constexpr std::size_t kLeastCompressed = 1024;

/// "q=0.5" of RFC 9110 in thousandths; -1 for anything else.
int compress_quality(std::string_view text) {
  if (text.size() < 3 || (text[0] != 'q' && text[0] != 'Q') || text[1] != '=') return -1;
  text.remove_prefix(2);
  if (text[0] != '0' && text[0] != '1') return -1;
  int value = (text[0] - '0') * 1000;
  if (text.size() == 1) return value;
  if (text[1] != '.' || text.size() > 5) return -1;
  int weight = 100;
  for (char c : text.substr(2)) {
    if (c < '0' || c > '9') return -1;
    value += (c - '0') * weight;
    weight /= 10;
  }
  return value > 1000 ? -1 : value;
}

bool compress_has(const Response &response, std::string_view name, std::string_view word) {
  return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto &each) {
    return text::lower_ascii(each.first) == name &&
           (word.empty() || text::lower_ascii(each.second).find(word) != std::string::npos);
  });
}

void compress_vary(Response &response) {
  if (compress_has(response, "vary", "accept-encoding") || compress_has(response, "vary", "*"))
    return;
  for (auto &each : response.headers)
    if (text::lower_ascii(each.first) == "vary") {
      each.second += ", Accept-Encoding";
      return;
    }
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

} // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  int gzip = -1;
  int plain = -1;
  int any = -1;
  for (const auto &item : text::split(accept_encoding, ',')) {
    auto parts = text::split(item, ';');
    auto coding = text::lower_ascii(text::trim(parts[0]));
    int quality = 1000;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      quality = compress_quality(text::trim(parts[i]));
      if (quality < 0) return false; // who writes this may not read gzip either
    }
    if (coding == "gzip" || coding == "x-gzip") gzip = std::max(gzip, quality);
    if (coding == "identity") plain = quality;
    if (coding == "*") any = quality;
  }
  if (gzip < 0) gzip = any;
  return gzip > 0 && gzip >= plain;
}

bool is_text_like(std::string_view type) {
  auto plain = text::lower_ascii(text::trim(type.substr(0, type.find(';'))));
  static constexpr std::array<std::string_view, 6> known = {
      "application/json",       "application/xml",      "application/javascript",
      "application/ecmascript", "application/x-ndjson", "application/geo+json"};
  return plain.starts_with("text/") || plain.ends_with("+json") || plain.ends_with("+xml") ||
         std::find(known.begin(), known.end(), plain) != known.end();
}

Result<std::string> gzip(std::string_view bytes, int level) {
  z_stream zip{};
  // 15 bits of window, and 16 that ask for gzip's header instead of zlib's.
  if (deflateInit2(&zip, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return internal_error("zlib cannot begin");
  std::string out(deflateBound(&zip, bytes.size()), '\0');
  zip.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
  zip.next_out = reinterpret_cast<Bytef *>(out.data());
  // zlib counts in 32 bits: both sides are handed over in parts.
  constexpr std::size_t most = std::numeric_limits<uInt>::max();
  int told = Z_OK;
  std::size_t read = 0;
  while (told == Z_OK) {
    auto in = std::min(most, bytes.size() - read);
    zip.avail_in = static_cast<uInt>(in);
    zip.avail_out = static_cast<uInt>(std::min(most, out.size() - zip.total_out));
    told = deflate(&zip, read + in == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
    read = zip.total_in;
  }
  out.resize(zip.total_out);
  deflateEnd(&zip);
  if (told != Z_STREAM_END) return internal_error("zlib cannot compress");
  return out;
}

std::string_view Compressor::fixed(std::string_view bytes) {
  std::lock_guard lock(mutex_);
  auto [at, fresh] = fixed_.try_emplace({bytes.data(), bytes.size()});
  if (fresh)
    if (auto small = gzip(bytes, 9); small && small->size() < bytes.size())
      at->second = *std::move(small);
  return at->second;
}

void Compressor::apply(const Head &head, Response &response) {
  if (response.pull || response.status != 200) return;
  if (std::max(response.body.size(), response.fixed.size()) < kLeastCompressed) return;
  if (!is_text_like(response.type) || compress_has(response, "content-encoding", "") ||
      compress_has(response, "cache-control", "no-transform"))
    return;
  compress_vary(response);
  if (!accepts_gzip(head.header("accept-encoding"))) return;
  if (!response.fixed.empty()) {
    auto small = fixed(response.fixed);
    if (small.empty()) return;
    response.fixed = small;
  } else {
    auto small = gzip(response.body);
    if (!small || small->size() >= response.body.size()) return;
    response.body = *std::move(small);
  }
  response.headers.emplace_back("Content-Encoding", "gzip");
}

} // namespace yifa::http
