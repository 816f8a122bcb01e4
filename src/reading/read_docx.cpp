#include "reading/read_docx.h"

#include "base/text.h"

#include <algorithm>
#include <optional>

namespace yifa::reading {
namespace {

constexpr std::size_t kNoLine = static_cast<std::size_t>(-1);

std::optional<Trace::Kind> trace_kind(const ooxml::DocxMark &mark) {
  switch (mark.kind) {
  case ooxml::DocxMark::Kind::Comment:
    return Trace::Kind::Comment;
  case ooxml::DocxMark::Kind::Insertion:
    return Trace::Kind::Insertion;
  case ooxml::DocxMark::Kind::Deletion:
    return Trace::Kind::Deletion;
  case ooxml::DocxMark::Kind::Hidden:
    return Trace::Kind::Hidden;
  case ooxml::DocxMark::Kind::Field:
    break;
  }
  // Links and references to pages are part of any finished document.
  auto words = text::lower_ascii(mark.text);
  auto field = words.substr(0, words.find(' '));
  for (auto harmless : {"hyperlink", "toc", "pageref", "seq", "tc", "xe"})
    if (field == harmless) return std::nullopt;
  return Trace::Kind::Field;
}

} // namespace

std::vector<DocxLine> docx_lines(const ooxml::DocxContent &content) {
  std::vector<DocxLine> lines;
  for (std::size_t i = 0; i < content.paragraphs.size(); ++i) {
    const auto &paragraph = content.paragraphs[i];
    if (paragraph.in_contents) continue;
    auto trimmed = text::trim(paragraph.text);
    if (trimmed.empty()) continue;
    DocxLine line;
    line.paragraph = i;
    // The first of its characters is no blank, so nothing before can be taken for it.
    line.cut =
        text::length(std::string_view(paragraph.text).substr(0, paragraph.text.find(trimmed)));
    if (paragraph.list_label > line.cut)
      line.list_label = std::min(paragraph.list_label - line.cut, text::length(trimmed));
    lines.push_back(line);
  }
  return lines;
}

Result<Source> read_docx(std::string bytes) {
  auto content = std::make_shared<ooxml::DocxContent>(TRY(ooxml::read_docx(std::move(bytes))));
  Source source;
  source.format = Format::Docx;
  auto lines = docx_lines(*content);
  if (lines.empty())
    return content->pictures > 0
               ? invalid("the document holds pictures but no text: it is a scan; give a file with "
                         "the text itself")
               : invalid("the document holds no text");

  std::vector<std::size_t> line_of(content->paragraphs.size(), kNoLine);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    line_of[lines[i].paragraph] = i;
    source.paragraphs.push_back(text::trim(content->paragraphs[lines[i].paragraph].text));
  }
  std::size_t last_line = 0; ///< marks of empty paragraphs go to the text before them
  std::size_t looked = 0;
  for (const auto &mark : content->marks) {
    for (; looked <= mark.paragraph && looked < line_of.size(); ++looked)
      if (line_of[looked] != kNoLine) last_line = line_of[looked];
    auto kind = trace_kind(mark);
    if (!kind || mark.paragraph >= line_of.size()) continue;
    if (content->paragraphs[mark.paragraph].in_contents) continue;
    Trace trace;
    trace.kind = *kind;
    trace.text = mark.text;
    trace.paragraph = last_line;
    auto length = text::length(source.paragraphs[last_line]);
    bool here = line_of[mark.paragraph] != kNoLine;
    auto cut = lines[last_line].cut;
    trace.start = here ? std::min(std::max(mark.start, cut) - cut, length) : length;
    trace.end = here ? std::min(std::max(mark.end, cut) - cut, length) : length;
    source.traces.push_back(std::move(trace));
  }
  source.layout = std::move(content);
  return source;
}

} // namespace yifa::reading
