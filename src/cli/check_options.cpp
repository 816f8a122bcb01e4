#include "cli/check_options.h"

#include "base/file.h"

namespace yifa::cli {

Result<std::vector<std::filesystem::path>> CheckOptions::files() const {
  auto found = TRY(service::files_to_check({paths.begin(), paths.end()},
                                           {summary, pages(), expected, ignore, output}));
  if (found.empty()) return not_found("there is no report in the folder");
  return found;
}

Status deliver(Context &context, const std::string &file, const std::string &content) {
  if (!file.empty()) return write_file(file, content);
  context.out() << content;
  return Done{};
}

Result<std::map<std::string, std::string>> indicator_labels(Context &context) {
  auto loaded = TRY(service::load_catalog("", context.catalog));
  if (!loaded.catalog) return invalid("the catalog has faults; see yifa catalog check");
  std::map<std::string, std::string> labels;
  for (const auto &indicator : loaded.catalog->indicators)
    labels[indicator.id] = indicator.label.zh;
  return labels;
}

} // namespace yifa::cli
