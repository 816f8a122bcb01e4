#include "http/public_decision_parts.h"
#include "http/public_marks.h"

namespace yifa::http {
namespace {

void status_form(Page &page, const PublicSite &site, const std::string &typed, bool unknown) {
  const Within form(page, "form",
                    {{"class", "card cmt"}, {"method", "get"}, {"action", "/public/status"}});
  if (unknown) {
    const Within box(page, "div", {{"class", "faults"}, {"role", "alert"}});
    page.element("p", site.word("status.unknown"));
  }
  {
    const Within two(page, "div", {{"class", "two"}});
    const Within field(page, "div", {{"class", "fld"}});
    page.element("label", site.word("sent.number"), {{"for", "code"}});
    page.lone("input", {{"id", "code"},
                        {"name", "code"},
                        {"class", "inp code"},
                        {"required", ""},
                        {"autocomplete", "off"},
                        {"spellcheck", "false"},
                        {"maxlength", "40"},
                        {"value", typed}});
  }
  page.open("p", {{"class", "btns"}});
  page.element("button", site.word("status.look"), {{"class", "btn pri"}, {"type", "submit"}});
}

Response unknown_number(PublicSite &site, const std::string &typed, int status) {
  auto page = site.page(site.word("nav.status"), "/status");
  page.element("h1", site.word("nav.status"));
  page.element("p", site.word("status.text"), {{"class", "lead"}});
  status_form(page, site, typed, status == 404);
  return site.done(std::move(page), status);
}

void opinion_status(Page &page, const PublicSite &site, const service::PublicStatus &found) {
  if (found.answer.empty() && found.closes)
    page.element("p", site.word("status.opinion", {{"day", site.day(*found.closes)}}));
  if (found.closes)
    page.open("p")
        .element("a", site.word("status.decision"),
                 {{"class", "btn"}, {"href", site.here("/decisions/" + found.record.text())}})
        .close();
}

} // namespace

Result<Response> public_status_form(PublicSite &site) {
  const auto code = site.call().text("code");
  if (code.empty()) return unknown_number(site, {}, 200);
  site.call().captured = {code};
  return public_status(site);
}

Result<Response> public_status(PublicSite &site) {
  const auto code = site.call().captured[0];
  const auto found = TRY(service::PublicIntake(site.call().desk.ledgers()).status(code));
  if (!found) return unknown_number(site, code.substr(0, 40), 404);
  if (const auto office = site.shelf().office(found->office)) site.set_office(*office);
  auto page = site.page(site.word("nav.status"), "/status");
  const bool opinion = found->closes.has_value();
  page.element("p", site.word(opinion ? "status.of_opinion" : "status.of_inquiry"),
               {{"class", "kick"}});
  page.element("h1", found->title);
  {
    const Within list(page, "dl", {{"class", "state"}});
    page.element("dt", site.word("status.received")).element("dd", site.day(found->received));
    const auto state = found->withdrawn            ? site.word("status.withdrawn")
                       : found->answered_on        ? site.word("status.answered")
                       : opinion                   ? site.word("status.waiting")
                       : !found->became.zh.empty() ? site.label(found->became)
                                                   : site.label(found->state);
    page.element("dt", site.word("status.state")).element("dd", state);
    if (found->answered_on)
      page.element("dt", site.word("status.answered_on"))
          .element("dd", site.day(*found->answered_on));
  }
  if (!found->answer.empty()) {
    const Within box(page, "section", {{"class", "card answer"}});
    page.element("h2", site.word("status.answer")).paragraphs(found->answer);
  }
  if (opinion) opinion_status(page, site, *found);
  for (const auto &limit : found->limits) write_limit(page, site, limit, site.shelf().today());
  auto response = site.done(std::move(page));
  std::erase_if(response.headers, [](const auto &one) { return one.first == "Cache-Control"; });
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Robots-Tag", "noindex");
  return response;
}

} // namespace yifa::http
