#include "reading/check_substance.h"

#include "reading/check.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr auto kStated = {FigureKind::Amount, FigureKind::Rate, FigureKind::Each,
                          FigureKind::Change};

bool substance_border(std::u32string_view all, std::size_t at) {
  const auto c = all[at];
  const auto digit = [&](std::size_t i) {
    return i < all.size() && all[i] >= '0' && all[i] <= '9';
  };
  if (c == U',') return !(at > 0 && digit(at - 1) && digit(at + 1));
  return c == U'，' || c == U'：' || c == U':' || c == U'。' || c == U'；' || c == U';' ||
         c == U'！' || c == U'？' || c == U'\n';
}

/// Not one amount or rate in the whole report.
bool check_no_figures(Case &report) {
  for (const auto &figure : report.report.figures)
    if (std::find(kStated.begin(), kStated.end(), figure.kind) != kStated.end()) return false;
  const auto *rule = report.findings.rule("substance.no_figures");
  if (rule != nullptr &&
      static_cast<double>(report.structure().body.size()) >= rule->number("least", 100))
    report.findings.add("substance.no_figures", report.structure().title);
  return true;
}

/// Long chapters of the year's work that state nothing in numbers.
void check_bare_chapters(Case &report) {
  const auto *rule = report.findings.rule("substance.chapter_no_figures");
  if (rule == nullptr) return;
  const auto least = rule->number("least", 300);
  const auto &structure = report.structure();
  std::size_t told = 0; // up to where a finding speaks already
  for (std::size_t i = 0; i < structure.sections.size(); ++i) {
    const auto &section = structure.sections[i];
    const auto content = i < structure.contents.size() ? structure.contents[i] : Content::Other;
    if (section.level > 2 || section.span.start < told ||
        static_cast<double>(section.span.size()) <= least ||
        (content != Content::Results && content != Content::Other))
      continue;
    const bool stated =
        std::any_of(report.report.figures.begin(), report.report.figures.end(),
                    [&](const Figure &figure) { return section.span.holds(figure.span.start); });
    if (stated) continue;
    told = section.span.end;
    const Span heading{section.label.span.empty() ? section.title.start : section.label.span.start,
                       section.title.end};
    report.findings.add("substance.chapter_no_figures", heading,
                        {{"title", report.text().utf8(section.title)},
                         {"length", fmt::format("{}", section.span.size())}});
  }
}

} // namespace

Span whole_clause(const Text &text, std::size_t at) {
  const std::u32string_view all = text.all();
  at = std::min(at, all.size());
  Span clause{at, at};
  while (clause.start > 0 && !substance_border(all, clause.start - 1)) --clause.start;
  while (clause.end < all.size() && !substance_border(all, clause.end)) ++clause.end;
  return clause;
}

bool tells_of_work(const Case &report, std::size_t at) {
  const auto content = report.structure().content_at(at);
  return content == Content::Results || content == Content::Duties || content == Content::Other;
}

bool mentions_word(std::u32string_view text, const Words &words) {
  return words.find(text) != std::u32string_view::npos;
}

std::vector<const Figure *> figures_in(const Case &report, Span span,
                                       std::initializer_list<FigureKind> kinds) {
  std::vector<const Figure *> found;
  for (const auto &figure : report.report.figures)
    if (span.holds(figure.span.start) &&
        std::find(kinds.begin(), kinds.end(), figure.kind) != kinds.end())
      found.push_back(&figure);
  return found;
}

void check_substance(Case &report) {
  // Where nothing at all is counted, that is said once and not chapter by chapter.
  if (!check_no_figures(report)) check_bare_chapters(report);
  check_vague(report);
  check_approximations(report);
  check_claims(report);
  check_planned_again(report);
  check_scope(report);
}

} // namespace yifa::reading
