#include "service/checks.h"

#include "catalog/embedded.h"
#include "reading/read.h"
#include "service/in_order.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace fs = std::filesystem;

Result<reading::Checker> load_checker(const fs::path &catalog_folder) {
  if (catalog_folder.empty()) return reading::Checker::load(catalog::embedded_sources());
  return reading::Checker::load(TRY(catalog::read_sources(catalog_folder.string())));
}

Result<std::vector<fs::path>> files_to_check(const std::vector<fs::path> &named,
                                             const std::vector<fs::path> &except) {
  auto left_out = [&](const fs::path &file) {
    std::error_code error;
    return std::any_of(except.begin(), except.end(), [&](const fs::path &one) {
      return fs::equivalent(one, file, error) || fs::equivalent(one, file.parent_path(), error);
    });
  };
  std::vector<fs::path> out;
  std::set<fs::path> seen;
  for (const auto &one : named) {
    std::error_code error;
    if (!fs::exists(one, error)) return not_found(fmt::format("{}: no such file", one.string()));
    if (!fs::is_directory(one, error)) {
      if (seen.insert(one).second) out.push_back(one);
      continue;
    }
    std::vector<fs::path> found;
    auto options = fs::directory_options::skip_permission_denied;
    for (auto it = fs::recursive_directory_iterator(one, options, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error))
      if (it->is_regular_file(error) && reading::looks_like_report(it->path()) &&
          !left_out(it->path()))
        found.push_back(it->path());
    if (error) return unavailable(fmt::format("{}: {}", one.string(), error.message()));
    std::sort(found.begin(), found.end());
    for (auto &file : found)
      if (seen.insert(file).second) out.push_back(std::move(file));
  }
  return out;
}

Result<reading::Report> read_one(const reading::Checker &checker, const fs::path &file,
                                 const reading::Told &told) {
  return checker.understand(file.string(), TRY(reading::read_report(file, checker.lexicon())),
                            told);
}

namespace {

/// What cannot be read is told in Checked::failed.
reading::Checked check_one(const reading::Checker &checker, const fs::path &file,
                           const reading::Told &told, const MoreFindings &more) {
  reading::Checked made;
  made.file = file.string();
  auto report = read_one(checker, file, told);
  if (!report) {
    made.failed = report.error();
    return made;
  }
  made.report = std::move(*report);
  made.findings = checker.check(made.report, [&](reading::Findings &findings) {
    if (more) more(made.report, findings);
  });
  return made;
}

} // namespace

void check_in_order(const reading::Checker &checker, const std::vector<fs::path> &files,
                    const reading::Told &told, const std::function<MoreFindings(std::size_t)> &more,
                    const std::function<void(std::size_t, reading::Checked &)> &done) {
  in_order<reading::Checked>(
      files.size(),
      [&](std::size_t i) {
        return check_one(checker, files[i], told, more ? more(i) : MoreFindings());
      },
      done);
}

} // namespace yifa::service
