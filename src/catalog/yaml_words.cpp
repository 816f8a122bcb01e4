#include "catalog/yaml_words.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

constexpr std::size_t most_bytes = 1'000'000;
constexpr auto kNowhere = std::string_view::npos;

bool all_digits(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == kNowhere;
}

} // namespace

bool is_truth_word(std::string_view word) {
  static constexpr std::array<std::string_view, 10> words = {"y",   "n",    "yes",   "no",   "on",
                                                             "off", "true", "false", "null", "~"};
  // Every scalar comes through here, and hardly any is one of these.
  if (word.empty() || word.size() > 5 || std::string_view("yYnNoOtTfF~").find(word[0]) == kNowhere)
    return false;
  auto lower = text::lower_ascii(word);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

std::string misread_as(std::string_view word) {
  if (is_truth_word(word) && word != "true" && word != "false") return "a truth value or nothing";
  if (word == "<<" || word == "=") return "a merge key";
  auto bare = word.substr(!word.empty() && (word[0] == '-' || word[0] == '+') ? 1 : 0);
  if (bare.empty() || bare[0] > '9' || (bare[0] < '0' && bare[0] != '.')) return {};
  if (bare[0] == '.') {
    auto rest = text::lower_ascii(bare.substr(1));
    return rest == "inf" || rest == "nan" || all_digits(rest) ? "a number" : "";
  }
  if (bare.size() > 1 && bare[0] == '0' &&
      (all_digits(bare) || bare[1] == 'x' || bare[1] == 'o' || bare[1] == 'b'))
    return "an octal, hexadecimal or binary number";
  if (bare.find_first_not_of("0123456789_") == kNowhere && bare.find('_') != kNowhere)
    return "a number";
  if (bare.find_first_not_of("0123456789:") == kNowhere && bare.find(':') != kNowhere)
    return "a number of base 60";
  auto e = bare.find_first_of("eE");
  if (e != kNowhere && bare.substr(0, e).find_first_not_of("0123456789.") == kNowhere &&
      bare.substr(e + 1).find_first_not_of("0123456789+-") == kNowhere && e + 1 < bare.size())
    return "a number with an exponent";
  return {};
}

bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         c == 0xFFFE || c == 0xFFFF;
}

std::vector<ByteFault> byte_faults(std::string_view s) {
  std::vector<ByteFault> out;
  auto fail = [&](std::size_t at, std::string message) { out.push_back({at, std::move(message)}); };
  if (s.size() > most_bytes) {
    fail(0,
         fmt::format("the file has {} bytes; a catalog file has at most {}", s.size(), most_bytes));
    return out;
  }
  for (std::size_t i = 0; i < s.size() && out.size() < 20;) {
    auto lead = static_cast<unsigned char>(s[i]);
    if (lead >= 0x20 && lead < 0x7F) {
      ++i;
      continue;
    }
    if (lead == '\n' || (lead == '\r' && i + 1 < s.size() && s[i + 1] == '\n')) {
      ++i;
      continue;
    }
    if (lead == '\t') {
      fail(i, "a tab; indent and separate with blanks");
    } else if (lead < 0x80) {
      fail(i, fmt::format("a control character (U+{:04X})", static_cast<unsigned>(lead)));
    } else {
      std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
      auto one = s.substr(i, size);
      if (lead < 0xC2 || !text::valid_utf8(one)) {
        fail(i, "not valid UTF-8; save the file as UTF-8");
        return out;
      }
      char32_t c = text::decode(one).front();
      if (!is_invisible(c)) {
        i += size;
        continue;
      }
      fail(i, fmt::format("an invisible character (U+{:04X})", static_cast<unsigned>(c)));
      i += size - 1;
    }
    ++i;
  }
  return out;
}

} // namespace yifa::catalog
