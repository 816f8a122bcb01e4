#include "service/public_reports.h"

#include "base/json.h"
#include "crypto/hash.h"
#include "report/document_json.h"
#include "service/report_manifest.h"
#include "service/report_versions.h"

#include <algorithm>

namespace yifa::service {
namespace {

constexpr const char *kAnnualReport = "annual_report";
constexpr std::size_t kMostReports = 100;
constexpr std::size_t kCheckDigits = 12;

/// Reads the manifest: whether it names the text, and which definitions have moved on since.
Status read_manifest(Environment &environment, PublicReport &report) {
  const auto parsed = TRY(parse_json(TRY(kept_bytes(environment, report.manifest_hash))));
  const auto *manifest = parsed.if_object();
  const auto *text = manifest != nullptr ? manifest->if_contains("text") : nullptr;
  if (text == nullptr || !text->is_string() || text->get_string() != report.text_hash)
    return unavailable("the report's text is not the one that was sealed");
  const auto *figures = manifest->if_contains("figures");
  if (figures == nullptr || !figures->is_array()) return Done{};
  for (const auto &each : figures->get_array()) {
    const auto *figure = each.if_object();
    const auto *id = figure != nullptr ? figure->if_contains("indicator") : nullptr;
    const auto *then = figure != nullptr ? figure->if_contains("definition") : nullptr;
    if (id == nullptr || !id->is_string() || then == nullptr || !then->is_string()) continue;
    const std::string name(id->get_string());
    const auto *now = environment.catalog->indicator(name);
    if (now == nullptr || definition_hash(*now) != then->get_string())
      report.redefined.insert(name);
  }
  return Done{};
}

} // namespace

std::string sealed_check(const PublicReport &report, const report::SourceRow &row) {
  const json::object said{{"manifest", report.manifest_hash},
                          {"indicator", row.indicator},
                          {"dimension", row.dimension},
                          {"group", row.group},
                          {"period", row.period},
                          {"value", row.value}};
  return crypto::hex(crypto::sha256(canonical(said))).substr(0, kCheckDigits);
}

Result<std::vector<PublicReportItem>> PublicReports::of(const OrgCode &office) {
  std::vector<PublicReportItem> out;
  for (const auto &record : TRY(shelf_.published(kAnnualReport, office, kMostReports))) {
    const Entries entries(shelf_.edition(record), record);
    const auto year = static_cast<int>(entries.number("year"));
    const auto day = entries.day("published_on").value_or(record.day);
    const auto known =
        std::find_if(out.begin(), out.end(), [&](const auto &each) { return each.year == year; });
    if (known == out.end())
      out.push_back({record.id, year, day});
    else if (known->published_on < day)
      *known = {record.id, year, day};
  }
  std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.year > b.year; });
  return out;
}

Result<PublicReport> PublicReports::one(const OrgCode &office, int year) {
  const auto all = TRY(of(office));
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto &each) { return each.year == year; });
  if (found == all.end()) return not_found("there is nothing here");
  const auto record = TRY(shelf_.published_record(found->record, office));
  const Entries entries(shelf_.edition(record), record);
  PublicReport out;
  out.record = record.id;
  out.year = year;
  out.published_on = found->published_on;
  out.sealed_on = entries.day("submitted_on");
  out.number = entries.text("doc_no");
  out.url = entries.text("url");
  out.paper = TRY(shelf_.released(record, entries.file("body")));
  out.text_hash = entries.file("sealed_text");
  out.manifest_hash = entries.file("manifest");
  if (out.text_hash.empty() || out.manifest_hash.empty()) return out;
  auto &environment = shelf_.environment();
  TRY(read_manifest(environment, out));
  out.document = TRY(kept_draft(environment, out.text_hash)).document;
  return out;
}

} // namespace yifa::service
