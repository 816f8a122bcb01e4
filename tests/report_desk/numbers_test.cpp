#include "desk_under_test.h"

#include "base/text.h"

using namespace yifa;
using namespace yifa::testing;
using service::RunStatus;

namespace {

RecordId study(DeskUnderTest &test, const char *body) {
  return test.record(
      "study_session",
      {{"held_on", "2023-08-08"}, {"body", body}, {"kind", "law"}, {"texts", "constitution"}});
}

service::BlockSpan span_of(const service::ReportView &view, const std::string &block,
                           const std::string &words) {
  for (const auto &each : view.blocks)
    if (each.block->id == block) {
      const auto all = text::decode(report::words_of(*each.block));
      const auto at = all.find(text::decode(words));
      REQUIRE(at != all.npos);
      return {block, at, at + text::length(words)};
    }
  FAIL("no block " << block);
  return {};
}

} // namespace

TEST_CASE("a number the ledgers moved past is stale until it is accepted or kept") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto before = test.begin();
  const auto id = before.record.id;
  study(test, "leaders");
  auto view = must(desk.open(id, std::nullopt, test.officer));
  // the number itself, and the list of what was studied
  CHECK(view.stale >= 2);
  const auto &block = block_with(view, "党政班子集体学法");
  const auto name = block.block->id;
  const auto run = run_with(block, RunStatus::Stale);
  const auto kept = must(desk.keep(id, 1, name, run, "以年初上报数为准", test.officer));
  CHECK(kept.stale == view.stale - 1);
  CHECK(must(desk.open(id, 1, test.officer)).stale == view.stale);
  CHECK_FALSE(desk.keep(id, 2, name, run, " ", test.officer));
  study(test, "leaders");
  view = must(desk.open(id, std::nullopt, test.officer));
  CHECK(view.stale == 2 + (kept.stale > 1 ? kept.stale - 1 : 0));
  const auto &again = block_with(view, "党政班子集体学法");
  const auto accepted =
      must(desk.accept(id, 0, name, run_with(again, RunStatus::Stale), test.officer));
  CHECK(block_with(accepted, "党政班子集体学法7次").block->id == name);
  CHECK(accepted.stale == view.stale - 1);
  const auto all = must(desk.accept_all(id, 0, test.officer));
  CHECK(all.stale == 0);
  for (const auto &sentence : block_with(all, "党政班子集体学法7次").sentences)
    CHECK(sentence.sentence->edited_by.empty());
}

TEST_CASE("a typed number is bare until it is bound or said to count nothing") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto first = test.begin();
  const auto id = first.record.id;
  auto view = must(desk.insert(
      id, 1, block_with(first, "党政班子集体学法").block->id,
      {{"全年党政班子集体学法5次，培训干部999人次，宣传活动覆盖2023年全部村。", "", "", ""}},
      test.officer));
  CHECK(view.bare == first.bare + 2);
  const auto &block = block_with(view, "培训干部999人次");
  const auto name = block.block->id;
  const auto words = block.block->text();
  CHECK(block.sentences[0].runs[run_with(block, RunStatus::Bare)].text == "5次");

  const auto found = must(desk.candidates(id, span_of(view, name, "5次"), test.officer));
  REQUIRE_FALSE(found.empty());
  CHECK(found[0].indicator == "leader_studies");
  CHECK(found[0].same_unit);
  service::WrittenRun wanted;
  wanted.indicator = found[0].indicator;
  view = must(desk.bind(id, view.version, span_of(view, name, "5次"), wanted, test.officer));
  CHECK(view.bare == first.bare + 1);
  CHECK(view.bound == first.bound + 1);
  CHECK(view.stale == 0);
  const auto &bound = block_with(view, "培训干部999人次");
  CHECK(bound.block->text() == words);
  CHECK(bound.sentences[0].runs[1].text == "5");
  CHECK(bound.sentences[0].runs[1].unit == "次");

  const auto bare = run_with(bound, RunStatus::Bare);
  view = must(desk.keep(id, view.version, name, bare, "县里的数字", test.officer));
  CHECK(view.bare == first.bare);
  CHECK(view.index.typed.size() ==
        must(desk.open(id, std::nullopt, test.officer)).index.typed.size());
  // words around it change, the reason stays
  auto runs = written(block_with(view, "培训干部999人次"));
  runs[0].text = "一年来，党政班子集体学法";
  view = must(desk.save_block(id, 0, name, runs, test.officer));
  CHECK(view.bare == first.bare);

  // a number that is not what the ledgers say is bound and told
  runs = written(block_with(view, "培训干部999人次"));
  view = must(desk.insert(id, 0, name, {{"学法8次。", "", "", ""}}, test.officer));
  const auto other = block_with(view, "学法8次。").block->id;
  view = must(desk.bind(id, 0, span_of(view, other, "8次"), wanted, test.officer));
  CHECK(view.stale == 1);
  view = must(desk.accept_all(id, 0, test.officer));
  CHECK(block_with(view, "学法5次。").block->id == other);
}

TEST_CASE("the checker's findings stand where their words are") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto first = test.begin();
  const auto view =
      must(desk.insert(first.record.id, 1, block_with(first, "党政班子集体学法").block->id,
                       {{"调解纠纷124件，成功128件，成功率96.9%"
                         "。根据《中华人民共和国行政许可法》第一百九十九条开展。",
                         "", "", ""}},
                       test.officer));
  bool there = false;
  for (const auto &finding : view.findings) {
    if (finding.place.block.empty()) continue;
    for (const auto &block : view.blocks)
      if (block.block->id == finding.place.block) {
        const auto words = text::decode(report::words_of(*block.block));
        REQUIRE(finding.place.end <= words.size());
        there = there || block.block->id == "w1";
      }
  }
  CHECK(there);
}
