#include "desk_under_test.h"

#include "report/block_edit.h"
#include "report/document_json.h"
#include "report/render_json.h"

#include <atomic>
#include <thread>

using namespace yifa;
using namespace yifa::testing;
using service::RunStatus;

TEST_CASE("the reports of the example towns are read back as they were written") {
  DeskUnderTest test;
  for (const auto &town : DeskUnderTest::towns()) {
    CAPTURE(town.name);
    const auto draft = must(service::Reports(test.env()).draft(town.report, test.owner));
    const auto written = report::to_json(draft, *test.env().catalog);
    const auto read = must(report::parse_draft(must(parse_json(canonical(written)))));
    CHECK(read.document == draft.document);
    CHECK(canonical(report::to_json(read, *test.env().catalog)) == canonical(written));
    auto numbered = draft.document;
    report::number_points(numbered, test.env().catalog->phrase("point"));
    CHECK(numbered == draft.document);
  }
}

TEST_CASE("a report is begun once: its record drafted, every number bound") {
  DeskUnderTest test;
  const auto view = test.begin();
  CHECK(view.record.state == "drafting");
  CHECK(view.year == 2023);
  CHECK(view.version == 1);
  CHECK(view.writable);
  CHECK(view.bound > 80);
  CHECK(view.stale == 0);
  const auto again = test.begin();
  CHECK(again.record.id == view.record.id);
  CHECK(again.version == 1);
  const auto items = must(test.desk().list(DeskUnderTest::town(), test.officer));
  REQUIRE(items.size() == 1);
  CHECK(items[0].version == 1);
  CHECK(items[0].year == 2023);
  CHECK_FALSE(items[0].title.empty());
}

TEST_CASE(
    "words are edited, a version each; another's paragraph is no hindrance, the same one is") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto id = view.record.id;
  const auto &block = block_with(view, "党政班子集体学法");
  const auto name = block.block->id;
  auto runs = written(block);
  runs.back().text += "学习情况在干部会上通报。";
  const auto edited = must(desk.save_block(id, 1, name, runs, test.officer));
  CHECK(edited.version == 2);
  const auto &now = block_with(edited, "通报");
  CHECK(now.sentences.back().sentence->edited_by == "officer");
  CHECK(now.sentences.front().sentence->edited_by.empty());
  CHECK(edited.bound == view.bound);

  const auto &other = block_with(view, "一是");
  auto words = written(other);
  words.back().text += "请各站所对照。";
  const auto both = must(desk.save_block(id, 1, other.block->id, words, test.officer));
  CHECK(both.version == 3);
  CHECK(block_with(both, "通报").block->id == name);

  runs.back().text += "另一句。";
  const auto late = desk.save_block(id, 1, name, runs, test.officer);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::Stale);
  REQUIRE(late.error().problems.size() == 1);
  CHECK(late.error().problems[0].message.find("通报") != std::string::npos);

  const auto changes = must(desk.compare(id, 1, 3, test.officer));
  CHECK(changes.size() == 2);
  const auto old = must(desk.open(id, 1, test.officer));
  CHECK(old.draft.document == view.draft.document);
}

TEST_CASE("many write at once and nothing is lost") {
  DeskUnderTest test;
  const auto view = test.begin();
  constexpr int kPeople = 4;
  constexpr int kEach = 3;
  std::atomic<int> taken = 0;
  std::vector<std::thread> people;
  for (int person = 0; person < kPeople; ++person)
    people.emplace_back([&, person] {
      for (int n = 0; n < kEach; ++n) {
        const auto words = "第" + std::to_string(person) + "人的第" + std::to_string(n) + "段。";
        if (test.desk().insert(view.record.id, 0, "opening", {{words, "", "", ""}}, test.officer))
          ++taken;
      }
    });
  for (auto &each : people) each.join();
  CHECK(taken == kPeople * kEach);
  const auto now = must(test.desk().open(view.record.id, std::nullopt, test.officer));
  CHECK(now.version == 1 + kPeople * kEach);
  CHECK(now.blocks.size() == view.blocks.size() + kPeople * kEach);
}

TEST_CASE("what cannot stand in a report is not taken") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto name = block_with(view, "党政班子集体学法").block->id;
  const auto fails = [&](const char *words) {
    const auto done = desk.save_block(view.record.id, 0, name, {{words, "", "", ""}}, test.officer);
    return !done && done.error().code == ErrorCode::Invalid;
  };
  CHECK(fails("电话13800138000联系。"));
  CHECK(fails("身份证号11010519491231002X。"));
  CHECK(fails("两\n行"));
  CHECK(fails("  "));
  CHECK(fails("\xff"));
  CHECK_FALSE(desk.remove(view.record.id, 0, "title", test.officer));
  CHECK_FALSE(desk.save_block(view.record.id, 0, "", {{"字", "", "", ""}}, test.officer));
  CHECK_FALSE(desk.save_block(view.record.id, 9, name, {{"字", "", "", ""}}, test.officer));
  CHECK(must(desk.open(view.record.id, std::nullopt, test.officer)).version == 1);
}

TEST_CASE("paragraphs come and go, points are numbered anew") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto id = view.record.id;
  const auto first = block_with(view, "一是").block->id;
  const auto second = block_with(view, "二是").block->text();
  auto now = must(desk.remove(id, 1, first, test.officer));
  CHECK(block_with(now, "一是").block->text().substr(6) == second.substr(6));
  now = must(desk.insert(id, 2, "opening", {{"这一段是新写的。", "", "", ""}}, test.officer));
  CHECK(now.blocks[3].block->id == "w1");
  CHECK(now.blocks[3].block->sentences[0].edited_by == "officer");
  CHECK_FALSE(desk.insert(id, 3, "signature", {{"不能写。", "", "", ""}}, test.officer));
}

TEST_CASE("a draft made anew keeps what people wrote and offers its own words") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto id = view.record.id;
  const auto &block = block_with(view, "党政班子集体学法");
  const auto name = block.block->id;
  auto runs = written(block);
  runs.back().text += "补写一句。";
  auto now = must(desk.save_block(id, 1, name, runs, test.officer));
  test.record(
      "study_session",
      {{"held_on", "2023-08-08"}, {"body", "leaders"}, {"kind", "law"}, {"texts", "constitution"}});
  now = must(desk.redraft(id, 2, test.officer));
  CHECK(now.version == 3);
  CHECK(block_with(now, "补写一句").block->id == name);
  REQUIRE(now.offers.size() == 1);
  CHECK(now.offers[0].block == name);
  CHECK(now.stale > 0);
  // Nobody answered: another draft, with nothing new for this paragraph, asks again.
  test.record("training", {{"held_on", "2023-05-05"}, {"audience", "officers"}, {"people", 30}});
  now = must(desk.redraft(id, 3, test.officer));
  CHECK(now.version == 4);
  REQUIRE(now.offers.size() == 1);
  CHECK(now.offers[0].block == name);
  now = must(desk.take_offer(id, 4, name, test.officer));
  CHECK(now.offers.empty());
  CHECK(now.stale == 0);
  CHECK(now.draft.document == must(service::Reports(test.env())
                                       .draft(
                                           [&] {
                                             service::DraftRequest request;
                                             request.org = DeskUnderTest::town();
                                             request.year = 2023;
                                             request.outline = "four_part";
                                             return request;
                                           }(),
                                           test.owner))
                                  .document);
}

TEST_CASE("a figure is put into words by its name, with its measure word") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto now = must(
      desk.insert(view.record.id, 1, "opening",
                  {{"列入任务", "", "", ""}, {"", "tasks", "", ""}, {"，按期推进。", "", "", ""}},
                  test.officer));
  const auto &block = block_with(now, "列入任务");
  CHECK(block.block->text() == "列入任务9项，按期推进。");
  CHECK(block.sentences[0].runs[1].status == RunStatus::Fresh);
  CHECK(block.sentences[0].runs[1].figure->records == 9);
  CHECK_FALSE(desk.insert(view.record.id, 2, "opening", {{"", "no_such", "", ""}}, test.officer));
}

TEST_CASE("the report is made as a file, and shown as it will be printed") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto id = test.begin().record.id;
  const auto docx = must(desk.file(id, std::nullopt, "docx", test.officer));
  CHECK(docx.bytes.substr(0, 2) == "PK");
  CHECK(docx.name.find("2023年度") != std::string::npos);
  CHECK(must(desk.file(id, 1, "html", test.officer)).bytes.find("href=\"#fig-") !=
        std::string::npos);
  const auto sheet = must(desk.preview(id, std::nullopt, test.officer));
  CHECK(sheet.find("<a") == std::string::npos);
  CHECK(sheet.find("<h1") != std::string::npos);
  CHECK_FALSE(desk.file(id, 1, "exe", test.officer));
}
