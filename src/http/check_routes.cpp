#include "base/file.h"
#include "http/begin_job.h"
#include "http/check_desk.h"
#include "reading/summary.h"
#include "service/checks.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace yifa::http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestEnding = 16;

/// What a line is, as the desk draws it. A heading that its text runs on from is text.
std::string line_kind(const reading::Structure &structure, std::size_t paragraph,
                      const reading::Span &span) {
  using reading::Role;
  static const std::map<Role, const char *> kNames = {
      {Role::Issuer, "issuer"},       {Role::Number, "number"},   {Role::Title, "title"},
      {Role::Addressee, "addressee"}, {Role::Heading, "heading"}, {Role::Closing, "closing"},
      {Role::Signature, "signature"}, {Role::Date, "date"},       {Role::Note, "note"}};
  const auto role = paragraph < structure.roles.size() ? structure.roles[paragraph] : Role::Body;
  const bool runs_on = std::any_of(
      structure.sections.begin(), structure.sections.end(), [&](const reading::Section &section) {
        return section.run_on && section.span.start >= span.start && section.span.start < span.end;
      });
  const auto found = kNames.find(role);
  return found == kNames.end() || (role == Role::Heading && runs_on) ? "body" : found->second;
}

/// Each finding with the name of its rule.
void name_rules(Desk &desk, bool english, json::array &findings) {
  const auto checker = desk.checks().checker();
  for (auto &finding : findings) {
    const auto *rule = checker ? (*checker)->rules().find(finding.at("rule").as_string()) : nullptr;
    if (rule == nullptr) continue;
    finding.as_object()["label"] =
        english && !rule->title_en.empty() ? rule->title_en : rule->title;
  }
}

/// The report line by line with what was found in it.
json::object checked_json(Desk &desk, bool english, const std::string &batch, const std::string &id,
                          const reading::Checked &checked) {
  auto out = reading::findings_json(checked);
  name_rules(desk, english, out["findings"].as_array());
  out["id"] = id;
  out["batch"] = batch;
  if (checked.failed) return out;
  const auto read = reading::read_json(checked.report);
  for (const char *name : {"title", "place", "issuer", "year", "format", "sections", "figures"})
    if (const auto *value = read.if_contains(name)) out[name] = *value;
  for (auto &figure : out["figures"].as_array()) {
    const auto *named = figure.at("indicator").if_string();
    if (named == nullptr) continue; // no indicator fits it
    if (const auto *indicator = desk.catalog().indicator(std::string(*named)))
      figure.as_object()["label"] =
          english && !indicator->label.en.empty() ? indicator->label.en : indicator->label.zh;
  }
  json::array lines;
  std::size_t paragraph = 0;
  for (const auto &span : checked.report.text.paragraphs())
    lines.push_back({{"line", checked.report.text.line_at(span.start)},
                     {"kind", line_kind(checked.report.structure, paragraph++, span)},
                     {"start", span.start},
                     {"end", span.end},
                     {"text", checked.report.text.utf8(span)}});
  out["text"] = std::move(lines);
  return out;
}

Result<Response> check(Call &call) {
  const auto name = fs::path(call.text("name")).filename().string();
  if (name.empty() || name == "." || name == "..")
    return invalid("the address was not understood", {{"name", "is needed", "", ""}});
  // The reader looks at the bytes and at the ending; the name is the person's and no file's.
  auto ending = fs::path(name).extension().string();
  if (ending.size() > kLongestEnding) ending.clear();
  const auto on_disk = "report" + ending;
  auto folder =
      std::make_shared<fs::path>(call.desk.spool() / call.environment().ids.next().text());
  std::error_code error;
  fs::create_directories(*folder, error);
  fs::rename(call.request.upload, *folder / on_disk, error);
  if (error) return unavailable("the file cannot be kept: is the disk full?");
  const std::shared_ptr<void> cleared(nullptr, [folder](void *) {
    std::error_code gone;
    fs::remove_all(*folder, gone);
  });
  auto *desk = &call.desk;
  reading::Told told{call.text("place"), std::nullopt};
  if (call.request.parameter("year")) told.year = TRY(call.year());
  return begin_job(call, "check",
                   [=, english = call.english, user = call.actor().id,
                    batch = call.text("batch")](const Jobs::Progress &) -> Result<json::object> {
                     (void)cleared;
                     const auto *checker = TRY(desk->checks().checker());
                     auto kept = std::make_shared<reading::Checked>();
                     service::check_in_order(
                         *checker, {*folder / on_disk}, told,
                         [](std::size_t) { return service::MoreFindings(); },
                         [&](std::size_t, reading::Checked &one) { *kept = std::move(one); });
                     kept->file = name;
                     kept->report.file = name;
                     if (kept->failed) return *kept->failed;
                     const auto [in, id] = TRY(desk->checks().keep(user, batch, kept));
                     return checked_json(*desk, english, in, id, *kept);
                   });
}

Result<Response> show_check(Call &call) {
  const auto found = TRY(call.desk.checks().find(call.actor().id, call.captured[0]));
  return answer(checked_json(call.desk, call.english, "", call.captured[0], *found));
}

Result<Response> list_batch(Call &call) {
  json::array items;
  for (const auto &one : TRY(call.desk.checks().batch(call.actor().id, call.captured[0])))
    items.push_back({{"id", one.id},
                     {"file", one.checked->file},
                     {"place", one.checked->report.structure.place},
                     {"counts", reading::counts_json(reading::count(one.checked->findings))}});
  return answer({{"items", std::move(items)}});
}

Result<Response> close_batch(Call &call) {
  TRY(call.desk.checks().close(call.actor().id, call.captured[0]));
  return nothing();
}

/// All reports of a batch side by side.
Result<Response> summary(Call &call) {
  const auto *checker = TRY(call.desk.checks().checker());
  reading::Summary summary;
  for (const auto &one : TRY(call.desk.checks().batch(call.actor().id, call.captured[0])))
    summary.towns.push_back(reading::town_of(*one.checked, true));
  for (const auto &indicator : call.catalog().indicators)
    summary.indicator_labels[indicator.id] = indicator.label.zh;
  for (const auto &rule : checker->rules().all()) summary.rule_titles[rule.id] = rule.title;
  if (call.text("format") == "html") {
    Response response;
    response.type = "text/html; charset=utf-8";
    response.body = reading::summary_html(summary, checker->lexicon());
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return response;
  }
  const auto file = call.desk.spool() / (call.environment().ids.next().text() + ".xlsx");
  auto written = reading::write_summary_xlsx(file, summary, checker->lexicon());
  auto bytes =
      written ? read_file(file, std::size_t{1} << 26) : Result<std::string>(written.error());
  std::error_code gone;
  fs::remove(file, gone);
  return download(TRY(std::move(bytes)),
                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  "summary.xlsx");
}

} // namespace

void add_check_routes(Router &router) {
  auto &one = router.add(Method::Post, "/api/v1/checks", "checkReport",
                         "Checks one report file; no ledger is needed and nothing is kept", check);
  one.body = Route::Body::File;
  one.with({"name", "The file's name", "string", true})
      .with({"batch", "Add to this batch"})
      .with({"place", "Town, when the report does not say"})
      .with({"year", "Year, when the report does not say", "integer"});
  one.gives = "Job";
  one.status = 202;
  router.add(Method::Get, "/api/v1/checks/{id}", "showCheck", "A checked report", show_check)
      .gives = "CheckedReport";
  router.add(Method::Get, "/api/v1/batches/{batch}", "listBatch", "Reports of a batch", list_batch)
      .gives = "BatchList";
  auto &summed = router.add(Method::Get, "/api/v1/batches/{batch}/summary", "batchSummary",
                            "Reports of a batch side by side", summary);
  summed.with({"format", "xlsx or html"});
  summed.media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, text/html";
  router
      .add(Method::Delete, "/api/v1/batches/{batch}", "closeBatch", "Forgets a batch", close_batch)
      .status = 204;
}

} // namespace yifa::http
