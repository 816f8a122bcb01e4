#include "reading/figure_claims.h"

#include "base/text.h"
#include "reading/figure_object.h"
#include "reading/label.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kPhraseMost = 60;
constexpr std::u32string_view kOf = U"的";

/// Up to the clause's end; 、 joins.
std::size_t clause_end(std::u32string_view all, std::size_t at, std::size_t end) {
  while (at < end && (!ends_clause(all[at]) || all[at] == U'、')) ++at;
  return at;
}

/// The thing a phrase is about, and what it is counted in.
struct ZeroThing {
  std::size_t at = std::u32string_view::npos;
  std::string word;
  std::string unit;
};

ZeroThing thing_in(std::u32string_view phrase, const FigureWords &words) {
  ZeroThing best;
  // the table's order decides: 群体性事件 before 事件
  for (const auto &[word, unit] : words.lexicon.pairs("figures.zero_unit")) {
    auto at = phrase.find(text::decode(word));
    if (at == phrase.npos) continue;
    best = {at, word, unit};
    break;
  }
  return best;
}

Figure zero_of(Span span, std::u32string_view phrase, const std::string &unit) {
  Figure made;
  made.kind = FigureKind::Zero;
  made.unit = unit;
  made.span = span;
  made.object = text::encode(phrase);
  return made;
}

/// One figure a thing: parts joined by 、和及, each with a word that can be counted.
std::vector<Figure> zeros_in(std::u32string_view all, std::size_t start, std::size_t from,
                             std::size_t to, bool sure, const FigureWords &words) {
  std::vector<Figure> out;
  auto phrase = all.substr(from, to - from);
  // 因…引发的|群体性事件
  if (auto of = phrase.rfind(kOf); of != phrase.npos && of + 1 < phrase.size() &&
                                   thing_in(phrase.substr(of + 1), words).at != phrase.npos)
    phrase.remove_prefix(of + 1);
  Span span{start, to};
  std::size_t begin = 0;
  std::string last;
  for (std::size_t i = 0; i <= phrase.size();) {
    auto n = i < phrase.size() ? words.joined.at(phrase, i) : 1;
    if (i < phrase.size() && n == 0) {
      ++i;
      continue;
    }
    auto part = phrase.substr(begin, i - begin);
    auto thing = thing_in(part, words);
    bool same = words.lexicon.pair("figures.zero_with", thing.word) == last && !last.empty();
    if (!thing.unit.empty() && !same) out.push_back(zero_of(span, part, thing.unit));
    if (!thing.word.empty()) last = thing.word;
    i += n;
    begin = i;
  }
  if (out.empty() && sure)
    out.push_back(zero_of(span, phrase, words.lexicon.pair("figures.zero_unit", "事件")));
  return out;
}

} // namespace

std::vector<Figure> zeros_at(std::u32string_view all, std::size_t at, std::size_t end,
                             const FigureWords &words) {
  if (auto n = words.none.at(all, at)) {
    auto stop = clause_end(all, at + n, end);
    if (stop - at > kPhraseMost || stop == at + n) return {};
    // 未发生一起…: the measure word is said
    if (han_digit_value(all[at + n]) == 1)
      if (auto unit = words.measure.at(all, at + n + 1)) {
        auto from = at + n + 1 + unit;
        return {zero_of({at, stop}, all.substr(from, stop - from),
                        text::encode(all.substr(at + n + 1, unit)))};
      }
    // 无一起…: the word ends in its measure word
    if (n > 2 && han_digit_value(all[at + n - 2]) == 1 && words.measure.at(all, at + n - 1) == 1)
      return {zero_of({at, stop}, all.substr(at + n, stop - at - n),
                      text::encode(all.substr(at + n - 1, 1)))};
    // 未发生 says it whole; 没有 needs a thing that is counted
    bool sure = words.lexicon.words("figures.none_sure").at(all, at) == n;
    auto head = all.substr(at + n, stop - at - n);
    if (!sure && words.none_end.before(head, head.size()) == 0 &&
        words.none_end.find(head) == head.npos)
      return {};
    return zeros_in(all, at, at + n, stop, sure, words);
  }
  if (auto n = words.none_alone.at(all, at)) {
    if (words.none_not.at(all, at) > 0 ||
        words.lexicon.words("figures.none_before_not").before(all, at) > 0)
      return {};
    auto stop = clause_end(all, at + n, end);
    auto phrase = all.substr(at + n, stop - at - n);
    if (phrase.size() < 2 || stop - at > kPhraseMost) return {};
    if (words.none_end.before(phrase, phrase.size()) == 0) return {};
    return zeros_in(all, at, at + n, stop, false, words);
  }
  if (auto n = words.zero_prefix.at(all, at)) {
    bool alone = at == 0 || (!is_han_numeral(all[at - 1]) && digit_value(all[at - 1]) < 0 &&
                             all[at - 1] != U'.');
    auto head = alone ? words.zero_head.at(all, at + n) : 0;
    if (head == 0) return {};
    auto stop = at + n + head;
    auto phrase = all.substr(at + n, head);
    auto before = at;
    while (before > 0 && !ends_clause(all[before - 1])) --before;
    auto thing = thing_in(phrase, words);
    if (thing.unit.empty()) thing = thing_in(all.substr(before, at - before), words);
    auto unit = thing.unit.empty() ? words.lexicon.pair("figures.zero_unit", "事件") : thing.unit;
    return {zero_of({at, stop}, phrase, unit)};
  }
  if (auto n = words.zero_of.at(all, at); n > 0 && (at + n >= end || ends_clause(all[at + n]))) {
    auto start = at;
    while (start > 0 && (!ends_clause(all[start - 1]) || all[start - 1] == U'、')) --start;
    std::vector<Figure> out;
    for (const auto &name : things_named(all.substr(start, at - start), words)) {
      auto thing = thing_in(text::decode(name), words);
      if (!thing.unit.empty()) out.push_back(zero_of({at, at + n}, text::decode(name), thing.unit));
    }
    return out;
  }
  return {};
}

std::vector<Figure> coverage_at(std::u32string_view all, std::size_t at, std::size_t clause_start,
                                std::size_t end, const FigureWords &words) {
  Figure made;
  made.kind = FigureKind::Coverage;
  made.value = Decimal::from_int(100);
  made.unit = "%";
  auto stop = clause_end(all, at, end);
  auto claims = [&](std::size_t n, std::size_t object_from, std::size_t object_to) {
    made.span = {at, at + n};
    made.approx_marker = text::encode(all.substr(at, n));
    auto around = object_around(all.substr(object_from, object_to - object_from), {}, words);
    made.object = around.object;
    made.verb = around.verb;
    return std::vector<Figure>{made};
  };
  auto has_percent = [&](std::size_t from, std::size_t to) {
    return words.percent.find(all.substr(from, to - from)) != all.npos;
  };
  if (auto n = words.covered.at(all, at)) {
    auto next = at + n;
    if (has_percent(clause_start, stop)) return {};
    bool last = next >= end || (ends_clause(all[next]) && all[next] != U'、');
    bool reached =
        words.lexicon.words("figures.reached").find(all.substr(clause_start, at - clause_start)) !=
        all.npos;
    if (!last && (!reached || words.covered_not.at(all, next) > 0)) return {};
    if (at == clause_start) return {};
    return claims(n, clause_start, at);
  }
  if (auto n = words.all.at(all, at)) {
    if (words.all_verb.at(all, at + n) == 0 || has_percent(at, stop)) return {};
    return at == clause_start ? claims(n, at + n, stop) : claims(n, clause_start, at);
  }
  if (auto n = words.whole_of.at(all, at)) {
    if (words.whole.find(all.substr(clause_start, at - clause_start)) == all.npos) return {};
    return claims(n, at + n, stop);
  }
  return {};
}

} // namespace yifa::reading
