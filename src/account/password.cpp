#include "account/password.h"

#include "account/password_rules.h"
#include "base/text.h"

#include <array>
#include <chrono>
#include <semaphore>

#include <sodium.h>

namespace yifa::account {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{64} * 1024 * 1024;
constexpr std::chrono::seconds kLongestWait{10};

/// A hash of the right form that no password has: what nobody's password is held against.
constexpr const char *kNobody = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Memory for two, whoever asks: a flood of sign-ins must not take the machine.
class Turn {
public:
  Turn() : mine_(room().try_acquire_for(kLongestWait)) {}
  Turn(const Turn &) = delete;
  Turn &operator=(const Turn &) = delete;
  ~Turn() {
    if (mine_) room().release();
  }
  bool mine() const { return mine_; }

private:
  static std::counting_semaphore<2> &room() {
    static std::counting_semaphore<2> two(2);
    return two;
  }
  bool mine_;
};

bool sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

Error too_many() { return unavailable("too many people sign in at this moment; try again"); }

} // namespace

Result<std::string> hash_password(std::string_view password) {
  if (!sodium_ready()) return internal_error("the cryptographic library does not start");
  Turn turn;
  if (!turn.mine()) return too_many();
  auto typed = text::to_half_width(password);
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const int done = crypto_pwhash_str_alg(out.data(), typed.data(), typed.size(), kPasses, kMemory,
                                         crypto_pwhash_ALG_ARGON2ID13);
  sodium_memzero(typed.data(), typed.size());
  if (done != 0) return unavailable("there is no memory to hash a password");
  return std::string(out.data());
}

Result<bool> password_fits(std::string_view password, const std::string &hash) {
  if (!sodium_ready()) return internal_error("the cryptographic library does not start");
  if (password.size() > kMostPasswordBytes) return false;
  Turn turn;
  if (!turn.mine()) return too_many();
  auto typed = text::to_half_width(password);
  const char *against = hash.empty() ? kNobody : hash.c_str();
  const bool same = crypto_pwhash_str_verify(against, typed.data(), typed.size()) == 0;
  sodium_memzero(typed.data(), typed.size());
  return same && !hash.empty();
}

bool needs_rehash(const std::string &hash) {
  return !hash.empty() && crypto_pwhash_str_needs_rehash(hash.c_str(), kPasses, kMemory) != 0;
}

} // namespace yifa::account
