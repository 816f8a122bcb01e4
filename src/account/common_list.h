#pragma once

#include <string_view>

namespace yifa::account {

/// Passwords that are known from leaks: lower case, sorted by bytes, each line one, the last
/// without a line feed. Written at build time by cmake/embed_passwords.cmake.
std::string_view common_passwords();

} // namespace yifa::account
