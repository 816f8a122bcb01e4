#include "report/render_html.h"

#include "ooxml/docx.h"
#include "report/html_text.h"
#include "report/render_json.h"
#include "report/sources.h"
#include "report/words.h"

#include <map>

namespace yifa::report {

namespace {

// Tokens of the project's look: a number is a door (tinted, underlined, never by colour alone);
// paper stays paper.
constexpr std::string_view page_style = R"css(
:root{--ink:#17232B;--ink2:#43535E;--line:#CED7DA;--canvas:#EFF3F4;--surface:#fff;--qing:#1B5870;
--tint:#E2EEF2;--zhu:#B0281E;--huang:#845400;--warm:#FFF2D2;--red:#C3271B}
*{box-sizing:border-box}
html{scroll-padding:1rem;font-variant-numeric:tabular-nums lining-nums;line-break:strict}
body{margin:0;background:var(--canvas);color:var(--ink);line-height:1.6;
font-family:"HarmonyOS Sans SC","MiSans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
a{color:inherit}
a:focus-visible{outline:2px solid #D58A00;outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--surface);padding:.5rem}
.note{margin:0;padding:.4rem 1rem;background:var(--warm);color:var(--huang);text-align:center}
.sheet,.back{max-width:210mm;margin:1.25rem auto;background:var(--surface)}
.sheet{padding:37mm 26mm 35mm 28mm;font:1.333rem/2
"FangSong_GB2312","仿宋_GB2312","FangSong","STFangsong","FandolFang","Noto Serif CJK SC",serif}
.sheet p{margin:0;text-indent:2em;text-align:justify}
.sheet h1{margin:0 0 2rem;font:400 1.833rem/1.5 "方正小标宋简体","Noto Serif CJK SC","SimSun",serif;
text-align:center;text-wrap:balance}
.sheet h2,.sheet h3,.sheet h4{margin:0;font-size:1em;font-weight:400;text-indent:2em}
.sheet h2{font-family:"SimHei","黑体","Noto Sans CJK SC",sans-serif}
.sheet h3{font-family:"KaiTi_GB2312","楷体_GB2312","KaiTi","AR PL UKai CN","Noto Serif CJK SC",serif}
.sheet .issuer{color:var(--red);text-indent:0;text-align:center;font:2.6rem/1.4 "方正小标宋简体","Noto Serif CJK SC",serif}
.sheet .number{text-indent:0;display:flex;justify-content:space-between;border-bottom:2px solid var(--red);
padding:0 1em .3em;margin-bottom:2rem}
.sheet .addressee{text-indent:0}.sheet .signature{text-align:right;text-indent:0;margin-top:2rem;padding-right:3em}
.sheet .date{text-align:right;text-indent:0;padding-right:4em}
.sheet .gap{color:var(--huang);background:var(--warm)}.sheet .gap.required{color:var(--zhu);background:#FBEBE8}
.fig{background:var(--tint);text-decoration:underline;text-decoration-color:var(--qing);text-underline-offset:.25em;border-radius:3px}
.sheet .s[data-author]{border-bottom:1px dotted var(--ink2)}
.back{padding:1.25rem;overflow-x:auto}.back h2{font-size:1.333rem;margin:1.5rem 0 .5rem}.back h2:first-child{margin-top:0}
table{border-collapse:collapse;width:100%;font-size:.933rem}
caption{text-align:left;padding:.5rem 0;color:var(--ink2)}
th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid var(--line)}
th{color:var(--ink2);font-size:.867rem;font-weight:600}td.n{text-align:right;white-space:nowrap}
code{font-family:"Noto Sans Mono CJK SC",Consolas,monospace;font-size:.867rem;overflow-wrap:anywhere}
tr:target,.s:target{background:var(--warm)}
.required{color:var(--zhu);font-weight:600}
@media (max-width:760px){.sheet{padding:1.25rem}.sheet{font-size:1.1rem}}
@media print{@page{size:A4;margin:37mm 26mm 35mm 28mm}body{background:none}.back,.skip,.note,.gap:not(.required){display:none}
.sheet{margin:0;padding:0;max-width:none;font-size:16pt;line-height:29pt}
.sheet h1{font-size:22pt}.fig{background:none;text-decoration:none}.sheet .s[data-author]{border:0}
.sheet p{orphans:2;widows:2}.sheet h2,.sheet h3{break-after:avoid}}
)css";

class Page {
public:
  Page(const Draft &draft, const catalog::Catalog &catalog)
      : draft_(draft), document_(draft.document), words_(catalog), sources_(document_, catalog) {}

  std::string text();

private:
  void head();
  void block(const Block &block);
  void sentences(const Block &block);
  void appendix();
  void row(const SourceRow &row);
  void gaps();
  std::string word(std::string_view key) const { return html_escaped(words_.get(key)); }
  /// Ids of sentences hold marks that an HTML id should not; they are numbered.
  std::string anchor(const std::string &sentence) const {
    const auto at = sentence_numbers_.find(sentence);
    return at == sentence_numbers_.end() ? "report" : "s-" + std::to_string(at->second);
  }

  const Draft &draft_;
  const Document &document_;
  const Words words_;
  const Sources sources_;
  std::map<std::string, std::size_t> sentence_numbers_;
  std::string out_;
};

std::string Page::text() {
  for (const auto &block : document_.blocks)
    for (const auto &sentence : block.sentences)
      sentence_numbers_.emplace(sentence.id, sentence_numbers_.size() + 1);
  head();
  for (const auto &one : document_.blocks) block(one);
  out_ += "</main>\n";
  appendix();
  gaps();
  out_ += "</body>\n</html>\n";
  return std::move(out_);
}

void Page::head() {
  out_ += "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
          html_escaped(document_.title()) + "</title>\n<style>" + std::string(page_style) +
          "</style>\n</head>\n<body>\n";
  if (!sources_.rows().empty())
    out_ += "<a class=\"skip\" href=\"#sources\">" + word("render.sources") + "</a>\n";
  if (!document_.page_note.empty())
    out_ += "<p class=\"note\" role=\"note\">" + html_escaped(document_.page_note) + "</p>\n";
  out_ += "<main class=\"sheet\" id=\"report\">\n";
  if (document_.document_number.empty() && document_.signer.empty()) return;
  out_ += "<p class=\"issuer\">" + html_escaped(document_.issuer) +
          "</p>\n<p class=\"number\"><span>" + html_escaped(document_.document_number) + "</span>";
  if (!document_.signer.empty())
    out_ += "<span>" + word("render.signer") + "：" + html_escaped(document_.signer) + "</span>";
  out_ += "</p>\n";
}

void Page::block(const Block &block) {
  std::string tag = "p";
  std::string marks;
  switch (block.kind) {
  case Block::Kind::Title:
    tag = "h1";
    break;
  case Block::Kind::Heading:
    tag = "h" + std::to_string(block.level + 1);
    break;
  case Block::Kind::Addressee:
    marks = " class=\"addressee\"";
    break;
  case Block::Kind::Signature:
    marks = " class=\"signature\"";
    break;
  case Block::Kind::Date:
    marks = " class=\"date\"";
    break;
  case Block::Kind::Missing:
    marks = block.required ? " class=\"gap required\"" : " class=\"gap\"";
    break;
  case Block::Kind::Paragraph:
  case Block::Kind::Point:
    break;
  }
  out_ += "<" + tag + " id=\"" + html_escaped(block.id) + "\"" + marks + ">" +
          html_escaped(block.number);
  sentences(block);
  out_ += "</" + tag + ">\n";
}

void Page::sentences(const Block &block) {
  if (block.kind == Block::Kind::Title) { // broken by sense, as on paper
    std::string lines;
    for (const auto &line : ooxml::break_title(block.text()))
      lines += (lines.empty() ? "" : "<br>") + html_escaped(line);
    out_ += lines;
    return;
  }
  for (const auto &sentence : block.sentences) {
    const bool traced = !sentence.clauses.empty() || !sentence.authors.empty();
    if (traced) {
      std::string clauses;
      for (const auto &clause : sentence.clauses) clauses += (clauses.empty() ? "" : " ") + clause;
      out_ += "<span class=\"s\" id=\"" + anchor(sentence.id) + "\" data-clauses=\"" +
              html_escaped(clauses) + "\"";
      std::string authors;
      for (const auto &author : sentence.authors)
        authors += (authors.empty() ? "" : " ") + author.type + " " + author.number;
      if (!authors.empty())
        out_ += " data-author=\"" + html_escaped(authors) + "\" title=\"" + html_escaped(authors) +
                "\"";
      out_ += ">";
    }
    std::string_view inside; // what the link before has taken of this run: the unit
    for (std::size_t i = 0; i < sentence.runs.size(); ++i) {
      const auto &run = sentence.runs[i];
      if (!run.figure) {
        out_ += html_escaped(std::string_view(run.text).substr(inside.size()));
        inside = {};
        continue;
      }
      inside = {};
      if (i + 1 < sentence.runs.size() && !sentence.runs[i + 1].figure &&
          sentence.runs[i + 1].text.starts_with(run.figure->unit))
        inside = run.figure->unit;
      const auto &source = sources_.row(*run.figure);
      out_ += "<a class=\"fig\" href=\"#" + source.anchor + "\" data-kind=\"" +
              std::string(to_string(run.figure->kind)) + "\" title=\"" +
              html_escaped(source.label) + "\">" + html_escaped(run.text) + html_escaped(inside) +
              "</a>";
    }
    if (traced) out_ += "</span>";
  }
}

void Page::appendix() {
  if (sources_.rows().empty()) return;
  out_ += "<section class=\"back\" id=\"sources\">\n<h2>" + word("render.sources") +
          "</h2>\n<table>\n<caption>" + html_escaped(document_.org_name) + " " +
          html_escaped(document_.period.text()) + "</caption>\n<thead><tr>";
  for (std::string_view key : {"render.figure", "render.value", "render.definition",
                               "render.period", "render.office", "render.records"})
    out_ += "<th scope=\"col\">" + word(key) + "</th>";
  out_ += "</tr></thead>\n<tbody>\n";
  for (const auto &one : sources_.rows()) row(one);
  out_ += "</tbody>\n</table>\n</section>\n";
}

void Page::row(const SourceRow &row) {
  out_ += "<tr id=\"" + row.anchor + "\"><th scope=\"row\"><a href=\"#" + anchor(row.first_use) +
          "\" title=\"" + word("render.back") + "\">" + html_escaped(row.label) + "</a><br><code>" +
          html_escaped(row.indicator) + "</code></th><td class=\"n\">" + html_escaped(row.value);
  if (!row.last_year.empty())
    out_ += "<br>" + word("render.last_year") + " " + html_escaped(row.last_year);
  out_ += "</td><td>" + html_escaped(row.definition);
  if (!row.source.empty())
    out_ += (row.definition.empty() ? "" : "<br>") + word("render.source") + " " +
            html_escaped(row.source);
  out_ += "</td><td>" + html_escaped(row.period) + "</td><td>" + html_escaped(document_.org_name) +
          "</td><td>" +
          html_escaped(words_.fill("render.count", {{"n", std::to_string(row.records)}})) +
          "<br><code>" + html_escaped(row.command) + "</code></td></tr>\n";
}

void Page::gaps() {
  if (!draft_.missing.empty()) {
    out_ +=
        "<section class=\"back\" id=\"missing\">\n<h2>" + word("render.missing") + "</h2>\n<ul>\n";
    for (const auto &gap : draft_.missing) {
      if (gap.kind == Missing::Kind::Figure) continue;
      out_ += "<li>";
      if (gap.required) out_ += "<span class=\"required\">" + word("render.required") + "</span> ";
      out_ += html_escaped(gap.message) + "</li>\n";
    }
    const auto silent = silent_figures(draft_);
    if (!silent.empty())
      out_ += "<li>" + html_escaped(words_.fill("missing.figures", {{"list", silent}})) + "</li>\n";
    out_ += "</ul>\n</section>\n";
  }
  if (draft_.unsaid.empty()) return;
  out_ += "<section class=\"back\" id=\"unsaid\">\n<h2>" + word("render.unsaid") + "</h2>\n<ul>\n";
  for (const auto &figure : draft_.unsaid)
    out_ += "<li>" + html_escaped(figure.label) + " " + html_escaped(figure.value) + " <code>" +
            html_escaped(figure.indicator) + "</code></li>\n";
  out_ += "</ul>\n</section>\n";
}

} // namespace

std::string render_html(const Draft &draft, const catalog::Catalog &catalog) {
  return Page(draft, catalog).text();
}

} // namespace yifa::report
