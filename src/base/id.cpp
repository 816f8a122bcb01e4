#include "base/id.h"

#include <chrono>
#include <cstring>

#include <fmt/format.h>
#include <sys/random.h>

namespace yifa {
namespace {

RecordId assemble(std::uint64_t millis, std::uint64_t a, std::uint64_t b) {
  RecordId::Bytes bytes{};
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  for (std::size_t i = 0; i < 2; ++i) bytes[6 + i] = static_cast<std::uint8_t>(a >> (8 - 8 * i));
  for (std::size_t i = 0; i < 8; ++i) bytes[8 + i] = static_cast<std::uint8_t>(b >> (8 * i));
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0F));
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
  return RecordId(bytes);
}

std::uint64_t split_mix(std::uint64_t &state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

} // namespace

Result<RecordId> RecordId::parse(std::string_view text) {
  auto fail = [&] { return invalid(fmt::format("\"{}\" is not a record id", text)); };
  if (text.size() != 36) return fail();
  Bytes bytes{};
  std::size_t n = 0;
  for (std::size_t i = 0; i < 36;) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return fail();
      ++i;
      continue;
    }
    int high = hex(text[i]);
    int low = hex(text[i + 1]);
    if (high < 0 || low < 0) return fail();
    bytes[n++] = static_cast<std::uint8_t>(high * 16 + low);
    i += 2;
  }
  return RecordId(bytes);
}

std::string RecordId::text() const {
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[bytes_[i] >> 4];
    out += digits[bytes_[i] & 15];
  }
  return out;
}

RecordId RandomIds::next() {
  std::uint64_t random = 0;
  if (getrandom(&random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) std::abort();
  auto now = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                            std::chrono::system_clock::now().time_since_epoch())
                                            .count());
  const std::lock_guard lock(mutex_);
  // Within one source ids never go backwards, even when the clock does: twelve bits count within a
  // millisecond, and a full count borrows the next one.
  constexpr std::uint64_t kMostCounted = 0xFFF;
  if (now > last_) {
    last_ = now;
    count_ = 0;
  } else if (++count_ > kMostCounted) {
    ++last_;
    count_ = 0;
  }
  return assemble(last_, count_, random);
}

RecordId SeededIds::next() {
  auto a = split_mix(state_);
  auto b = split_mix(state_);
  return assemble(1'700'000'000'000ULL + count_++, a, b);
}

} // namespace yifa
