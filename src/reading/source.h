#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::ooxml {
struct DocxContent;
}

/// What a reader makes of a file before anything in it is understood.
namespace yifa::reading {

enum class Format { Docx, Pdf, Text, Html, Markdown, Office };
/// docx, pdf, text, html, markdown, office.
std::string_view to_string(Format format);

/// Something a word processor left in the file that is no text of the report. Positions are code
/// points within the paragraph.
struct Trace {
  enum class Kind { Comment, Insertion, Deletion, Field, Bookmark, Hidden };
  Kind kind = Kind::Comment;
  std::size_t paragraph = 0; ///< index in Source::paragraphs
  std::size_t start = 0;
  std::size_t end = 0;
  std::string text; ///< the comment, the deleted words, the field's instruction, the mark's name
};

/// Two lines of the file that a reader put together within one paragraph.
struct Joint {
  std::size_t paragraph = 0;
  std::size_t at = 0; ///< code points from the paragraph's start to the second line
};

struct Source {
  Format format = Format::Text;
  std::vector<std::string> paragraphs; ///< UTF-8, in order; never empty, no line feed, no blanks at
                                       ///< the ends; half and full width as written
  std::vector<Trace> traces;
  std::vector<Joint> joints;
  /// The file went through a conversion that may lose or change characters (PDF, web page, old
  /// Office formats): findings about single characters are only suspected.
  bool converted = false;
  std::string publisher;                            ///< who put a web page up, where it says so
  std::shared_ptr<const ooxml::DocxContent> layout; ///< of .docx alone
};

} // namespace yifa::reading
