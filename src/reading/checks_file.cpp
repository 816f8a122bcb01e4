#include "reading/checks_file.h"

#include <fmt/format.h>

namespace yifa::reading {

ChecksFiles::ChecksFiles(const catalog::Sources &sources, std::string_view prefix)
    : sources_(sources), prefix_(prefix) {}

void ChecksFiles::each(const std::function<void(const std::string &, const catalog::Node &,
                                                catalog::Report &)> &read) {
  for (const auto &[path, text] : sources_) {
    if (!path.starts_with(prefix_) || !path.ends_with(".yaml")) continue;
    auto &file = files_.emplace_back();
    file.path = path;
    file.text = text;
    catalog::read_yaml(file, report_);
    auto name = path.substr(path.rfind('/') + 1);
    name.resize(name.size() - std::string_view(".yaml").size());
    if (!file.broken) read(name, file.root, report_);
  }
}

Status ChecksFiles::done() {
  if (!report_.failed()) return Done{};
  std::vector<Problem> problems;
  for (const auto &one : report_.take())
    if (one.level == catalog::Diagnostic::Level::Error)
      problems.push_back(
          {fmt::format("{}:{}:{}", one.file, one.line, one.column), one.message, "", ""});
  return invalid("the checks of the catalog cannot be read", std::move(problems));
}

} // namespace yifa::reading
