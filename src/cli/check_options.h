#pragma once

#include "cli/context.h"
#include "service/checks.h"
#include "service/copies.h"
#include "service/ledger_check.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace yifa::cli {

/// The arguments of read, check and similar.
struct CheckOptions {
  std::vector<std::string> paths;
  std::string place;
  int year = 0;
  bool text = false;
  std::string format = "text";
  std::string output;
  std::string against;
  std::string org;
  std::vector<std::string> rules;
  std::string ignore;
  std::vector<std::string> compare;
  std::string summary;
  std::string expected;
  bool list_rules = false;
  double threshold = 0.3;

  reading::Told told() const {
    return {place, year == 0 ? std::nullopt : std::optional<int>(year)};
  }
  /// The files to read: what is named, without what the command itself reads and writes there.
  Result<std::vector<std::filesystem::path>> files() const;
  /// Beside a summary in HTML: a page a town.
  std::filesystem::path pages() const {
    std::filesystem::path target(summary);
    return target.parent_path() / (target.stem().string() + "-pages");
  }
};

/// `check … --summary FILE`: one row a town.
Result<int> check_summary(Context &context, const CheckOptions &options,
                          const reading::Checker &checker, const service::MoreFindings &ledger);
/// The Chinese labels of the catalog's indicators.
Result<std::map<std::string, std::string>> indicator_labels(Context &context);
/// Where a command's output goes: a file that appears whole, or standard output.
Status deliver(Context &context, const std::string &file, const std::string &content);

} // namespace yifa::cli
