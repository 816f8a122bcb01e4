#include "base/text.h"
#include "report/fake_facts.h"
#include "report/prose.h"
#include "report/render_docx.h"
#include "report/render_html.h"
#include "report/render_markdown.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::report;
using fake::said;
using fake::World;

TEST_CASE("全年 stands once a section; a cut-off is said") {
  World world;
  for (const char *id : {"x", "y", "z"}) world.indicator(id, "次");
  world.clause("a", "{@span}开会{x}。");
  world.clause("a", "{@span}培训{y}。");
  world.clause("b", "{@span}检查{z}。");
  for (const char *id : {"x", "y", "z"}) world.count(id, 3);
  world.chapter("一", {"a"});
  world.chapter("二", {"b"});
  CHECK(said(world) == "全年开会3次；培训3次。\n全年检查3次。");
  world.outline.opening = World::words("2023年，高观镇推进法治。现将有关情况报告如下。");
  world.options.cutoff = Date::parse("2023-11-30").value();
  CHECK(said(world) == "2023年，高观镇推进法治。数据截至2023年11月30日。现将有关情况报告如下。\n"
                       "截至11月30日，开会3次；培训3次。\n截至11月30日，检查3次。");
}

TEST_CASE("a silent clause does not use up 全年") {
  World world;
  for (const char *id : {"x", "y"}) world.indicator(id, "次");
  world.clause("t", "{@span}开会{x}。", 10);
  world.clause("t", "{@span}培训{y}。", 20);
  world.silent("x");
  world.count("y", 3);
  CHECK(said(world) == "全年培训3次。");
}

TEST_CASE("verbs rotate inside a paragraph, legal words do not") {
  World world;
  for (int i = 0; i < 4; ++i) {
    const auto id = "x" + std::to_string(i);
    world.indicator(id, "场次");
    world.count(id, 3 + i);
    world.clause("t",
                 "{@verb:activity}第" + std::to_string(i) + "类面向群众的法治宣传教育系列活动{" +
                     id + "}。",
                 10 + i);
  }
  CHECK(said(world) == "举办第0类面向群众的法治宣传教育系列活动3场次。"
                       "组织第1类面向群众的法治宣传教育系列活动4场次。"
                       "开展第2类面向群众的法治宣传教育系列活动5场次。"
                       "举办第3类面向群众的法治宣传教育系列活动6场次。");
}

TEST_CASE("joins: comma and semicolon hang on the clause before, 其中 not in the air") {
  World world;
  for (const char *id : {"x", "y", "z"}) world.indicator(id, "次");
  world.clause("t", "举办执法业务培训{x}。", 10);
  world.clause("t", "其中安排职业道德教育{y}。", 20).join = catalog::Clause::Join::Comma;
  world.count("x", 6);
  world.count("y", 2);
  CHECK(said(world) == "举办执法业务培训6次，其中安排职业道德教育2次。");
  world.silent("x");
  CHECK(said(world) == "安排职业道德教育2次。");
}

TEST_CASE("a sentence has at most one semicolon and six numbers") {
  World world;
  std::string text = "办理";
  for (int i = 0; i < 9; ++i) {
    const auto id = "x" + std::to_string(i);
    world.indicator(id, "件");
    world.count(id, i + 1);
    text += (i ? "，类别" : "类别") + std::to_string(i) + "有{" + id + "}";
  }
  world.clause("t", text + "。");
  const auto all = said(world);
  CHECK(std::count(all.begin(), all.end(), '\n') == 0);
  CHECK(all.find("类别5有6件。类别6有7件") != std::string::npos);

  World other;
  for (const char *id : {"a", "b", "c"}) {
    other.indicator(id, "件");
    other.count(id, 1);
  }
  other.clause("t", "甲{a}；乙{b}；丙{c}。");
  CHECK(said(other) == "甲1件；乙1件。丙1件。");
}

TEST_CASE("each: the author's words, trimmed, in turn, with their month") {
  World world;
  catalog::RecordType type;
  type.id = "problem";
  type.label.zh = "不足";
  type.fields = {World::field("title", catalog::FieldType::Text, "现象"),
                 World::field("cause", catalog::FieldType::Text, "原因"),
                 World::field("day", catalog::FieldType::Date, "日期")};
  world.catalog.editions.push_back(type);
  auto &clause = world.clause("shortcomings", "{title}[，主要原因是{cause}]。");
  clause.type = "problem";
  clause.id = "problem.problems";
  clause.each = catalog::Clause::Each{};
  clause.forms.push_back({{}, World::words("{title}，根子在于{cause}。")});
  world.chapter("不足", {"shortcomings"}).points = true;
  const auto text = [](const char *words) { return catalog::Value(std::string(words)); };
  world.record("problem", {text("培训少。 "), text("人手不足；"), {}});
  CHECK(said(world) == "培训少，主要原因是人手不足。");
  world.record("problem", {text("<b>送审</b>晚\n了"), text("没有“时点”"), {}});
  CHECK(said(world) ==
        "一是培训少，主要原因是人手不足。\n二是<b>送审</b>晚了，根子在于没有“时点”。");

  SUBCASE("the author is kept") {
    auto draft = world.compose();
    REQUIRE(draft);
    const auto &sentence = draft->document.blocks.back().sentences.front();
    REQUIRE(sentence.authors.size() == 1);
    CHECK(sentence.authors[0].name == "张三");
    CHECK(sentence.id == "problem.problems#2023-2");
  }
  SUBCASE("words that are missing are listed, and their segment goes") {
    world.record("problem", {text("甲"), text("乙"), {}});
    world.record("problem", {text("案卷质量不稳"), {}, {}});
    CHECK(said(world).ends_with("\n四是案卷质量不稳。"));
    auto draft = world.compose();
    REQUIRE(draft);
    REQUIRE(draft->missing.size() == 1);
    CHECK(draft->missing[0].kind == Missing::Kind::Words);
  }
  SUBCASE("month and limit") {
    world.catalog.clauses[0].forms = {{{}, World::words("{@month day}月，{title}。")}};
    world.catalog.clauses[0].each->limit = 1;
    world.outline.chapters[0].points = false;
    world.catalog.editions[0].fields[1].personal = true;
    CHECK(said(world).empty());
    world.record(
        "problem",
        {text("书记听取用水双方意见"), {}, catalog::Value(Date::parse("2023-04-09").value())});
    CHECK(said(world) == "4月，书记听取用水双方意见。");
  }
  SUBCASE("markup in records stays text") {
    auto draft = world.compose();
    REQUIRE(draft);
    const auto html = render_html(*draft, world.catalog);
    CHECK(html.find("<b>送审") == std::string::npos);
    CHECK(html.find("&lt;b&gt;送审&lt;/b&gt;晚了") != std::string::npos);
    CHECK(render_markdown(*draft, world.catalog).find("\\<b\\>") != std::string::npos);
    CHECK(render_docx(*draft).has_value());
  }
}

TEST_CASE("plans: dates of next year without the year, ends of months as 月底") {
  World world;
  catalog::RecordType type;
  type.id = "task";
  type.fields = {World::field("title", catalog::FieldType::Text),
                 World::field("due", catalog::FieldType::Date)};
  world.catalog.editions.push_back(type);
  auto &clause = world.clause("next_year", "{title}，{due}前完成。");
  clause.type = "task";
  clause.each = catalog::Clause::Each{};
  clause.each->next_year = true;
  world.chapter("安排", {"next_year"});
  const auto add = [&](const char *day) {
    world.record("task",
                 {catalog::Value(std::string("补课")), catalog::Value(Date::parse(day).value())},
                 true);
  };
  add("2024-06-30");
  CHECK(said(world) == "补课，6月底前完成。");
  add("2024-12-31");
  add("2024-03-15");
  add("2025-02-28");
  CHECK(said(world) ==
        "补课，6月底前完成。补课，年底前完成。补课，3月15日前完成。补课，2025年2月底前完成。");
}

TEST_CASE("headings are renumbered; empty sections go, required chapters stay and are missing") {
  World world;
  world.indicator("x", "次");
  world.count("x", 2);
  world.clause("b", "开会{x}。");
  auto &chapter = world.chapter("成效", {});
  chapter.sections = {{"甲节", {"a"}, false}, {"乙节", {"b"}, false}};
  world.chapter("空章", {"c"});
  auto &must = world.chapter("{@next_year}年安排", {"next_year"});
  must.always = true;
  must.parts = {"next_year"};
  auto draft = world.compose();
  REQUIRE(draft);
  CHECK(render_text(draft->document, true) ==
        "高观镇人民政府2023年度法治政府建设情况报告\n一、成效\n（一）乙节\n开会2次。\n"
        "二、2024年安排\n〔缺：本章必备，没有记录，不能报送〕\n");
  CHECK_FALSE(draft->complete());
  REQUIRE_FALSE(draft->missing.empty());
  CHECK(draft->missing[0].required);
  CHECK(draft->missing[0].where == "c3");
  // The ids are places in the outline: they do not move when a section goes.
  const auto &blocks = draft->document.blocks;
  CHECK(std::any_of(blocks.begin(), blocks.end(), [](const Block &b) { return b.id == "c1.s2"; }));
  const auto docx = render_docx(*draft);
  REQUIRE(docx);
}

TEST_CASE("a chapter of two parts misses the one that is silent") {
  World world;
  world.indicator("x", "次");
  world.count("x", 2);
  world.clause("shortcomings", "不足{x}。");
  auto &chapter = world.chapter("问题和计划", {});
  chapter.always = true;
  chapter.parts = {"shortcomings", "next_year"};
  chapter.sections = {{"问题", {"shortcomings"}, false}, {"计划", {"next_year"}, false}};
  auto draft = world.compose();
  REQUIRE(draft);
  CHECK_FALSE(draft->complete());
  CHECK(draft->missing[0].where == "c1.s2");
  CHECK(render_text(draft->document, true)
            .ends_with("（二）计划\n〔缺：本章必备，没有记录，不能报送〕\n"));
}

TEST_CASE("paragraphs: short topics are joined, long ones cut") {
  World world;
  std::vector<std::string> topics;
  for (int i = 0; i < 8; ++i) {
    const auto id = "x" + std::to_string(i);
    const auto topic = "t" + std::to_string(i);
    world.indicator(id, "次");
    world.count(id, 3);
    world.clause(topic, "围绕群众反映较多的土地流转和集体资产管理问题专门组织力量到村开展第" +
                            std::to_string(i) + "轮走访和释法说理{" + id + "}。");
    topics.push_back(topic);
  }
  world.chapter("情况", topics);
  const auto all = said(world);
  std::size_t start = 0;
  int paragraphs = 0;
  while (start < all.size()) {
    auto end = all.find('\n', start);
    if (end == std::string::npos) end = all.size();
    const auto length = text::length(all.substr(start, end - start));
    CHECK(length >= 40);
    CHECK(length <= 260);
    ++paragraphs;
    start = end + 1;
  }
  CHECK(paragraphs >= 2);
  CHECK(paragraphs <= 3);
}

TEST_CASE("faults of the catalog are reported, not printed") {
  World world;
  world.clause("t", "开会{nothing}。");
  world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE_FALSE(draft);
  CHECK(draft.error().code == ErrorCode::Invalid);
  REQUIRE(draft.error().problems.size() == 1);
  CHECK(draft.error().problems[0].message.find("nothing") != std::string::npos);

  World wordless;
  wordless.catalog.phrases.erase("change.up");
  wordless.catalog.phrases["limit.numbers"] = "six";
  auto other = wordless.compose();
  REQUIRE_FALSE(other);
  CHECK(other.error().problems.size() == 2);
}

TEST_CASE("kinds of offices") {
  World world;
  world.outline.title = World::words("{@org}{@all}");
  world.office_.name = "嘎美乡";
  world.office_.kind = record::Org::Kind::Township;
  CHECK(world.compose()->document.title() == "嘎美乡人民政府全乡");
  world.office_.name = "西河街道";
  world.office_.kind = record::Org::Kind::Street;
  CHECK(world.compose()->document.title() == "西河街道办事处全街道");
  world.office_.name = "城口县";
  world.office_.kind = record::Org::Kind::Division;
  world.office_.code = OrgCode::parse("500229").value();
  CHECK(world.compose()->document.title() == "城口县人民政府全县");
  world.options.issuer = "城口县委员会";
  CHECK(world.compose()->document.title() == "城口县委员会全县");
}

TEST_CASE("head and foot") {
  World world;
  world.outline.addressee = "县人民政府";
  world.outline.signature = true;
  world.options.date = Date::parse("2024-01-06").value();
  auto draft = world.compose();
  REQUIRE(draft);
  CHECK(render_text(draft->document) == "高观镇人民政府2023年度法治政府建设情况报告\n县人民政府：\n"
                                        "高观镇人民政府\n2024年1月6日\n");
  world.options.addressee = "市委、市政府：";
  CHECK(world.compose()->document.blocks[1].text() == "市委、市政府：");
  world.options.date.reset();
  CHECK(render_text(world.compose()->document).ends_with("高观镇人民政府\n"));
}

TEST_CASE("seams of punctuation") {
  Prose prose;
  prose.text("办结，");
  prose.text("，退回；");
  prose.text("，");
  prose.text("移送。");
  CHECK(prose.plain() == "办结，退回；移送。");
  Prose quoted;
  quoted.quote("问：为何？");
  quoted.close();
  CHECK(quoted.plain() == "问：为何？");
  Prose end;
  end.text("甲；");
  end.close();
  CHECK(end.plain() == "甲。");
}
