#include "http/body_reader.h"

#include <algorithm>
#include <cstring>

namespace yifa::http {

namespace {

constexpr int kChunkDigits = 15;
constexpr std::size_t kChunkAside = 16 * 1024;

int chunk_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool chunk_text(char c) {
  auto u = static_cast<unsigned char>(c);
  return c == '\t' || (u >= 0x20 && u != 0x7F);
}

} // namespace

BodyReader::BodyReader(std::int64_t length) : chunked_(length < 0) {
  if (chunked_) return;
  left_ = static_cast<std::uint64_t>(length);
  phase_ = length > 0 ? Phase::Data : Phase::Done;
}

bool BodyReader::step(char c) {
  switch (phase_) {
  case Phase::Size:
    if (int digit = chunk_digit(c); digit >= 0) {
      left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
      return ++digits_ <= kChunkDigits;
    }
    if (digits_ == 0) return false;
    if (c != ';' && c != ' ' && c != '\t' && c != '\r') return false;
    phase_ = c == '\r' ? Phase::SizeEnd : Phase::Extension;
    return true;
  case Phase::Extension:
    if (c == '\r') phase_ = Phase::SizeEnd;
    return c == '\r' || (chunk_text(c) && ++aside_ <= kChunkAside);
  case Phase::SizeEnd:
    phase_ = left_ > 0 ? Phase::Data : Phase::Trailer;
    digits_ = 0;
    return c == '\n';
  case Phase::DataEnd:
    phase_ = Phase::DataLine;
    return c == '\r';
  case Phase::DataLine:
    phase_ = Phase::Size;
    return c == '\n';
  case Phase::Trailer:
    if (c == '\r') {
      phase_ = Phase::TrailerEnd;
      return true;
    }
    line_empty_ = false;
    return chunk_text(c) && ++aside_ <= kChunkAside;
  case Phase::TrailerEnd:
    phase_ = line_empty_ ? Phase::Done : Phase::Trailer;
    line_empty_ = true;
    return c == '\n';
  case Phase::Data:
  case Phase::Done:
    break;
  }
  return false;
}

Fed BodyReader::read(std::string_view bytes, char *out, std::size_t room) {
  Fed fed;
  while (phase_ != Phase::Done) {
    if (phase_ == Phase::Data) {
      if (fed.written == room) {
        fed.state = Fed::State::Full;
        return fed;
      }
      if (fed.used == bytes.size()) return fed;
      auto n = static_cast<std::size_t>(
          std::min<std::uint64_t>(left_, std::min(bytes.size() - fed.used, room - fed.written)));
      std::memcpy(out + fed.written, bytes.data() + fed.used, n);
      fed.used += n;
      fed.written += n;
      left_ -= n;
      if (left_ == 0) phase_ = chunked_ ? Phase::DataEnd : Phase::Done;
      continue;
    }
    if (fed.used == bytes.size()) return fed;
    if (!step(bytes[fed.used++])) {
      fed.state = Fed::State::Refused;
      fed.refusal = {400, "The body is malformed."};
      return fed;
    }
  }
  fed.state = Fed::State::Done;
  return fed;
}

} // namespace yifa::http
