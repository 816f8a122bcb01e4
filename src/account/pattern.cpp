#include "account/pattern.h"

#include "base/date.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace yifa::account {
namespace {

constexpr std::size_t kLongestPiece = 4;
/// Fewer neighbours are no run: "er" and "as" stand in many words.
constexpr std::size_t kShortestRun = 3;
/// Fewer characters than this beside a weak part do not save a password.
constexpr std::size_t kLeastBesideRun = 4;
constexpr std::size_t kLeastBesideNumber = 6;
constexpr int kFirstBirthYear = 1930;
constexpr int kLastBirthYear = 2035;

/// Rows and columns of the keyboard, the alphabet, the digits both ways round the nought.
constexpr std::array<std::string_view, 17> kTracks = {
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "!@#$%^&*()_+",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "147258369",
    "159357",
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How far `text` follows a track from its beginning, forwards or backwards.
std::size_t run_from(std::string_view text) {
  std::size_t longest = 0;
  for (auto track : kTracks) {
    std::string reversed(track.rbegin(), track.rend());
    for (std::string_view way : {track, std::string_view(reversed)})
      for (std::size_t at = way.find(text.front()); at != std::string_view::npos;
           at = way.find(text.front(), at + 1)) {
        std::size_t length = 0;
        while (length < text.size() && at + length < way.size() && text[length] == way[at + length])
          ++length;
        longest = std::max(longest, length);
      }
  }
  // One key held down.
  const auto held = std::min(text.find_first_not_of(text.front()), text.size());
  return std::max(longest, held);
}

/// Digits that stand together, separators of dates left out: "1988-08-08" → "19880808".
std::string without_separators(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separates = text[i] == '-' || text[i] == '.' || text[i] == '/' || text[i] == ' ';
    const bool between =
        i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (!separates || !between) out += text[i];
  }
  return out;
}

bool birthday_at(std::string_view digits) {
  auto number = [&](std::size_t from, std::size_t n) {
    int value = 0;
    for (char c : digits.substr(from, n)) value = value * 10 + (c - '0');
    return value;
  };
  const int year = number(0, 4);
  return year >= kFirstBirthYear && year <= kLastBirthYear &&
         Date::from(year, static_cast<unsigned>(number(4, 2)), static_cast<unsigned>(number(6, 2)));
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

} // namespace

bool is_repeated(std::string_view text) {
  const auto letters = text::decode(text);
  for (std::size_t piece = 1; piece <= kLongestPiece && piece * 2 <= letters.size(); ++piece) {
    bool same = true;
    for (std::size_t i = piece; i < letters.size() && same; ++i)
      same = letters[i] == letters[i - piece];
    if (same) return true;
  }
  return false;
}

bool is_run(std::string_view text) {
  std::size_t beside = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto run = run_from(text.substr(i));
    if (run >= kShortestRun) {
      i += run;
    } else {
      ++beside;
      ++i;
    }
  }
  return beside < kLeastBesideRun && beside < text.size();
}

bool is_personal_number(std::string_view text) {
  const auto whole = without_separators(text);
  const std::string_view view = whole;
  if (view.size() == 18 && all_digits(view.substr(0, 17)) && birthday_at(view.substr(6, 8)))
    return true;
  for (std::size_t i = 0; i < view.size(); ++i) {
    const bool birthday =
        view.size() - i >= 8 && all_digits(view.substr(i, 8)) && birthday_at(view.substr(i, 8));
    if (birthday && view.size() - 8 < kLeastBesideNumber) return true;
    const bool mobile = view.size() - i >= 11 && view[i] == '1' && view[i + 1] >= '3' &&
                        all_digits(view.substr(i, 11));
    if (mobile && view.size() - 11 < kLeastBesideNumber) return true;
  }
  return false;
}

} // namespace yifa::account
