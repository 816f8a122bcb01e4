#pragma once

#include "base/result.h"
#include "ooxml/zip.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reads any .docx (Word, WPS, LibreOffice; transitional or strict) into its paragraphs with the
/// formatting they show after styles, and with what a word processor keeps beside the text. It
/// streams: pictures and other parts are never unpacked.
namespace yifa::ooxml {

struct DocxLimits {
  ZipLimits zip{.file_bytes = 256ULL << 20, .entry_bytes = 256ULL << 20, .total_bytes = 1ULL << 30};
  std::size_t text_bytes = 20U << 20; ///< text of all paragraphs
  std::size_t paragraphs = 200'000;
  std::size_t runs = 1'000'000;
  std::size_t marks = 100'000;
};

/// Text of one look. Neighbours of the same look are one run; a list's label belongs to none.
struct DocxRun {
  std::size_t start = 0; ///< code points in the paragraph's text
  std::size_t end = 0;
  std::string east_asia; ///< font of Han characters; empty when the file names none
  std::string ascii;     ///< font of Latin letters and digits
  double size = 10;      ///< points
  bool bold = false;
  std::string color; ///< six upper-case hex digits; empty for automatic
};

enum class DocxAlign { Left, Center, Right, Both, Distribute };
enum class DocxLineRule { Multiple, AtLeast, Exact };
/// Where a frame or text box is placed across the page.
enum class DocxPlace { Left, Center, Right, Inside, Outside };

/// What a reader of the page takes for one paragraph: a manual line break ends it too.
struct DocxParagraph {
  std::string text;           ///< UTF-8, blanks as written, tabs as blanks, no line feed
  std::size_t list_label = 0; ///< code points at its head that automatic numbering made
  bool continues = false;     ///< stands behind a manual line break of the one before
  bool in_table = false;
  bool in_text_box = false; ///< a text box stands before the paragraph that it is anchored in
  bool in_contents = false; ///< an entry of a table of contents
  std::size_t section = 0;  ///< index in DocxContent::sections
  std::string style;        ///< its style's name, "Normal"
  int outline = 0;          ///< outline level 1 to 9, 0 for body text
  DocxAlign align = DocxAlign::Left;
  DocxLineRule line_rule = DocxLineRule::Multiple;
  double line = 1;        ///< points, or a multiple of single spacing
  bool on_grid = true;    ///< lines snap to the section's grid
  double left_chars = 0;  ///< indents in characters, where the file says them so …
  double first_chars = 0; ///< negative when hanging
  double left = 0;        ///< … and in points
  double first = 0;
  bool break_before = false; ///< begins a page
  std::size_t pictures = 0;
  std::vector<std::string> colors; ///< of its borders and of the shapes drawn at it
  std::optional<DocxPlace> placed; ///< of the frame or text box it stands in
  std::vector<DocxRun> runs;
};

/// What a word processor keeps beside the text.
struct DocxMark {
  enum class Kind {
    Comment,
    Insertion, ///< tracked; the words stand in the text
    Deletion,  ///< tracked; the words do not stand in the text
    Field,     ///< its result stands in the text
    Hidden,    ///< hidden words; they do not stand in the text
  };
  Kind kind = Kind::Comment;
  std::size_t paragraph = 0;
  std::size_t start = 0; ///< code points in the paragraph; what lies behind its end is cut off
  std::size_t end = 0;
  std::string text; ///< the comment, the deleted or hidden words, the field's instruction
};

/// A paragraph with text in the head or foot of the pages.
struct DocxMargin {
  enum class Pages { Default, First, Even };
  bool header = false;
  Pages pages = Pages::Default;
  std::string text; ///< with the page number last shown
  bool page_field = false;
  DocxAlign align = DocxAlign::Left;
  std::optional<DocxPlace> placed;
  std::string number_font; ///< of the page number's digits
  double number_size = 0;  ///< points; 0 without a page number
};

/// Lengths in millimetres.
struct DocxSection {
  enum class Grid { None, Lines, LinesAndChars, SnapToChars };
  double width = 0, height = 0; ///< 0 when the file does not say
  double top = 0, bottom = 0, left = 0, right = 0;
  double gutter = 0;
  double header = 0, footer = 0; ///< distance from the page's edge
  bool different_first = false;  ///< the first page has margins of its own
  Grid grid = Grid::None;
  double grid_line = 0;            ///< points from line to line
  double grid_char = 0;            ///< points added to the width of a character
  std::vector<DocxMargin> margins; ///< own or taken over from the section before
};

struct DocxContent {
  std::vector<DocxParagraph> paragraphs; ///< in order, empty ones too
  std::vector<DocxMark> marks;           ///< by paragraph
  std::vector<DocxSection> sections;     ///< at least one
  std::vector<std::string> bookmarks;    ///< names
  bool even_and_odd = false;             ///< even pages have margins of their own
  std::size_t pictures = 0;
};

/// Invalid, in words for a person: no zip or not a Word document (named for what it is), damaged,
/// protected by a password, over a limit, malformed XML.
Result<DocxContent> read_docx(std::string bytes, const DocxLimits &limits = {});
/// The same from a file; also NotFound and Unavailable. A file over the limit is not read.
Result<DocxContent> read_docx_file(const std::filesystem::path &path,
                                   const DocxLimits &limits = {});

} // namespace yifa::ooxml
