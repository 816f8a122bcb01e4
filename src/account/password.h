#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

/// Passwords at rest: Argon2id, 64 MiB and two passes each, never more than two at once. What was
/// typed with a Chinese input method at full width is the same password.
namespace yifa::account {

/// The encoded hash with its salt and parameters, ready to be kept. Unavailable when there is no
/// memory for it, or too many wait.
Result<std::string> hash_password(std::string_view password);

/// Whether the password is the one hashed. An empty hash (nobody, or nobody's password yet) takes
/// the same time and is never right. Unavailable as above.
Result<bool> password_fits(std::string_view password, const std::string &hash);

/// Whether the hash was made with weaker parameters than today's: hash again at the next sign-in.
bool needs_rehash(const std::string &hash);

} // namespace yifa::account
