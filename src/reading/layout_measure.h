#pragma once

#include "ooxml/docx_read.h"
#include "reading/check.h"
#include "reading/read_docx.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// How the parts of a report look on the page.
namespace yifa::reading {

/// A passage within one paragraph, with the look of most of its Han characters.
struct Stretch {
  Span span;
  const ooxml::DocxParagraph *paragraph = nullptr;
  std::size_t cut = 0;  ///< blanks cut off the paragraph's head
  bool at_head = false; ///< begins the paragraph
  std::string font;     ///< empty when the file names none
  double size = 0;      ///< points
  std::size_t letters = 0;
};

/// What of a report has its look fixed by the standard; tables and text boxes have not.
struct Stretches {
  std::vector<Stretch> title;
  struct Heading {
    Stretch stretch;
    int level = 1;
    Numbering numbering = Numbering::None;
  };
  std::vector<Heading> headings;
  std::vector<Stretch> body;   ///< lead and body, what follows a heading in its paragraph too
  std::size_t first_title = 0; ///< layout's paragraph with the title, or where the body begins
};
/// Precondition: the report has a layout.
Stretches measure_layout(const Report &report);

/// Points from line to line, where that can be known without the fonts.
std::optional<double> line_pitch(const Stretch &stretch, const ooxml::DocxContent &layout);
/// Characters by which a paragraph's first line is moved in, typed blanks counted.
double first_indent(const Stretch &stretch);
/// FF0000 and its like.
bool is_red(const std::string &color);

} // namespace yifa::reading
