#include "report/fake_facts.h"
#include "report/render_docx.h"
#include "report/render_html.h"
#include "report/render_json.h"
#include "report/render_markdown.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::report;
using fake::World;

TEST_CASE("provenance: places of figures in the sentence, records, conditions") {
  World world;
  world.indicator("x", "件", "纠纷");
  world.count("x", 219);
  world.clause("t", "排查出纠纷{x}，均已登记。");
  world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE(draft);
  const auto json = to_json(*draft, world.catalog);
  const auto &blocks = json.at("blocks").as_array();
  const auto &sentence = blocks.back().as_object().at("sentences").as_array()[0].as_object();
  CHECK(sentence.at("text").as_string() == "排查出纠纷219件，均已登记。");
  CHECK(sentence.at("clauses").as_array()[0].as_string() == "ledger.1");
  const auto &figure = sentence.at("figures").as_array()[0].as_object();
  CHECK(figure.at("indicator").as_string() == "x");
  CHECK(figure.at("value").as_string() == "219");
  CHECK(figure.at("printed").as_string() == "219");
  CHECK(figure.at("at").as_array()[0].to_number<int>() == 5);
  CHECK(figure.at("at").as_array()[1].to_number<int>() == 8);
  CHECK(figure.at("records").to_number<int>() == 219);
  CHECK(figure.at("period").as_object().at("to").as_string() == "2024-01-01");
}

TEST_CASE("every figure of the HTML links to a row that exists, and back") {
  World world;
  auto &declared = world.indicator("x", "件", "纠纷");
  declared.definition.zh = "当年排查发现的纠纷 < 件 >";
  world.catalog.indicators.back().by.push_back({"materials.kind", {}, false});
  auto &figure = world.count("x", 219);
  World::group(figure, "materials.kind", "a", 100, "邻里");
  World::group(figure, "materials.kind", "b", 119, "合同");
  world.last("x", 200);
  world.clause("t", "排查出纠纷{x}[，{x^}][，其中{x*materials.kind}]。");
  world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE(draft);
  const auto html = render_html(*draft, world.catalog);
  std::size_t links = 0;
  for (auto at = html.find("href=\"#"); at != std::string::npos;
       at = html.find("href=\"#", at + 1)) {
    const auto start = at + 7;
    const auto id = html.substr(start, html.find('"', start) - start);
    CHECK_MESSAGE(html.find("id=\"" + id + "\"") != std::string::npos, id);
    ++links;
  }
  CHECK(links >= 7);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(
      html.find("yifa figure x --org 500229107 --period 2023 --records --group materials.kind=a") !=
      std::string::npos);
  CHECK(html.find("当年排查发现的纠纷 &lt; 件 &gt;") != std::string::npos);
}

TEST_CASE("the same draft gives the same bytes, and today has no part in it") {
  World world;
  world.indicator("x", "件");
  world.count("x", 219);
  world.clause("t", "排查出纠纷{x}。");
  world.chapter("情况", {"t"});
  world.options.document_number = "高政〔2024〕5号";
  world.options.signer = "王某";
  const auto once = render_docx(world.compose().value());
  const auto again = render_docx(world.compose().value());
  REQUIRE(once);
  REQUIRE(again);
  CHECK(*once == *again);
  CHECK(world.compose()->document == world.compose()->document);
}
