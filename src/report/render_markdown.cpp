#include "report/render_markdown.h"

#include "report/sources.h"
#include "report/words.h"

namespace yifa::report {

namespace {

std::string markdown_escaped(std::string_view text) {
  std::string all;
  bool line_start = true;
  for (char c : text) {
    constexpr std::string_view anywhere = "\\`*_[]<>#|~&$!";
    const bool list_mark = line_start && (c == '-' || c == '+' || (c >= '0' && c <= '9'));
    if (anywhere.find(c) != std::string_view::npos || (list_mark && (c == '-' || c == '+')))
      all += '\\';
    all += c;
    line_start = false;
  }
  return all;
}

} // namespace

std::string render_markdown(const Draft &draft, const catalog::Catalog &catalog) {
  const Words words(catalog);
  const auto &document = draft.document;
  std::string out;
  if (!document.page_note.empty()) out += "> " + markdown_escaped(document.page_note) + "\n\n";
  if (!document.document_number.empty()) out += markdown_escaped(document.document_number) + "\n\n";
  for (const auto &block : document.blocks) {
    const auto text = markdown_escaped(block.text());
    switch (block.kind) {
    case Block::Kind::Title:
      out += "# " + text + "\n\n";
      break;
    case Block::Kind::Heading:
      out += std::string(static_cast<std::size_t>(block.level) + 1, '#') + " " + text + "\n\n";
      break;
    case Block::Kind::Missing:
      out += "> " + text + "\n\n";
      break;
    default:
      out += text + "\n\n";
      break;
    }
  }
  if (!draft.missing.empty()) {
    out += "---\n\n## " + std::string(words.get("render.missing")) + "\n\n";
    for (const auto &gap : draft.missing) {
      if (gap.kind == Missing::Kind::Figure) continue;
      out += "- ";
      if (gap.required) out += "**" + std::string(words.get("render.required")) + "** ";
      out += markdown_escaped(gap.message) + "\n";
    }
    const auto silent = silent_figures(draft);
    if (!silent.empty())
      out += "- " + markdown_escaped(words.fill("missing.figures", {{"list", silent}})) + "\n";
    out += "\n";
  }
  if (!draft.unsaid.empty()) {
    out += "## " + std::string(words.get("render.unsaid")) + "\n\n";
    for (const auto &figure : draft.unsaid)
      out += "- " + markdown_escaped(figure.label) + " " + markdown_escaped(figure.value) + " (`" +
             figure.indicator + "`)\n";
    out += "\n";
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

std::string render_text(const Document &document, bool with_gaps) {
  std::string out;
  for (const auto &block : document.blocks) {
    if (block.kind == Block::Kind::Missing && !with_gaps) continue;
    out += block.text() + "\n";
  }
  return out;
}

} // namespace yifa::report
