#include "crypto/hash.h"

#include <cstdlib>

#include <openssl/evp.h>

namespace yifa::crypto {
namespace {

// Fetched once: looking the algorithm up costs more than hashing an event.
const EVP_MD *sha256_algorithm() {
  static const EVP_MD *found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (found == nullptr) std::abort();
  return found;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

} // namespace

struct Sha256::State {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  State() { restart(); }
  State(const State &) = delete;
  State &operator=(const State &) = delete;
  ~State() { EVP_MD_CTX_free(context); }
  void restart() {
    if (context == nullptr || EVP_DigestInit_ex(context, sha256_algorithm(), nullptr) != 1)
      std::abort();
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  if (EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) != 1) std::abort();
}

std::string Sha256::finish() {
  unsigned char digest[kHashSize];
  if (EVP_DigestFinal_ex(state_->context, digest, nullptr) != 1) std::abort();
  state_->restart();
  return {reinterpret_cast<const char *>(digest), kHashSize};
}

std::string sha256(std::string_view bytes) { return sha256(bytes, {}); }

std::string sha256(std::string_view a, std::string_view b) {
  thread_local Sha256 hash;
  hash.update(a);
  hash.update(b);
  return hash.finish();
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char c : bytes) {
    auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string from_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return {};
  std::string out;
  out.reserve(digits.size() / 2);
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    int high = hex_digit(digits[i]);
    int low = hex_digit(digits[i + 1]);
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

} // namespace yifa::crypto
