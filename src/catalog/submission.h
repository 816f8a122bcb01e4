#pragma once

#include "catalog/loader.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::catalog {

/// What a county asks its towns to hand in of a year, and what may leave a town for it.
struct SubmissionRule {
  bool figures = true;
  bool report = true;
  bool ledger = false;
  std::vector<std::string> ledgers; ///< with `ledger`: only these; empty: every ledger
  /// Personal fields that may leave ("dispute.parties", "penalty.hearing.speakers"), each with the
  /// rule that says so. Usually empty.
  std::map<std::string, std::string, std::less<>> personal;
  std::string source;
  Certainty seen = Certainty::Memory;

  /// Whether rows of this ledger are asked for. Never those of packages themselves.
  bool asks_ledger(std::string_view type) const;
};

/// The ledger packages are kept in.
inline constexpr std::string_view kSubmissionLedger = "submission";

struct SubmissionRead {
  SubmissionRule rule;
  std::vector<Diagnostic> diagnostics;
};

/// Reads `submission.yaml` and what overlays say under `submission:`; the latest of them (by its
/// own edition) that speaks replaces the whole rule. Names of ledgers and fields are looked up in
/// `catalog`, which was made of the same sources. Without the file and any overlay: figures and
/// report.
SubmissionRead read_submission(const Sources &sources, const Catalog &catalog);

} // namespace yifa::catalog
