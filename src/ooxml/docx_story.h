#pragma once

#include "base/result.h"
#include "ooxml/docx_look.h"
#include "ooxml/docx_numbering.h"

#include <map>
#include <string>
#include <vector>

namespace yifa::ooxml {

/// What the stories of a document share.
struct DocxGround {
  const DocxLimits &limits;
  ThemeFonts theme;
  DocxStyles styles;
  DocxNumbering numbering;
  std::map<std::string, std::string, std::less<>> comments; ///< text by id
};

/// A section as written, its heads and feet still named by relationship.
struct RawSection {
  struct Reference {
    bool header = false;
    DocxMargin::Pages pages = DocxMargin::Pages::Default;
    std::string relation;
  };
  DocxSection look;
  std::vector<Reference> references;

  /// Takes one element of w:sectPr; others are ignored.
  void take(std::string_view name, const XmlAttributes &attributes);
};

/// A text that runs through a part: the body, a foot of the page, the comments.
struct Story {
  std::vector<DocxParagraph> paragraphs;
  std::vector<DocxMark> marks;
  std::vector<RawSection> sections; ///< the last one is the body's own; none in other parts
  std::vector<std::string> bookmarks;
  std::size_t pictures = 0;
};

/// Reads word/document.xml, a header or a footer. Invalid when malformed or over a limit, or when
/// the root is none of them.
Result<Story> read_story(const ZipReader &zip, const std::string &part, DocxGround &ground);

} // namespace yifa::ooxml
