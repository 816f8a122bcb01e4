#include "desk_under_test.h"

#include "report/document_json.h"
#include "service/orgs.h"
#include "service/submission_keys.h"
#include "service/submissions.h"

using namespace yifa;
using namespace yifa::testing;

namespace {

/// A town that makes packages of its year, and the county that takes them in.
class Ends {
public:
  explicit Ends(DeskUnderTest &test)
      : there_(test.fresh_place("county")), ledgers_(test.space().environment()),
        county_ledgers_(there_->environment()), town_(test.space(), ledgers_),
        county_(*there_, county_ledgers_), actor_(test.owner) {
    const auto key = must(crypto::SigningKey::create(town_.key_file(), test.space().folder(),
                                                     crypto::Signing::Ed25519));
    must(service::import_orgs(there_->environment(),
                              std::filesystem::path(YIFA_SOURCE_DIR) / "examples/orgs", {}));
    must(service::trust_key(there_->environment(), DeskUnderTest::town(),
                            must(key.verify_key()).fingerprint(), actor_));
  }

  struct Sent {
    service::SubmissionPackage package;
    std::vector<std::string> lacks;
    std::vector<std::string> notes; ///< of the county, on the report
    int revision = 0;
    bool holds(std::string_view name) const { return package.contents.contains(std::string(name)); }
    report::Draft report() const {
      return must(report::parse_draft(
          must(parse_json(package.contents.at(std::string(service::kReportItem))))));
    }
  };
  Sent send() {
    const auto made = must(town_.make(DeskUnderTest::town(), 2023, actor_));
    const auto received = must(county_.receive(made.bytes, 2023));
    CHECK(received.statement.id() == made.statement.id());
    Sent sent{must(service::read_package(made.bytes)), made.statement.lacks, received.notes,
              made.statement.revision};
    std::erase_if(sent.notes, [](const auto &one) { return !one.starts_with("the report"); });
    return sent;
  }

private:
  std::unique_ptr<service::Workspace> there_;
  service::Ledgers ledgers_;
  service::Ledgers county_ledgers_;
  service::Submissions town_;
  service::Submissions county_;
  service::Actor actor_;
};

using Words = std::vector<std::string>;
const Words kNoReport{"the report is not in it"};
const Words kNoManifest{
    "the report in it is signed, and was not handed in yet: it has no manifest"};

} // namespace

TEST_CASE("what a package holds of a report, from the draft to the county's acceptance") {
  DeskUnderTest test;
  auto desk = test.desk();
  Ends ends(test);
  auto sent = ends.send();
  CHECK(sent.lacks == Words{"report"});
  CHECK(sent.notes == kNoReport);

  const auto begun = test.begin();
  const auto id = begun.record.id;
  sent = ends.send();
  CHECK_FALSE(sent.holds(service::kReportItem));
  CHECK(sent.lacks == Words{"report"});

  test.approve(id);
  sent = ends.send();
  CHECK(sent.holds(service::kReportItem));
  CHECK_FALSE(sent.holds(service::kManifestItem));
  CHECK(sent.lacks == Words{"manifest"});
  CHECK(sent.notes == kNoManifest);
  CHECK(sent.report().document.signer == "示例甲"); // as it was signed, number and day in it
  CHECK_FALSE(sent.report().document.document_number.empty());
  const int approved = sent.revision;
  const auto signed_text = sent.package.contents.at(std::string(service::kReportItem));

  test.act(id, "submit", {{"submitted_on", "2024-01-25"}}, test.clerk);
  sent = ends.send();
  CHECK(sent.revision == approved + 1);
  CHECK(sent.holds(service::kManifestItem));
  CHECK(sent.package.contents.at(std::string(service::kReportItem)) == signed_text);
  CHECK(sent.lacks.empty());
  CHECK(sent.notes.empty());

  // Sent back it is no report any more, whatever was sealed; nor while it is written anew.
  test.act(id, "return", {}, test.reviewer, "学法次数");
  sent = ends.send();
  CHECK_FALSE(sent.holds(service::kReportItem));
  CHECK_FALSE(sent.holds(service::kManifestItem));
  CHECK(sent.notes == kNoReport);
  test.act(id, "revise", {}, test.officer);
  const auto before = ends.send().revision;
  auto view = must(desk.open(id, std::nullopt, test.officer));
  view = must(desk.save_block(id, view.version, "opening",
                              {{"2023年，依照县级意见作了修改。", "", "", ""}}, test.officer));
  CHECK(ends.send().revision == before); // a text under way changes nothing

  // Approved anew: the new words, not those that were sealed once.
  test.approve(id);
  sent = ends.send();
  CHECK(sent.notes == kNoManifest);
  CHECK(sent.lacks == Words{"manifest"});
  CHECK(sent.package.contents.at(std::string(service::kReportItem)) != signed_text);
  CHECK(sent.report().document.blocks != begun.draft.document.blocks);
  const auto second = sent.package.contents.at(std::string(service::kReportItem));
  CHECK(second.find("依照县级意见作了修改") != std::string::npos);

  test.act(id, "submit", {{"submitted_on", "2024-01-28"}}, test.clerk);
  sent = ends.send();
  CHECK(sent.package.contents.at(std::string(service::kReportItem)) == second);
  CHECK(sent.lacks.empty());
  const int sealed = sent.revision;
  test.act(id, "accept", {}, test.reviewer);
  CHECK(ends.send().revision == sealed); // the same content
}
