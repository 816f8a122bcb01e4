#include "http/form_in.h"
#include "http/public_decision_parts.h"
#include "http/public_marks.h"

namespace yifa::http {
namespace {

void kinds(Page &page, const PublicSite &site, const catalog::CodeList &list,
           const std::string &chosen) {
  const Within set(page, "fieldset", {{"class", "fld kinds"}});
  page.element("legend", site.word("form.kind"));
  for (const auto &kind : list.codes) {
    const Within label(page, "label");
    page.lone("input", {{"type", "radio"},
                        {"name", "kind"},
                        {"value", kind.code},
                        {"required", ""},
                        {kind.code == chosen ? "checked" : "", ""}});
    page.open("span").element("b", site.label(kind.label));
    page.element("small", site.word("ask.kind." + kind.code)).close();
  }
}

void line_field(Page &page, const PublicSite &site, const std::string &name, const char *note,
                const std::string &value, std::size_t most) {
  const Within field(page, "div", {{"class", "fld"}});
  page.open("label", {{"for", name}}).text(site.word("form." + name));
  page.element("small", site.word(note)).close();
  page.lone("input", {{"id", name},
                      {"name", name},
                      {"class", "inp"},
                      {"required", ""},
                      {"autocomplete", "off"},
                      {"value", value},
                      {"maxlength", std::to_string(most)}});
}

Result<Response> ask_page(PublicSite &site, const std::map<std::string, std::string> &sent,
                          const service::Intake *faults) {
  const auto *type = site.catalog().type("inquiry");
  const auto *field = type == nullptr ? nullptr : type->field("kind");
  const auto *list = field == nullptr ? nullptr : site.catalog().list(field->list);
  if (list == nullptr) return not_found("there is nothing here");
  service::PublicIntake intake(site.call().desk.ledgers());
  const auto office = site.office().code;
  auto page = site.page(site.word("nav.ask"), "/ask");
  page.element("h1", site.word("nav.ask"));
  page.element("p", site.word("ask.text", {{"org", site.office().issuer}}), {{"class", "lead"}});
  if (!intake.open()) {
    page.element("p", site.word("form.closed"), {{"class", "lead"}});
    return site.done(std::move(page));
  }
  const auto token = TRY(intake.form_token(service::PublicIntake::inquiry_purpose(office)));
  const auto sizes = service::kIntakeSizes;
  const auto chosen = sent.empty() ? site.call().text("kind") : sent_value(sent, "kind");
  {
    const Within form(page, "form",
                      {{"class", "card cmt ask"},
                       {"method", "post"},
                       {"action", site.here("/ask")},
                       {"accept-charset", "utf-8"}});
    write_faults(page, site, faults);
    write_form_token(page, site, token);
    kinds(page, site, *list, chosen);
    {
      const Within words(page, "div", {{"class", "fld"}});
      page.open("label", {{"for", "words"}}).text(site.word("ask.words"));
      page.element("small", site.word("form.required")).close();
      page.element("textarea", sent_value(sent, "words"),
                   {{"id", "words"},
                    {"name", "words"},
                    {"class", "inp area"},
                    {"required", ""},
                    {"rows", "7"},
                    {"maxlength", std::to_string(sizes.words)}});
    }
    {
      const Within two(page, "div", {{"class", "two"}});
      line_field(page, site, "person", "form.required", sent_value(sent, "person"), sizes.person);
      line_field(page, site, "contact", "form.required", sent_value(sent, "contact"),
                 sizes.contact);
    }
    page.open("p", {{"class", "btns"}});
    page.element("button", site.word("ask.send"), {{"class", "btn pri"}, {"type", "submit"}});
    page.close();
    page.element("p", site.word("ask.private"), {{"class", "sm dim"}});
  }
  return site.done(std::move(page), faults != nullptr ? 422 : 200);
}

} // namespace

Result<Response> public_ask(PublicSite &site) {
  TRY(site.of_office());
  return ask_page(site, {}, nullptr);
}

Result<Response> public_send(PublicSite &site) {
  TRY(site.of_office());
  const auto sent = TRY(parse_form(site.call().request.body));
  service::SentInquiry inquiry;
  inquiry.form = {sent_value(sent, "token"), sent_value(sent, "homepage"),
                  site.call().request.remote};
  inquiry.office = site.office().code;
  inquiry.kind = sent_value(sent, "kind");
  inquiry.words = sent_value(sent, "words");
  inquiry.person = sent_value(sent, "person");
  inquiry.contact = sent_value(sent, "contact");
  const auto taken = TRY(service::PublicIntake(site.call().desk.ledgers()).take(inquiry));
  if (taken.outcome == service::Intake::Outcome::TooMany)
    return wait_page(site, taken.wait, "/ask");
  if (taken.outcome != service::Intake::Outcome::Taken) return ask_page(site, sent, &taken);
  return sent_page(site, taken.query_number, site.word("sent.inquiry." + inquiry.kind), "/ask");
}

} // namespace yifa::http
