#pragma once

#include "base/result.h"
#include "ooxml/docx_read.h"
#include "reading/source.h"

#include <cstddef>
#include <string>
#include <vector>

namespace yifa::reading {

/// A .docx file. Labels made by automatic numbering stand in the text, as they do on the page;
/// tables of contents are left out. Invalid: what ooxml::read_docx says, a document without text,
/// and one that holds pictures only (a scan).
Result<Source> read_docx(std::string bytes);

/// Where a paragraph of the source stands in the layout.
struct DocxLine {
  std::size_t paragraph = 0; ///< index in DocxContent::paragraphs
  std::size_t cut = 0;       ///< code points of blanks cut off its head
  /// Code points at the head of the source's paragraph that automatic numbering made.
  std::size_t list_label = 0;
};
/// One for each of Source::paragraphs, in their order.
std::vector<DocxLine> docx_lines(const ooxml::DocxContent &content);

} // namespace yifa::reading
