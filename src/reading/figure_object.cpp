#include "reading/figure_object.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kObjectMost = 24;
constexpr std::size_t kBehindMost = 14;

std::u32string_view without_fillers(std::u32string_view before, const FigureWords &words) {
  for (bool again = true; again && !before.empty();) {
    again = false;
    auto n = words.filler_before.before(before, before.size());
    if (n == 0 && before.back() == U' ') n = 1;
    if (n > 0) {
      before.remove_suffix(n);
      again = true;
    }
  }
  return before;
}

std::u32string_view trimmed_object(std::u32string_view object, const FigureWords &words) {
  for (auto n = words.object_head.at(object, 0); n > 0; n = words.object_head.at(object, 0))
    object.remove_prefix(n);
  for (auto n = words.object_tail.before(object, object.size()); n > 0 && n < object.size();
       n = words.object_tail.before(object, object.size()))
    object.remove_suffix(n);
  if (object.size() > kObjectMost) object.remove_prefix(object.size() - kObjectMost);
  return object;
}

std::u32string_view noun_behind(std::u32string_view behind, const FigureWords &words) {
  while (!behind.empty() && (behind.front() == U' ' || behind.front() == U'的'))
    behind.remove_prefix(1);
  std::size_t n = 0;
  for (; n < behind.size() && n < kBehindMost; ++n)
    if (ends_clause(behind[n]) || words.object_stop.at(behind, n) > 0 ||
        digit_value(behind[n]) >= 0)
      break;
  return behind.substr(0, n);
}

std::u32string_view without_place_or_time(std::u32string_view phrase, const FigureWords &words) {
  for (auto n = words.no_object.at(phrase, 0); n > 0; n = words.no_object.at(phrase, 0))
    phrase.remove_prefix(n);
  return phrase;
}

std::size_t behind_clause(std::u32string_view behind) {
  std::size_t n = 0;
  while (n < behind.size() && !ends_clause(behind[n])) ++n;
  return n;
}

/// （其中排查194件），化解: the bracket that closes was opened before.
std::u32string_view behind_open_bracket(std::u32string_view before) {
  int open = 0;
  std::size_t cut = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == U'（' || before[i] == U'(') ++open;
    if ((before[i] == U'）' || before[i] == U')') && --open < 0) {
      cut = i + 1;
      open = 0;
    }
  }
  before.remove_prefix(cut);
  while (!before.empty() && ends_clause(before.front())) before.remove_prefix(1);
  return before;
}

struct VerbPlace {
  std::size_t at = 0;
  std::size_t length = 0;
};

/// The verb whose object stands before the number. 调解 in 调解员 is none, and 宣传 in 教育宣传 is
/// a noun; a verb of doing (开展, 召开, 发放) goes before any other.
VerbPlace governing_verb(std::u32string_view phrase, const FigureWords &words) {
  const auto &doing = words.lexicon.words("figures.light_verb");
  const auto &tails = words.lexicon.words("figures.noun_tail");
  const auto &parts = words.lexicon.words("figures.word_tail");
  auto governs = [&](std::size_t end, bool does) {
    auto rest = phrase.substr(end);
    if (rest.empty()) return false;
    return does ? parts.at(rest, 0) == 0
                : tails.at(rest, 0) == 0 && words.verb.at(rest, 0) != rest.size();
  };
  VerbPlace found;
  for (const auto *verbs : {&doing, &words.verb}) {
    std::size_t n = 0;
    for (auto at = verbs->find(phrase, 0, &n); at != phrase.npos;
         at = verbs->find(phrase, at + n, &n))
      if (governs(at + n, verbs == &doing)) {
        found = {at, n};
        if (verbs != &doing) break; // 办理|行政处罚案件: what follows the first is its object
      }
    if (found.length > 0) return found;
  }
  if (auto n = doing.before(phrase, phrase.size())) return {phrase.size() - n, n};
  if (auto n = words.verb.at(phrase, 0); n == phrase.size()) return {0, n};
  return {};
}

} // namespace

FigureObject object_around(std::u32string_view before, std::u32string_view behind,
                           const FigureWords &words) {
  FigureObject out;
  if (!before.empty() && before.back() == U'、') before = {};
  before = behind_open_bracket(before);
  before = without_place_or_time(without_fillers(before, words), words);
  auto noun = noun_behind(behind, words);
  if (before.empty()) {
    if (noun.empty()) // 94人参考
      noun = behind.substr(0, std::min(kBehindMost, behind_clause(behind)));
    out.object = text::encode(noun);
    return out;
  }
  auto verb = governing_verb(before, words);
  out.verb = text::encode(before.substr(verb.at, verb.length));
  auto object = before.substr(verb.at + verb.length);
  if (verb.length > 0 && object.empty()) object = noun;   // 开展4次集中学习研讨
  if (object.empty()) object = before.substr(0, verb.at); // 矛盾纠纷排查73次
  out.object = text::encode(trimmed_object(object, words));
  return out;
}

std::vector<std::string> things_named(std::u32string_view phrase, const FigureWords &words) {
  phrase = without_fillers(phrase, words);
  std::vector<std::string> out;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= phrase.size();) {
    auto n = i < phrase.size() ? words.joined.at(phrase, i) : 1;
    if (i < phrase.size() && n == 0) {
      ++i;
      continue;
    }
    auto part = phrase.substr(start, i - start);
    std::size_t k = 0;
    if (auto verb = words.verb.find(part, 0, &k); out.empty() && verb == 0 && k < part.size())
      part.remove_prefix(k);
    part = trimmed_object(part, words);
    if (!part.empty()) out.push_back(text::encode(part));
    i += n;
    start = i;
  }
  return out;
}

} // namespace yifa::reading
