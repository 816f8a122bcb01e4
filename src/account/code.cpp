#include "account/code.h"

#include "base/text.h"
#include "crypto/key.h"

namespace yifa::account {
namespace {

constexpr std::string_view kCodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

} // namespace

Result<std::string> new_code(std::size_t characters, std::size_t group) {
  // A byte a character; 256 is a multiple of 32, so each is equally likely.
  const auto bytes = TRY(crypto::random_bytes(characters));
  std::string out;
  for (std::size_t i = 0; i < characters; ++i) {
    if (i > 0 && i % group == 0) out += '-';
    out += kCodeAlphabet[static_cast<unsigned char>(bytes[i]) % kCodeAlphabet.size()];
  }
  return out;
}

std::string normal_code(std::string_view typed) {
  std::string out;
  for (char c : text::lower_ascii(text::to_half_width(typed))) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kCodeAlphabet.find(c) == std::string_view::npos) return {};
    out += c;
  }
  return out;
}

} // namespace yifa::account
