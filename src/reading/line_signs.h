#pragma once

#include "reading/lexicon.h"

#include <string>
#include <string_view>

/// What one line, seen for itself, says about where paragraphs begin and end.
namespace yifa::reading {

struct LineSigns {
  bool ends = false;       ///< ends with what ends a sentence, an item or an introduction
  bool broken_off = false; ///< ends with what nothing ends with: ， 、 （ 和 …
  bool begins = false;     ///< begins with a number of a heading or point, 附件, …
  bool opens = false;      ///< begins as paragraphs do: 2024年，…
  bool alone = false;      ///< a heading, title, document number, addressee, signature or date
  bool prose = false;      ///< long, with commas or stops inside
};

LineSigns read_line_signs(std::u32string_view line, const Lexicon &lexicon);

/// Code points of the number a heading or point begins with, or of another word that begins a
/// paragraph; 0 for none.
std::size_t line_label(std::u32string_view line, const Lexicon &lexicon);

/// 2024年1月22日, 二〇二四年一月二十二日: a date with nothing beside it.
bool is_date_line(std::u32string_view line, const Lexicon &lexicon);

/// Whether a bracket or quotation opened in the text is still open at its end.
bool left_open(std::u32string_view text);

} // namespace yifa::reading
