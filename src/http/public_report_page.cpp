#include "http/public_marks.h"
#include "http/public_report_text.h"

namespace yifa::http {
namespace {

void verify_box(Page &page, const PublicSite &site, const service::PublicReport &report) {
  if (report.manifest_hash.empty()) return;
  const Within box(page, "details", {{"class", "door"}, {"id", "verify"}});
  page.element("summary", site.word("report.verify"));
  page.paragraphs(site.word("report.verify_text"));
  const Within list(page, "dl", {{"class", "hashes"}});
  page.element("dt", site.word("report.text_hash")).element("dd", report.text_hash);
  page.element("dt", site.word("report.manifest_hash")).element("dd", report.manifest_hash);
}

} // namespace

Result<Response> public_reports(PublicSite &site) {
  TRY(site.of_office());
  const auto reports = TRY(service::PublicReports(site.shelf()).of(site.office().code));
  auto page = site.page(site.word("nav.reports"), "/reports");
  page.element("h1", site.word("nav.reports"));
  if (reports.empty()) page.element("p", site.word("report.none"), {{"class", "sub"}});
  page.open("ul", {{"class", "ll wide"}});
  for (const auto &one : reports)
    write_line(page, site.word("report.year", {{"year", std::to_string(one.year)}}),
               site.here("/reports/" + std::to_string(one.year)),
               site.word("report.published", {{"day", site.when(one.published_on)}}));
  return site.done(std::move(page));
}

Result<Response> public_report(PublicSite &site) {
  TRY(site.of_office());
  const auto &written = site.call().captured[1];
  const bool digits =
      written.size() == 4 && written.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return not_found("there is nothing here");
  service::PublicReports reports(site.shelf());
  const auto report = TRY(reports.one(site.office().code, std::stoi(written)));
  auto page = site.page(site.word("report.year", {{"year", written}}), "/reports");
  {
    const Within article(page, "article", {{"class", "rpt one"}});
    write_report_head(page, site, report, "h1");
    if (report.document) page.element("p", site.word("report.lead"), {{"class", "lead"}});
    write_report_text(page, site, report);
    verify_box(page, site, report);
  }
  return site.done(std::move(page));
}

} // namespace yifa::http
