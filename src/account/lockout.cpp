#include "account/lockout.h"

#include <algorithm>
#include <array>
#include <limits>

#include <arpa/inet.h>

namespace yifa::account {

Moment free_from(const LockoutRule &rule, const Failures &failures) {
  if (failures.count <= rule.free) return {};
  std::int64_t wait = rule.first_wait;
  for (int i = rule.free + 1; i < failures.count && wait < rule.most_wait; ++i) wait *= 2;
  return Moment::from_unix(failures.last.unix_seconds() + std::min(wait, rule.most_wait));
}

Failures after_failure(const LockoutRule &rule, Failures failures, Moment now) {
  if (now.unix_seconds() - failures.last.unix_seconds() > rule.memory) failures.count = 0;
  if (failures.count < std::numeric_limits<int>::max()) ++failures.count;
  failures.last = now;
  return failures;
}

std::string address_group(std::string_view remote) {
  std::string text(remote);
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
    ::inet_ntop(AF_INET, bytes.data() + mapped.size(), out.data(), out.size());
    return out.data();
  }
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  ::inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  return std::string(out.data()) + "/64";
}

} // namespace yifa::account
