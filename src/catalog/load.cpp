#include "catalog/loading.h"

#include "base/file.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

bool known_folder(std::string_view path) {
  static constexpr std::string_view folders[] = {
      "institutions/", "lists/", "outlines/", "past/", "catalog.d/", "calendars/", "documents/"};
  static constexpr std::string_view files[] = {"laws.yaml",     "roles.yaml",   "units.yaml",
                                               "settings.yaml", "phrases.yaml", "mechanisms.yaml"};
  return std::any_of(std::begin(folders), std::end(folders),
                     [&](auto folder) {
                       return path.starts_with(folder) &&
                              path.find('/', folder.size()) == path.npos;
                     }) ||
         std::find(std::begin(files), std::end(files), path) != std::end(files);
}

void read_files(Loading &loading, const Sources &sources) {
  for (const auto &[path, text] : sources) {
    // A profile is an overlay that a data directory may choose; it comes under catalog.d/ then.
    // What reports are checked by, errors are worded with and a county asks for, others read.
    if (!path.ends_with(".yaml") || path.starts_with("profiles/") || path.starts_with("checks/") ||
        path == "messages.yaml" || path == "submission.yaml")
      continue;
    auto &file = loading.files.emplace_back();
    file.path = path;
    file.text = text;
    if (!known_folder(path)) {
      loading.report.error_in(path, "no catalog file has this place: institutions/, lists/, "
                                    "outlines/, past/, calendars/, documents/, catalog.d/, "
                                    "or laws, roles, units, settings, phrases, mechanisms.yaml");
      continue;
    }
    read_yaml(file, loading.report);
    if (file.broken) {
      loading.any_broken = true;
      loading.report.broken_file(file);
    }
  }
}

} // namespace

Loaded load(const Sources &sources, const std::vector<std::string> *rules) {
  Loading loading;
  loading.known_rules = rules;
  read_files(loading, sources);
  load_common(loading);
  load_lists(loading);
  load_calendars(loading);
  load_documents(loading);
  overlay_common(loading);
  declare_types(loading);
  overlay_fields(loading);
  join_editions(loading);
  resolve_types(loading);
  resolve_indicators(loading);
  for (std::size_t e = 0; e < loading.sources.size(); ++e)
    if (const Node *clauses = loading.sources[e].root->find("clauses"))
      read_clauses(loading, *clauses, e);
  for (const auto &file : loading.files)
    if (file.path.starts_with("outlines/") && file.root.is_map())
      read_outline(loading, file.root, file.path.substr(9, file.path.size() - 14));
  overlay_rest(loading);
  check_derived(loading);
  check_indicators(loading);
  check_clauses(loading);
  check_outlines(loading);
  check_documents(loading);
  loading.catalog.index();
  Loaded out;
  bool failed = loading.report.failed();
  out.diagnostics = loading.report.take();
  if (!failed) out.catalog = std::make_shared<Catalog>(std::move(loading.catalog));
  return out;
}

Result<Sources> read_sources(const std::string &folder, const std::string &overlay_folder) {
  namespace fs = std::filesystem;
  Sources out;
  auto take = [&](const fs::path &root, const std::string &prefix) -> Status {
    std::error_code fault;
    fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, fault);
    if (fault)
      return unavailable(
          fmt::format("cannot read the folder {}: {}", root.string(), fault.message()));
    for (; at != fs::recursive_directory_iterator(); at.increment(fault)) {
      if (fault)
        return unavailable(
            fmt::format("cannot read the folder {}: {}", root.string(), fault.message()));
      auto path = at->path();
      if (path.filename().string().starts_with(".")) {
        if (at->is_directory(fault)) at.disable_recursion_pending();
        continue;
      }
      if (path.extension() == ".yml")
        return invalid(fmt::format("{}: catalog files end in .yaml", path.string()));
      if (path.extension() != ".yaml" || !at->is_regular_file(fault)) continue;
      auto text = TRY(read_file(path, 4U << 20));
      out[prefix + fs::relative(path, root, fault).generic_string()] = std::move(text);
    }
    return Done{};
  };
  std::error_code fault;
  if (!fs::is_directory(folder, fault))
    return not_found(fmt::format("there is no catalog folder {}", folder));
  TRY(take(folder, ""));
  if (!overlay_folder.empty() && fs::is_directory(overlay_folder, fault))
    TRY(take(overlay_folder, "catalog.d/"));
  if (out.empty()) return not_found(fmt::format("the folder {} holds no .yaml files", folder));
  return out;
}

} // namespace yifa::catalog
