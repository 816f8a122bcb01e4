#include "reading/check_arithmetic.h"

#include "base/text.h"
#include "reading/label.h"

namespace yifa::reading {

void check_arithmetic(Case &report) {
  check_rates(report);
  check_parts(report);
  check_statements(report);
}

bool same_family(const std::string &a, const std::string &b, const Lexicon &lexicon) {
  if (a == b) return true;
  const auto &family = lexicon.pair("arithmetic.family", a);
  return !family.empty() && family == lexicon.pair("arithmetic.family", b);
}

std::string amount_words(const Figure &figure) { return figure.value.text() + figure.unit; }

bool exact_amount(const Figure &figure) {
  return figure.kind == FigureKind::Amount && !figure.approx && !figure.upper && !figure.year;
}

Span segment_of(const Case &report, const Figure &figure) {
  const auto &all = report.text().all();
  auto paragraph = report.text().paragraphs()[figure.paragraph];
  auto ends = [&](std::size_t i) {
    return ends_sentence(all[i]) || all[i] == U'；' || all[i] == U';';
  };
  auto start = figure.span.start;
  while (start > paragraph.start && !ends(start - 1)) --start;
  auto end = figure.span.end;
  while (end < paragraph.end && !ends(end)) ++end;
  return {start, end};
}

} // namespace yifa::reading
