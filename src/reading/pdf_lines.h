#pragma once

#include "reading/join_lines.h"
#include "reading/lexicon.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// What `pdftotext -bbox` says of a PDF.
struct PdfText {
  std::vector<Line> lines; ///< of all pages, without running heads and page numbers
  std::size_t pages = 0;
};

/// Words with their boxes become lines: blanks stand where a gap is wide enough, or between letters
/// and digits; the spacing a word processor sets between Han characters and digits is none. Reads
/// whatever it is given; what is no word is skipped.
PdfText read_pdf_words(std::string_view bbox, const Lexicon &lexicon);

/// — 3 —, - 3 -, 3, 第3页, 第 3 页 共 9 页, 3/9 and nothing beside it.
bool is_page_number(std::u32string_view line, const Lexicon &lexicon);

} // namespace yifa::reading
