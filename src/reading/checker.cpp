#include "reading/checker.h"

#include "base/text.h"
#include "reading/load_rules.h"
#include "reading/read_figures.h"

#include <algorithm>

namespace yifa::reading {

Result<Checker> Checker::load(const catalog::Sources &sources) {
  Checker made;
  made.lexicon_ = TRY(Lexicon::load(sources));
  made.rules_ = TRY(load_rules(sources));
  made.laws_ = TRY(load_law_table(sources));
  made.ties_ = TRY(load_ties(sources));
  return made;
}

namespace {

/// Longer paragraphs are cut: no report has one, and what is looked for within a sentence takes
/// time that grows with its square.
constexpr std::size_t kParagraphMost = 3000;

void cut_endless(Source &source) {
  if (!source.traces.empty() || source.layout) return; // Word's paragraphs keep their places
  std::vector<std::string> cut;
  bool any = false;
  for (auto &paragraph : source.paragraphs) {
    if (paragraph.size() <= kParagraphMost) { // bytes are more than characters
      cut.push_back(std::move(paragraph));
      continue;
    }
    auto all = text::decode(paragraph);
    for (std::size_t at = 0; at < all.size();) {
      auto end = std::min(all.size(), at + kParagraphMost);
      if (end < all.size())
        if (auto stop = all.rfind(U'。', end - 1); stop != all.npos && stop > at) end = stop + 1;
      any = any || end < all.size();
      if (auto piece = text::trim(text::encode(all.substr(at, end - at))); !piece.empty())
        cut.push_back(std::move(piece));
      at = end;
    }
  }
  source.paragraphs = std::move(cut);
  if (any) source.joints.clear();
}

} // namespace

Report Checker::understand(std::string file, Source source, const Told &told) const {
  Report report;
  report.file = std::move(file);
  report.source = std::move(source);
  cut_endless(report.source);
  report.text = Text(report.source.paragraphs);
  report.structure = read_structure(report.text, report.source, *lexicon_, told);
  report.figures = read_figures(report.text, report.structure, *lexicon_);
  tie_figures(report, *ties_);
  return report;
}

std::vector<Finding> Checker::check(const Report &report,
                                    const std::function<void(Findings &)> &more) const {
  Findings findings(report.text, rules_, report.source.converted);
  Case one{report, *lexicon_, findings};
  check_structure(one);
  check_arithmetic(one);
  check_substance(one);
  check_time(one);
  check_laws(one, *laws_);
  check_identity(one);
  check_residue(one);
  check_repetition(one);
  check_format(one);
  if (more) more(findings);
  auto found = findings.take();
  found.erase(
      std::remove_if(found.begin(), found.end(),
                     [&](const Finding &finding) { return suppressions_.hide(finding, report); }),
      found.end());
  return found;
}

bool Checker::stated(std::string_view indicator) const {
  return std::any_of(ties_->all().begin(), ties_->all().end(),
                     [&](const Tie &tie) { return tie.indicator == indicator; });
}

} // namespace yifa::reading
