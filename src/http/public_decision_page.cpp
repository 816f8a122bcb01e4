#include "http/form_in.h"
#include "http/public_decision_parts.h"
#include "http/public_marks.h"

namespace yifa::http {
namespace {

Result<RecordId> decision_asked(PublicSite &site) {
  const auto id = RecordId::parse(site.call().captured[1]);
  if (!id) return not_found("there is nothing here");
  return *id;
}

/// The label of a code of the part's field `result`.
std::string result_in_words(PublicSite &site, const service::PublicDecision &decision,
                            const std::string &code) {
  const auto &type = site.shelf().edition(decision.record);
  const int kind = type.part_index("opinion");
  if (kind < 0) return {};
  const auto &part = type.parts[static_cast<std::size_t>(kind)];
  const int at = part.field_index("result");
  const auto *list =
      at < 0 ? nullptr : site.catalog().list(part.fields[static_cast<std::size_t>(at)].list);
  const auto *word = list == nullptr ? nullptr : list->find(code);
  return word == nullptr ? std::string() : site.label(word->label);
}

/// What people said and what was answered: the office's digests, never the words themselves.
void opinions(Page &page, PublicSite &site, const service::PublicDecision &decision) {
  const Within section(page, "section", {{"class", "ops"}});
  page.element("h2", site.word("opinions.title"));
  page.element("p", site.word("opinions.count", {{"n", std::to_string(decision.received)},
                                                 {"m", std::to_string(decision.answered.size())}}));
  if (decision.answered.empty()) return;
  const Within table(page, "table", {{"class", "stack"}});
  page.open("thead").open("tr");
  for (const char *key : {"opinions.gist", "opinions.result", "opinions.answer", "opinions.day"})
    page.element("th", site.word(key), {{"scope", "col"}});
  page.close().close().open("tbody");
  for (const auto &one : decision.answered) {
    page.open("tr").element("td", one.gist);
    page.element("td", result_in_words(site, decision, one.result), {{"class", "nowrap"}});
    page.element("td", one.answer);
    page.element("td", site.when(one.answered_on), {{"class", "nowrap"}}).close();
  }
}

Result<Response> decision_page(PublicSite &site, const service::PublicDecision &decision,
                               const std::map<std::string, std::string> &sent,
                               const service::Intake *faults) {
  auto page = site.page(decision.title, "/decisions");
  write_decision(page, site, decision, "h1");
  if (decision.open)
    TRY(write_comment_form(page, site, decision, sent, faults));
  else
    opinions(page, site, decision);
  if (decision.published_on) {
    const auto id = decision.record.id.text();
    page.element("p", site.word("decision.made", {{"day", site.day(*decision.published_on)}}));
    const service::Entries entries(site.shelf().edition(decision.record), decision.record);
    if (TRY(site.shelf().released(decision.record, entries.file("final_text"))))
      page.open("p")
          .element("a", site.word("decision.final"),
                   {{"class", "btn"}, {"href", site.here("/files/" + id + "/final_text")}})
          .close();
  }
  return site.done(std::move(page), faults != nullptr ? 422 : 200);
}

} // namespace

Result<Response> public_decisions(PublicSite &site) {
  TRY(site.of_office());
  const auto all = TRY(service::PublicDecisions(site.shelf()).of(site.office().code));
  auto page = site.page(site.word("nav.decisions"), "/decisions");
  page.element("h1", site.word("nav.decisions"));
  if (all.empty()) page.element("p", site.word("decision.none"), {{"class", "sub"}});
  page.open("ul", {{"class", "ll wide"}});
  for (const auto &one : all) {
    const auto cells = service::day_cells(one.opens, one.closes, site.shelf().today());
    write_line(page, one.title, site.here("/decisions/" + one.record.id.text()),
               one.open
                   ? left_in_words(site, cells)
                   : site.word("decision.answered", {{"n", std::to_string(one.answered.size())},
                                                     {"day", site.when(one.closes)}}));
  }
  return site.done(std::move(page));
}

Result<Response> public_decision(PublicSite &site) {
  TRY(site.of_office());
  const auto id = TRY(decision_asked(site));
  return decision_page(
      site, TRY(service::PublicDecisions(site.shelf()).one(site.office().code, id)), {}, nullptr);
}

Result<Response> public_comment(PublicSite &site) {
  TRY(site.of_office());
  const auto id = TRY(decision_asked(site));
  const auto decision = TRY(service::PublicDecisions(site.shelf()).one(site.office().code, id));
  if (!decision.open) return not_found("this matter is not open for comment");
  const auto sent = TRY(parse_form(site.call().request.body));
  service::SentOpinion opinion;
  opinion.form = {sent_value(sent, "token"), sent_value(sent, "homepage"),
                  site.call().request.remote};
  opinion.office = site.office().code;
  opinion.decision = id;
  opinion.words = sent_value(sent, "words");
  opinion.about = sent_value(sent, "about");
  opinion.contact = sent_value(sent, "contact");
  const auto taken = TRY(service::PublicIntake(site.call().desk.ledgers()).take(opinion));
  if (taken.outcome == service::Intake::Outcome::TooMany)
    return wait_page(site, taken.wait, "/decisions");
  if (taken.outcome != service::Intake::Outcome::Taken)
    return decision_page(site, decision, sent, &taken);
  return sent_page(site, taken.query_number,
                   site.word("sent.opinion", {{"day", site.day(decision.closes)}}), "/decisions");
}

} // namespace yifa::http
