#include "report/fake_facts.h"
#include "report/render_markdown.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::report;
using fake::one;
using fake::said;
using fake::World;

TEST_CASE("a clause is silent without its first figure, and the gap is listed") {
  World world;
  world.indicator("x", "次", "排查次数").type = "screening";
  world.indicator("y", "件").type = "dispute";
  world.silent("x");
  world.count("y", 3);
  world.clause("t", "排查{x}。");
  world.clause("t", "化解{y}。");
  world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE(draft);
  CHECK(render_text(draft->document).find("排查") == std::string::npos);
  CHECK(said(world) == "化解3件。");
  REQUIRE(draft->missing.size() == 1);
  CHECK(draft->missing[0].kind == Missing::Kind::Figure);
  CHECK(draft->missing[0].message == "排查次数：没有记录，有关语句未写");
  CHECK_FALSE(draft->missing[0].required);
}

TEST_CASE("a figure of some records of a ledger that was kept is no gap") {
  World world;
  world.indicator("all", "件").type = "dispute";
  world.indicator("some", "件").type = "dispute";
  world.silent("some");
  world.count("all", 3);
  world.clause("t", "化解{all}。");
  world.clause("t", "移送{some}。");
  world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE(draft);
  CHECK(draft->missing.empty());
}

TEST_CASE("a part in brackets goes when a figure in it is missing or zero") {
  World world;
  for (const char *id : {"x", "y", "z"}) world.indicator(id, "件");
  world.count("x", 5);
  world.count("y", 2);
  world.silent("z");
  world.clause("t", "受理{x}[，办结{y}][，退回{z}]。");
  CHECK(said(world) == "受理5件，办结2件。");
  world.count("y", 0);
  CHECK(said(world) == "受理5件。");
}

TEST_CASE("a later figure that is missing ends the clause before its segment") {
  World world;
  for (const char *id : {"x", "y"}) world.indicator(id, "处");
  world.count("x", 5);
  world.silent("y");
  world.clause("t", "查出隐患{x}，整改{y}，其余已定期限。");
  CHECK(said(world) == "查出隐患5处。");
}

TEST_CASE("the first form that holds is written") {
  World world;
  for (const char *id : {"found", "settled"}) world.indicator(id, "件");
  world.indicator("rate", "%");
  auto &clause = world.clause("t", "排查出纠纷{found}，全部化解。");
  catalog::Clause::Condition full;
  full.indicator = "rate";
  full.equals = Decimal::from_int(100);
  clause.forms[0].when = {full};
  clause.forms.push_back({{}, World::words("排查出纠纷{found}，化解{settled}，化解率{rate}。")});
  world.count("found", 219);
  world.count("settled", 216);
  world.rate("rate", "settled", "found");
  CHECK(said(world) == "排查出纠纷219件，化解216件，化解率98.6%。");
  world.count("settled", 219);
  world.rate("rate", "settled", "found");
  CHECK(said(world) == "排查出纠纷219件，全部化解。");

  SUBCASE("the word that claims the full rate is its link") {
    auto draft = world.compose();
    REQUIRE(draft);
    const auto &sentence = draft->document.blocks.back().sentences.back();
    const auto word = std::find_if(sentence.runs.begin(), sentence.runs.end(), [](const Run &run) {
      return run.figure && run.figure->kind == FigureRef::Kind::Word;
    });
    REQUIRE(word != sentence.runs.end());
    CHECK(word->text == "全部");
    CHECK(word->figure->indicator == "rate");
  }
  SUBCASE("a figure that does not exist holds for nothing") {
    world.silent("rate");
    CHECK(said(world) == "排查出纠纷219件，化解219件。");
  }
}

TEST_CASE("conditions: min, max, same") {
  World world;
  for (const char *id : {"x", "y"}) world.indicator(id, "份");
  auto &clause = world.clause("t", "都一样{x}。");
  catalog::Clause::Condition same;
  same.indicator = "x";
  same.same = "y";
  catalog::Clause::Condition most;
  most.indicator = "x";
  most.max = Decimal::from_int(2);
  clause.forms[0].when = {same};
  clause.forms.push_back({{most}, World::words("少{x}。")});
  clause.forms.push_back({{}, World::words("多{x}。")});
  world.count("x", 2);
  world.count("y", 2);
  CHECK(said(world) == "都一样2份。");
  world.count("y", 3);
  CHECK(said(world) == "少2份。");
  world.count("x", 4);
  CHECK(said(world) == "多4份。");
}

TEST_CASE("groups are listed largest first, with 等 where something is left") {
  World world;
  world.indicator("x", "件").by.push_back({"kind", {}, false});
  auto &figure = world.count("x", 10);
  World::group(figure, "kind", "a", 5, "邻里");
  World::group(figure, "kind", "b", 3, "婚姻家庭");
  World::group(figure, "kind", "c", 2, "合同");
  world.clause("t", "受理{x}[，其中{x*kind}]。");
  CHECK(said(world) == "受理10件，其中邻里5件、婚姻家庭3件、合同2件。");

  SUBCASE("limit") {
    world.catalog.clauses[0].forms[0].text = World::words("受理{x}[，其中{x*kind:2}]。");
    CHECK(said(world) == "受理10件，其中邻里5件、婚姻家庭3件等。");
  }
  SUBCASE("not all are grouped") {
    figure.value = 12;
    CHECK(said(world) == "受理12件，其中邻里5件、婚姻家庭3件、合同2件等。");
  }
  SUBCASE("a phrase with 、 makes commas between") {
    figure.groups[1].phrase = "婚姻、家庭";
    CHECK(said(world) == "受理10件，其中邻里5件，婚姻、家庭3件，合同2件。");
  }
  SUBCASE("one thing under several kinds is not 其中") {
    figure.groups[0].value = 9;
    CHECK(said(world).find("其中") == std::string::npos);
    CHECK(said(world).find("邻里9件、婚姻家庭3件、合同2件。") != std::string::npos);
  }
  SUBCASE("all of one kind") {
    figure.groups = {figure.groups[0]};
    figure.value = 5;
    CHECK(said(world) == "受理5件，均为邻里。");
    figure.value = figure.groups[0].value = 1;
    CHECK(said(world) == "受理1件。");
  }
  SUBCASE("one group alone") {
    world.catalog.clauses[0].forms[0].text = World::words("合同纠纷{x*kind=c}。");
    CHECK(said(world) == "合同纠纷2件。");
    world.catalog.clauses[0].forms[0].text = World::words("其他{x*kind=zz}。");
    CHECK(said(world).empty());
  }
}

TEST_CASE("change on last year") {
  World world;
  world.indicator("x", "次", "会议");
  world.count("x", 6);
  world.clause("t", "研究法治{x}[，{x^}]。");
  CHECK(said(world) == "研究法治6次。");
  world.last("x", 4);
  CHECK(said(world) == "研究法治6次，较上年增加2次。");
  world.last("x", 6);
  CHECK(said(world) == "研究法治6次，与上年持平。");

  SUBCASE("a marked fall asks for its reason") {
    world.last("x", 8);
    CHECK(said(world) == "研究法治6次，较上年减少2次。");
    auto draft = world.compose();
    REQUIRE(draft);
    REQUIRE(draft->missing.size() == 1);
    CHECK(draft->missing[0].kind == Missing::Kind::Reason);
    world.last("x", 7);
    CHECK(world.compose()->missing.empty());
  }
  SUBCASE("no record last year is not zero") {
    world.last("x", 0).status = record::Figure::Status::NoRecord;
    CHECK(said(world) == "研究法治6次。");
    world.last("x", 0).status = record::Figure::Status::ConfirmedZero;
    CHECK(said(world) == "研究法治6次，较上年增加6次。");
  }
  SUBCASE("a partial figure is not compared") {
    world.last("x", 4);
    world.count("x", 6).status = record::Figure::Status::Partial;
    CHECK(said(world) == "研究法治6次。");
  }
}

TEST_CASE("a rate needs both terms beside it, and twenty cases") {
  World world;
  for (const char *id : {"of", "over"}) world.indicator(id, "件");
  world.indicator("rate", "%");
  world.count("of", 8);
  world.count("over", 12);
  world.rate("rate", "of", "over");
  world.clause("t", "应审{over}，已审{of}，占{rate}。");
  CHECK(said(world) == "应审12件，已审8件。");
  world.count("of", 18);
  world.count("over", 20);
  world.rate("rate", "of", "over");
  CHECK(said(world) == "应审20件，已审18件，占90%。");
  world.catalog.clauses[0].forms[0].text = World::words("应审{over}，审查率{rate}，已经通报。");
  CHECK(said(world) == "应审20件，已经通报。");
  world.catalog.clauses[0].forms[0].text = World::words("审查率{rate}。");
  CHECK(said(world).empty());
}

TEST_CASE("a figure is printed once") {
  World world;
  for (const char *id : {"x", "y"}) world.indicator(id, "次");
  world.count("x", 6);
  world.count("y", 2);
  world.clause("t", "开会{x}。", 10);
  world.clause("t", "研究{x}。", 20);
  world.clause("t", "督办{y}[，会议{x}]。", 30);
  CHECK(said(world) == "开会6次；督办2次。");
}

TEST_CASE("a zero is said only when somebody confirmed it") {
  World world;
  for (const char *id : {"a", "b", "c", "d"}) world.indicator(id, "件", id);
  world.clause("t", "复议{a}。").zero = "行政复议案件";
  world.clause("t", "诉讼{b}。").zero = "行政诉讼案件";
  world.clause("t", "纠纷{c}。").zero = "因决策引发的群体性事件";
  world.clause("t", "处罚{d}。").zero_text = "未作出行政处罚决定";
  for (const char *id : {"a", "b", "c", "d"}) world.silent(id);
  CHECK(said(world).empty());
  auto draft = world.compose();
  REQUIRE(draft);
  const auto zeros = std::count_if(draft->missing.begin(), draft->missing.end(),
                                   [](const Missing &m) { return m.kind == Missing::Kind::Zero; });
  CHECK(zeros == 4);

  world.zero("a");
  CHECK(said(world) == "全年未发生行政复议案件。");
  world.zero("b");
  CHECK(said(world) == "全年未发生行政复议、行政诉讼案件。");
  world.zero("c");
  CHECK(said(world) == "全年未发生行政复议、行政诉讼案件，也未发生因决策引发的群体性事件。");
  world.zero("d");
  CHECK(said(world) ==
        "全年未作出行政处罚决定，未发生行政复议、行政诉讼案件，也未发生因决策引发的群体性事件。");
  world.count("a", 2);
  CHECK(said(world) ==
        "复议2件。全年未作出行政处罚决定，未发生行政诉讼案件，也未发生因决策引发的群体性事件。");
}

TEST_CASE("nouns of another head are joined by 和") {
  World world;
  for (const char *id : {"a", "b"}) world.indicator(id, "件");
  world.clause("t", "{a}。").zero = "重大信访事项";
  world.clause("t", "{b}。").zero = "脱管漏管";
  world.zero("a");
  world.zero("b");
  CHECK(said(world) == "全年未发生重大信访事项和脱管漏管。");
}

TEST_CASE("names of records: dedupe, limits, title marks") {
  World world;
  catalog::RecordType type;
  type.id = "ledger";
  type.fields = {World::field("title", catalog::FieldType::Text)};
  world.catalog.editions.push_back(type);
  world.indicator("x", "份");
  world.count("x", 3);
  for (const char *title : {"《工作要点》", "普法计划。", "《工作要点》"})
    world.counted_records["x"].push_back(
        &world.record("ledger", {catalog::Value(std::string(title))}));
  auto &clause = world.clause("t", "印发《{x@title}》等文件{x}。");
  CHECK(said(world) == "印发《工作要点》《普法计划》等文件3份。");
  clause.forms[0].text = World::words("印发{x@title:1}。");
  CHECK(said(world) == "印发《工作要点》等。");
  world.catalog.editions[0].fields[0].personal = true;
  CHECK(said(world).empty());
}

TEST_CASE("numbers: exact, in 万, with 余") {
  const auto exact = Style::Exact;
  const auto about = Style::Approximate;
  CHECK(one(20000, "份", exact, true) == "发放资料2万份。");
  CHECK(one(20136, "份", exact, true) == "发放资料20136份。");
  CHECK(one(20136, "份", about, true) == "发放资料2万余份。");
  CHECK(one(23456, "份", about, true) == "发放资料2.3万余份。");
  CHECK(one(2849, "份", about, true) == "发放资料2800余份。");
  CHECK(one(2800, "份", about, true) == "发放资料2800份。");
  CHECK(one(99, "份", about, true) == "发放资料90余份。");
  CHECK(one(11, "份", about, true) == "发放资料10余份。");
  CHECK(one(9, "份", about, true) == "发放资料9份。");
  CHECK(one(119, "件", about, true) == "发放资料110余件。");
  CHECK(one(119, "件", about, false) == "发放资料119件。");
  CHECK(one(119, "件", exact, true) == "发放资料119件。");
}

TEST_CASE("余 never on a term of a printed rate, a total with its parts, or beside a change") {
  World world;
  for (const char *id : {"of", "over", "x"}) {
    auto &declared = world.indicator(id, "件");
    declared.rough = true;
    declared.by.push_back({"kind", {}, false});
  }
  world.indicator("rate", "%");
  world.options.style = Style::Approximate;
  world.count("of", 216);
  world.count("over", 219);
  world.rate("rate", "of", "over");
  auto &figure = world.count("x", 143);
  World::group(figure, "kind", "a", 143, "邻里");
  world.clause("t", "查出{over}，化解{of}，化解率{rate}。", 10);
  world.clause("t", "受理{x}[，{x^}]。", 20);
  world.last("x", 120);
  CHECK(said(world) == "查出219件，化解216件，化解率98.6%。受理140余件。");
  world.catalog.clauses[1].forms[0].text = World::words("受理{x}[，其中{x*kind}]。");
  CHECK(said(world) == "查出219件，化解216件，化解率98.6%。受理143件，均为邻里。");
}

TEST_CASE("money in yuan, from ten thousand in 万元") {
  World world;
  world.indicator("x", "元").money = true;
  world.clause("t", "罚没{x}。");
  world.count("x", 500050);
  CHECK(said(world) == "罚没5000.5元。");
  world.count("x", 1860000);
  CHECK(said(world) == "罚没1.86万元。");
  world.count("x", 5000000);
  CHECK(said(world) == "罚没5万元。");
}

TEST_CASE("what was counted and not said is listed") {
  World world;
  world.indicator("x", "次", "开会");
  world.indicator("y", "件", "办件");
  world.count("x", 2);
  world.count("y", 30);
  world.clause("t", "开会{x}。");
  world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE(draft);
  REQUIRE(draft->unsaid.size() == 1);
  CHECK(draft->unsaid[0].label == "办件");
  CHECK(draft->unsaid[0].value == "30件");
}
