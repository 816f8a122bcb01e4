#include "report/paper.h"

#include "base/text.h"
#include "ooxml/docx.h"
#include "report/html_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace yifa::report {

namespace {

using Kind = PaperBlock::Kind;

std::vector<ooxml::Run> cell(const std::string &text) { return {{text, false, {}, {}, {}}}; }

ooxml::Table ruled(const PaperBlock &block) {
  ooxml::Table table;
  table.compact = block.compact;
  for (std::size_t i = 0; i < block.head.size(); ++i) {
    ooxml::Table::Column column;
    column.head = block.head[i];
    column.weight = i < block.weights.size() ? block.weights[i] : 1;
    table.columns.push_back(std::move(column));
  }
  for (const auto &row : block.rows) {
    std::vector<std::vector<ooxml::Run>> cells;
    for (const auto &text : row) cells.push_back(cell(text));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

void add_docx(const PaperBlock &block, std::vector<ooxml::Block> &body) {
  using ooxml::Role;
  const auto put = [&](Role role, std::string text) {
    body.emplace_back(ooxml::paragraph(role, std::move(text)));
  };
  switch (block.kind) {
  case Kind::Heading:
    put(Role::Heading1, block.text);
    break;
  case Kind::Text: {
    auto paragraph = ooxml::paragraph(Role::Body, block.text);
    for (auto &run : paragraph.runs) run.bold = block.strong;
    body.emplace_back(std::move(paragraph));
    break;
  }
  case Kind::Table:
  case Kind::Form:
    body.emplace_back(ruled(block));
    break;
  case Kind::Sign:
    put(Role::Body, block.text);
    break;
  case Kind::Office:
    body.emplace_back(ooxml::BlankLine());
    put(Role::Signature, block.text);
    break;
  case Kind::Date:
    put(Role::DateLine, block.text);
    break;
  case Kind::Note:
    put(block.compact ? Role::Small : Role::Note, block.text);
    break;
  case Kind::NewPage:
    body.emplace_back(ooxml::PageBreak());
    put(Role::AnnexTitle, block.text);
    if (!block.extra.empty()) put(Role::Centered, block.extra);
    break;
  }
}

constexpr std::string_view kStyle = R"css(
:root{--ink:#17232B;--ink2:#43535E;--line:#CED7DA;--canvas:#EFF3F4;--surface:#fff;--zhu:#B0281E;--warm:#FFF2D2;--huang:#845400}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:1rem/1.75
"FangSong_GB2312","FangSong","STFangsong","FandolFang","Noto Serif CJK SC",serif;line-break:strict}
.note{margin:0;padding:.4rem 1rem;background:var(--warm);color:var(--huang);text-align:center}
.sheet{max-width:210mm;margin:1.25rem auto;background:var(--surface);padding:25mm 24mm}
h1{font:400 1.6rem/1.5 "Noto Serif CJK SC","SimSun",serif;text-align:center;margin:0 0 .5rem;text-wrap:balance}
h2{font:400 1rem/1.75 "SimHei","Noto Sans CJK SC",sans-serif;margin:1rem 0 .25rem}
p{margin:.25rem 0;text-indent:2em;overflow-wrap:anywhere}.number{text-align:center;text-indent:0;color:var(--ink2)}
.strong{color:var(--zhu);font-weight:600}.office,.date{text-align:right;text-indent:0;padding-right:3em}
.sign{margin-top:1rem}.tight{text-indent:0;font-size:.76rem;line-height:1.4}.small{color:var(--ink2);font-size:.933rem}
table{border-collapse:collapse;table-layout:fixed;width:100%;margin:.5rem 0;font-size:.933rem;line-height:1.5}
th,td{border:1px solid var(--ink2);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;background:#F5F7F8}td,th{white-space:pre-line}
.compact{font-size:.76rem;line-height:1.35}.compact th,.compact td{padding:.12rem .35rem}
@media (max-width:760px){.sheet{padding:1rem}}
@media print{@page{size:A4;margin:20mm}body{background:none}.sheet{margin:0;padding:0;max-width:none}.sheet+.sheet{break-before:page}
tr{break-inside:avoid}}
)css";

std::string element(std::string_view name, std::string_view attributes, const std::string &text) {
  std::string out = "<" + std::string(name);
  if (!attributes.empty()) out += " class=\"" + std::string(attributes) + "\"";
  return out + ">" + html_escaped(text) + "</" + std::string(name) + ">\n";
}

/// Shares of the width, in whole per cent.
std::string columns(const std::vector<double> &weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (sum <= 0) return {};
  std::string out = "<colgroup>";
  for (const double weight : weights)
    out += "<col style=\"width:" + std::to_string(std::lround(100 * weight / sum)) + "%\">";
  return out + "</colgroup>";
}

std::string html_table(const PaperBlock &block) {
  std::string out = block.compact ? "<table class=\"compact\">" : "<table>";
  out += columns(block.weights);
  const bool form = block.kind == Kind::Form;
  if (!form) {
    out += "<thead><tr>";
    for (const auto &head : block.head) out += "<th scope=\"col\">" + html_escaped(head) + "</th>";
    out += "</tr></thead>";
  }
  out += "<tbody>\n";
  for (const auto &row : block.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += form && i == 0 ? "<th scope=\"row\">" + html_escaped(row[i]) + "</th>"
                            : "<td>" + html_escaped(row[i]) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

std::string html_block(const PaperBlock &block) {
  switch (block.kind) {
  case Kind::Heading:
    return element("h2", "", block.text);
  case Kind::Text:
    return element("p", block.strong ? "strong" : "", block.text);
  case Kind::Table:
  case Kind::Form:
    return html_table(block);
  case Kind::Sign:
    return element("p", "sign", block.text);
  case Kind::Office:
    return element("p", "office", block.text);
  case Kind::Date:
    return element("p", "date", block.text);
  case Kind::Note:
    return element("p", block.compact ? "small tight" : "small", block.text);
  case Kind::NewPage:
    break;
  }
  return "</section>\n<section class=\"sheet\">\n" + element("h1", "", block.text) +
         (block.extra.empty() ? "" : element("p", "number", block.extra));
}

} // namespace

Result<std::string> render_paper_docx(const Paper &paper) {
  ooxml::Document out;
  out.subject = paper.title;
  out.author = paper.issuer;
  out.created = paper.day;
  out.page_note = paper.page_note;
  out.title = ooxml::break_title(paper.title);
  if (!paper.number.empty())
    out.body.emplace_back(ooxml::paragraph(ooxml::Role::Centered, paper.number));
  for (const auto &block : paper.blocks) add_docx(block, out.body);
  return ooxml::write_docx(out);
}

std::string render_paper_html(const Paper &paper) {
  std::string out = "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">";
  out += "<title>" + html_escaped(paper.title) + "</title><style>" + std::string(kStyle) +
         "</style></head><body>\n";
  if (!paper.page_note.empty()) out += element("p", "note", paper.page_note);
  out += "<main><section class=\"sheet\">\n" + element("h1", "", paper.title);
  if (!paper.number.empty()) out += element("p", "number", paper.number);
  for (const auto &block : paper.blocks) out += html_block(block);
  return out + "</section></main></body></html>\n";
}

std::string render_paper_text(const Paper &paper) {
  std::string out = paper.title + "\n";
  if (!paper.number.empty()) out += paper.number + "\n";
  for (const auto &block : paper.blocks) {
    switch (block.kind) {
    case Kind::Heading:
      out += "\n" + block.text + "\n";
      break;
    case Kind::Table:
    case Kind::Form: {
      for (const auto &row : block.rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
          if (row[i].empty()) continue;
          const bool named = block.kind == Kind::Table && i > 1 && i < block.head.size();
          line += "  " + (named ? block.head[i] + "：" : "") +
                  text::replace_all(row[i], "\n", "\n    ");
        }
        out += line + "\n";
      }
      break;
    }
    case Kind::NewPage:
      out += "\n――――――――\n" + block.text + (block.extra.empty() ? "" : "\n" + block.extra) + "\n";
      break;
    default:
      out += block.text + "\n";
    }
  }
  return out;
}

} // namespace yifa::report
