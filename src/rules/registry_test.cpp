#include "rules/registry.h"

#include "catalog/embedded.h"

#include <algorithm>

#include <doctest/doctest.h>

namespace yifa::rules {
namespace {

std::shared_ptr<catalog::Catalog> built_in() {
  const auto known = names();
  auto loaded = catalog::load(catalog::embedded_sources(), &known);
  REQUIRE(loaded.catalog);
  return loaded.catalog;
}

TEST_CASE("the built-in catalog calls every rule, and each finds what it reads") {
  const auto catalog = built_in();
  CHECK(check(*catalog).empty());
  for (const auto &name : names()) {
    const bool known = find(name) != nullptr;
    CHECK(known);
    CHECK(std::any_of(catalog->rules.begin(), catalog->rules.end(),
                      [&](const auto &call) { return call.first == name; }));
  }
  const bool strange = find("penalty.no_such") != nullptr;
  CHECK_FALSE(strange);
}

TEST_CASE("a ledger that lacks what its rule reads is told") {
  auto catalog = built_in();
  for (auto &type : catalog->editions) {
    if (type.id != "penalty") continue;
    for (auto &field : type.fields)
      if (field.id == "proposed_fine") field.id = "another";
  }
  const auto problems = check(*catalog);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].where == "penalty.decide.not_heavier");
  CHECK(problems[0].message.find("proposed_fine") != std::string::npos);
}

} // namespace
} // namespace yifa::rules
