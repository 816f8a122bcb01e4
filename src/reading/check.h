#pragma once

#include "reading/figure.h"
#include "reading/finding.h"
#include "reading/lexicon.h"
#include "reading/structure.h"

#include <memory>
#include <string>
#include <vector>

namespace yifa::reading {

/// A report as understood.
struct Report {
  std::string file; ///< as the person named it
  Source source;
  Text text;
  Structure structure;
  std::vector<Figure> figures; ///< in the order of the text
};

/// What a check sees. It reads, and adds to `findings`.
struct Case {
  const Report &report;
  const Lexicon &lexicon;
  Findings &findings;

  const Text &text() const { return report.text; }
  const Structure &structure() const { return report.structure; }
};

// One function a group, each in files of its own. Every rule id it adds stands in
// catalog/checks/rules/<group>.yaml.
void check_structure(Case &report);
void check_arithmetic(Case &report);
void check_substance(Case &report);
void check_time(Case &report);
void check_identity(Case &report);
void check_residue(Case &report);
void check_repetition(Case &report);
void check_format(Case &report);

} // namespace yifa::reading
