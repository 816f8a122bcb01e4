#include "crypto/master_key.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/secret_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <openssl/crypto.h>

namespace yifa::crypto {
namespace {

namespace fs = std::filesystem;

// Crockford's alphabet: no I, L, O, U.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kKeySigns = 52;  // 256 bits and four zero bits
constexpr std::size_t kCheckSigns = 4; // 20 bits
constexpr std::size_t kGroup = 4;
constexpr std::string_view kWhat = "master key";
constexpr std::size_t kMostRead = 4096;

/// Five bits a sign, most significant first; a last part is filled with zeros.
std::string to_base32(std::string_view bytes, std::size_t signs) {
  std::string out;
  for (std::size_t i = 0; i < signs; ++i) {
    unsigned value = 0;
    for (std::size_t bit = i * 5; bit < i * 5 + 5; ++bit) {
      unsigned byte = bit / 8 < bytes.size() ? static_cast<unsigned char>(bytes[bit / 8]) : 0;
      value = value * 2 + (byte >> (7 - bit % 8) & 1);
    }
    out += kAlphabet[value];
  }
  return out;
}

std::string check_signs(std::string_view key_bytes) {
  return to_base32(sha256("yifa recovery key\n", key_bytes), kCheckSigns);
}

} // namespace

Status write_master_key(const fs::path &file, const fs::path &data_directory, const Key &key) {
  return write_secret(file, data_directory, kWhat, key.bytes());
}

Result<Key> create_master_key(const fs::path &file, const fs::path &data_directory) {
  auto key = TRY(Key::random());
  TRY(write_master_key(file, data_directory, key));
  return key;
}

Result<Key> load_master_key(const fs::path &file) {
  auto bytes = TRY(read_secret(file, kWhat, kMostRead));
  if (bytes.size() != Key::kSize) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return invalid(fmt::format("{} is not a master key: it has {} bytes, a master key has 32",
                               file.string(), bytes.size()));
  }
  auto key = Key::from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

std::string recovery_text(const Key &key) {
  auto signs = to_base32(key.bytes(), kKeySigns) + check_signs(key.bytes());
  std::string out;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (i > 0 && i % kGroup == 0) out += '-';
    out += signs[i];
  }
  return out;
}

Result<Key> parse_recovery(std::string_view text) {
  std::string signs;
  for (char c : text::to_half_width(text)) {
    if (c == '-' || c == ' ' || (c >= '\t' && c <= '\r')) continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kAlphabet.find(c) == std::string_view::npos)
      return invalid(
          fmt::format("a recovery key holds letters and digits only; sign {} is something else",
                      signs.size() + 1));
    signs += c;
  }
  if (signs.size() != kKeySigns + kCheckSigns)
    return invalid(fmt::format("a recovery key has {} signs in groups of four; this one has {}",
                               kKeySigns + kCheckSigns, signs.size()));
  std::string bytes(Key::kSize, '\0');
  unsigned rest = 0;
  for (std::size_t bit = 0; bit < kKeySigns * 5; ++bit) {
    auto value = static_cast<unsigned>(kAlphabet.find(signs[bit / 5]));
    unsigned one = value >> (4 - bit % 5) & 1;
    if (bit / 8 < bytes.size()) {
      bytes[bit / 8] =
          static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) | one << (7 - bit % 8));
    } else {
      rest |= one;
    }
  }
  if (rest != 0 || signs.substr(kKeySigns) != check_signs(bytes))
    return invalid("the recovery key does not fit its own check: a sign was read or typed wrongly");
  auto key = Key::from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

} // namespace yifa::crypto
