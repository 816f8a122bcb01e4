#include "base/file.h"
#include "catalog/coverage.h"
#include "catalog/loader.h"
#include "catalog/show.h"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>

using namespace yifa;
namespace fs = std::filesystem;

namespace {

const fs::path here = fs::path(YIFA_SOURCE_DIR) / "tests" / "catalog";

/// A case is one or several catalog files, each begun by a line `#@ path`, laid over base/. A path
/// alone on its line with `#@ -path` takes a file of the base away.
catalog::Sources laid_over(catalog::Sources base, const std::string &text,
                           std::vector<std::string> &paths) {
  std::string path;
  std::size_t at = 0;
  while (at < text.size()) {
    auto end = text.find('\n', at);
    end = end == std::string::npos ? text.size() : end + 1;
    auto line = text.substr(at, end - at);
    at = end;
    if (line.rfind("#@ -", 0) == 0) {
      base.erase(line.substr(4, line.size() - 5));
    } else if (line.rfind("#@ ", 0) == 0) {
      path = line.substr(3, line.size() - 4);
      base[path].clear();
      paths.push_back(path);
    } else {
      base[path] += line;
    }
  }
  return base;
}

std::string diagnostics_text(const catalog::Loaded &loaded) {
  std::string out;
  for (const auto &one : loaded.diagnostics) out += one.text();
  return out;
}

/// What a good case means: its types, outlines and lists, as the catalog shows them.
std::string meaning(const catalog::Loaded &loaded, const std::vector<std::string> &paths) {
  auto out = diagnostics_text(loaded);
  if (!loaded.catalog) return out;
  json::object all;
  for (const auto &type : loaded.catalog->editions)
    if (std::find(paths.begin(), paths.end(), type.file) != paths.end())
      all[type.id + "@" + type.edition.text()] = catalog::show_json(*loaded.catalog, type);
  for (const auto &outline : loaded.catalog->outlines) {
    json::array chapters;
    for (const auto &chapter : outline.chapters) chapters.emplace_back(chapter.heading);
    if (outline.id != "main") all["outline " + outline.id] = std::move(chapters);
  }
  json::object settings;
  for (const auto &[id, setting] : loaded.catalog->settings)
    for (const auto &later : setting.later)
      settings[id + " from " + later.from.text()] = later.value + " (" + later.source.text() + ")";
  if (!settings.empty()) all["settings"] = std::move(settings);
  return out + pretty(all);
}

void check_folder(const std::string &name, bool good) {
  auto base = catalog::read_sources((here / "base").string());
  REQUIRE(base.has_value());
  bool bless = std::getenv("YIFA_BLESS") != nullptr;
  std::vector<fs::path> cases;
  for (const auto &entry : fs::directory_iterator(here / name))
    if (entry.path().extension() == ".yaml") cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  REQUIRE(!cases.empty());
  for (const auto &path : cases) {
    std::vector<std::string> paths;
    auto sources = laid_over(*base, *read_file(path), paths);
    REQUIRE_MESSAGE(!paths.empty(), path.string());
    const std::vector<std::string> rules = {"thing.special"};
    auto loaded = catalog::load(sources, &rules);
    bool failed =
        std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                    [](const auto &d) { return d.level == catalog::Diagnostic::Level::Error; });
    CHECK_MESSAGE(failed != good, path.filename().string() << "\n" << diagnostics_text(loaded));
    CHECK((loaded.catalog != nullptr) == !failed);
    auto said = good ? meaning(loaded, paths) : diagnostics_text(loaded);
    auto expected = path;
    expected.replace_extension(".expected");
    if (bless) {
      REQUIRE(write_file(expected, said).has_value());
      continue;
    }
    auto wanted = read_file(expected);
    REQUIRE_MESSAGE(wanted.has_value(),
                    "missing " << expected.string() << "; YIFA_BLESS=1 writes it");
    CHECK_MESSAGE(said == *wanted, path.filename().string() << " says\n"
                                                            << said << "but should say\n"
                                                            << *wanted);
  }
}

} // namespace

TEST_CASE("the base of the cases is a catalog without a fault") {
  auto base = catalog::read_sources((here / "base").string());
  REQUIRE(base.has_value());
  auto loaded = catalog::load(*base);
  CHECK_MESSAGE(loaded.diagnostics.empty(), diagnostics_text(loaded));
  CHECK(loaded.catalog != nullptr);
}

TEST_CASE("good files load and mean what is expected") { check_folder("good", true); }

TEST_CASE("bad files are refused with exactly the expected words") { check_folder("bad", false); }

TEST_CASE("the project's own catalog loads without a fault and covers every mechanism") {
  auto sources = catalog::read_sources((fs::path(YIFA_SOURCE_DIR) / "catalog").string());
  REQUIRE(sources.has_value());
  auto loaded = catalog::load(*sources);
  CHECK_MESSAGE(loaded.diagnostics.empty(), diagnostics_text(loaded));
  REQUIRE(loaded.catalog != nullptr);
  auto coverage = catalog::coverage(*loaded.catalog);
  for (const auto &one : coverage.uncovered)
    FAIL_CHECK("no type covers " << one.id << " " << one.zh);
  CHECK(coverage.unlisted.empty());
}
