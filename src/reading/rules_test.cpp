#include "reading/checker.h"

#include "base/text.h"
#include "catalog/embedded.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

const Checker &shared_checker() {
  static const Checker checker = [] {
    auto made = Checker::load(catalog::embedded_sources());
    REQUIRE_MESSAGE(made.has_value(), made.error().text());
    return std::move(*made);
  }();
  return checker;
}

std::vector<Finding> found_in(const std::string &example) {
  Source source;
  for (const auto &line : text::split(example, '\n'))
    if (auto paragraph = text::trim(line); !paragraph.empty())
      source.paragraphs.push_back(paragraph);
  return shared_checker().check(shared_checker().understand("example.txt", std::move(source)));
}

int told(const std::vector<Finding> &findings, const std::string &rule) {
  int n = 0;
  for (const auto &finding : findings) n += finding.rule == rule;
  return n;
}

} // namespace

TEST_CASE("every rule finds the fault of its bad example and none in the good one") {
  for (const auto &rule : shared_checker().rules().all()) {
    if (rule.described) continue;
    INFO(rule.id);
    CHECK_MESSAGE(told(found_in(rule.bad), rule.id) > 0, "not found in:\n" << rule.bad);
    CHECK_MESSAGE(told(found_in(rule.good), rule.id) == 0, "found in:\n" << rule.good);
  }
}

TEST_CASE("messages have no slot left open") {
  for (const auto &rule : shared_checker().rules().all())
    for (const auto &finding : found_in(rule.bad)) {
      INFO(finding.rule, ": ", finding.message);
      CHECK(finding.message.find('{') == std::string::npos);
      CHECK(finding.suggestion.find('{') == std::string::npos);
    }
}

TEST_CASE("rules are switched by name, group and severity") {
  auto checker = *Checker::load(catalog::embedded_sources());
  REQUIRE(checker.choose({"time", "-time.other_year", "structure.no_date=error"}).has_value());
  CHECK_FALSE(checker.rules().find("time.other_year")->on);
  CHECK_FALSE(checker.rules().find("residue.bookmark")->on);
  CHECK(checker.rules().find("structure.no_date")->on);
  CHECK(checker.rules().find("structure.no_date")->severity == Severity::Error);
  auto wrong = checker.choose({"strukture"});
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().message.find("structure") != std::string::npos);
}

TEST_CASE("a county's list hides what it names and nothing else") {
  auto checker = *Checker::load(catalog::embedded_sources());
  Source source;
  source.paragraphs = {"高观镇2023年法治政府建设情况的报告", "一、主要做法", "全年走访排查45余次。",
                       "另走访35余次。"};
  auto report = checker.understand("a.txt", source);
  auto count = [&](const std::string &list) {
    auto parsed = Suppressions::parse(list, checker.rules(), "list");
    REQUIRE(parsed.has_value());
    checker.suppress(*parsed);
    return told(checker.check(report), "substance.doubtful_approximation");
  };
  CHECK(count("") == 2);
  CHECK(count("substance.doubtful_approximation 45余 # agreed\n") == 1);
  CHECK(count("substance @高观镇\n") == 0);
  CHECK(count("substance @张村镇\n") == 2);
  CHECK_FALSE(Suppressions::parse("no.such_rule\n", checker.rules(), "list").has_value());
}
