#include "account/second_factor.h"

#include "account/code.h"
#include "base/text.h"
#include "crypto/hash.h"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>
#include <liboath/oath.h>
#include <sodium.h>

namespace yifa::account {
namespace {

constexpr std::size_t kTotpSecretBytes = 20;
constexpr unsigned kTotpDigits = 6;
constexpr std::int64_t kTotpSeconds = OATH_TOTP_DEFAULT_TIME_STEP_SIZE;
constexpr std::int64_t kTotpWindow = 1;

constexpr std::size_t kRecoveryCodes = 10;
constexpr std::size_t kRecoveryCharacters = 10;
constexpr std::size_t kRecoveryGroup = 5;

/// As RFC 3986 has it, for a name inside a URI.
std::string percent(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// The six digits that were typed; empty when they are none.
std::string typed_digits(std::string_view code) {
  auto digits = text::replace_all(text::to_half_width(code), " ", "");
  const bool six =
      digits.size() == kTotpDigits &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return six ? digits : std::string();
}

} // namespace

Result<std::string> new_totp_secret() { return crypto::random_bytes(kTotpSecretBytes); }

std::string totp_text(std::string_view secret) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned held = 0;
  unsigned bits = 0;
  for (char c : secret) {
    held = ((held & 31U) << 8U) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(held >> (bits - 5)) & 31U];
  }
  if (bits > 0) out += alphabet[(held << (5 - bits)) & 31U];
  return out;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view user) {
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits={}&period={}",
                     percent(issuer), percent(user), totp_text(secret), percent(issuer),
                     kTotpDigits, kTotpSeconds);
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Moment at,
                                      std::int64_t used) {
  const auto digits = typed_digits(code);
  if (digits.empty() || secret.empty()) return std::nullopt;
  const std::int64_t present = at.unix_seconds() / kTotpSeconds;
  std::optional<std::int64_t> found;
  // All three are computed and compared, so that the time taken does not tell which was near.
  for (auto step = present - kTotpWindow; step <= present + kTotpWindow; ++step) {
    std::array<char, kTotpDigits + 1> wanted{};
    const int done =
        oath_totp_generate(secret.data(), secret.size(), static_cast<time_t>(step * kTotpSeconds),
                           static_cast<unsigned>(kTotpSeconds), OATH_TOTP_DEFAULT_START_TIME,
                           kTotpDigits, wanted.data());
    if (done != OATH_OK) continue;
    const bool same = sodium_memcmp(wanted.data(), digits.data(), kTotpDigits) == 0;
    if (same && step > used && !found) found = step;
  }
  return found;
}

Result<std::vector<std::string>> new_recovery_codes() {
  std::vector<std::string> codes;
  while (codes.size() < kRecoveryCodes)
    codes.push_back(TRY(new_code(kRecoveryCharacters, kRecoveryGroup)));
  return codes;
}

std::string recovery_hash(const crypto::Key &key, std::string_view user, std::string_view code) {
  const auto normal = normal_code(code);
  if (normal.size() != kRecoveryCharacters) return {};
  return crypto::hex(crypto::hmac(key, fmt::format("{}\n{}", user, normal)));
}

} // namespace yifa::account
