#include "reading/check_substance.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

/// The sentence a place lies in with the one before it in the same paragraph, and with the one
/// behind it where that is asked for.
Span neighbourhood(const Case &report, std::size_t at, bool behind) {
  const auto &sentences = report.structure().sentences;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (!sentences[i].span.holds(at)) continue;
    auto span = sentences[i].span;
    if (i > 0 && sentences[i - 1].paragraph == sentences[i].paragraph)
      span.start = sentences[i - 1].span.start;
    if (behind && i + 1 < sentences.size() && sentences[i + 1].paragraph == sentences[i].paragraph)
      span.end = sentences[i + 1].span.end;
    return span;
  }
  const auto &text = report.text();
  if (text.paragraphs().empty()) return {};
  return text.paragraphs()[text.paragraph_at(at)];
}

/// Longer claims are quoted by their beginning.
constexpr std::size_t kClaim = 30;

std::size_t sentence_start(const Case &report, std::size_t at) {
  for (const auto &sentence : report.structure().sentences)
    if (sentence.span.holds(at)) return sentence.span.start;
  return at;
}

/// Whether a number of the sentence before is what the claim is about. A claim that names nothing
/// (合格率达100%) is about what was just said; another must share a word with it.
bool same_matter(const Case &report, const Figure &claim, Span clause, const Figure &number) {
  // Of a coverage what stands before it is what it covers: 网格巡查全覆盖, but 全部按期办结.
  const bool coverage = claim.kind == FigureKind::Coverage;
  const std::size_t names_nothing = coverage ? 1 : 4;
  const auto &generic = report.lexicon.words("substance.claim_generic");
  std::u32string named(report.text().view({clause.start, claim.span.start}));
  if (!coverage && claim.span.end < clause.end)
    named += report.text().view({claim.span.end, clause.end});
  const auto there = report.text().view(whole_clause(report.text(), number.span.start));
  std::size_t own = 0; // characters in words of the claim's own
  for (std::size_t i = 0; i + 1 < named.size(); ++i) {
    if (!text::is_han(named[i]) || !text::is_han(named[i + 1])) continue;
    const auto word = std::u32string_view(named).substr(i, 2);
    if (generic.has(word)) continue;
    ++own;
    if (there.find(word) != there.npos) return true;
  }
  return own <= names_nothing;
}

/// 召集部门处置6次，全部办结: the clause before says of how many.
bool follows_amount(const Case &report, const Figure &claim, Span clause) {
  if (claim.kind != FigureKind::Coverage || clause.start < 2) return false;
  const auto comma = report.text().all()[clause.start - 1];
  if (comma != U'，' && comma != U',') return false;
  const auto before = whole_clause(report.text(), clause.start - 2);
  return !figures_in(report, before, {FigureKind::Amount}).empty();
}

/// 100 % or all of something, and nowhere near of how many.
void check_full_claims(Case &report) {
  if (report.findings.rule("substance.full_claim") == nullptr) return;
  const auto &bases = report.lexicon.words("substance.bases");
  const auto &none = report.lexicon.words("substance.claim_not");
  const auto hundred = Decimal::from_int(100);
  std::size_t told = 0;
  for (const auto &figure : report.report.figures) {
    const bool full = figure.kind == FigureKind::Coverage ||
                      (figure.kind == FigureKind::Rate && figure.value == hundred &&
                       !figure.approx && !figure.upper);
    if (!full || !tells_of_work(report, figure.span.start)) continue;
    const auto clause = whole_clause(report.text(), figure.span.start);
    if (clause.start < told || mentions_word(report.text().view(clause), none)) continue;
    const auto around = neighbourhood(report, figure.span.start, false);
    const auto near = figures_in(report, around, {FigureKind::Amount, FigureKind::Each});
    const auto own = sentence_start(report, figure.span.start);
    const bool counted = std::any_of(near.begin(), near.end(), [&](const Figure *other) {
      auto unit = other->unit;
      if (const auto slash = unit.find('/'); slash != unit.npos) unit.resize(slash);
      if (!bases.has(text::decode(unit))) return false;
      return other->span.start >= own || same_matter(report, figure, clause, *other);
    });
    if (counted || follows_amount(report, figure, clause)) continue;
    told = clause.end;
    report.findings.add("substance.full_claim", clause,
                        {{"claim", text::shorten(report.text().utf8(clause), kClaim)}});
  }
}

/// Praise that rests on nothing: one finding for all of it.
void check_praise(Case &report) {
  if (report.findings.rule("substance.praise") == nullptr) return;
  const auto &praise = report.lexicon.words("substance.praise");
  const auto &custom = report.lexicon.words("substance.praise_custom");
  const auto &evidence = report.lexicon.words("substance.praise_evidence");
  std::vector<Span> found;
  for (const auto &sentence : report.structure().sentences) {
    if (!tells_of_work(report, sentence.span.start)) continue;
    const auto words = report.text().view(sentence.span);
    std::size_t length = 0;
    auto at = praise.find(words, 0, &length);
    while (at != words.npos && sentence.section < 0 && custom.has(words.substr(at, length)))
      at = praise.find(words, at + length, &length);
    if (at == words.npos || mentions_word(words, evidence)) continue;
    const auto around = neighbourhood(report, sentence.span.start, true);
    const auto stated = figures_in(report, around,
                                   {FigureKind::Amount, FigureKind::Rate, FigureKind::Zero,
                                    FigureKind::Coverage, FigureKind::Change});
    if (stated.empty())
      found.push_back({sentence.span.start + at, sentence.span.start + at + length});
  }
  if (found.empty()) return;
  constexpr std::size_t kQuoted = 3;
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < std::min(found.size(), kQuoted); ++i) {
    auto words = "“" + report.text().utf8(found[i]) + "”";
    if (std::find(quoted.begin(), quoted.end(), words) == quoted.end())
      quoted.push_back(std::move(words));
  }
  report.findings.add(
      "substance.praise", found.front(),
      {{"count", fmt::format("{}", found.size())}, {"words", text::join(quoted, "、")}});
}

/// A part of the results that says what is demanded and never what was done.
void check_demands(Case &report) {
  if (report.findings.rule("substance.demand_for_result") == nullptr) return;
  const auto &structure = report.structure();
  for (std::size_t i = 0; i < structure.sections.size(); ++i) {
    const auto &section = structure.sections[i];
    const bool parent = i + 1 < structure.sections.size() &&
                        structure.sections[i + 1].parent == static_cast<int>(i);
    if (parent || !tells_of_work(report, section.span.start)) continue;
    const auto demands =
        figures_in(report, section.span, {FigureKind::Planned, FigureKind::Frequency});
    if (demands.empty()) continue;
    const auto done = figures_in(report, section.span,
                                 {FigureKind::Amount, FigureKind::Rate, FigureKind::Each,
                                  FigureKind::Coverage, FigureKind::Change});
    if (!done.empty()) continue;
    const auto clause = whole_clause(report.text(), demands.front()->span.start);
    report.findings.add("substance.demand_for_result", clause,
                        {{"demand", report.text().utf8(demands.front()->span)},
                         {"count", fmt::format("{}", demands.size())}});
  }
}

} // namespace

void check_claims(Case &report) {
  check_full_claims(report);
  check_praise(report);
  check_demands(report);
}

} // namespace yifa::reading
