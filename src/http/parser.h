#pragma once

#include "http/framing.h"

#include <memory>
#include <string_view>

namespace yifa::http {

/// The header of one request as bytes arrive, over Boost.Beast's parser. Knows nothing of sockets.
class HeaderParser {
public:
  HeaderParser();
  ~HeaderParser();
  HeaderParser(const HeaderParser &) = delete;
  HeaderParser &operator=(const HeaderParser &) = delete;

  /// Until Done: at most 16 KiB of request line and as much of fields (else 431). What follows the
  /// header is not used.
  Fed read(std::string_view bytes);
  /// After read() was Done, once.
  Opening opening();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace yifa::http
