#pragma once

#include "reading/checker.h"
#include "service/checks.h"
#include "service/figures.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace yifa::service {

/// Holds the figures a report writes against those the ledgers count.
class LedgerCheck {
public:
  /// Counts every figure of the office in the report's year. The errors of Figures::compute.
  static Result<LedgerCheck> of(Environment &environment, const OrgCode &org, int year,
                                const Actor &actor);

  /// Adds one finding a written figure (ledger.matched, differs, unsupported) and one for each
  /// counted figure that reports state and this one does not (ledger.left_out).
  void check(const reading::Report &report, const reading::Checker &checker,
             reading::Findings &findings) const;

private:
  /// The part of some figure that a written number with that name and value is: 邻里纠纷9件.
  const record::Figure::Group *group_of(const reading::Figure &written) const;

  std::map<std::string, record::Figure> figures_; ///< by indicator
};

/// The ledgers of one office, year by year, for reports of any year.
class LedgerChecks {
public:
  /// Counts the years that the files report on, or the one that is told. The errors of
  /// LedgerCheck::of; files that cannot be read are left to the check.
  static Result<LedgerChecks> of(Environment &environment, const OrgCode &org, const Actor &actor,
                                 const reading::Checker &checker,
                                 const std::vector<std::filesystem::path> &files,
                                 const reading::Told &told);
  /// What a check adds to a report's findings. `this` and the checker must outlive it.
  MoreFindings findings(const reading::Checker &checker) const;

private:
  std::map<int, LedgerCheck> years_;
};

} // namespace yifa::service
