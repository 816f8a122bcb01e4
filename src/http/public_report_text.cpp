#include "http/public_report_text.h"

#include "report/sources.h"

#include <set>

namespace yifa::http {
namespace {

using report::Block;
using report::FigureRef;

bool is_number(const FigureRef &ref) {
  return ref.kind == FigureRef::Kind::Value || ref.kind == FigureRef::Kind::Group ||
         ref.kind == FigureRef::Kind::Change;
}

class ReportText {
public:
  ReportText(Page &page, PublicSite &site, const service::PublicReport &report, bool whole)
      : page_(page), site_(site), report_(report), sources_(*report.document, site.catalog()),
        whole_(whole) {}

  void write(std::size_t most_blocks) {
    std::size_t written = 0;
    for (const auto &block : report_.document->blocks) {
      if (block.kind == Block::Kind::Missing || block.kind == Block::Kind::Title) continue;
      if (most_blocks > 0 && written++ == most_blocks) return;
      write(block);
    }
  }

private:
  void write(const Block &block) {
    std::string tag = "p";
    std::string css;
    switch (block.kind) {
    case Block::Kind::Heading:
      tag = "h" + std::to_string(std::min(block.level + 1, 4));
      break;
    case Block::Kind::Addressee:
      css = "addressee";
      break;
    case Block::Kind::Signature:
    case Block::Kind::Date:
      css = "signature";
      break;
    default:
      css = "t";
    }
    std::vector<const report::SourceRow *> fresh;
    page_.open(tag, {{css.empty() ? "" : "class", css}});
    page_.text(block.number);
    for (const auto &sentence : block.sentences) write(sentence, fresh);
    page_.close();
    if (whole_ && !fresh.empty()) write_doors(fresh);
  }

  void write(const report::Sentence &sentence, std::vector<const report::SourceRow *> &fresh) {
    std::string_view inside; // what the chip before has taken of this run: the measure word
    for (std::size_t i = 0; i < sentence.runs.size(); ++i) {
      const auto &run = sentence.runs[i];
      if (!run.figure || !is_number(*run.figure)) {
        page_.text(std::string_view(run.text).substr(inside.size()));
        inside = {};
        continue;
      }
      inside = {};
      const auto &unit = run.figure->unit;
      if (i + 1 < sentence.runs.size() && !sentence.runs[i + 1].figure &&
          sentence.runs[i + 1].text.starts_with(unit))
        inside = unit;
      const auto &row = sources_.row(*run.figure);
      if (told_.insert(row.anchor).second) fresh.push_back(&row);
      const auto target =
          whole_ ? "#" + row.anchor
                 : site_.here("/reports/" + std::to_string(report_.year) + "#" + row.anchor);
      page_.open("a", {{"class", "fig"}, {"href", target}, {"title", row.label}});
      page_.text(run.text);
      if (!inside.empty()) page_.element("i", inside);
      page_.close();
    }
  }

  void write_doors(const std::vector<const report::SourceRow *> &rows) {
    const Within door(page_, "details", {{"class", "door"}});
    page_.element("summary", site_.word("report.door", {{"n", std::to_string(rows.size())}}));
    const Within grid(page_, "div", {{"class", "facts"}});
    for (const auto *row : rows) write_fact(*row);
  }

  void write_fact(const report::SourceRow &row) {
    const Within fact(page_, "div", {{"class", "fact"}, {"id", row.anchor}});
    page_.open("p", {{"class", "name"}}).text(row.label);
    if (!row.value.empty()) page_.element("b", row.value);
    page_.close();
    const Within list(page_, "dl");
    const auto term = [&](const char *key, const std::string &value) {
      if (!value.empty()) page_.element("dt", site_.word(key)).element("dd", value);
    };
    term("report.definition", row.definition);
    const auto *indicator = site_.catalog().indicator(row.indicator);
    const auto *type = indicator != nullptr ? site_.catalog().type(indicator->type) : nullptr;
    if (type != nullptr)
      term("report.ledger", site_.word("report.ledger_of", {{"ledger", site_.label(type->label)}}));
    term("report.source", row.source);
    term("report.last_year", row.last_year);
    if (report_.sealed_on)
      term("report.sealed",
           site_.word("report.sealed_on", {{"day", site_.day(*report_.sealed_on)},
                                           {"check", service::sealed_check(report_, row)}}));
    if (report_.redefined.contains(row.indicator))
      term("report.redefined", site_.word("report.redefined_text"));
  }

  Page &page_;
  PublicSite &site_;
  const service::PublicReport &report_;
  report::Sources sources_;
  bool whole_;
  std::set<std::string> told_;
};

} // namespace

void write_report_head(Page &page, const PublicSite &site, const service::PublicReport &report,
                       const std::string &tag) {
  const auto title = report.document
                         ? report.document->title()
                         : site.word("report.title", {{"org", site.office().issuer},
                                                      {"year", std::to_string(report.year)}});
  page.element("p", site.word("report.kick"), {{"class", "kick"}});
  page.element(tag, title, {{"class", "title"}});
  const Within meta(page, "p", {{"class", "meta"}});
  if (!report.number.empty()) page.element("span", report.number);
  if (report.document && report.document->date)
    page.element("span", site.word("report.dated", {{"day", site.day(*report.document->date)}}));
  page.element("span", site.word("report.published", {{"day", site.day(report.published_on)}}));
  if (report.paper)
    page.element("a", site.word("report.paper"),
                 {{"href", site.here("/files/" + report.record.text() + "/body")}});
  if (!safe_address(report.url).empty())
    page.element("a", site.word("elsewhere"), {{"href", report.url}, {"rel", "noopener"}});
}

void write_report_text(Page &page, PublicSite &site, const service::PublicReport &report,
                       std::size_t most_blocks) {
  if (report.document)
    ReportText(page, site, report, most_blocks == 0).write(most_blocks);
  else
    page.element("p", site.word(report.paper ? "report.paper_only" : "report.no_text"),
                 {{"class", "lead"}});
}

} // namespace yifa::http
