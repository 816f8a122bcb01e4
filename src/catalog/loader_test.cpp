#include "catalog/embedded.h"
#include "catalog/loader.h"
#include "catalog/overlay_direction.h"
#include "catalog/show.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

using namespace yifa;
using namespace yifa::catalog;

namespace {

std::string texts(const Loaded &loaded) {
  std::string out;
  for (const auto &one : loaded.diagnostics) out += one.text();
  return out;
}

} // namespace

TEST_CASE("the built-in catalog loads, and every name it uses is resolved") {
  auto loaded = load(embedded_sources());
  REQUIRE_MESSAGE(loaded.catalog != nullptr, texts(loaded));
  const Catalog &catalog = *loaded.catalog;
  CHECK(catalog.type_ids().size() > 50);
  for (const auto &type : catalog.editions) {
    CHECK_MESSAGE(type.day.kind == FieldRef::Kind::Field, type.id);
    CHECK(!type.states.empty());
    CHECK(type.open().id == "open");
    CHECK(type.state(type.open().to) != nullptr);
    for (const auto &part : type.parts)
      if (!part.absent)
        CHECK_MESSAGE(part.day.kind == FieldRef::Kind::Field, type.id << "." << part.id);
    CHECK(!pretty(show_json(catalog, type)).empty());
    CHECK(!show_text(catalog, type).empty());
  }
  for (const auto &indicator : catalog.indicators) {
    bool has_unit = !indicator.unit.empty() || !indicator.unit_of.empty();
    CHECK_MESSAGE(has_unit, indicator.id);
    CHECK(catalog.indicator(indicator.id) == &indicator);
    if (!indicator.over.empty() && indicator.over != "@villages" && indicator.over != "villages")
      CHECK_MESSAGE(catalog.indicator(indicator.over) != nullptr, indicator.id);
  }
  for (const auto &[id, words] : catalog.roles) CHECK(!words.zh.empty());
}

TEST_CASE("fields of all editions stand in one order") {
  auto loaded = load(embedded_sources());
  REQUIRE(loaded.catalog != nullptr);
  for (const auto &type : loaded.catalog->editions) {
    const RecordType &newest = *loaded.catalog->type(type.id);
    REQUIRE(type.fields.size() == newest.fields.size());
    REQUIRE(type.parts.size() == newest.parts.size());
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      CHECK(type.fields[i].id == newest.fields[i].id);
      CHECK(type.fields[i].type == newest.fields[i].type);
      CHECK(type.fields[i].columns.size() == newest.fields[i].columns.size());
    }
    for (std::size_t i = 0; i < type.parts.size(); ++i)
      CHECK(type.parts[i].id == newest.parts[i].id);
  }
}

TEST_CASE("no sources, no files, no folder: each is said") {
  CHECK(load({}).catalog == nullptr);
  CHECK(!load({}).diagnostics.empty());
  CHECK(!read_sources("/nowhere/at/all").has_value());
  auto empty = std::filesystem::temp_directory_path() / "yifa_empty_catalog";
  std::filesystem::create_directories(empty);
  CHECK(read_sources(empty.string()).error().code == ErrorCode::NotFound);
  std::filesystem::remove(empty);
}

TEST_CASE("sources are read with their place, hidden files and others left out") {
  auto sources = read_sources(std::string(YIFA_SOURCE_DIR) + "/tests/catalog/base");
  REQUIRE(sources.has_value());
  CHECK(sources->count("institutions/person.yaml") == 1);
  CHECK(sources->count("laws.yaml") == 1);
  auto with =
      read_sources(std::string(YIFA_SOURCE_DIR) + "/tests/catalog/base", "/no/overlay/here");
  REQUIRE(with.has_value());
  CHECK(with->size() == sources->size());
}

TEST_CASE("diagnostics come by file, line and column, each once, and twice the same") {
  auto sources = embedded_sources();
  sources["institutions/zzz.yaml"] = "id: zzz\ncolour: red\nlaw: 无\n";
  sources["institutions/aaa.yaml"] = "id: aaa\nlabel: x\n";
  auto one = load(sources);
  CHECK(one.catalog == nullptr);
  auto place = [](const Diagnostic &d) { return std::tie(d.file, d.line, d.column); };
  CHECK(std::is_sorted(one.diagnostics.begin(), one.diagnostics.end(),
                       [&](auto &a, auto &b) { return place(a) < place(b); }));
  CHECK(texts(one) == texts(load(sources)));
}

TEST_CASE("a time is shorter only if it is so in every calendar") {
  auto range = days_of(7, Deadline::Unit::Workdays);
  CHECK(range.least == 7);
  CHECK(range.most >= 15); // seven working days over a spring festival
  CHECK(days_of(1, Deadline::Unit::Months).least == 28);
  CHECK(days_of(2, Deadline::Unit::Years).most == 732);
  CHECK(days_of(25, Deadline::Unit::Hours).most == 2);
  CHECK(setting_fits("share", "2/3"));
  for (const char *bad : {"", "1", "3/2", "0/2", "1/0", "a/b", "1/2/3", "-1/2"})
    CHECK_MESSAGE(!setting_fits("share", bad), bad);
  CHECK(setting_fits("money", "300000"));
  CHECK(!setting_fits("money", "3000.00"));
}
