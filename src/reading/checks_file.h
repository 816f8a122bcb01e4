#pragma once

#include "base/result.h"
#include "catalog/report.h"
#include "catalog/shape.h"
#include "catalog/strict_yaml.h"

#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace yifa::reading {

/// The files of catalog/checks/ whose path begins so, read strictly; every problem is collected.
class ChecksFiles {
public:
  ChecksFiles(const catalog::Sources &sources, std::string_view prefix);
  /// Calls with the file's name (without folder and .yaml) and its root, in the order of names.
  void each(const std::function<void(const std::string &, const catalog::Node &, catalog::Report &)>
                &read);
  /// Invalid: what was wrong, by file, line and column.
  Status done();

private:
  const catalog::Sources &sources_;
  std::string prefix_;
  std::deque<catalog::SourceFile> files_;
  catalog::Report report_;
};

} // namespace yifa::reading
