#pragma once

#include "base/date.h"
#include "base/result.h"
#include "crypto/key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The second factor: six digits from a telephone every thirty seconds (RFC 6238, SHA-1, as the
/// common applications have it), and codes on paper for the day it is lost.
namespace yifa::account {

/// A new secret of 160 bits, raw. Unavailable.
Result<std::string> new_totp_secret();

/// The secret as it is typed into an application: base32 of RFC 4648 without padding.
std::string totp_text(std::string_view secret);

/// What the QR code says: otpauth://totp/ISSUER:USER?secret=…
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view user);

/// The step (of thirty seconds) whose code this is: that of `at`, the one before or the one after.
/// Nothing when it is none of them, or not later than `used`: a code counts once, so the caller
/// keeps the step as the next `used`. Blanks and full-width digits are taken.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, Moment at,
                                      std::int64_t used);

/// Ten codes of fifty bits: "7K2MQ-9XWTB". Unavailable.
Result<std::vector<std::string>> new_recovery_codes();

/// What is kept of one: keyed, since fifty bits can be tried through; bound to the user. Empty when
/// what was typed cannot be one.
std::string recovery_hash(const crypto::Key &key, std::string_view user, std::string_view code);

} // namespace yifa::account
