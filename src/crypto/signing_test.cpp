#include "base/file.h"
#include "crypto/hash.h"
#include "crypto/signing.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace yifa;
using namespace yifa::crypto;
namespace fs = std::filesystem;

namespace {

struct SigningFolder {
  fs::path path;
  SigningFolder() {
    std::string form = (fs::temp_directory_path() / "yifa-signing-XXXXXX").string();
    path = ::mkdtemp(form.data());
  }
  ~SigningFolder() { fs::remove_all(path); }
};

} // namespace

TEST_CASE("a signature of RFC 8032 verifies, and no neighbour of it") {
  // RFC 8032, 7.1, TEST 2; the prefix is the DER of an Ed25519 public key (RFC 8410).
  const auto key =
      VerifyKey::parse("302a300506032b6570032100"
                       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
          .value();
  const auto signature =
      from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(key.algorithm() == Signing::Ed25519);
  CHECK(key.verify("\x72", signature));
  CHECK_FALSE(key.verify("\x73", signature));
  CHECK_FALSE(key.verify("", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto changed = signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(key.verify("\x72", changed));
  }
  CHECK_FALSE(key.verify("\x72", signature.substr(1)));
  CHECK_FALSE(key.verify("\x72", ""));
}

TEST_CASE("a signature made by another program with SM2 and SM3 verifies") {
  const auto key = VerifyKey::parse("3059301306072a8648ce3d020106082a811ccf5501822d034200045f7d8719"
                                    "4c6029e8592dc9377c38a4d3e922ca7d041c0010089dadee7069a77296e143"
                                    "b1485bea40aef8f37e7fdc62125afdcdf6986029e7ca2b15d5e497a905")
                       .value();
  const auto signature =
      from_hex("3045022100946201fd56b930877c563ddf3bd89d47f2d248a791eaebb5fcd3b950afe84de4022038806"
               "5d0674858aa7c809b07785bacdf9bbf912c3ee07ad567eeed8c5d6730b3");
  CHECK(key.algorithm() == Signing::Sm2);
  CHECK(key.verify("yifa\n", signature));
  CHECK_FALSE(key.verify("yifb\n", signature));
}

TEST_CASE("both kinds sign, keep and load") {
  const SigningFolder folder;
  for (const auto algorithm : {Signing::Ed25519, Signing::Sm2}) {
    const auto file = folder.path / std::string(to_string(algorithm));
    auto made = SigningKey::create(file, folder.path / "data", algorithm);
    REQUIRE(made);
    struct stat info = {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    const auto signature = made->sign("a year").value();
    const auto loaded = SigningKey::load(file).value();
    const auto seen = loaded.verify_key().value();
    CHECK(seen.algorithm() == algorithm);
    CHECK(seen.verify("a year", signature));
    CHECK_FALSE(seen.verify("a yeas", signature));
    const auto again = VerifyKey::parse(seen.text()).value();
    CHECK(again.fingerprint() == made->verify_key().value().fingerprint());
    CHECK(again.verify("a year", loaded.sign("a year").value()));
    // Ed25519 says the same of the same.
    CHECK((loaded.sign("a year").value() == signature) == (algorithm == Signing::Ed25519));
    const auto other = SigningKey::random(algorithm).value().verify_key().value();
    CHECK_FALSE(other.verify("a year", signature));
    CHECK(SigningKey::create(file, folder.path / "data", algorithm).error().code ==
          ErrorCode::Stale);
    ::chmod(file.c_str(), 0640);
    CHECK(SigningKey::load(file).error().code == ErrorCode::Forbidden);
  }
}

TEST_CASE("what is no key is told") {
  const SigningFolder folder;
  CHECK(SigningKey::load(folder.path / "none").error().code == ErrorCode::NotFound);
  CHECK(SigningKey::create(folder.path / "data" / "x", folder.path / "data", Signing::Ed25519)
            .error()
            .code == ErrorCode::Invalid);
  REQUIRE(write_file(folder.path / "bad", "-----BEGIN PRIVATE KEY-----\nAAAA\n"));
  ::chmod((folder.path / "bad").c_str(), 0600);
  CHECK(SigningKey::load(folder.path / "bad").error().code == ErrorCode::Invalid);
  for (const char *text : {"", "zz", "3030", "302a300506032b65700321"})
    CHECK(VerifyKey::parse(text).error().code == ErrorCode::Invalid);
  // X25519 is no key to sign with.
  CHECK(VerifyKey::parse("302a300506032b656e032100"
                         "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
            .error()
            .code == ErrorCode::Invalid);
  CHECK(parse_signing("rsa").error().code == ErrorCode::Invalid);
}
