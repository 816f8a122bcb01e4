#include "desk_under_test.h"

#include <fstream>

using namespace yifa;
using namespace yifa::testing;
using service::RunStatus;

TEST_CASE("who may see and write the text") {
  DeskUnderTest test;
  auto desk = test.desk();
  const auto view = test.begin();
  const auto id = view.record.id;
  const auto code = [](const auto &result) {
    return result ? ErrorCode::Internal : result.error().code;
  };
  CHECK(desk.open(id, std::nullopt, test.head));
  CHECK(code(desk.open(id, std::nullopt, test.reviewer)) == ErrorCode::Forbidden);
  CHECK(code(desk.preview(id, std::nullopt, test.reviewer)) == ErrorCode::Forbidden);
  CHECK(code(desk.redraft(id, 1, test.clerk)) == ErrorCode::Forbidden);
  auto neighbour = test.officer;
  neighbour.scope = OrgCode::parse("411381109").value();
  CHECK(code(desk.open(id, std::nullopt, neighbour)) == ErrorCode::NotFound);
  CHECK(code(desk.redraft(id, 1, neighbour)) == ErrorCode::NotFound);
  CHECK(code(desk.open(test.env().ids.next(), std::nullopt, test.officer)) == ErrorCode::NotFound);
  const auto items = must(desk.list(OrgCode::parse("140423").value(), test.reviewer));
  REQUIRE(items.size() == 1);
  CHECK(items[0].version == 0);
  CHECK(items[0].title.empty());
}

TEST_CASE("the gate looks at what was written, not at a new draft") {
  DeskUnderTest test;
  auto desk = test.desk();
  auto view = test.begin();
  const auto id = view.record.id;
  const auto checker =
      test.record("post", {{"name", "示例乙"}, {"title", "党政办主任"}, {"from", "2021-06-01"}});
  record::Command command;
  command.actor = "officer";
  command.type = service::kReportLedger;
  command.action = "check";
  command.org = DeskUnderTest::town();
  command.record = id;
  command.fields = {{"reviewed_by", checker.text()}};
  // every typed number bound or kept
  while (view.bare > 0)
    for (const auto &block : view.blocks) {
      bool bare = false;
      for (const auto &sentence : block.sentences)
        for (const auto &run : sentence.runs) bare = bare || run.status == RunStatus::Bare;
      if (!bare) continue;
      const auto before = view.bare;
      view = must(desk.keep(id, 0, block.block->id, run_with(block, RunStatus::Bare), "原话",
                            test.officer));
      REQUIRE(view.bare == before - 1);
      break;
    }
  CHECK(view.index.typed.empty());
  view = must(desk.insert(id, 0, "opening", {{"全年办件77777件。", "", "", ""}}, test.officer));
  const auto refused = desk.act(command, test.officer);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().text().find("77777") != std::string::npos);
  view = must(desk.remove(id, 0, "w1", test.officer));
  CHECK(desk.act(command, test.officer));
}

TEST_CASE("signed, handed in, sent back on one figure, corrected, accepted") {
  DeskUnderTest test;
  auto desk = test.desk();
  auto view = test.begin();
  const auto id = view.record.id;
  test.approve(id);
  view = must(desk.open(id, std::nullopt, test.head));
  CHECK(view.sealed);
  CHECK_FALSE(view.writable);
  CHECK(view.version == 2);
  CHECK(view.draft.document.signer == "示例甲");
  CHECK_FALSE(view.draft.document.document_number.empty());
  CHECK(view.draft.document.date == Date::parse("2024-01-22").value());
  const auto &studies = block_with(view, "党政班子集体学法");
  const auto name = studies.block->id;
  CHECK(run_with(studies, RunStatus::Sealed) > 0);
  const auto edit = desk.save_block(id, 0, name, {{"改一改。", "", "", ""}}, test.officer);
  REQUIRE_FALSE(edit);
  CHECK(edit.error().code == ErrorCode::Refused);
  CHECK_FALSE(must(desk.verify_manifest(id, test.officer)).sound);

  record::Command submit;
  submit.actor = "clerk";
  submit.client_key = "once";
  submit.type = service::kReportLedger;
  submit.action = "submit";
  submit.org = DeskUnderTest::town();
  submit.record = id;
  submit.fields = {{"submitted_on", "2024-01-25"}};
  const auto first = must(desk.act(submit, test.clerk));
  CHECK(first.state == "submitted");
  const auto again = must(desk.act(submit, test.clerk));
  CHECK(again.repeated);
  CHECK(again.version == first.version);
  auto check = must(desk.verify_manifest(id, test.reviewer));
  INFO((check.faults.empty() ? std::string() : check.faults[0].message));
  CHECK(check.sound);

  // the ledgers go on, the seal does not
  test.record(
      "study_session",
      {{"held_on", "2023-08-08"}, {"body", "leaders"}, {"kind", "law"}, {"texts", "constitution"}});
  view = must(desk.open(id, std::nullopt, test.reviewer));
  CHECK(view.stale == 0);
  const auto &sealed = block_with(view, "党政班子集体学法");
  std::size_t run = run_with(sealed, RunStatus::Sealed);
  view = must(desk.remark(id, name, run, "与台账不符，请核对", "r1", test.reviewer));
  REQUIRE(view.remarks.size() == 1);
  CHECK(view.remarks[0].run == run);
  CHECK(view.remarks[0].by == "reviewer");
  test.act(id, "return", {}, test.reviewer, "学法次数");
  view = must(desk.open(id, std::nullopt, test.officer));
  CHECK(view.sealed);
  test.act(id, "revise", {}, test.officer);
  view = must(desk.open(id, std::nullopt, test.officer));
  CHECK(view.writable);
  CHECK(view.stale > 0);
  view = must(desk.accept_all(id, view.version, test.officer));
  CHECK(view.stale == 0);
  CHECK(must(desk.answer(view.remarks[0].id, "已按台账改为6次", "a1", test.officer))
            .remarks[0]
            .answer == "已按台账改为6次");
  const auto foreign = desk.answer(view.remarks[0].id, "答", "a2", test.reviewer);
  CHECK_FALSE(foreign);
  test.approve(id);
  submit.client_key = "twice";
  submit.fields = {{"submitted_on", "2024-01-28"}};
  CHECK(must(desk.act(submit, test.clerk)).state == "submitted");
  test.act(id, "accept", {}, test.reviewer);
  CHECK(must(desk.verify_manifest(id, test.reviewer)).sound);

  SUBCASE("a text altered on the disk is found out") {
    const auto shown = must(test.ledgers().show(id.text(), "", {}, false, test.owner));
    const auto index = shown.type->field_index("sealed_text");
    const auto hash = shown.record.value(index).get<catalog::FileHash>()->hex;
    std::filesystem::permissions(test.env().blobs.path_of(hash), std::filesystem::perms::all);
    std::ofstream(test.env().blobs.path_of(hash), std::ios::app) << " ";
    check = must(desk.verify_manifest(id, test.officer));
    CHECK_FALSE(check.sound);
    REQUIRE_FALSE(check.faults.empty());
    CHECK(check.faults[0].where == "sealed_text");
  }
}
