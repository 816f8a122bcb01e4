#include "http/call.h"
#include "report/paper.h"
#include "service/account_store.h"
#include "service/changes.h"
#include "service/dossier.h"
#include "service/handlers.h"
#include "service/links.h"
#include "wire/changes_json.h"
#include "wire/links_json.h"

namespace yifa::http {
namespace {

constexpr const char *kPaperForms =
    "text/html, application/vnd.openxmlformats-officedocument.wordprocessingml.document";

Result<Response> history(Call &call) {
  auto *reader = TRY(call.reader());
  service::ChangesRequest request;
  request.record = TRY(call.record());
  request.english = call.english;
  request.name_of = [reader](const std::string &actor) {
    return service::name_of_user(*reader, actor).value_or("");
  };
  json::array items;
  for (const auto &change :
       TRY(service::record_changes(call.desk.ledgers(), request, call.actor())))
    items.push_back(wire::to_json(change));
  return answer({{"items", std::move(items)}});
}

Result<Response> links(Call &call) {
  return answer(wire::to_json(TRY(
      service::record_links(call.environment(), TRY(call.record()), call.actor(), call.english))));
}

/// A paper as a page to print, or as a document.
Result<Response> paper_answer(Call &call, report::Paper paper, const std::string &name) {
  if (call.desk.workspace().demo())
    paper.page_note = std::string(call.catalog().phrase("page.example"));
  if (call.text("format") == "docx")
    return download(TRY(report::render_paper_docx(paper)),
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    name + ".docx");
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = report::render_paper_html(paper);
  // The page brings its own style sheet and no script.
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return response;
}

service::DossierRequest request_of(Call &call) {
  service::DossierRequest request;
  request.what = call.captured[0];
  request.personal = call.flag("personal");
  return request;
}

Result<Response> dossier(Call &call) {
  auto made = TRY(service::Dossiers(call.desk.ledgers()).assemble(request_of(call), call.actor()));
  if (call.text("format") != "json") return paper_answer(call, std::move(made.paper), "dossier");
  static constexpr const char *kStatus[] = {"present", "filled", "absent"};
  json::array contents;
  for (const auto &entry : made.contents)
    contents.push_back({{"name", entry.name},
                        {"date", entry.day ? json::value(entry.day->text()) : json::value()},
                        {"status", kStatus[static_cast<std::size_t>(entry.status)]}});
  json::array lacks;
  for (const auto &lack : made.lacks)
    lacks.push_back({{"where", lack.where}, {"message", lack.message}, {"source", lack.source}});
  return answer({{"contents", std::move(contents)}, {"lacks", std::move(lacks)}});
}

Result<Response> document(Call &call) {
  return paper_answer(call,
                      TRY(service::Dossiers(call.desk.ledgers())
                              .document(request_of(call), call.captured[1], call.actor())),
                      call.captured[1]);
}

Result<Response> send_to(Call &call) {
  const auto body = TRY(call.body());
  TRY(service::send_matter(call.environment(), TRY(call.record()), TRY(text_in(body, "user")),
                           call.actor()));
  return nothing();
}

Result<Response> take_back(Call &call) {
  TRY(service::take_back_matter(call.environment(), TRY(call.record()), call.captured[1],
                                call.actor()));
  return nothing();
}

/// Everything that was sent to the visitor: all that counsel sees.
Result<Response> sent_to_me(Call &call) {
  auto *reader = TRY(call.reader());
  auto *names = TRY(call.names());
  json::array items;
  for (const auto &[ledger, id] : TRY(reader->handled_by(call.actor().id))) {
    const auto record = TRY(reader->get(ledger, id));
    if (!record || record->withdrawn || !service::permit_record(*reader, call.actor(), *record))
      continue;
    items.push_back(wire::record_json(call.catalog(), service::edition_of(call.catalog(), *record),
                                      *record, *names, {false, false, call.english}));
  }
  return answer({{"items", std::move(items)}});
}

} // namespace

void add_matter_routes(Router &router) {
  router
      .add(Method::Get, "/api/v1/records/{id}/history", "recordHistory",
           "Every change of a record, field by field", history)
      .gives = "ChangeList";
  router
      .add(Method::Get, "/api/v1/records/{id}/links", "recordLinks",
           "What it points to and what points to it", links)
      .gives = "Links";
  auto &file = router.add(Method::Get, "/api/v1/records/{id}/dossier", "dossier",
                          "The whole file of a matter", dossier);
  file.with({"format", "html, docx or json"}).with({"personal", "With personal fields", "boolean"});
  file.gives = "Dossier";
  file.media = kPaperForms;
  auto &paper = router.add(Method::Get, "/api/v1/records/{id}/documents/{name}", "document",
                           "A statutory document, filled", document);
  paper.with({"format", "html or docx"}).with({"personal", "With personal fields", "boolean"});
  paper.media = kPaperForms;
  auto &send = router.add(Method::Post, "/api/v1/records/{id}/handlers", "sendMatter",
                          "Sends a matter to counsel or a colleague", send_to);
  send.body = Route::Body::Json;
  send.takes = "Handler";
  send.status = 204;
  router
      .add(Method::Delete, "/api/v1/records/{id}/handlers/{user}", "takeBackMatter",
           "Takes it back", take_back)
      .status = 204;
  router.add(Method::Get, "/api/v1/matters", "myMatters", "What was sent to me", sent_to_me).gives =
      "MatterList";
}

} // namespace yifa::http
