#pragma once

#include "cli/check_options.h"

#include <string>
#include <vector>

namespace yifa::cli {

/// Prints what was checked, file by file, in the form that was asked for. Of text and JSON nothing
/// is kept once it is printed.
class Printed {
public:
  /// `files` is how many will come.
  Printed(Context &context, const CheckOptions &options, const reading::Checker &checker,
          std::size_t files);
  void take(reading::Checked &checked);
  Status finish();
  int exit() const { return counts_.errors > 0 || unreadable_ > 0 ? kFindings : kDone; }

private:
  void say(const std::string &text);
  void say_json(const reading::Checked &checked);

  Context &context_;
  const CheckOptions &options_;
  const reading::Checker &checker_;
  std::size_t files_;
  std::string format_;
  std::string kept_; ///< what goes into the file of -o, which appears whole, at the end
  bool first_ = true;
  std::vector<reading::Checked> all_; ///< of SARIF and HTML
  std::size_t unreadable_ = 0;
  reading::Counts counts_;
};

} // namespace yifa::cli
