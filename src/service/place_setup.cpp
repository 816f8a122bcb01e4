#include "service/place_setup.h"

#include "base/file.h"
#include "catalog/overlay_direction.h"
#include "rules/registry.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

namespace fs = std::filesystem;

constexpr const char *kYearKey = "setup:year";
/// Read before any overlay that somebody writes by hand, which so goes further.
constexpr const char *kOverlay = "05-setup.yaml";
constexpr const char *kOverlayPath = "catalog.d/05-setup.yaml";
constexpr int kYearsBack = 10;

Error bad_entry(const std::string &where, const std::string &message) {
  return invalid("the entries cannot be accepted", {{where, message, "", ""}});
}

/// A value as it stands in a line of YAML: nothing that could be more than a value.
bool plain_value(const std::string &value) {
  return !value.empty() && value.size() <= 60 &&
         std::all_of(value.begin(), value.end(), [](unsigned char c) {
           return c >= 0x80 || std::isalnum(c) != 0 || c == '/' || c == '.';
         });
}

/// The overlay that gives the settings these values from the beginning of the year on.
Result<std::string> overlay_of(const catalog::Catalog &catalog, const PlaceSetup &setup, int year) {
  std::string out = fmt::format("# Asked when the place was set up; catalog.d/ may hold more.\n"
                                "overlay: setup\nedition: {}-01-01\nsettings:\n",
                                year);
  const auto source = catalog.phrase("setup.source");
  for (const auto &[id, value] : setup.county) {
    const auto found = catalog.settings.find(id);
    const auto where = "county." + id;
    if (found == catalog.settings.end() || found->second.delegated.empty())
      return bad_entry(where, "is no value that is left to the place");
    if (!plain_value(value)) return bad_entry(where, "is no such value");
    out += fmt::format("  {}: {{value: {}, source: {}}}\n", id, value, source);
  }
  return out;
}

/// Held against the whole catalog before anything is written.
Status check_overlay(Workspace &space, const PlaceSetup &setup, const std::string &overlay) {
  for (const auto &[id, value] : setup.county) {
    const auto &setting = space.environment().catalog->settings.at(id);
    if (!catalog::setting_fits(setting.type, value))
      return bad_entry("county." + id, "is no such value");
  }
  auto sources = space.sources();
  sources[kOverlayPath] = overlay;
  const auto rules = rules::names();
  if (catalog::load(sources, &rules).catalog) return Done{};
  return bad_entry("county", "does not fit the catalog");
}

} // namespace

Result<PlaceMade> set_up_place(Workspace &space, const PlaceSetup &setup) {
  auto &env = space.environment();
  const int now = env.clock.today().year();
  const int year = setup.year.value_or(now);
  if (year > now || year < now - kYearsBack)
    return bad_entry("year", "is this year or one of the ten before it");
  Accounts accounts(env);
  PlaceMade made;
  const auto file = space.folder() / "catalog.d" / kOverlay;
  if (!setup.county.empty() && TRY(accounts.fresh())) {
    const auto overlay = TRY(overlay_of(*env.catalog, setup, year));
    TRY(check_overlay(space, setup, overlay));
    TRY(write_file(file, overlay));
    made.catalog_changed = true;
  }
  auto people = accounts.set_up(setup.people);
  if (!people) {
    std::error_code gone;
    if (made.catalog_changed) fs::remove(file, gone);
    return std::move(people).error();
  }
  made.people = std::move(*people);
  if (setup.year) {
    auto writer = TRY(env.store.write());
    TRY(writer->put_meta(kYearKey, fmt::format("{} {}", now, year)));
    TRY(writer->commit());
  }
  return made;
}

Result<std::optional<int>> setup_year(store::Reader &reader, Date today) {
  const std::optional<int> none;
  const auto kept = TRY(reader.meta(kYearKey));
  if (!kept || kept->size() != 9 || std::atoi(kept->c_str()) != today.year()) return none;
  return std::optional<int>(std::atoi(kept->c_str() + 5));
}

} // namespace yifa::service
