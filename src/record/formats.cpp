#include "record/formats.h"

#include "base/text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::record {
namespace {

constexpr std::size_t longest_text = 20'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool only_digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), is_digit);
}

std::string capitals(std::string s) {
  for (char &c : s)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return s;
}

/// Half width, capitals, without blanks and hyphens, as numbers of papers are compared.
std::string compact(std::string_view text) {
  std::string s = capitals(text::trim(text::to_half_width(text)));
  std::erase_if(s, [](char c) { return c == ' ' || c == '-'; });
  return s;
}

/// Marks that override the direction of writing or mean nothing, which would let two unlike texts
/// look alike. Joiners and direction marks stay: some of the country's scripts need them.
bool unprintable(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2061 && c <= 0x206F) ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

/// What copying from web pages and word processors leaves behind: dropped in silence.
bool left_over(char32_t c) { return c == 0xFEFF || c == 0x200B || c == 0x2060 || c == 0xAD; }

Result<std::string> to_url(std::string_view text) {
  std::string url = text::trim(text::to_half_width(text));
  std::string lower = text::lower_ascii(url.substr(0, 8));
  std::size_t scheme = lower.starts_with("https://") ? 8 : lower.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return invalid("is not a web address; it begins with http:// or https://");
  auto host = std::string_view(url).substr(scheme);
  host = host.substr(0, host.find_first_of("/?#"));
  bool blanks = url.find_first_of(" \n\t\"<>") != std::string::npos;
  if (blanks || host.empty() || host.find('.') == std::string_view::npos || host.front() == '.')
    return invalid("is not a web address; it has no host or has blanks inside");
  return url;
}

Result<std::string> to_phone(std::string_view text) {
  std::string phone = text::trim(text::to_half_width(text));
  auto fail = [] {
    return invalid("is not a telephone number; write 13800001111, 0533-1234567 or 12348");
  };
  std::string digits;
  for (std::size_t i = 0; i < phone.size(); ++i) {
    if (is_digit(phone[i])) {
      digits += phone[i];
    } else if (!(phone[i] == '+' && i == 0) &&
               std::string_view(" -()").find(phone[i]) == std::string_view::npos) {
      return fail();
    }
  }
  if (phone.starts_with("+86")) digits.erase(0, 2);
  bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
  bool landline = digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0';
  bool local = digits.size() >= 3 && digits.size() <= 8; // 110, 12348, a number without area code
  bool service = digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
  bool abroad = phone.starts_with("+") && !phone.starts_with("+86") && digits.size() >= 7 &&
                digits.size() <= 15;
  return mobile || landline || local || service || abroad ? Result<std::string>(phone) : fail();
}

} // namespace

bool valid_id_card(std::string_view number) {
  static constexpr std::array<int, 17> weights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                  3, 7, 9,  10, 5, 8, 4, 2};
  if (number.size() != 18 || !only_digits(number.substr(0, 17)) || number[0] == '0') return false;
  std::string born(number.substr(6, 8));
  auto day = Date::parse(born.substr(0, 4) + "-" + born.substr(4, 2) + "-" + born.substr(6, 2));
  if (!day || day->year() < 1850) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (number[i] - '0') * weights[i];
  return "10X98765432"[sum % 11] == number[17];
}

bool valid_credit_code(std::string_view code) {
  static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (code.size() != 18 || !only_digits(code.substr(2, 6))) return false;
  int sum = 0;
  int weight = 1;
  for (std::size_t i = 0; i < 17; ++i) {
    auto place = alphabet.find(code[i]);
    if (place == std::string_view::npos) return false;
    sum += static_cast<int>(place) * weight;
    weight = weight * 3 % 31;
  }
  return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)] == code[17];
}

Result<std::string> to_format(catalog::TextFormat format, std::string_view text) {
  using catalog::TextFormat;
  if (format == TextFormat::Plain) return std::string(text);
  if (format == TextFormat::Url) return to_url(text);
  if (format == TextFormat::Phone) return to_phone(text);
  std::string number = compact(text);
  bool id = format != TextFormat::CreditCode;
  bool credit = format != TextFormat::IdCard;
  if ((id && valid_id_card(number)) || (credit && valid_credit_code(number))) return number;
  if (id && number.size() == 15 && only_digits(number))
    return invalid("is an identity number of the first generation (15 digits), no longer in use; "
                   "18 characters are needed");
  if (number.size() != 18)
    return invalid(fmt::format("has {} characters; {} has 18", text::length(number),
                               !credit ? "an identity number"
                               : !id   ? "a unified social credit code"
                                       : "an identity number or unified social credit code"));
  return invalid(
      !credit
          ? "is not an identity number: a digit, the day of birth or the check character is wrong"
      : !id ? "is not a unified social credit code: a character or the check character is wrong"
            : "is neither an identity number nor a unified social credit code: a character or the "
              "check "
              "character is wrong");
}

Result<std::string> to_plain(std::string_view written, bool one_line) {
  // Bytes first: a text of many megabytes is not worth decoding.
  if (written.size() > longest_text * 8)
    return invalid(fmt::format("is longer than {} characters", longest_text));
  if (!text::valid_utf8(written)) return invalid("is not valid UTF-8");
  std::u32string out;
  auto points = text::decode(written);
  for (std::size_t i = 0; i < points.size(); ++i) {
    char32_t c = points[i];
    if (left_over(c)) continue;
    if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85) {
      if (c == '\r' && i + 1 < points.size() && points[i + 1] == '\n') continue;
      c = '\n';
    }
    if (one_line && (c == '\n' || c == '\t')) c = ' ';
    if (unprintable(c))
      return invalid(
          fmt::format("holds a character that cannot be printed (U+{:04X}, character {})",
                      static_cast<std::uint32_t>(c), i + 1));
    out.push_back(c);
  }
  std::string trimmed = text::trim(text::encode(out));
  if (auto n = text::length(trimmed); n > longest_text)
    return invalid(fmt::format(
        "has {} characters; at most {} are kept in a field, longer papers are attached as files", n,
        longest_text));
  return trimmed;
}

} // namespace yifa::record
