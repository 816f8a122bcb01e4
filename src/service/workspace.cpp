#include "service/workspace.h"

#include "base/file.h"
#include "base/text.h"
#include "catalog/embedded.h"
#include "catalog/submission.h"
#include "crypto/hash.h"
#include "crypto/master_key.h"
#include "rules/registry.h"
#include "service/recount.h"
#include "store/move.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr const char *kSettings = "yifa.yaml";
constexpr const char *kFileStore = "sqlite";
constexpr const char *kNational = "national";
constexpr const char *kProfiles = "profiles/";

/// The settings file: `name: value` lines and comments, nothing nested.
Result<std::map<std::string, std::string>> read_settings(const fs::path &folder) {
  auto content = TRY(read_file(folder / kSettings, 65536));
  std::map<std::string, std::string> settings;
  int number = 0;
  for (const auto &raw : text::split(content, '\n')) {
    ++number;
    auto line = text::trim(raw);
    if (line.empty() || line[0] == '#') continue;
    auto colon = line.find(": ");
    if (colon == std::string::npos)
      return invalid(
          fmt::format("{}:{}: expected \"name: value\"", (folder / kSettings).string(), number));
    settings[line.substr(0, colon)] = text::trim(line.substr(colon + 2));
  }
  return settings;
}

std::string digest_of(const catalog::Sources &sources) {
  crypto::Sha256 digest;
  for (const auto &[path, content] : sources) {
    digest.update(fmt::format("{} {}\n", path, content.size()));
    digest.update(content);
  }
  return crypto::hex(digest.finish());
}

fs::path default_key(const fs::path &folder) {
  auto clean = fs::absolute(folder).lexically_normal();
  if (!clean.has_filename()) clean = clean.parent_path();
  return clean.string() + ".key";
}

/// Keeps what the store was last written with: every catalog ever used. What was counted under
/// another one is counted again.
Status settle_catalog(Environment &environment, const catalog::Sources &sources) {
  auto &store = environment.store;
  const auto &catalog = *environment.catalog;
  const auto settled = [&](store::Reader &reader) -> Result<bool> {
    auto known = TRY(reader.meta("catalog_hash"));
    return known && *known == catalog.hash;
  };
  {
    auto reader = TRY(store.read());
    if (TRY(settled(*reader))) return Done{};
  }
  auto writer = TRY(store.write({.bulk = true}));
  if (TRY(settled(*writer))) return Done{}; // another program was first
  if (TRY(writer->meta("catalog_hash"))) TRY(recount(environment, *writer));
  json::object kept;
  for (const auto &[path, content] : sources) kept[path] = content;
  TRY(writer->put_meta("catalog:" + catalog.hash, canonical(kept)));
  TRY(writer->put_meta("catalog_hash", catalog.hash));
  return writer->commit();
}

} // namespace

FolderKind folder_kind(const fs::path &folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return FolderKind::Absent;
  if (!fs::is_directory(folder, error)) return FolderKind::Other;
  if (fs::is_empty(folder, error)) return FolderKind::Empty;
  auto settings = read_settings(folder);
  if (!settings) return FolderKind::Other;
  auto demo = settings->find("demo");
  return demo != settings->end() && demo->second == "true" ? FolderKind::Demo : FolderKind::Data;
}

namespace {

Result<catalog::Sources> own_sources(const fs::path &catalog_folder) {
  if (catalog_folder.empty()) return catalog::embedded_sources();
  return catalog::read_sources(catalog_folder.string());
}

/// How strict the office holds its steps. `national` is the law as it stands; any other profile is
/// an overlay of its own under profiles/, laid on before the county's, so that those may go
/// further. Invalid with the names there are.
Status choose_profile(const std::string &name, catalog::Sources &sources) {
  std::vector<std::string> known{kNational};
  std::string chosen;
  for (auto at = sources.begin(); at != sources.end();) {
    if (!at->first.starts_with(kProfiles)) {
      ++at;
      continue;
    }
    known.push_back(fs::path(at->first).stem().string());
    if (known.back() == name) chosen = at->second;
    at = sources.erase(at);
  }
  if (name == kNational) return Done{};
  if (chosen.empty())
    return invalid(fmt::format("there is no profile \"{}\"; the catalog has {}", name,
                               text::join(known, ", ")));
  sources["catalog.d/00-profile-" + name + ".yaml"] = chosen;
  return Done{};
}

/// `profile:` in yifa.yaml.
Result<std::string> profile_of(const fs::path &data) {
  std::error_code error;
  if (data.empty() || !fs::exists(data / kSettings, error)) return std::string(kNational);
  auto settings = TRY(read_settings(data));
  return settings.contains("profile") ? settings["profile"] : std::string(kNational);
}

} // namespace

Result<std::string> store_named(const fs::path &folder) {
  auto settings = TRY(read_settings(folder));
  return settings.contains("store") ? settings["store"] : std::string(kFileStore);
}

Status name_store(const fs::path &folder, const std::string &url) {
  const auto content = TRY(read_file(folder / kSettings, 65536));
  std::string out;
  bool named = false;
  for (const auto &line : text::split(content, '\n')) {
    const bool ours = line.starts_with("store: ");
    if (ours && named) continue;
    named = named || ours;
    out += (out.empty() ? "" : "\n") + (ours ? "store: " + url : line);
  }
  if (!named) out = "store: " + url + "\n" + out;
  return write_file(folder / kSettings, out);
}

Result<catalog::Loaded> load_catalog(const fs::path &data, const fs::path &catalog_folder,
                                     catalog::Sources *sources) {
  auto all = TRY(own_sources(catalog_folder));
  std::error_code error;
  if (!data.empty() && fs::is_directory(data / "catalog.d", error)) {
    for (const auto &entry : fs::directory_iterator(data / "catalog.d", error))
      if (entry.path().extension() == ".yaml")
        all["catalog.d/" + entry.path().filename().string()] =
            TRY(read_file(entry.path(), 1U << 22));
  }
  TRY(choose_profile(TRY(profile_of(data)), all));
  // what reports are checked by and errors are worded with is no law of the records: they are not
  // counted again for it
  std::erase_if(all, [](const auto &one) {
    return one.first.starts_with("checks/") || one.first == "messages.yaml";
  });
  const auto rules = rules::names();
  auto loaded = catalog::load(all, &rules);
  if (loaded.catalog)
    for (const auto &problem : rules::check(*loaded.catalog))
      loaded.diagnostics.push_back({catalog::Diagnostic::Level::Error, "", 0, 0,
                                    problem.where + ": " + problem.message, ""});
  if (loaded.catalog)
    for (auto &one : catalog::read_submission(all, *loaded.catalog).diagnostics)
      loaded.diagnostics.push_back(std::move(one));
  if (std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                  [](const auto &one) { return one.level == catalog::Diagnostic::Level::Error; }))
    loaded.catalog.reset();
  if (loaded.catalog) loaded.catalog->hash = digest_of(all);
  if (sources != nullptr) *sources = std::move(all);
  return loaded;
}

namespace {

/// A database is looked at before anything is made: it must answer, and what it holds already opens
/// with the key it was sealed by alone.
Status check_database(const WorkspaceOptions &options, const StoreOpener &opener) {
  auto store = TRY(opener(options.store, options.data));
  auto reader = TRY(store->read());
  std::error_code error;
  const bool used = !TRY(reader->chains()).empty() || !TRY(reader->meta_keys("")).empty();
  if (used && (options.key.empty() || !fs::exists(options.key, error)))
    return invalid("the database is in use already; name the file of their master key with "
                   "--key");
  return Done{};
}

} // namespace

Result<InitReport> Workspace::init(const WorkspaceOptions &options, bool demo,
                                   const StoreOpener &opener) {
  const auto &folder = options.data;
  auto kind = folder_kind(folder);
  if (kind != FolderKind::Absent && kind != FolderKind::Empty)
    return invalid(kind == FolderKind::Other
                       ? fmt::format("{} holds other things; choose an empty or new directory",
                                     folder.string())
                       : fmt::format("{} is a data directory already", folder.string()));
  const std::string profile = options.profile.empty() ? kNational : options.profile;
  auto sources = TRY(own_sources(options.catalog_folder));
  TRY(choose_profile(profile, sources));
  if (!options.store.empty()) TRY(check_database(options, opener));
  std::error_code error;
  fs::create_directories(folder / "catalog.d", error);
  if (error)
    return unavailable(fmt::format("cannot make {}: {}", folder.string(), error.message()));
  fs::permissions(folder, fs::perms::owner_all, error);
  InitReport report;
  report.key_file = options.key.empty() ? default_key(folder) : options.key;
  if (fs::exists(report.key_file, error)) {
    TRY(crypto::load_master_key(report.key_file));
  } else {
    auto key = TRY(crypto::create_master_key(report.key_file, folder));
    report.recovery_key = crypto::recovery_text(key);
  }
  // The settings come last: without them the folder is not taken for a data directory.
  auto settings =
      fmt::format("# Settings of this Yifa data directory.\nstore: {}\nkey: {}\nprofile: {}\n{}",
                  options.store.empty() ? kFileStore : options.store,
                  fs::absolute(report.key_file).lexically_normal().string(), profile,
                  demo ? "demo: true\n" : "");
  if (options.demo_day)
    settings +=
        fmt::format("days_behind: {}\n", SystemClock().today().days() - options.demo_day->days());
  TRY(write_file(folder / kSettings, settings));
  TRY(Workspace::open(options, opener));
  return report;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const WorkspaceOptions &options,
                                                   const StoreOpener &opener) {
  auto kind = folder_kind(options.data);
  if (kind != FolderKind::Data && kind != FolderKind::Demo)
    return not_found(fmt::format("{} is no Yifa data directory; make one with: yifa init {}",
                                 options.data.string(), options.data.string()));
  auto settings = TRY(read_settings(options.data));
  // What is in it is no other user's of the machine; a group that was let in stays.
  std::error_code error;
  fs::permissions(options.data, fs::perms::others_all, fs::perm_options::remove, error);
  std::unique_ptr<Workspace> space(new Workspace());
  space->options_ = options;
  space->opener_ = opener;
  space->folder_ = options.data;
  space->demo_ = kind == FolderKind::Demo;
  if (space->demo_ && settings.contains("days_behind"))
    space->clock_ = SystemClock(static_cast<int>(TRY(parse_count(settings["days_behind"]))));
  auto loaded = TRY(load_catalog(options.data, options.catalog_folder, &space->sources_));
  if (!loaded.catalog) {
    std::vector<Problem> problems;
    for (const auto &diagnostic : loaded.diagnostics)
      problems.push_back(
          {fmt::format("{}:{}:{}", diagnostic.file, diagnostic.line, diagnostic.column),
           diagnostic.message, "", ""});
    return invalid("the catalog has faults; nothing was opened", problems);
  }
  space->catalog_ = loaded.catalog;
  space->store_ =
      TRY(opener(settings.contains("store") ? settings["store"] : kFileStore, options.data));
  TRY(store::check_whole(*TRY(space->store_->read())));
  TRY(space->store_->migrate(*space->catalog_));
  space->blobs_ = TRY(blob::Blobs::open(options.data / "blobs"));
  space->key_file_ = !options.key.empty() ? options.key : fs::path(settings["key"]);
  std::optional<crypto::Key> master;
  if (!space->key_file_.empty()) {
    auto key = crypto::load_master_key(space->key_file_);
    if (key) master = *key;
    // Without its key a directory still serves everything but personal fields; a key that is there
    // and bad is an error.
    if (!key && key.error().code != ErrorCode::NotFound) return std::move(key).error();
  }
  space->environment_ = std::make_unique<Environment>(
      Environment{space->catalog_, *space->store_, *space->blobs_, space->clock_, space->ids_,
                  std::move(master), space->forgotten_list(),
                  std::make_shared<procedure::Calendar>(*space->catalog_)});
  TRY(settle_catalog(*space->environment_, space->sources_));
  return space;
}

} // namespace yifa::service
