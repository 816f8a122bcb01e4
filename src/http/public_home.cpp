#include "http/public_decision_parts.h"
#include "http/public_marks.h"
#include "http/public_report_text.h"
#include "service/public_enforcement.h"

namespace yifa::http {
namespace {

/// How much of the latest report the first page shows, and how long its lists are.
constexpr std::size_t kReportBlocks = 7;
constexpr std::size_t kShortList = 6;

void latest_report(Page &page, PublicSite &site, int year) {
  const Within article(page, "article", {{"class", "rpt"}});
  const auto report = service::PublicReports(site.shelf()).one(site.office().code, year);
  if (!report) { // it may have been altered: that is told on its own page
    page.element("p", site.word("report.unreadable"), {{"class", "lead"}});
    return;
  }
  write_report_head(page, site, *report, "h2");
  write_report_text(page, site, *report, kReportBlocks);
  page.open("p", {{"class", "btns"}})
      .element("a", site.word("report.whole"),
               {{"class", "btn"}, {"href", site.here("/reports/" + std::to_string(year))}})
      .close();
}

void ask_list(Page &page, const PublicSite &site, const catalog::Catalog &catalog) {
  const auto *type = catalog.type("inquiry");
  const auto *field = type == nullptr ? nullptr : type->field("kind");
  const auto *list = field == nullptr ? nullptr : catalog.list(field->list);
  if (list == nullptr) return;
  page.element("h2", site.word("home.ask"));
  const Within lines(page, "ul", {{"class", "ll"}});
  for (const auto &kind : list->codes)
    write_line(page, site.label(kind.label), site.here("/ask"),
               site.word("home.ask_note." + kind.code));
}

Status side(Page &page, PublicSite &site, const std::vector<service::PublicReportItem> &reports,
            const std::vector<service::PublicDecision> &decisions) {
  const Within aside(page, "aside");
  if (!reports.empty()) {
    page.element("h2", site.word("home.reports"));
    const Within list(page, "ul", {{"class", "ll"}});
    for (std::size_t i = 0; i < reports.size() && i < kShortList; ++i)
      write_line(page, site.word("report.year", {{"year", std::to_string(reports[i].year)}}),
                 site.here("/reports/" + std::to_string(reports[i].year)),
                 site.when(reports[i].published_on));
  }
  bool begun = false;
  const auto depth = page.depth();
  for (const auto &one : decisions) {
    if (one.open || one.answered.empty()) continue;
    if (!begun) {
      page.element("h2", site.word("home.answered")).open("ul", {{"class", "ll"}});
      begun = true;
    }
    write_line(page, one.title, site.here("/decisions/" + one.record.id.text()),
               site.word("home.answers", {{"n", std::to_string(one.answered.size())}}));
  }
  page.close_to(depth);
  ask_list(page, site, site.catalog());
  const auto items = TRY(site.shelf().published("disclosure", site.office().code, kShortList));
  if (!items.empty()) {
    page.element("h2", site.word("disclosure.title"));
    page.open("ul", {{"class", "ll"}});
    for (const auto &record : items) {
      const service::Entries entries(site.shelf().edition(record), record);
      write_line(page, entries.text("title"), "",
                 site.when(entries.day("published_on").value_or(record.day)));
    }
    page.close().open("p", {{"class", "sm more"}});
    page.element("a", site.word("disclosure.all"), {{"href", site.here("/disclosures")}});
    page.close_to(depth);
  }
  const auto force =
      TRY(service::public_enforcement(site.shelf(), site.office().code, site.english()));
  if (force.any()) {
    page.element("h2", site.word("nav.enforcement"));
    const Within list(page, "ul", {{"class", "ll"}});
    const auto counted = [&](const char *key, std::size_t n) {
      if (n > 0)
        write_line(page, site.word(key), site.here("/enforcement"),
                   site.word("home.count", {{"n", std::to_string(n)}}));
    };
    counted("home.items", force.items.size());
    counted("home.officers", force.officers.size());
    counted("home.results", force.results.size());
  }
  return Done{};
}

} // namespace

Result<Response> public_index(PublicSite &site) {
  const auto offices = TRY(site.shelf().offices());
  const auto open = TRY(service::PublicDecisions(site.shelf()).open_everywhere());
  auto page = site.page(site.word("nav.offices"));
  page.element("h1", site.word("site"));
  page.element("p", site.word("index.text"), {{"class", "lead"}});
  if (!open.empty()) {
    page.element("h2", site.word("decision.open"));
    page.open("ul", {{"class", "ll wide"}});
    for (const auto &one : open) {
      const auto cells = service::day_cells(one.opens, one.closes, site.shelf().today());
      write_line(page, one.title,
                 site.to("/public/" + one.office.text() + "/decisions/" + one.record.id.text()),
                 left_in_words(site, cells));
    }
    page.close();
  }
  page.element("h2", site.word("nav.offices"));
  if (offices.empty()) page.element("p", site.word("index.none"), {{"class", "sub"}});
  page.open("ul", {{"class", "ll wide"}});
  for (const auto &office : offices)
    write_line(page, office.issuer, site.to("/public/" + office.code.text()), office.code.text());
  return site.done(std::move(page));
}

Result<Response> public_home(PublicSite &site) {
  TRY(site.of_office());
  service::PublicDecisions asked(site.shelf());
  const auto decisions = TRY(asked.of(site.office().code));
  const auto reports = TRY(service::PublicReports(site.shelf()).of(site.office().code));
  auto page = site.page(site.office().issuer);
  if (decisions.empty() || !decisions.front().open)
    page.element("h1", site.word("home.title", {{"org", site.office().issuer}}));
  bool first = true;
  for (const auto &each : decisions) {
    if (!each.open) continue;
    const auto whole = TRY(asked.one(site.office().code, each.record.id));
    write_decision(page, site, whole, first ? "h1" : "h2");
    if (first)
      TRY(write_comment_form(page, site, whole));
    else
      page.open("p", {{"class", "btns"}})
          .element("a", site.word("comment.title"),
                   {{"class", "btn"},
                    {"href", site.here("/decisions/" + each.record.id.text() + "#comment")}})
          .close();
    first = false;
  }
  {
    const Within columns(page, "div", {{"class", "pcols"}});
    {
      const Within left(page, "div");
      if (reports.empty())
        page.element("p", site.word("report.none"), {{"class", "sub"}});
      else
        latest_report(page, site, reports.front().year);
    }
    TRY(side(page, site, reports, decisions));
  }
  return site.done(std::move(page));
}

} // namespace yifa::http
