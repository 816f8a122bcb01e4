#include "service/store_move.h"

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

struct Place {
  std::string url;
  fs::path folder; ///< empty for a URL
};

bool is_url(const std::string &text) { return text.find("://") != std::string::npos; }

Result<Place> standing(const std::string &named) {
  if (is_url(named)) return Place{named, {}};
  const auto kind = folder_kind(named);
  if (kind != FolderKind::Data && kind != FolderKind::Demo)
    return not_found(fmt::format("{} is no Yifa data directory and no store's URL", named));
  return Place{TRY(store_named(named)), named};
}

/// A directory to move to is a data directory whose own file is not there yet, or a new one.
Result<Place> wanted(const std::string &named) {
  if (is_url(named)) return Place{named, {}};
  if (folder_kind(named) == FolderKind::Other && !fs::exists(fs::path(named) / "yifa.db"))
    return invalid(fmt::format("{} holds other things; name an empty or new directory", named));
  return Place{"sqlite", named};
}

} // namespace

Result<std::vector<std::string>> prepare_store(const std::string &url, const std::string &account,
                                               const WorkspaceOptions &options,
                                               const StoreOpener &opener) {
  if (!is_url(url)) return invalid("name the URL of a database; a file needs no preparing");
  const auto kind = folder_kind(options.data);
  const bool own = kind == FolderKind::Data || kind == FolderKind::Demo;
  auto loaded = TRY(load_catalog(own ? options.data : fs::path(), options.catalog_folder));
  if (!loaded.catalog) return invalid("the catalog has faults; nothing was done");
  auto store = TRY(opener(url, options.data));
  auto changes = TRY(store->planned(*loaded.catalog));
  TRY(store->migrate(*loaded.catalog));
  if (!account.empty()) TRY(store->grant(account));
  return changes;
}

Result<store::Moved> move_store(const StoreMove &asked, const WorkspaceOptions &options,
                                const StoreOpener &opener, const store::MoveProgress &progress) {
  const auto from = TRY(standing(asked.from));
  const auto to = TRY(wanted(asked.to));
  if (from.url == to.url && from.folder == to.folder)
    return invalid("the store to move from is the store to move to");
  if (asked.switch_over && from.folder.empty())
    return invalid("only a data directory can be switched over to its new store");
  const auto &home = !from.folder.empty() ? from.folder
                     : is_url(asked.to)   ? options.data
                                          : to.folder;
  auto loaded = TRY(load_catalog(
      folder_kind(home) == FolderKind::Data || folder_kind(home) == FolderKind::Demo ? home
                                                                                     : options.data,
      options.catalog_folder));
  if (!loaded.catalog) return invalid("the catalog has faults; nothing was moved");
  auto old_store = TRY(opener(from.url, from.folder));
  auto new_store = TRY(opener(to.url, to.folder));
  auto moved = TRY(store::move(*old_store, *new_store, *loaded.catalog, progress));
  if (asked.switch_over) TRY(name_store(from.folder, to.url));
  return moved;
}

} // namespace yifa::service
