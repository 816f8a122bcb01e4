#include "service/public_form_token.h"

#include "base/text.h"
#include "crypto/hash.h"

#include <charconv>

#include <fmt/format.h>

namespace yifa::service {
namespace {

constexpr std::size_t kNonceBytes = 16;

std::string form_signature(const crypto::Key &key, std::string_view purpose, std::string_view nonce,
                           std::string_view made) {
  return crypto::hex(crypto::hmac(key, fmt::format("{}\n{}\n{}", nonce, made, purpose)));
}

bool same_digits(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned different = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return different == 0;
}

} // namespace

Result<std::string> make_form_token(const crypto::Key &key, std::string_view purpose, Moment now) {
  const auto nonce = crypto::hex(TRY(crypto::random_bytes(kNonceBytes)));
  const auto made = std::to_string(now.unix_seconds());
  return fmt::format("{}.{}.{}", nonce, made, form_signature(key, purpose, nonce, made));
}

std::string form_nonce(const crypto::Key &key, std::string_view purpose, std::string_view token,
                       Moment now) {
  const auto parts = text::split(token, '.');
  if (parts.size() != 3 || parts[0].size() != 2 * kNonceBytes || parts[1].size() > 12) return {};
  if (!same_digits(form_signature(key, purpose, parts[0], parts[1]), parts[2])) return {};
  std::int64_t made = 0;
  const auto *end = parts[1].data() + parts[1].size();
  if (std::from_chars(parts[1].data(), end, made).ptr != end) return {};
  const auto age = now.unix_seconds() - made;
  return age >= 0 && age <= kFormSeconds ? parts[0] : std::string();
}

} // namespace yifa::service
