#include "reading/check_substance.h"

#include "base/text.h"

#include <algorithm>

namespace yifa::reading {
namespace {

struct VagueWords {
  explicit VagueWords(const Lexicon &lexicon)
      : vague(lexicon.words("substance.vague")), times(lexicon.words("substance.vague_times")),
        none(lexicon.words("substance.vague_not")), verbs(lexicon.words("substance.vague_verbs")),
        totals(lexicon.words("substance.totals")), units(lexicon.words("substance.times")),
        nouns(lexicon.words("substance.event_nouns")), generic(lexicon.words("substance.generic")),
        numbers(lexicon.words("substance.vague_numbers")),
        measure(lexicon.words("figures.measure")) {}
  const Words &vague, &times, &none, &verbs, &totals, &units, &nouns, &generic, &numbers, &measure;
};

bool vague_digit(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９') || c == U'十' || c == U'百' ||
         c == U'千' || c == U'万' || c == U'亿';
}

/// The longest run of characters both texts hold.
std::u32string_view longest_common(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::size_t best = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = 0;
    for (std::size_t k = 0; k < b.size(); ++k) {
      const auto above = row[k + 1];
      row[k + 1] = a[i] == b[k] ? diagonal + 1 : 0;
      diagonal = above;
      if (row[k + 1] <= best) continue;
      best = row[k + 1];
      end = i + 1;
    }
  }
  return a.substr(end - best, best);
}

class VagueCheck {
public:
  explicit VagueCheck(Case &report) : report_(report), words_(report.lexicon) {}

  void run() {
    for (const auto &sentence : report_.structure().sentences) {
      if (!tells_of_work(report_, sentence.span.start)) continue;
      const std::u32string_view all = report_.text().all();
      for (auto at = sentence.span.start; at < sentence.span.end; ++at) {
        const auto n = words_.vague.at(all, at);
        if (n == 0) continue;
        if (!words_.none.at(all, at) && !(at > 0 && vague_digit(all[at - 1])))
          consider({at, at + n}, sentence.span);
        at += n - 1;
      }
    }
  }

private:
  void consider(Span word, Span sentence) {
    const auto clause = whole_clause(report_.text(), word.start);
    const bool number = words_.numbers.at(report_.text().all(), word.start) != 0 &&
                        words_.measure.at(report_.text().all(), word.end) != 0;
    if (!number && !mentions_word(report_.text().view(clause), words_.verbs)) return;
    if (!amounts(clause, word).empty()) return;
    const bool often = words_.times.at(report_.text().all(), word.start) != 0;
    // 多次召开会议，全年共4次: the number follows.
    if (clause.end + 1 < sentence.end) {
      const auto next = whole_clause(report_.text(), clause.end + 1);
      const auto follow = amounts(next, word);
      if (words_.totals.at(report_.text().view(next), 0) &&
          std::any_of(follow.begin(), follow.end(), [&](const Figure *figure) {
            return !often || words_.units.has(text::decode(figure->unit));
          }))
        return;
    }
    const Span place{word.start, std::max(word.end, clause.end)};
    const auto said = report_.text().utf8(word);
    if (often) {
      if (const auto *exact = stated_elsewhere(clause, sentence)) {
        const auto there = whole_clause(report_.text(), exact->span.start);
        if (auto *made = report_.findings.add(
                "substance.vague_beside_exact", place,
                {{"word", said}, {"what", same_}, {"exact", report_.text().utf8(exact->span)}})) {
          made->elsewhere = Elsewhere{"", "", there, text::shorten(report_.text().utf8(there), 60)};
        }
        return;
      }
    }
    report_.findings.add("substance.vague_figure", place, {{"word", said}});
  }

  std::vector<const Figure *> amounts(Span span, Span but) const {
    auto found = figures_in(report_, span, {FigureKind::Amount, FigureKind::Rate});
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const Figure *figure) { return figure->span.meets(but); }),
                found.end());
    return found;
  }

  /// The figure of another sentence that counts the same doing.
  const Figure *stated_elsewhere(Span clause, Span sentence) {
    const auto here = report_.text().view(clause);
    for (const auto &figure : report_.report.figures) {
      if (figure.kind != FigureKind::Amount || sentence.holds(figure.span.start) ||
          !words_.units.has(text::decode(figure.unit)) ||
          !tells_of_work(report_, figure.span.start))
        continue;
      const auto there = report_.text().view(whole_clause(report_.text(), figure.span.start));
      auto same = longest_common(here, there);
      while (const auto n = words_.verbs.at(same, 0)) {
        if (words_.nouns.at(same, 0)) break; // 学习 and 宣讲 are doings and names
        same = same.substr(n);
      }
      if (same.size() < 4 || !mentions_word(same, words_.nouns) || words_.generic.has(same))
        continue;
      same_ = text::encode(same);
      return &figure;
    }
    return nullptr;
  }

  Case &report_;
  VagueWords words_;
  std::string same_; ///< the words both places share
};

} // namespace

void check_vague(Case &report) {
  if (report.findings.rule("substance.vague_figure") == nullptr &&
      report.findings.rule("substance.vague_beside_exact") == nullptr)
    return;
  VagueCheck(report).run();
}

} // namespace yifa::reading
