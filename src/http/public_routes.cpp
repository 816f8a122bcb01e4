#include "http/public_site.h"

#include "base/text.h"
#include "http/sniff.h"
#include "service/report_versions.h"

#include <array>

namespace yifa::http {
namespace {

/// Texts handed out to everybody are papers, not archives.
constexpr std::size_t kMostFile = std::size_t{64} << 20;

using Draw = Result<Response> (*)(PublicSite &);

/// Every failure is a page too, and what is not shown is told exactly as what is not there.
std::function<Result<Response>(Call &)> drawn(Draw draw) {
  return [draw](Call &call) -> Result<Response> {
    auto site = TRY(PublicSite::begin(call));
    auto response = draw(site);
    if (response) return response;
    return site.failed(response.error());
  };
}

struct PublicPage {
  Method method;
  const char *path;
  const char *id;
  const char *summary;
  Draw draw;
};

std::string ending_of(const std::string &type) {
  static constexpr std::array<std::pair<std::string_view, const char *>, 5> kEndings = {
      {{"application/pdf", ".pdf"},
       {"image/jpeg", ".jpg"},
       {"image/png", ".png"},
       {"text/plain", ".txt"},
       {"application/msword", ".doc"}}};
  for (const auto &[known, ending] : kEndings)
    if (type == known) return ending;
  return type == "application/zip" ? ".docx" : std::string();
}

} // namespace

Result<Response> public_file(PublicSite &site) {
  TRY(site.of_office());
  const auto &call = site.call();
  const auto id = RecordId::parse(call.captured[1]);
  if (!id) return not_found("there is nothing here");
  const auto file = TRY(site.shelf().file(*id, call.captured[2], site.office().code));
  auto bytes = TRY(service::kept_bytes(site.shelf().environment(), file.hash, kMostFile));
  auto type = sniff(std::string_view(bytes).substr(0, 4096));
  if (type.empty()) type = "application/octet-stream";
  auto response = download(std::move(bytes), type, file.name + ending_of(type));
  // What somebody uploaded runs nothing, whatever it is.
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  return response;
}

Result<Response> public_nothing(Call &call) {
  auto site = TRY(PublicSite::begin(call));
  return site.failed(not_found("there is nothing here"));
}

void add_public_routes(Router &router) {
  static constexpr std::array<PublicPage, 15> kPages = {{
      {Method::Get, "/public", "publicIndex", "Offices with public pages", public_index},
      {Method::Get, "/public/status", "publicStatusForm", "Asks for a query number",
       public_status_form},
      {Method::Get, "/public/status/{code}", "publicStatus", "What became of it", public_status},
      {Method::Get, "/public/{org}", "publicHome", "An office's first page", public_home},
      {Method::Get, "/public/{org}/reports", "publicReports", "Published reports", public_reports},
      {Method::Get, "/public/{org}/reports/{year}", "publicReport", "A report", public_report},
      {Method::Get, "/public/{org}/decisions", "publicDecisions", "Matters for comment",
       public_decisions},
      {Method::Get, "/public/{org}/decisions/{id}", "publicDecision", "A draft decision",
       public_decision},
      {Method::Post, "/public/{org}/decisions/{id}", "publicComment", "Takes an opinion",
       public_comment},
      {Method::Get, "/public/{org}/enforcement", "publicEnforcement", "Items, officers, results",
       public_enforcement_page},
      {Method::Get, "/public/{org}/documents", "publicDocuments", "Normative documents in force",
       public_documents},
      {Method::Get, "/public/{org}/disclosures", "publicDisclosures", "The disclosure directory",
       public_disclosures},
      {Method::Get, "/public/{org}/ask", "publicAsk", "The form for questions", public_ask},
      {Method::Post, "/public/{org}/ask", "publicSend", "Takes a question", public_send},
      {Method::Get, "/public/{org}/files/{id}/{field}", "publicFile", "A released text",
       public_file},
  }};
  for (const auto &page : kPages) {
    auto &route = router.add(page.method, page.path, page.id, page.summary, drawn(page.draw));
    route.access = Route::Access::Anyone;
    route.media = "text/html";
    // A form is read into memory like any small body.
    if (page.method == Method::Post) route.body = Route::Body::Json;
  }
}

} // namespace yifa::http
