#pragma once

#include "reading/summary.h"
#include "service/checks.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace yifa::service {

struct SummaryRequest {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> expected; ///< towns that should report; may be empty
  std::map<std::string, std::string> indicator_labels;
  reading::Told told;
  bool keep_findings = false; ///< in the summary, for a workbook
  MoreFindings more;
  /// Puts a town's own page somewhere and returns the link to it; may be empty. An error ends the
  /// work once the files are read.
  std::function<Result<std::string>(std::size_t, reading::Checked &)> page;
};

/// Checks every file and lays them side by side: a row a town, who is missing, what is alike. One
/// report is in memory at a time, and of each what its row holds.
Result<reading::Summary> summarise(const reading::Checker &checker, const SummaryRequest &request);

} // namespace yifa::service
