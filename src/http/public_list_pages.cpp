#include "http/public_marks.h"
#include "service/public_enforcement.h"

#include <algorithm>

namespace yifa::http {
namespace {

constexpr std::size_t kMostListed = 500;

void table_head(Page &page, const PublicSite &site, std::initializer_list<const char *> keys) {
  page.open("thead").open("tr");
  for (const char *key : keys) page.element("th", site.word(key), {{"scope", "col"}});
  page.close().close();
}

void file_cell(Page &page, const PublicSite &site, const RecordId &record, const std::string &field,
               const std::string &url) {
  page.open("td", {{"class", "nowrap"}});
  if (!field.empty())
    page.element("a", site.word("file"),
                 {{"href", site.here("/files/" + record.text() + "/" + field)}});
  if (!safe_address(url).empty())
    page.element("a", site.word("elsewhere"), {{"href", url}, {"rel", "noopener"}});
  page.close();
}

void write_items(Page &page, const PublicSite &site,
                 const std::vector<service::PublicItem> &items) {
  page.element("h2", site.word("enforcement.items", {{"n", std::to_string(items.size())}}));
  const Within table(page, "table", {{"class", "stack"}});
  table_head(page, site,
             {"enforcement.code", "enforcement.name", "enforcement.power", "enforcement.basis",
              "enforcement.from"});
  page.open("tbody");
  for (const auto &item : items) {
    page.open("tr").element("td", item.code, {{"class", "nowrap"}}).element("td", item.name);
    page.element("td", item.power).element("td", item.basis);
    page.element("td", site.when(item.from), {{"class", "nowrap"}}).close();
  }
}

void write_officers(Page &page, const PublicSite &site,
                    const std::vector<service::PublicOfficer> &officers) {
  page.element("h2", site.word("enforcement.officers", {{"n", std::to_string(officers.size())}}));
  const Within table(page, "table", {{"class", "stack"}});
  table_head(page, site,
             {"enforcement.officer", "enforcement.certificate", "enforcement.valid_to"});
  page.open("tbody");
  for (const auto &officer : officers) {
    page.open("tr").element("td", officer.name).element("td", officer.certificate);
    page.element("td", officer.valid_to ? site.when(*officer.valid_to) : std::string()).close();
  }
}

void write_results(Page &page, const PublicSite &site,
                   const std::vector<service::PublicResult> &results) {
  page.element("h2", site.word("enforcement.results", {{"n", std::to_string(results.size())}}));
  const Within table(page, "table", {{"class", "stack"}});
  table_head(page, site,
             {"enforcement.result", "enforcement.kind", "enforcement.decided",
              "enforcement.published", "enforcement.text"});
  page.open("tbody");
  for (const auto &result : results) {
    page.open("tr").element("td", result.title).element("td", result.kind);
    page.element("td", site.when(result.decided_on), {{"class", "nowrap"}});
    page.element("td", site.when(result.published_on), {{"class", "nowrap"}});
    file_cell(page, site, result.record, result.file, result.url);
    page.close();
  }
}

} // namespace

Result<Response> public_enforcement_page(PublicSite &site) {
  TRY(site.of_office());
  const auto all =
      TRY(service::public_enforcement(site.shelf(), site.office().code, site.english()));
  auto page = site.page(site.word("nav.enforcement"), "/enforcement");
  page.element("h1", site.word("nav.enforcement"));
  page.element("p", site.word("enforcement.text_head"), {{"class", "lead"}});
  if (!all.any()) page.element("p", site.word("enforcement.none"), {{"class", "sub"}});
  if (!all.items.empty()) write_items(page, site, all.items);
  if (!all.officers.empty()) write_officers(page, site, all.officers);
  if (!all.results.empty()) write_results(page, site, all.results);
  if (!all.years.empty()) {
    page.element("h2", site.word("enforcement.years"));
    page.open("ul", {{"class", "ll wide"}});
    for (const auto &one : all.years)
      write_line(page, site.word("enforcement.year", {{"year", std::to_string(one.year)}}),
                 site.here("/files/" + one.record.text() + "/reviewed_text"),
                 site.when(one.published_on));
  }
  return site.done(std::move(page));
}

Result<Response> public_documents(PublicSite &site) {
  TRY(site.of_office());
  auto &shelf = site.shelf();
  auto page = site.page(site.word("nav.documents"), "/documents");
  page.element("h1", site.word("nav.documents"));
  std::vector<record::Record> in_force;
  for (auto &record : TRY(shelf.published("normative_document", site.office().code, kMostListed))) {
    const service::Entries entries(shelf.edition(record), record);
    const auto from = entries.day("effective_on");
    const auto expires = entries.day("expires_on");
    const auto repealed = entries.day("repealed_on");
    const auto over = [&](const std::optional<Date> &day) { return day && *day < shelf.today(); };
    if (from && *from <= shelf.today() && !over(expires) && !over(repealed))
      in_force.push_back(std::move(record));
  }
  page.element(
      "p",
      site.word(in_force.empty() ? "documents.none" : "documents.text",
                {{"n", std::to_string(in_force.size())}, {"day", site.day(shelf.today())}}),
      {{"class", "lead"}});
  if (in_force.empty()) return site.done(std::move(page));
  {
    const Within table(page, "table", {{"class", "stack"}});
    table_head(page, site,
               {"documents.title", "documents.number", "documents.from", "documents.to",
                "enforcement.text"});
    page.open("tbody");
    for (const auto &record : in_force) {
      const service::Entries entries(shelf.edition(record), record);
      page.open("tr").element("td", entries.text("title"));
      page.element("td", entries.text("doc_no"), {{"class", "nowrap"}});
      for (const char *field : {"effective_on", "expires_on"}) {
        const auto day = entries.day(field);
        page.element("td", day ? site.when(*day) : std::string(), {{"class", "nowrap"}});
      }
      const bool text = TRY(shelf.released(record, entries.file("final_text")));
      file_cell(page, site, record.id, text ? "final_text" : "", entries.text("url"));
      page.close();
    }
  }
  return site.done(std::move(page));
}

Result<Response> public_disclosures(PublicSite &site) {
  TRY(site.of_office());
  auto &shelf = site.shelf();
  const auto *type = site.catalog().type("disclosure");
  const auto *field = type == nullptr ? nullptr : type->field("category");
  const auto *categories = field == nullptr ? nullptr : site.catalog().list(field->list);
  const auto records = TRY(shelf.published("disclosure", site.office().code, kMostListed));
  auto page = site.page(site.word("disclosure.title"), "/disclosures");
  page.element("h1", site.word("disclosure.title"));
  page.element("p",
               site.word(records.empty() ? "disclosure.none" : "disclosure.text",
                         {{"n", std::to_string(records.size())}}),
               {{"class", "lead"}});
  if (categories == nullptr) return site.done(std::move(page));
  for (const auto &category : categories->codes) {
    bool begun = false;
    const auto depth = page.depth();
    for (const auto &record : records) {
      const service::Entries entries(shelf.edition(record), record);
      if (entries.code("category") != category.code) continue;
      if (!std::exchange(begun, true)) {
        page.element("h2", site.label(category.label));
        page.open("ul", {{"class", "ll wide"}});
      }
      const bool text = TRY(shelf.released(record, entries.file("reviewed_text")));
      const auto url = std::string(safe_address(entries.text("url")));
      write_line(page, entries.text("title"),
                 text ? site.here("/files/" + record.id.text() + "/reviewed_text") : url,
                 site.when(entries.day("published_on").value_or(record.day)));
    }
    page.close_to(depth);
  }
  return site.done(std::move(page));
}

} // namespace yifa::http
