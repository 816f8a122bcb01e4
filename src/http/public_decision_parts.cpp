#include "http/public_decision_parts.h"

#include "http/public_marks.h"

namespace yifa::http {

void write_decision(Page &page, PublicSite &site, const service::PublicDecision &decision,
                    const std::string &tag) {
  const auto cells = service::day_cells(decision.opens, decision.closes, site.shelf().today());
  const auto id = decision.record.id.text();
  const Within section(page, "section", {{"class", "now"}});
  {
    const Within left(page, "div");
    page.element("p", site.word(decision.open ? "decision.open" : "decision.closed"),
                 {{"class", "kick"}});
    page.element(tag, decision.title, {{"class", "title"}});
    page.element("p",
                 site.word(decision.open ? "decision.text" : "decision.closed_text",
                           {{"org", site.office().issuer}}),
                 {{"class", "sub"}});
    const Within buttons(page, "p", {{"class", "btns"}});
    const auto file = [&](const char *field, const char *key) {
      page.element("a", site.word(key),
                   {{"class", "btn"}, {"href", site.here("/files/" + id + "/" + field)}});
    };
    if (decision.draft) file("draft", "decision.draft");
    if (decision.note) file("draft_note", "decision.note");
    if (!decision.draft) page.element("span", site.word("decision.no_draft"), {{"class", "sub"}});
  }
  const Within right(page, "div", {{"class", "win"}});
  page.element("p",
               site.word("decision.days",
                         {{"from", site.day(decision.opens)},
                          {"to", site.day(decision.closes)},
                          {"n", std::to_string(decision.closes.days() - decision.opens.days())}}),
               {{"class", "sm sub"}});
  write_cells(page, site, cells);
  page.open("p").element("b", decision.open || cells.left == 0 ? left_in_words(site, cells)
                                                               : site.word("left.over"));
  page.text("　").text(site.word("decision.received")).open("span", {{"class", "fig flat"}});
  page.number(decision.received).element("i", site.word("decision.unit")).close().close();
  if (!decision.short_reason.empty())
    page.element("p", site.word("decision.short", {{"reason", decision.short_reason}}),
                 {{"class", "sm sub"}});
  write_comment_term(page, site, decision);
}

void write_form_token(Page &page, const PublicSite &site, const std::string &token) {
  page.lone("input", {{"type", "hidden"}, {"name", "token"}, {"value", token}});
  const Within trap(page, "div", {{"class", "vh"}, {"aria-hidden", "true"}});
  page.element("label", site.word("form.trap"), {{"for", "homepage"}});
  page.lone(
      "input",
      {{"id", "homepage"}, {"name", "homepage"}, {"tabindex", "-1"}, {"autocomplete", "off"}});
}

void write_faults(Page &page, const PublicSite &site, const service::Intake *intake) {
  if (intake == nullptr || intake->outcome == service::Intake::Outcome::Taken) return;
  const Within box(page, "div", {{"class", "faults"}, {"role", "alert"}});
  if (intake->outcome == service::Intake::Outcome::OldForm)
    page.element("p", site.word("form.old"));
  for (const auto &[field, fault] : intake->faults)
    page.element("p", site.word("form." + fault, {{"field", site.word("form." + field)}}));
}

std::string sent_value(const std::map<std::string, std::string> &sent, const std::string &name) {
  const auto found = sent.find(name);
  return found == sent.end() ? std::string() : found->second;
}

Status write_comment_form(Page &page, PublicSite &site, const service::PublicDecision &decision,
                          const std::map<std::string, std::string> &sent,
                          const service::Intake *faults) {
  service::PublicIntake intake(site.call().desk.ledgers());
  if (!intake.open()) {
    page.element("p", site.word("form.closed"), {{"class", "lead"}});
    return Done{};
  }
  const auto id = decision.record.id;
  const auto token = TRY(intake.form_token(service::PublicIntake::opinion_purpose(id)));
  const auto sizes = service::kIntakeSizes;
  const Within form(page, "form",
                    {{"class", "card cmt"},
                     {"id", "comment"},
                     {"method", "post"},
                     {"action", site.here("/decisions/" + id.text())},
                     {"accept-charset", "utf-8"}});
  page.element("h2", site.word("comment.title"));
  write_faults(page, site, faults);
  write_form_token(page, site, token);
  {
    const Within grid(page, "div", {{"class", "fg"}});
    {
      const Within field(page, "div", {{"class", "fld tall"}});
      page.open("label", {{"for", "words"}}).text(site.word("form.words"));
      page.element("small", site.word("form.required")).close();
      page.element("textarea", sent_value(sent, "words"),
                   {{"id", "words"},
                    {"name", "words"},
                    {"class", "inp area"},
                    {"required", ""},
                    {"rows", "5"},
                    {"maxlength", std::to_string(sizes.words)}});
    }
    {
      const Within field(page, "div", {{"class", "fld"}});
      page.open("label", {{"for", "about"}}).text(site.word("form.about"));
      page.element("small", site.word("form.optional")).close();
      page.lone("input", {{"id", "about"},
                          {"name", "about"},
                          {"class", "inp"},
                          {"value", sent_value(sent, "about")},
                          {"placeholder", site.word("comment.about_example")},
                          {"maxlength", std::to_string(sizes.about)}});
    }
    {
      const Within field(page, "div", {{"class", "fld"}});
      page.open("label", {{"for", "contact"}}).text(site.word("form.contact"));
      page.element("small", site.word("form.private")).close();
      page.lone("input", {{"id", "contact"},
                          {"name", "contact"},
                          {"class", "inp"},
                          {"autocomplete", "off"},
                          {"value", sent_value(sent, "contact")},
                          {"placeholder", site.word("comment.contact_why")},
                          {"maxlength", std::to_string(sizes.contact)}});
    }
    const Within send(page, "div", {{"class", "fld end"}});
    page.element("button", site.word("comment.send"), {{"class", "btn pri"}, {"type", "submit"}});
  }
  page.element("p", site.word("comment.published"), {{"class", "sm"}});
  page.element("p", site.word("comment.unpublished"), {{"class", "sm dim"}});
  return Done{};
}

Response sent_page(PublicSite &site, const std::string &number, const std::string &text,
                   const std::string &current) {
  auto page = site.page(site.word("sent.title"), current);
  page.element("h1", site.word("sent.title"));
  page.element("p", text);
  {
    const Within box(page, "div", {{"class", "card ticket"}});
    page.element("p", site.word("sent.number"), {{"class", "sub"}});
    page.element("p", number, {{"class", "code"}});
    page.element("p", site.word("sent.once"), {{"class", "sm"}});
  }
  page.open("p", {{"class", "btns"}});
  page.element("a", site.word("sent.look"),
               {{"class", "btn"}, {"href", site.to("/public/status/" + number)}});
  page.element("a", site.word("missing.home"), {{"class", "btn"}, {"href", site.here()}});
  auto response = site.done(std::move(page));
  // The number is told once: it does not stay behind in a shared browser.
  std::erase_if(response.headers, [](const auto &one) { return one.first == "Cache-Control"; });
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response wait_page(PublicSite &site, std::int64_t seconds, const std::string &current) {
  auto page = site.page(site.word("wait.title"), current);
  page.element("h1", site.word("wait.title"));
  page.element("p", site.word("wait.text", {{"n", std::to_string((seconds + 59) / 60)}}));
  auto response = site.done(std::move(page), 429);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

} // namespace yifa::http
