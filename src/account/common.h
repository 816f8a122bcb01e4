#pragma once

#include <string_view>

namespace yifa::account {

/// Whether an attacker tries it among the first: a word of the list of leaked passwords or one of
/// our own, with letters written as signs (p@ssw0rd), with a few characters or a weak number before
/// or behind it (admin2024, password19900101). Capitals do not matter.
bool is_common(std::string_view password);

} // namespace yifa::account
