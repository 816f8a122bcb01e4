#include "http/call.h"
#include "service/report_desk.h"
#include "wire/report_json.h"

namespace yifa::http {
namespace {

/// A desk of this request's own: a report desk is used by one thread.
Result<service::ReportDesk> desk_of(Call &call) {
  return service::ReportDesk(call.desk.ledgers(), *TRY(call.desk.checks().checker()));
}

Response shown(Call &call, const service::ReportView &view, int status = 200) {
  return answer(wire::to_json(view, call.english), status);
}

Result<int> version_in(const json::object &body) {
  return static_cast<int>(TRY(number_in(body, "version", 0, 0, 1'000'000)));
}

/// A place is never guessed: left out, it is a fault of the request.
Result<std::size_t> place_in(const json::object &body, const char *name) {
  if (!body.contains(name))
    return invalid("the body was not understood", {{name, "is needed", "", ""}});
  return static_cast<std::size_t>(TRY(number_in(body, name, 0, 0, 1'000'000)));
}

Result<std::optional<int>> asked_version(Call &call) {
  const auto version = TRY(call.number("version", 0, 0, 1'000'000));
  return version == 0 ? std::optional<int>() : std::optional<int>(static_cast<int>(version));
}

Result<Response> list_reports(Call &call) {
  const auto org = TRY(call.org());
  auto desk = TRY(desk_of(call));
  json::array items;
  for (const auto &item : TRY(desk.list(org, call.actor())))
    items.push_back(wire::to_json(item, call.english));
  return answer({{"items", std::move(items)}});
}

Result<Response> begin_report(Call &call) {
  const auto body = TRY(call.body());
  service::BeginReport request;
  const auto org = TRY(text_in(body, "org"));
  request.org = org.empty() ? call.visitor->user().org : TRY(OrgCode::parse(org));
  request.year = static_cast<int>(TRY(number_in(body, "year", 0, 1949, 2200)));
  request.outline = TRY(text_in(body, "outline"));
  if (call.desk.workspace().demo())
    request.page_note = std::string(call.catalog().phrase("page.example"));
  request.client_key = std::string(call.request.header("idempotency-key"));
  auto desk = TRY(desk_of(call));
  return shown(call, TRY(desk.begin(request, call.actor())), 201);
}

Result<Response> open_report(Call &call) {
  auto desk = TRY(desk_of(call));
  return shown(call, TRY(desk.open(TRY(call.record()), TRY(asked_version(call)), call.actor())));
}

Result<Response> save_block(Call &call) {
  const auto body = TRY(call.body());
  auto desk = TRY(desk_of(call));
  return shown(call,
               TRY(desk.save_block(TRY(call.record()), TRY(version_in(body)), call.captured[1],
                                   TRY(wire::read_runs(body)), call.actor())));
}

Result<Response> insert_block(Call &call) {
  const auto body = TRY(call.body());
  auto desk = TRY(desk_of(call));
  return shown(
      call, TRY(desk.insert(TRY(call.record()), TRY(version_in(body)), TRY(text_in(body, "after")),
                            TRY(wire::read_runs(body)), call.actor())));
}

Result<Response> remove_block(Call &call) {
  const auto version = static_cast<int>(TRY(call.number("version", 0, 0, 1'000'000)));
  auto desk = TRY(desk_of(call));
  return shown(call, TRY(desk.remove(TRY(call.record()), version, call.captured[1], call.actor())));
}

Result<Response> redraft(Call &call) {
  const auto body = TRY(call.body());
  auto desk = TRY(desk_of(call));
  return shown(call, TRY(desk.redraft(TRY(call.record()), TRY(version_in(body)), call.actor())));
}

Result<Response> take_offer(Call &call) {
  const auto body = TRY(call.body());
  auto desk = TRY(desk_of(call));
  return shown(call, TRY(desk.take_offer(TRY(call.record()), TRY(version_in(body)),
                                         TRY(text_in(body, "block")), call.actor())));
}

Result<Response> accept(Call &call) {
  const auto body = TRY(call.body());
  const auto record = TRY(call.record());
  const auto version = TRY(version_in(body));
  auto desk = TRY(desk_of(call));
  if (TRY(flag_in(body, "all")))
    return shown(call, TRY(desk.accept_all(record, version, call.actor())));
  return shown(call, TRY(desk.accept(record, version, TRY(text_in(body, "block")),
                                     TRY(place_in(body, "run")), call.actor())));
}

Result<Response> keep(Call &call) {
  const auto body = TRY(call.body());
  auto desk = TRY(desk_of(call));
  return shown(
      call, TRY(desk.keep(TRY(call.record()), TRY(version_in(body)), TRY(text_in(body, "block")),
                          TRY(place_in(body, "run")), TRY(text_in(body, "reason")), call.actor())));
}

Result<Response> bind(Call &call) {
  const auto body = TRY(call.body());
  const service::BlockSpan place{TRY(text_in(body, "block")), TRY(place_in(body, "start")),
                                 TRY(place_in(body, "end"))};
  auto desk = TRY(desk_of(call));
  return shown(call, TRY(desk.bind(TRY(call.record()), TRY(version_in(body)), place,
                                   TRY(wire::read_figure(body, call.catalog())), call.actor())));
}

Result<Response> candidates(Call &call) {
  const service::BlockSpan place{
      call.text("block"), static_cast<std::size_t>(TRY(call.number("start", 0, 0, 1'000'000))),
      static_cast<std::size_t>(TRY(call.number("end", 0, 0, 1'000'000)))};
  auto desk = TRY(desk_of(call));
  json::array items;
  for (const auto &one : TRY(desk.candidates(TRY(call.record()), place, call.actor())))
    items.push_back(wire::to_json(one, call.english));
  return answer({{"items", std::move(items)}});
}

Result<Response> compare(Call &call) {
  const auto from = static_cast<int>(TRY(call.number("from", 1, 1, 1'000'000)));
  const auto to = static_cast<int>(TRY(call.number("to", 1, 1, 1'000'000)));
  auto desk = TRY(desk_of(call));
  json::array items;
  for (const auto &one : TRY(desk.compare(TRY(call.record()), from, to, call.actor())))
    items.push_back(wire::to_json(one));
  return answer({{"items", std::move(items)}});
}

Result<Response> preview(Call &call) {
  auto desk = TRY(desk_of(call));
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = TRY(desk.preview(TRY(call.record()), TRY(asked_version(call)), call.actor()));
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

Result<Response> send_report(Call &call) {
  const auto format = call.text("format").empty() ? std::string("docx") : call.text("format");
  auto desk = TRY(desk_of(call));
  auto file = TRY(desk.file(TRY(call.record()), TRY(asked_version(call)), format, call.actor()));
  auto response = download(std::move(file.bytes), file.type, file.name);
  if (format == "html")
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

Result<Response> remark(Call &call) {
  const auto body = TRY(call.body());
  std::optional<std::size_t> run;
  if (body.contains("run") && !body.at("run").is_null()) run = TRY(place_in(body, "run"));
  auto desk = TRY(desk_of(call));
  return shown(call,
               TRY(desk.remark(TRY(call.record()), TRY(text_in(body, "block")), run,
                               TRY(text_in(body, "text")),
                               std::string(call.request.header("idempotency-key")), call.actor())));
}

Result<Response> answer_remark(Call &call) {
  const auto body = TRY(call.body());
  auto desk = TRY(desk_of(call));
  return shown(call,
               TRY(desk.answer(call.captured[0], TRY(text_in(body, "text")),
                               std::string(call.request.header("idempotency-key")), call.actor())));
}

Result<Response> verify_manifest(Call &call) {
  auto desk = TRY(desk_of(call));
  return answer(wire::to_json(TRY(desk.verify_manifest(TRY(call.record()), call.actor()))));
}

/// An operation on a report's text that takes a body and gives the report.
Route &add_change(Router &router, Method method, const char *path, const char *id,
                  const char *summary, const char *takes, Result<Response> (*act)(Call &)) {
  auto &route = router.add(method, path, id, summary, act);
  if (*takes != '\0') {
    route.body = Route::Body::Json;
    route.takes = takes;
  }
  route.gives = "Report";
  return route;
}

} // namespace

void add_report_routes(Router &router) {
  auto &list = router.add(Method::Get, "/api/v1/reports", "listReports",
                          "Annual reports of the offices under a node", list_reports);
  list.with({"org", "Office or node"});
  list.gives = "ReportList";
  auto &begin =
      add_change(router, Method::Post, "/api/v1/reports", "beginReport",
                 "Opens the year's report and drafts its text", "BeginReport", begin_report);
  begin.status = 201;
  begin.keyed = true;
  add_change(router, Method::Get, "/api/v1/reports/{record}", "showReport",
             "The text with every number's standing", "", open_report)
      .with({"version", "The newest unless said", "integer"});
  add_change(router, Method::Put, "/api/v1/reports/{record}/blocks/{block}", "saveBlock",
             "Writes a paragraph", "BlockChange", save_block);
  add_change(router, Method::Post, "/api/v1/reports/{record}/blocks", "insertBlock",
             "A paragraph behind a block", "BlockInsertion", insert_block);
  add_change(router, Method::Delete, "/api/v1/reports/{record}/blocks/{block}", "removeBlock",
             "Takes a paragraph out", "", remove_block)
      .with({"version", "The version that was seen", "integer"});
  add_change(router, Method::Post, "/api/v1/reports/{record}/redraft", "redraft",
             "Drafts anew; what people wrote stays", "VersionSeen", redraft);
  add_change(router, Method::Post, "/api/v1/reports/{record}/offer", "takeOffer",
             "Takes the new draft's words for a block", "BlockSeen", take_offer);
  add_change(router, Method::Post, "/api/v1/reports/{record}/accept", "acceptFigure",
             "Puts present values in place of stale ones", "Acceptance", accept);
  add_change(router, Method::Post, "/api/v1/reports/{record}/keep", "keepNumber",
             "Leaves a number as it is, with a reason", "Keeping", keep);
  add_change(router, Method::Post, "/api/v1/reports/{record}/bind", "bindNumber",
             "Binds a bare number to a figure", "Binding", bind);
  auto &found = router.add(Method::Get, "/api/v1/reports/{record}/candidates", "candidates",
                           "Figures that a number may be", candidates);
  found.with({"block", "Block", "string", true})
      .with({"start", "Code points of the block", "integer", true})
      .with({"end", "Half-open", "integer", true});
  found.gives = "CandidateList";
  auto &two = router.add(Method::Get, "/api/v1/reports/{record}/compare", "compareVersions",
                         "What two versions say otherwise", compare);
  two.with({"from", "Version", "integer", true}).with({"to", "Version", "integer", true});
  two.gives = "Comparison";
  auto &sheet = router.add(Method::Get, "/api/v1/reports/{record}/preview", "previewReport",
                           "The sheet as it will be printed", preview);
  sheet.with({"version", "The newest unless said", "integer"});
  sheet.media = "text/html";
  auto &file = router.add(Method::Get, "/api/v1/reports/{record}/file", "sendReport",
                          "The report as a document", send_report);
  file.with({"format", "docx, html, md, txt or json"})
      .with({"version", "The newest unless said", "integer"});
  file.media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document, "
               "text/html, text/markdown, text/plain, application/json";
  add_change(router, Method::Post, "/api/v1/reports/{record}/remarks", "remarkOnReport",
             "A comment on a block or one number of it", "Remark", remark)
      .keyed = true;
  add_change(router, Method::Post, "/api/v1/remarks/{remark}/answer", "answerRemark",
             "Answers a comment", "RemarkAnswer", answer_remark)
      .keyed = true;
  auto &seal = router.add(Method::Get, "/api/v1/reports/{record}/manifest", "verifyManifest",
                          "Holds what was handed in against its manifest", verify_manifest);
  seal.gives = "ManifestCheck";
}

} // namespace yifa::http
