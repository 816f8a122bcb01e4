#include "crypto/signing.h"

#include "crypto/hash.h"
#include "crypto/secret_file.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace yifa::crypto {
namespace {

constexpr std::string_view kWhatSigning = "signing key";
constexpr std::size_t kMostPem = 8192;
constexpr std::size_t kMostDer = 1024;
/// The identity GB/T 32918 signatures are made with where the parties agreed on no other.
constexpr std::string_view kIdentity = "1234567812345678";

EVP_PKEY *raw(const Pkey &key) { return static_cast<EVP_PKEY *>(key.get()); }

struct BioFree {
  void operator()(BIO *bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, BioFree>;

struct ContextFree {
  void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_PKEY_CTX *context) const { EVP_PKEY_CTX_free(context); }
};

/// A digest context bound to the key's kind: SM2 needs its identity set before it begins.
struct Bound {
  std::unique_ptr<EVP_PKEY_CTX, ContextFree> key;
  std::unique_ptr<EVP_MD_CTX, ContextFree> digest{EVP_MD_CTX_new()};
  const EVP_MD *algorithm = nullptr;
};

bool is_sm2(EVP_PKEY *key) { return EVP_PKEY_is_a(key, "SM2") == 1; }

bool bind(EVP_PKEY *key, Bound &out) {
  if (!out.digest) return false;
  if (!is_sm2(key)) return true;
  out.algorithm = EVP_sm3();
  out.key.reset(EVP_PKEY_CTX_new(key, nullptr));
  if (!out.key || EVP_PKEY_CTX_set1_id(out.key.get(), kIdentity.data(),
                                       static_cast<int>(kIdentity.size())) != 1)
    return false;
  EVP_MD_CTX_set_pkey_ctx(out.digest.get(), out.key.get());
  return true;
}

const unsigned char *octets(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}

Error no_key(std::string_view what) { return invalid(fmt::format("{} is no public key", what)); }

} // namespace

void PkeyFree::operator()(void *key) const { EVP_PKEY_free(static_cast<EVP_PKEY *>(key)); }

std::string_view to_string(Signing algorithm) {
  return algorithm == Signing::Sm2 ? "sm2" : "ed25519";
}

Result<Signing> parse_signing(std::string_view word) {
  for (const auto each : {Signing::Ed25519, Signing::Sm2})
    if (word == to_string(each)) return each;
  return invalid(fmt::format("\"{}\" is no kind of signature: ed25519 or sm2", word));
}

Result<VerifyKey> VerifyKey::of(Pkey key) {
  if (!key) return no_key("this");
  VerifyKey out;
  if (is_sm2(raw(key)))
    out.algorithm_ = Signing::Sm2;
  else if (EVP_PKEY_is_a(raw(key), "ED25519") == 1)
    out.algorithm_ = Signing::Ed25519;
  else
    return invalid("the public key is of another kind than ed25519 and sm2");
  unsigned char *der = nullptr;
  const int size = i2d_PUBKEY(raw(key), &der);
  if (size <= 0) return internal_error("the public key cannot be written");
  out.text_ = hex({reinterpret_cast<const char *>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  out.key_ = std::move(key);
  return out;
}

Result<VerifyKey> VerifyKey::parse(std::string_view text) {
  const auto der = from_hex(text);
  if (der.empty() || der.size() > kMostDer) return no_key("this text");
  const auto *at = octets(der);
  Pkey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!key || at != octets(der) + der.size()) return no_key("this text");
  return of(std::move(key));
}

std::string VerifyKey::fingerprint() const { return hex(sha256(from_hex(text_))); }

bool VerifyKey::verify(std::string_view bytes, std::string_view signature) const {
  Bound bound;
  const bool fits =
      bind(raw(key_), bound) &&
      EVP_DigestVerifyInit(bound.digest.get(), nullptr, bound.algorithm, nullptr, raw(key_)) == 1 &&
      EVP_DigestVerify(bound.digest.get(), octets(signature), signature.size(), octets(bytes),
                       bytes.size()) == 1;
  ERR_clear_error();
  return fits;
}

Result<SigningKey> SigningKey::random(Signing algorithm) {
  Pkey key(algorithm == Signing::Sm2 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")
                                     : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  ERR_clear_error();
  if (!key)
    return unavailable(
        fmt::format("the library of this machine makes no {} keys", to_string(algorithm)));
  return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::create(const std::filesystem::path &file,
                                      const std::filesystem::path &data_directory,
                                      Signing algorithm) {
  auto made = TRY(random(algorithm));
  const Bio bio(BIO_new(BIO_s_secmem()));
  char *text = nullptr;
  if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), raw(made.key_), nullptr, nullptr, 0, nullptr,
                                            nullptr) != 1)
    return internal_error("the signing key cannot be written");
  const auto size = BIO_get_mem_data(bio.get(), &text);
  TRY(write_secret(file, data_directory, kWhatSigning, {text, static_cast<std::size_t>(size)}));
  return made;
}

Result<SigningKey> SigningKey::load(const std::filesystem::path &file) {
  auto text = TRY(read_secret(file, kWhatSigning, kMostPem));
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  // No password is asked for at a terminal: the file is not encrypted or it is none of ours.
  char none[] = "";
  Pkey key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, none) : nullptr);
  OPENSSL_cleanse(text.data(), text.size());
  ERR_clear_error();
  if (!key) return invalid(fmt::format("{} is not a signing key", file.string()));
  SigningKey out(std::move(key));
  TRY(out.verify_key());
  return out;
}

Result<std::string> SigningKey::sign(std::string_view bytes) const {
  Bound bound;
  std::size_t size = 0;
  if (!bind(raw(key_), bound) ||
      EVP_DigestSignInit(bound.digest.get(), nullptr, bound.algorithm, nullptr, raw(key_)) != 1 ||
      EVP_DigestSign(bound.digest.get(), nullptr, &size, octets(bytes), bytes.size()) != 1)
    return internal_error("signing failed");
  std::string out(size, '\0');
  if (EVP_DigestSign(bound.digest.get(), reinterpret_cast<unsigned char *>(out.data()), &size,
                     octets(bytes), bytes.size()) != 1)
    return internal_error("signing failed");
  out.resize(size);
  return out;
}

Result<VerifyKey> SigningKey::verify_key() const {
  if (EVP_PKEY_up_ref(raw(key_)) != 1) return internal_error("the key cannot be shared");
  return VerifyKey::of(Pkey(key_.get()));
}

} // namespace yifa::crypto
