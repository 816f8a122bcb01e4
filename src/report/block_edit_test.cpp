#include "report/block_edit.h"
#include "report/block_place.h"
#include "report/document_json.h"
#include "report/fake_facts.h"
#include "report/merge.h"
#include "report/present.h"
#include "report/render_json.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::report;
using fake::World;

namespace {

FigureRef figure_of(const std::string &indicator, const std::string &seen) {
  FigureRef ref;
  ref.indicator = indicator;
  ref.org = OrgCode::parse("500229107").value();
  ref.period = Period::year(2023);
  ref.seen = seen;
  ref.unit = "件";
  return ref;
}

/// Two sentences with a figure each, the second with an author.
Document two_sentences() {
  Document document;
  document.org = OrgCode::parse("500229107").value();
  document.period = Period::year(2023);
  Block block;
  block.id = "c1.p1";
  Sentence first;
  first.id = "a.one";
  first.clauses = {"a.one"};
  first.runs = {{"排查纠纷"}, {"219", figure_of("found", "219")}, {"件。"}};
  Sentence second;
  second.id = "b.two";
  second.runs = {{"坚持每月走访，化解"}, {"216", figure_of("settled", "216")}, {"件。"}};
  second.authors = {{RecordId(), "method", "2023-1", "somebody"}};
  block.sentences = {first, second};
  document.blocks = {block};
  return document;
}

std::vector<Run> all_runs(const Block &block) {
  std::vector<Run> runs;
  for (const auto &sentence : block.sentences)
    runs.insert(runs.end(), sentence.runs.begin(), sentence.runs.end());
  return runs;
}

} // namespace

TEST_CASE("written over with the same words, a block stays as it was") {
  auto document = two_sentences();
  const auto before = document;
  rewrite(document, document.blocks[0], all_runs(document.blocks[0]), "me");
  CHECK(document == before);
}

TEST_CASE("a changed sentence keeps id and authors, the other one everything") {
  auto document = two_sentences();
  auto &block = document.blocks[0];
  const auto first = block.sentences[0];
  auto runs = all_runs(block);
  runs[3].text = "坚持每周走访，就地化解";
  rewrite(document, block, runs, "me");
  REQUIRE(block.sentences.size() == 2);
  CHECK(block.sentences[0] == first);
  CHECK(block.sentences[1].id == "b.two");
  CHECK(block.sentences[1].edited_by == "me");
  CHECK(block.sentences[1].authors.size() == 1);
  CHECK(block.sentences[1].runs[1].figure->indicator == "settled");
}

TEST_CASE("a sentence put between gets an id of its own; one taken out is gone") {
  auto document = two_sentences();
  auto &block = document.blocks[0];
  const auto old = block.sentences;
  auto runs = all_runs(block);
  runs.insert(runs.begin() + 3, {"矛盾少了。"});
  rewrite(document, block, runs, "me");
  REQUIRE(block.sentences.size() == 3);
  CHECK(block.sentences[0] == old[0]);
  CHECK(block.sentences[1].id == "c1.p1.e1");
  CHECK(block.sentences[1].text() == "矛盾少了。");
  CHECK(block.sentences[2] == old[1]);
  CHECK_FALSE(touched(two_sentences().blocks[0], &two_sentences().blocks[0]));
  CHECK(touched(block, &two_sentences().blocks[0]));

  rewrite(document, block, old[1].runs, "me");
  REQUIRE(block.sentences.size() == 1);
  CHECK(block.sentences[0] == old[1]);
  CHECK(touched(block, &two_sentences().blocks[0]));
}

TEST_CASE("authors of a sentence merged into another go with its words") {
  auto document = two_sentences();
  auto &block = document.blocks[0];
  auto runs = all_runs(block);
  runs[2].text = "件，";
  rewrite(document, block, runs, "me");
  REQUIRE(block.sentences.size() == 1);
  CHECK(block.sentences[0].id == "a.one");
  CHECK(block.sentences[0].authors.size() == 1);
}

TEST_CASE("a figure written out as digits makes the sentence somebody's own") {
  auto document = two_sentences();
  auto &block = document.blocks[0];
  auto runs = all_runs(block);
  runs[1].figure.reset();
  rewrite(document, block, runs, "me");
  CHECK(block.sentences[0].edited_by == "me");
  CHECK(block.sentences[0].runs.size() == 1);
}

TEST_CASE("a gap that is written in becomes a paragraph") {
  Document document;
  Block gap;
  gap.id = "c3.missing";
  gap.kind = Block::Kind::Missing;
  gap.required = true;
  gap.sentences.push_back({"c3.missing", {}, {{"〔缺〕"}}, {}, {}, ""});
  document.blocks = {gap};
  rewrite(document, document.blocks[0], {{"培训还少。“一册通”还没有印。"}}, "me");
  CHECK(document.blocks[0].kind == Block::Kind::Paragraph);
  CHECK_FALSE(document.blocks[0].required);
  REQUIRE(document.blocks[0].sentences.size() == 2);
  CHECK(document.blocks[0].sentences[1].id == "c3.missing.e2");
}

TEST_CASE("words become a run of their own; a number is found among them") {
  auto document = two_sentences();
  auto &block = document.blocks[0];
  block.sentences[1].runs[0].text = "走访约2万户次，化解";
  const auto number = number_in(block, 9, 14, "万余");
  REQUIRE(number);
  CHECK(number->start == 12);
  CHECK(number->end == 14);
  const auto place = part_run(block, number->start, number->end);
  REQUIRE(place);
  CHECK(place->sentence == 1);
  CHECK(place->run == 1);
  CHECK(block.sentences[1].runs[1].text == "2万");
  CHECK(block.sentences[1].text() == "走访约2万户次，化解216件。");
  CHECK_FALSE(part_run(block, 3, 6)); // holds a figure
  CHECK_FALSE(part_run(block, 50, 60));
  CHECK_FALSE(part_run(block, 2, 2));
  CHECK_FALSE(number_in(block, 0, 3, ""));
}

TEST_CASE("what was kept stays kept when other words of the sentence change") {
  auto document = two_sentences();
  auto &block = document.blocks[0];
  block.sentences[1].runs = {{"走访"}, {"12", std::nullopt, Keep{"是编号", "", "you"}}, {"号楼。"}};
  rewrite(document, block,
          {{"排查纠纷"}, {"219", figure_of("found", "219")}, {"件。逐户走访12号楼。"}}, "me");
  REQUIRE(block.sentences.size() == 2);
  REQUIRE(block.sentences[1].runs.size() == 3);
  CHECK(block.sentences[1].runs[1].text == "12");
  CHECK(block.sentences[1].runs[1].kept->reason == "是编号");
}

TEST_CASE("points are numbered anew, each run for itself") {
  Document document;
  const auto point = [&](const char *id, const char *number) {
    Block block;
    block.kind = Block::Kind::Point;
    block.id = id;
    block.number = number;
    document.blocks.push_back(block);
  };
  point("c3.n2", "二是");
  point("c3.n3", "三是");
  point("c3.n4", "一是");
  point("c3.n5", "二是");
  point("c4.n1", "一是");
  number_points(document, "{n}是");
  std::string all;
  for (const auto &block : document.blocks) all += block.number;
  CHECK(all == "一是二是一是二是一是");
}

TEST_CASE("a new draft: untouched blocks follow, people's stay and are offered the other") {
  const auto base = two_sentences();
  auto mine = base;
  mine.blocks.push_back(new_paragraph(mine));
  rewrite(mine, mine.blocks[1], {{"另起一段。"}}, "me");
  auto theirs = base;
  theirs.blocks[0].sentences[0].runs[1].text = "220";
  theirs.blocks.push_back(theirs.blocks[0]);
  theirs.blocks[1].id = "c1.p2";

  auto merged = merge(base, mine, theirs);
  REQUIRE(merged.document.blocks.size() == 3);
  CHECK(merged.document.blocks[0] == theirs.blocks[0]);
  CHECK(merged.document.blocks[1].id == "w1");
  CHECK(merged.document.blocks[2].id == "c1.p2");
  CHECK(merged.offers.empty());

  auto runs = all_runs(mine.blocks[0]);
  runs[0].text = "全年排查纠纷";
  rewrite(mine, mine.blocks[0], runs, "me");
  merged = merge(base, mine, theirs);
  CHECK(merged.document.blocks[0] == mine.blocks[0]);
  CHECK(merged.offers == std::vector<std::string>{"c1.p1"});

  mine.blocks.erase(mine.blocks.begin());
  merged = merge(base, mine, theirs);
  CHECK(find_block(merged.document, "c1.p1") == nullptr);

  const auto changes = compare(base, theirs);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].was[0] == "排查纠纷219件。");
  CHECK(changes[0].is[0] == "排查纠纷220件。");
  CHECK(changes[1].was.empty());
}

TEST_CASE("a draft is read back from its JSON as it was") {
  World world;
  world.indicator("x", "件", "纠纷");
  world.count("x", 219);
  world.last("x", 200);
  world.clause("t", "排查出纠纷{x}[，{x^}]。");
  world.chapter("情况", {"t"});
  world.options.cutoff = Date::parse("2023-11-30").value();
  auto draft = world.compose();
  REQUIRE(draft);
  auto &sentence = draft->document.blocks.back().sentences[0];
  sentence.edited_by = "me";
  sentence.runs[1].kept = Keep{"另有统计", "220", "me"};
  REQUIRE(part_run(draft->document.blocks.back(), 0, 2));
  draft->document.blocks.back().sentences[0].runs[0].kept = Keep{"原话", "", "you"};
  const auto written = to_json(*draft, world.catalog);
  const auto read = parse_draft(written);
  REQUIRE(read);
  CHECK(read->document == draft->document);
  CHECK(canonical(to_json(*read, world.catalog)) == canonical(written));

  auto broken = written;
  broken["blocks"].as_array()[0].as_object()["kind"] = "song";
  const auto fault = parse_draft(broken);
  REQUIRE_FALSE(fault);
  CHECK(fault.error().problems[0].where == "blocks[0].kind");
}

TEST_CASE("how a number stands to the present") {
  World world;
  world.indicator("x", "件");
  auto &figure = world.count("x", 219);
  auto ref = figure_of("x", "219");
  const auto stands = [&](const Run &run, const record::Figure *before = nullptr) {
    return standing(run, present(*run.figure, {&figure, before, 0},
                                 prints_rough(run, world.catalog), world.catalog));
  };
  CHECK(stands({"219", ref}) == Standing::Fresh);
  figure.value = 220;
  CHECK(stands({"219", ref}) == Standing::Stale);
  CHECK(stands({"219", ref, Keep{"以县局口径为准", "220", "me"}}) == Standing::Fresh);
  figure.value = 221;
  CHECK(stands({"219", ref, Keep{"以县局口径为准", "220", "me"}}) == Standing::Stale);
  // 余 cuts to two leading digits
  ref.seen = "223";
  CHECK(stands({"220余", ref}) == Standing::Fresh);
  figure.status = record::Figure::Status::NoRecord;
  CHECK(stands({"220余", ref}) == Standing::Stale);
  auto nothing = figure_of("x", "0");
  nothing.kind = FigureRef::Kind::Zero;
  CHECK(stands({"未发生纠纷", nothing}) == Standing::Zero);
  figure.status = record::Figure::Status::Counted;
  figure.value = 1;
  CHECK(stands({"未发生纠纷", nothing}) == Standing::Stale);
  auto change = figure_of("x", "-2");
  change.kind = FigureRef::Kind::Change;
  record::Figure before = figure;
  before.value = 3;
  CHECK(stands({"2", change}, &before) == Standing::Fresh);
  before.value = 4;
  CHECK(stands({"2", change}, &before) == Standing::Stale);
}
