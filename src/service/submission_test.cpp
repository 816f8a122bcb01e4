#include "catalog/embedded.h"
#include "catalog/submission.h"
#include "crypto/hash.h"
#include "record/figure.h"
#include "service/submission_contents.h"
#include "service/submission_figures.h"
#include "service/submission_package.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::service;

namespace {

const catalog::Catalog &sample_catalog() {
  static const auto loaded = catalog::load(catalog::embedded_sources());
  return *loaded.catalog;
}

const OrgCode kTown = OrgCode::parse("500229107").value();

json::object sample_figure(const std::string &id, std::int64_t value, int year = 2023) {
  record::Figure figure;
  figure.id = id;
  figure.status = record::Figure::Status::Counted;
  figure.value = value;
  figure.org = kTown;
  figure.period = Period::year(year);
  figure.covered = figure.offices = 1;
  return record::to_json(figure);
}

std::map<std::string, std::string> with_figures(const json::array &figures) {
  return {{std::string(kFiguresItem), canonical(figures)}};
}

SubmissionStatement sample_statement(const std::map<std::string, std::string> &contents) {
  SubmissionStatement out;
  out.office = kTown;
  out.office_name = "高观镇";
  out.year = 2023;
  out.catalog = std::string(64, 'a');
  out.items = list_items(contents);
  return out;
}

const crypto::SigningKey &sample_key() {
  static const auto key = crypto::SigningKey::random(crypto::Signing::Ed25519).value();
  return key;
}

std::string row(const std::string &more, const std::string &day = "2023-03-05") {
  return R"({"day":")" + day + R"(","edition":"2011-01-01","fields":{"found_on":")" + day + "\"" +
         more +
         R"(},"id":"01890a5d-ac96-774b-bcce-b302099a8057","late":false,"number":"2023-1","org":"500229107","parts":[],"place":"500229107","state":"found"})"
         "\n";
}

catalog::SubmissionRule ledger_rule() {
  catalog::SubmissionRule rule;
  rule.figures = rule.report = false;
  rule.ledger = true;
  return rule;
}

Status judge_rows_of(const catalog::SubmissionRule &rule, const std::string &rows) {
  return judge_submission(sample_catalog(), rule, kTown, 2023, {{"ledgers/dispute.jsonl", rows}});
}

} // namespace

TEST_CASE("a package read is the package written") {
  const auto contents = with_figures({sample_figure("disputes_found", 3)});
  auto statement = sample_statement(contents);
  statement.revision = 2;
  statement.previous = std::string(64, 'b');
  statement.lacks = {"report"};
  const auto bytes = write_package(statement, contents, sample_key()).value();
  const auto read = read_package(bytes).value();
  CHECK(read.statement.text() == statement.text());
  CHECK(read.statement.id() == statement.id());
  CHECK(read.contents == contents);
  CHECK(read.key->fingerprint() == sample_key().verify_key().value().fingerprint());
  CHECK(write_package(statement, contents, sample_key()).value() == bytes);
}

TEST_CASE("which revision it is says nothing of its content") {
  const auto contents = with_figures({sample_figure("disputes_found", 3)});
  auto first = sample_statement(contents);
  auto second = first;
  second.revision = 2;
  second.previous = first.id();
  CHECK(first.content() == second.content());
  CHECK(first.id() != second.id());
  const auto other = sample_statement(with_figures({sample_figure("disputes_found", 4)}));
  CHECK(other.content() != first.content());
}

TEST_CASE("no byte of a package can be another one") {
  const auto contents = with_figures({sample_figure("disputes_found", 3)});
  const auto bytes = write_package(sample_statement(contents), contents, sample_key()).value();
  for (std::size_t i = 0; i < bytes.size(); ++i)
    for (const int bit : {0, 5}) {
      auto changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      CHECK_MESSAGE(!read_package(changed), i);
    }
  for (std::size_t size = 0; size < bytes.size(); size += 7)
    CHECK(!read_package(std::string_view(bytes).substr(0, size)));
}

TEST_CASE("a statement that does not hold together") {
  const auto contents = with_figures({});
  const auto fails = [&](auto change) {
    auto statement = sample_statement(contents);
    change(statement);
    const auto written = write_package(statement, contents, sample_key());
    return written && !read_package(*written);
  };
  CHECK_FALSE(fails([](auto &) {}));
  CHECK(fails([](auto &s) { s.revision = 2; }));                    // names no predecessor
  CHECK(fails([](auto &s) { s.previous = std::string(64, 'b'); })); // the first has none
  CHECK(fails([](auto &s) { s.office = OrgCode::parse("500229").value(); }));
  CHECK(fails([](auto &s) { s.year = 1900; }));
  CHECK(fails([](auto &s) { s.items.clear(); }));
  CHECK(fails([](auto &s) { s.items[0].bytes += 1; }));
  CHECK(fails([](auto &s) { s.items.push_back(s.items[0]); }));
  CHECK(fails([](auto &s) { s.items.push_back({"report.json", std::string(64, 'c'), 3}); }));
}

TEST_CASE("rows are lines of JSON and nothing else") {
  const auto good = row("");
  CHECK(judge_rows_of(ledger_rule(), good + good));
  CHECK(judge_rows_of(ledger_rule(), ""));
  const std::string bom = "\xEF\xBB\xBF";
  for (const auto &bad :
       {std::string("%PDF-1.4"), bom + good, good + "\n", "[" + good + "]", good + "x"}) {
    const auto judged = judge_rows_of(ledger_rule(), bad);
    REQUIRE_FALSE(judged);
    REQUIRE_FALSE(judged.error().problems.empty());
    CHECK(judged.error().problems[0].where.starts_with("ledgers/dispute.jsonl:"));
  }
}

TEST_CASE("figures of another office, another year, with something added") {
  const catalog::SubmissionRule rule;
  const auto judge = [&](json::array figures) {
    return judge_submission(sample_catalog(), rule, kTown, 2023, with_figures(std::move(figures)));
  };
  CHECK(judge({sample_figure("disputes_found", 3)}));
  CHECK_FALSE(judge({sample_figure("disputes_found", 3, 2022)}));
  CHECK_FALSE(judge({sample_figure("no_such_figure", 3)}));
  CHECK_FALSE(judge({sample_figure("disputes_found", 3), sample_figure("disputes_found", 4)}));
  auto elsewhere = sample_figure("disputes_found", 3);
  elsewhere["org"] = "500229106";
  CHECK_FALSE(judge({elsewhere}));
  auto more = sample_figure("disputes_found", 3);
  more["note"] = "赵某某";
  CHECK_FALSE(judge({more}));
  auto huge = sample_figure("disputes_found", 3);
  huge["value"] = INT64_MAX;
  CHECK_FALSE(judge({huge}));
  auto unsaid = sample_figure("disputes_found", 3);
  unsaid["status"] = "no_record";
  CHECK_FALSE(judge({unsaid}));
  CHECK_FALSE(judge_submission(sample_catalog(), rule, kTown, 2023, {}));
}

TEST_CASE("rows: what may not leave, and what does not fit") {
  const auto rule = ledger_rule();
  CHECK(judge_rows_of(rule, row("")));
  const auto smuggled = judge_rows_of(rule, row(R"(,"parties":[{"name":"赵某某"}])"));
  REQUIRE_FALSE(smuggled);
  CHECK(smuggled.error().code == ErrorCode::Refused);
  CHECK(smuggled.error().problems.front().where == "ledgers/dispute.jsonl:1:dispute.parties");
  auto open = rule;
  open.personal.emplace("dispute.parties", "某县报送办法");
  CHECK(judge_rows_of(open, row(R"(,"parties":[{"name":"赵某某"}])")));
  const auto wrong = [&](const std::string &rows) {
    const auto judged = judge_rows_of(rule, rows);
    return !judged && judged.error().code == ErrorCode::Invalid;
  };
  CHECK(wrong(row(R"(,"shade":"red")")));
  CHECK(wrong(row(R"(,"kind":7)")));
  CHECK(wrong(row("", "2022-03-05")));
  CHECK(wrong("no json\n"));
  CHECK(wrong("{}\n"));
  auto named = rule;
  named.ledgers = {"screening"};
  CHECK_FALSE(judge_rows_of(named, row("")));
  CHECK_FALSE(
      judge_submission(sample_catalog(), rule, kTown, 2023, {{"ledgers/submission.jsonl", ""}}));
  CHECK_FALSE(judge_submission(sample_catalog(), rule, kTown, 2023, {{"notes.txt", "x"}}));
}

TEST_CASE("the built-in rule lets no personal field leave") {
  const auto read = catalog::read_submission(catalog::embedded_sources(), sample_catalog());
  CHECK(read.diagnostics.empty());
  CHECK(read.rule.personal.empty());
  CHECK(read.rule.figures);
  CHECK(read.rule.report);
  CHECK_FALSE(read.rule.asks_ledger("dispute"));
}

TEST_CASE("an overlay's rule: faults are told with their place, the latest holds") {
  auto sources = catalog::embedded_sources();
  const auto faults = [&](const std::string &rule) {
    auto all = sources;
    all["catalog.d/a.yaml"] = "overlay: a\nedition: 2020-01-01\nsubmission:\n" + rule;
    std::vector<std::string> out;
    for (const auto &one : catalog::read_submission(all, sample_catalog()).diagnostics)
      out.push_back(std::to_string(one.line) + ": " + one.message);
    return out;
  };
  CHECK(faults("  asks: [figures]\n  source: 某县办法\n").empty());
  CHECK(faults("  asks: [figures]\n").size() == 1);
  CHECK(faults("  asks: [numbers]\n  source: 某县办法\n").size() == 1);
  CHECK(faults("  asks: [figures]\n  ledgers: [dispute]\n  source: 某县办法\n").size() == 1);
  CHECK(faults("  asks: [ledger]\n  ledgers: [submission]\n  source: 某县办法\n").size() == 1);
  CHECK(
      faults("  asks: [ledger]\n  personal: {dispute.parties: {}}\n  source: 某县办法\n").size() ==
      1);
  CHECK(faults(
            "  asks: [ledger]\n  ledgers: [screening]\n  personal: {dispute.parties: {source: x}}\n"
            "  source: 某县办法\n")
            .size() == 1);
  CHECK(faults("  asks: [ledger]\n  names: 1\n  source: 某县办法\n").size() == 1);
  sources["catalog.d/a.yaml"] =
      "overlay: a\nedition: 2021-01-01\nsubmission: {asks: [ledger], source: 甲}\n";
  sources["catalog.d/b.yaml"] =
      "overlay: b\nedition: 2020-01-01\nsubmission: {asks: [report], source: 乙}\n";
  const auto rule = catalog::read_submission(sources, sample_catalog()).rule;
  CHECK(rule.source == "甲");
  CHECK(rule.asks_ledger("dispute"));
  CHECK_FALSE(rule.asks_ledger("submission"));
  CHECK_FALSE(rule.report);
}
