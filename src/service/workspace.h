#pragma once

#include "catalog/loader.h"
#include "service/environment.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace yifa::service {

/// Opens the store a data directory names: "sqlite" for the file in the directory, or another
/// store's URL. Given by the program, so that no use case knows a backend.
using StoreOpener = std::function<Result<std::unique_ptr<store::Store>>(
    const std::string &url, const std::filesystem::path &folder)>;

struct WorkspaceOptions {
  std::filesystem::path data;
  std::filesystem::path key; ///< empty: as yifa.yaml says, else beside the data directory
  std::string profile;       ///< of init: national (or empty) or strict
  std::string store;         ///< of init: "sqlite" (or empty), or another store's URL
  std::filesystem::path catalog_folder; ///< for developers: instead of the catalog in the binary
  std::optional<Date> demo_day;         ///< of init of a demo: the day it lives on
};

/// What an init made: for the person who did it, once.
struct InitReport {
  std::filesystem::path key_file;
  std::string recovery_key; ///< to be printed and locked away; empty when the key existed
};

/// One data directory, opened: settings, catalog, store, attachments, key.
///   DIR/yifa.yaml    settings    DIR/yifa.db   the store    DIR/blobs    attachments DIR/catalog.d
///   the county's overlay
class Workspace {
public:
  /// Makes a data directory. Invalid when DIR holds something already.
  static Result<InitReport> init(const WorkspaceOptions &options, bool demo,
                                 const StoreOpener &opener);
  /// NotFound when DIR is no data directory (says how to make one); Invalid with the diagnostics of
  /// a broken catalog.
  static Result<std::unique_ptr<Workspace>> open(const WorkspaceOptions &options,
                                                 const StoreOpener &opener);

  Environment &environment() { return *environment_; }
  const std::filesystem::path &folder() const { return folder_; }
  bool demo() const { return demo_; }
  const catalog::Sources &sources() const { return sources_; }
  const std::filesystem::path &key_file() const { return key_file_; }
  /// What it was opened with: to open a restored copy in the same way.
  const WorkspaceOptions &options() const { return options_; }
  const StoreOpener &opener() const { return opener_; }
  /// Beside the master key; empty where there is none.
  std::filesystem::path forgotten_list() const {
    return key_file_.empty() ? key_file_ : std::filesystem::path(key_file_.string() + ".forgotten");
  }

private:
  Workspace() = default;

  WorkspaceOptions options_;
  StoreOpener opener_;
  std::filesystem::path folder_;
  std::filesystem::path key_file_;
  bool demo_ = false;
  catalog::Sources sources_;
  std::shared_ptr<const catalog::Catalog> catalog_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<blob::Blobs> blobs_;
  SystemClock clock_;
  RandomIds ids_;
  std::unique_ptr<Environment> environment_;
};

/// The catalog of a data directory (or of the binary alone when `data` is empty), with every
/// diagnostic.
Result<catalog::Loaded> load_catalog(const std::filesystem::path &data,
                                     const std::filesystem::path &catalog_folder,
                                     catalog::Sources *sources = nullptr);

/// The store a data directory names in yifa.yaml: "sqlite" or a URL.
Result<std::string> store_named(const std::filesystem::path &folder);
/// Names another one there; the rest of the file stays as it is.
Status name_store(const std::filesystem::path &folder, const std::string &url);

/// Whether the folder is a data directory, and of a demo.
enum class FolderKind { Absent, Empty, Data, Demo, Other };
FolderKind folder_kind(const std::filesystem::path &folder);

} // namespace yifa::service
