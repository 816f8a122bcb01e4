#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Keys and what is done with them: AES-256-GCM, HMAC-SHA-256, wrapping. Nothing here writes a key
/// anywhere.
namespace yifa::crypto {

/// 256 bits of secret; wiped when it goes.
class Key {
public:
  static constexpr std::size_t kSize = 32;
  /// From the system's random source. Unavailable if that fails.
  static Result<Key> random();
  /// Invalid unless 32 bytes.
  static Result<Key> from_bytes(std::string_view bytes);
  Key(const Key &) = default;
  Key &operator=(const Key &) = default;
  ~Key();
  std::string_view bytes() const {
    return {reinterpret_cast<const char *>(bytes_.data()), bytes_.size()};
  }
  bool operator==(const Key &other) const; ///< in constant time

private:
  Key() = default;
  std::array<std::uint8_t, kSize> bytes_{};
};

/// `n` bytes from the system's random source. Unavailable if that fails.
Result<std::string> random_bytes(std::size_t n);

/// AES-256-GCM: one byte of version, a random nonce of 12 bytes, the ciphertext, a tag of 16 bytes.
/// `bound` is authenticated with it and must be given again: what was sealed for one record does
/// not open for another.
Result<std::string> seal(const Key &key, std::string_view plain, std::string_view bound);
/// Invalid when the key or `bound` is another, or a byte was changed, or it is too short.
Result<std::string> open(const Key &key, std::string_view sealed, std::string_view bound);

/// A key sealed by another, for the record (or purpose) named in `bound`.
Result<std::string> wrap(const Key &by, const Key &key, std::string_view bound);
Result<Key> unwrap(const Key &by, std::string_view wrapped, std::string_view bound);

/// HMAC-SHA-256 as 32 raw bytes: the blind index over personal values.
std::string hmac(const Key &key, std::string_view bytes);
/// A key of its own for one purpose ("blind 370306104"), from which the first cannot be found.
Key derive(const Key &from, std::string_view purpose);
/// Sixteen hexadecimal digits that name a key without telling it: a store notes which key it was
/// made with.
std::string key_id(const Key &key);

} // namespace yifa::crypto
