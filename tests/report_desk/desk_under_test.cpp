#include "desk_under_test.h"

#include "service/checks.h"
#include "sqlite/store.h"

#include <stdlib.h>

namespace yifa::testing {
namespace {

namespace fs = std::filesystem;

Result<std::unique_ptr<store::Store>> open_sqlite(const std::string &, const fs::path &folder) {
  return sqlite::open(folder);
}

fs::path new_folder() {
  std::string form = (fs::temp_directory_path() / "yifa-test-XXXXXX").string();
  return ::mkdtemp(form.data());
}

service::WorkspaceOptions options_in(const fs::path &folder) {
  service::WorkspaceOptions options;
  options.data = folder / "data";
  options.catalog_folder = fs::path(YIFA_SOURCE_DIR) / "catalog";
  return options;
}

/// The demonstration, made when it is first asked for and gone with the program.
class Demonstration {
public:
  Demonstration() : folder(new_folder()) {
    towns = must(service::prepare_examples(options_in(folder), open_sqlite, {}));
  }
  Demonstration(const Demonstration &) = delete;
  Demonstration &operator=(const Demonstration &) = delete;
  ~Demonstration() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  fs::path folder;
  std::vector<service::ExampleTown> towns;
};

const Demonstration &demonstration() {
  static const Demonstration made;
  return made;
}

service::Actor person(const std::string &id, const std::string &scope, const std::string &role) {
  service::Actor actor;
  actor.id = id;
  actor.scope = must(OrgCode::parse(scope));
  actor.roles = {role};
  return actor;
}

} // namespace

const std::vector<service::ExampleTown> &DeskUnderTest::towns() { return demonstration().towns; }

OrgCode DeskUnderTest::town() { return must(OrgCode::parse("140423107")); }

const reading::Checker &DeskUnderTest::checker() {
  static const auto made = must(service::load_checker(fs::path(YIFA_SOURCE_DIR) / "catalog"));
  return made;
}

DeskUnderTest::DeskUnderTest() : clock(must(Moment::parse("2024-01-20T09:00"))) {
  folder_ = new_folder();
  fs::copy(demonstration().folder, folder_, fs::copy_options::recursive);
  space_ = must(service::Workspace::open(options_in(folder_), open_sqlite));
  const auto &base = space_->environment();
  env_.reset(new service::Environment{base.catalog, base.store, base.blobs, clock, base.ids,
                                      base.master, base.forgotten_list});
  ledgers_ = std::make_unique<service::Ledgers>(*env_);
  owner.id = "owner";
  owner.local_operator = true;
  officer = person("officer", "140423107", "legal_officer");
  head = person("head", "140423107", "town_head");
  clerk = person("clerk", "140423107", "office_clerk");
  reviewer = person("reviewer", "140423", "county_reviewer");
  reviewer.reads_only = true;
}

DeskUnderTest::~DeskUnderTest() {
  ledgers_.reset();
  env_.reset();
  space_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::unique_ptr<service::Workspace> DeskUnderTest::fresh_place(const std::string &name) {
  auto options = options_in(folder_);
  options.data = folder_ / name;
  options.key = space_->key_file();
  must(service::Workspace::init(options, false, open_sqlite));
  return must(service::Workspace::open(options, open_sqlite));
}

service::ReportView DeskUnderTest::begin(int year) {
  service::BeginReport request;
  request.org = town();
  request.year = year;
  request.outline = "four_part";
  return must(desk().begin(request, officer));
}

RecordId DeskUnderTest::record(const std::string &type, json::object fields) {
  record::Command command;
  command.actor = owner.id;
  command.type = type;
  command.action = "open";
  command.org = town();
  command.fields = std::move(fields);
  return must(ledgers_->apply(command, owner)).record;
}

record::Receipt DeskUnderTest::act(const RecordId &report, const std::string &step,
                                   json::object fields, const service::Actor &actor,
                                   const std::string &reason) {
  record::Command command;
  command.actor = actor.id;
  command.type = service::kReportLedger;
  command.action = step;
  command.org = town();
  command.record = report;
  command.fields = std::move(fields);
  command.reason = reason;
  return must(desk().act(command, actor));
}

void DeskUnderTest::approve(const RecordId &report) {
  const auto signer =
      record("post", {{"name", "示例甲"}, {"title", "镇长"}, {"from", "2021-06-01"}});
  const auto reviewed_by =
      record("post", {{"name", "示例乙"}, {"title", "党政办主任"}, {"from", "2021-06-01"}});
  act(report, "check", {{"reviewed_by", reviewed_by.text()}}, officer, "数字已逐项核对");
  act(report, "approve", {{"signer", signer.text()}, {"signed_on", "2024-01-22"}}, head);
}

const service::BlockView &block_with(const service::ReportView &view, const std::string &words) {
  for (const auto &block : view.blocks)
    if (block.block->text().find(words) != std::string::npos) return block;
  FAIL("no block says " << words);
  return view.blocks.front();
}

std::vector<service::WrittenRun> written(const service::BlockView &block) {
  std::vector<service::WrittenRun> runs;
  for (const auto &sentence : block.sentences)
    for (const auto &run : sentence.runs) {
      service::WrittenRun one;
      one.text = run.text;
      if (run.figure) {
        one.indicator = run.figure->indicator;
        one.dimension = run.figure->dimension;
        one.group = run.figure->group;
      }
      runs.push_back(one);
    }
  return runs;
}

std::size_t run_with(const service::BlockView &block, service::RunStatus status) {
  std::size_t n = 0;
  for (const auto &sentence : block.sentences)
    for (const auto &run : sentence.runs) {
      if (run.status == status) return n;
      ++n;
    }
  FAIL("no run of the block is " << service::to_string(status));
  return n;
}

} // namespace yifa::testing
