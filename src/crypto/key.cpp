#include "crypto/key.h"

#include "crypto/hash.h"

#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

namespace yifa::crypto {
namespace {

constexpr char kSealVersion = 1;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

struct CipherFree {
  void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

struct MacFree {
  void operator()(EVP_MAC *mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX *context) const { EVP_MAC_CTX_free(context); }
};

/// HMAC with SHA-256, ready for keys.
struct Mac {
  std::unique_ptr<EVP_MAC, MacFree> algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
  std::unique_ptr<EVP_MAC_CTX, MacFree> context{
      algorithm != nullptr ? EVP_MAC_CTX_new(algorithm.get()) : nullptr};
  Mac() {
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    if (context == nullptr || EVP_MAC_CTX_set_params(context.get(), parameters) != 1) std::abort();
  }
};

const unsigned char *bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}
unsigned char *bytes_of(std::string &text) {
  return reinterpret_cast<unsigned char *>(text.data());
}

const EVP_CIPHER *aes_gcm() {
  static const EVP_CIPHER *found = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  if (found == nullptr) std::abort();
  return found;
}

Error does_not_open() {
  return invalid("the encrypted text cannot be opened: it was changed, or it belongs to another "
                 "key or record");
}

} // namespace

Result<std::string> random_bytes(std::size_t n) {
  std::string out(n, '\0');
  if (n > INT_MAX || RAND_bytes(bytes_of(out), static_cast<int>(n)) != 1)
    return unavailable("the system's random source gave nothing");
  return out;
}

Result<Key> Key::random() {
  Key key;
  if (RAND_priv_bytes(key.bytes_.data(), static_cast<int>(key.bytes_.size())) != 1)
    return unavailable("the system's random source gave nothing");
  return key;
}

Result<Key> Key::from_bytes(std::string_view bytes) {
  if (bytes.size() != kSize) return invalid("a key has 32 bytes");
  Key key;
  std::memcpy(key.bytes_.data(), bytes.data(), kSize);
  return key;
}

Key::~Key() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

bool Key::operator==(const Key &other) const {
  return CRYPTO_memcmp(bytes_.data(), other.bytes_.data(), bytes_.size()) == 0;
}

Result<std::string> seal(const Key &key, std::string_view plain, std::string_view bound) {
  if (plain.size() > INT_MAX || bound.size() > INT_MAX) return invalid("too long to encrypt");
  auto nonce = TRY(random_bytes(kNonce));
  std::string out(1 + kNonce + plain.size() + kTag, '\0');
  out[0] = kSealVersion;
  std::memcpy(out.data() + 1, nonce.data(), kNonce);
  unsigned char *text = bytes_of(out) + 1 + kNonce;
  Cipher cipher(EVP_CIPHER_CTX_new());
  int length = 0;
  if (!cipher ||
      EVP_EncryptInit_ex(cipher.get(), aes_gcm(), nullptr, bytes_of(key.bytes()),
                         bytes_of(nonce)) != 1 ||
      EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes_of(bound),
                        static_cast<int>(bound.size())) != 1 ||
      EVP_EncryptUpdate(cipher.get(), text, &length, bytes_of(plain),
                        static_cast<int>(plain.size())) != 1 ||
      EVP_EncryptFinal_ex(cipher.get(), text + length, &length) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, text + plain.size()) != 1)
    return internal_error("encryption failed");
  return out;
}

Result<std::string> open(const Key &key, std::string_view sealed, std::string_view bound) {
  if (sealed.size() < 1 + kNonce + kTag || sealed[0] != kSealVersion || sealed.size() > INT_MAX ||
      bound.size() > INT_MAX)
    return does_not_open();
  auto nonce = sealed.substr(1, kNonce);
  auto text = sealed.substr(1 + kNonce, sealed.size() - 1 - kNonce - kTag);
  std::string tag(sealed.substr(sealed.size() - kTag));
  // One spare byte, so that the output pointer is valid for an empty text.
  std::string plain(text.size() + 1, '\0');
  Cipher cipher(EVP_CIPHER_CTX_new());
  int length = 0;
  bool done = cipher &&
              EVP_DecryptInit_ex(cipher.get(), aes_gcm(), nullptr, bytes_of(key.bytes()),
                                 bytes_of(nonce)) == 1 &&
              EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes_of(bound),
                                static_cast<int>(bound.size())) == 1 &&
              EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &length, bytes_of(text),
                                static_cast<int>(text.size())) == 1 &&
              EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1 &&
              EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + length, &length) == 1;
  if (!done) {
    OPENSSL_cleanse(plain.data(), plain.size());
    return does_not_open();
  }
  plain.resize(text.size());
  return plain;
}

Result<std::string> wrap(const Key &by, const Key &key, std::string_view bound) {
  return seal(by, key.bytes(), bound);
}

Result<Key> unwrap(const Key &by, std::string_view wrapped, std::string_view bound) {
  auto bytes = TRY(open(by, wrapped, bound));
  auto key = Key::from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

std::string hmac(const Key &key, std::string_view bytes) {
  // The algorithm is looked up once a thread; that costs more than the hashing itself.
  thread_local const Mac mac;
  unsigned char out[kHashSize];
  std::size_t length = 0;
  if (EVP_MAC_init(mac.context.get(), bytes_of(key.bytes()), Key::kSize, nullptr) != 1 ||
      EVP_MAC_update(mac.context.get(), bytes_of(bytes), bytes.size()) != 1 ||
      EVP_MAC_final(mac.context.get(), out, &length, sizeof out) != 1)
    std::abort();
  return {reinterpret_cast<const char *>(out), length};
}

Key derive(const Key &from, std::string_view purpose) {
  auto bytes = hmac(from, "yifa derived key\n" + std::string(purpose));
  auto key = Key::from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key.value();
}

std::string key_id(const Key &key) { return hex(hmac(key, "yifa key id")).substr(0, 16); }

} // namespace yifa::crypto
