#pragma once

#include "http/framing.h"

#include <cstdint>
#include <string_view>

namespace yifa::http {

/// The body of one request as bytes arrive: so many, or in chunks. Chunk extensions and trailers
/// are read and dropped. Ours, because Beast's reader of chunks asserts that no client sends the
/// end of a body byte by byte.
class BodyReader {
public:
  /// As Head::length: bytes to come, or -1 for chunks.
  explicit BodyReader(std::int64_t length);

  /// Until Done: all input is used, but for what follows the body or finds no room. Refused, 400:
  /// no hexadecimal size, one of more than 15 digits, a line that does not end in CR LF, a control
  /// character, more than 16 KiB of extensions and trailers.
  Fed read(std::string_view bytes, char *out, std::size_t room);

private:
  enum class Phase { Size, Extension, SizeEnd, Data, DataEnd, DataLine, Trailer, TrailerEnd, Done };
  /// One byte outside the data; false when it cannot stand there.
  bool step(char c);

  Phase phase_ = Phase::Size;
  const bool chunked_;
  std::uint64_t left_ = 0; ///< of the data, or of the chunk; while its size is read, the size
  int digits_ = 0;
  bool line_empty_ = true; ///< of the trailers
  std::size_t aside_ = 0;  ///< bytes of extensions and trailers
};

} // namespace yifa::http
