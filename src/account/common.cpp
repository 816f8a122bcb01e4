#include "account/common.h"

#include "account/common_list.h"
#include "account/pattern.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace yifa::account {
namespace {

/// Shorter words are parts of too many others to say anything.
constexpr std::size_t kShortestStem = 4;
/// So many characters around a common word add nothing that is not tried as well.
constexpr std::size_t kMostAround = 5;

/// What offices here are known to choose and no foreign list holds.
constexpr std::array<std::string_view, 16> kOfficeWords = {
    "admin", "administrator", "bangong", "fazhi", "guanli", "guanliyuan", "guest",   "office",
    "root",  "sifaju",        "sifasuo", "user",  "woaini", "yifa",       "zhengfu", "zhongguo",
};

bool in_list(std::string_view word) {
  const auto list = common_passwords();
  std::size_t low = 0;
  std::size_t high = list.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::size_t start = middle == 0 ? 0 : list.rfind('\n', middle - 1) + 1;
    const std::size_t end = std::min(list.find('\n', start), list.size());
    const auto line = list.substr(start, end - start);
    if (line == word) return true;
    if (word < line)
      high = start;
    else
      low = end + 1;
  }
  return false;
}

bool known_word(std::string_view word) {
  return in_list(word) ||
         std::find(kOfficeWords.begin(), kOfficeWords.end(), word) != kOfficeWords.end();
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// p@ssw0rd → password. The other way round a word would not be found either.
std::string without_disguise(std::string text) {
  constexpr std::string_view disguise = "@401$53!7";
  constexpr std::string_view letters = "aaolsseit";
  static_assert(disguise.size() == 9);
  for (auto &c : text)
    if (auto at = disguise.find(c); at != std::string_view::npos) c = letters[at];
  return text;
}

/// Whether what stands around a common word is as easily guessed as the word.
bool adds_nothing(std::string_view around) {
  return text::length(around) <= kMostAround || is_repeated(around) || is_run(around) ||
         is_personal_number(around);
}

bool common_with_around(std::string_view word) {
  const auto *first = std::find_if(word.begin(), word.end(), is_letter);
  if (first == word.end()) return false;
  const auto from = static_cast<std::size_t>(first - word.begin());
  std::size_t to = word.size();
  while (to > from && !is_letter(word[to - 1])) --to;
  const auto stem = word.substr(from, to - from);
  if (stem.size() < kShortestStem || stem.size() == word.size() || !known_word(stem)) return false;
  return adds_nothing(std::string(word.substr(0, from)) + std::string(word.substr(to)));
}

} // namespace

bool is_common(std::string_view password) {
  const auto word = text::lower_ascii(text::to_half_width(password));
  return known_word(word) || common_with_around(word) || known_word(without_disguise(word));
}

} // namespace yifa::account
