#pragma once

#include "base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

/// Signatures by which another instance knows who sent something. Nothing here prints a secret.
namespace yifa::crypto {

/// Ed25519, or SM2 with SM3 and the usual identity 1234567812345678. Ed25519 gives the same
/// signature for the same bytes; SM2 gives another one each time.
enum class Signing { Ed25519, Sm2 };
std::string_view to_string(Signing algorithm); ///< "ed25519", "sm2"
/// Invalid for other words.
Result<Signing> parse_signing(std::string_view word);

struct PkeyFree {
  void operator()(void *key) const; ///< EVP_PKEY_free
};
using Pkey = std::unique_ptr<void, PkeyFree>; ///< an EVP_PKEY

/// What may be shown to anybody.
class VerifyKey {
public:
  /// The hexadecimal form of `text()`. Invalid when it is no key of one of the two kinds.
  static Result<VerifyKey> parse(std::string_view text);
  Signing algorithm() const { return algorithm_; }
  /// DER (SubjectPublicKeyInfo) in hexadecimal.
  const std::string &text() const { return text_; }
  /// SHA-256 of the DER in hexadecimal: short enough to be read out on the telephone.
  std::string fingerprint() const;
  /// Whether `signature` (raw) is of these bytes by this key's owner.
  bool verify(std::string_view bytes, std::string_view signature) const;

private:
  VerifyKey() = default;
  friend class SigningKey;
  static Result<VerifyKey> of(Pkey key);
  Signing algorithm_ = Signing::Ed25519;
  std::string text_;
  Pkey key_;
};

/// A pair. Move only; wiped by the library when it goes.
class SigningKey {
public:
  /// Unavailable when the library cannot make one of that kind.
  static Result<SigningKey> random(Signing algorithm);
  /// Makes a key and its file (PEM, mode 0600, synced). Stale when the file is there already;
  /// Invalid inside the data directory; Unavailable.
  static Result<SigningKey> create(const std::filesystem::path &file,
                                   const std::filesystem::path &data_directory, Signing algorithm);
  /// NotFound; Forbidden when others can reach the file; Invalid when it is no such key.
  static Result<SigningKey> load(const std::filesystem::path &file);

  /// Raw signature. Internal when the library fails.
  Result<std::string> sign(std::string_view bytes) const;
  Result<VerifyKey> verify_key() const;

private:
  explicit SigningKey(Pkey key) : key_(std::move(key)) {}
  Pkey key_;
};

} // namespace yifa::crypto
