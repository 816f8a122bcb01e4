#pragma once

#include "base/result.h"
#include "http/message.h"

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace yifa::http {

/// Whether an Accept-Encoding of that value takes gzip and does not like the plain form better.
/// Source: RFC 9110 section 12.5.3.
bool accepts_gzip(std::string_view accept_encoding);
/// Types that shrink: text of any kind, JSON, XML, scripts, SVG.
bool is_text_like(std::string_view type);
/// One gzip member. Level 1 (quick) to 9 (small). Internal when zlib fails.
Result<std::string> gzip(std::string_view bytes, int level = 5);

/// Makes answers smaller where the client can read it. Called on worker threads.
class Compressor {
public:
  /// Text of 1 KiB and more with status 200 is compressed when the client takes it, and says in
  /// Vary that it may be. Untouched: pulled answers, answers with a Content-Encoding of their own,
  /// those whose Cache-Control holds no-transform. An ETag stays as it is, so a handler that makes
  /// one should make it weak (W/"…").
  void apply(const Head &head, Response &response);

private:
  /// Of bytes that live as long as the program: compressed once. Nothing when it does not pay.
  std::string_view fixed(std::string_view bytes);

  std::mutex mutex_;
  std::map<std::pair<const char *, std::size_t>, std::string> fixed_;
};

} // namespace yifa::http
