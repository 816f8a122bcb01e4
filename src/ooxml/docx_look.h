#pragma once

#include "base/result.h"
#include "ooxml/docx_read.h"
#include "ooxml/xml.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Formatting as a .docx writes it: patches that lie on one another (defaults, styles, numbering,
/// the paragraph's own). What a patch does not say shines through.
namespace yifa::ooxml {

/// Fonts of the theme by "minorEastAsia" and the like.
using ThemeFonts = std::map<std::string, std::string, std::less<>>;
Result<ThemeFonts> load_theme_fonts(const ZipReader &zip, const std::string &part);

struct RunPatch {
  std::optional<std::string> style, east_asia, ascii, color;
  std::optional<double> size;
  std::optional<bool> bold, hidden;

  void lay(const RunPatch &upper);
  /// Takes one element of w:rPr; others are ignored.
  void take(std::string_view name, const XmlAttributes &attributes, const ThemeFonts &theme);
};

struct ParagraphPatch {
  std::optional<std::string> style;
  std::optional<int> number, level; ///< w:numPr: numId, ilvl
  std::optional<DocxAlign> align;
  std::optional<DocxLineRule> line_rule;
  std::optional<double> line; ///< as written: twips or 240ths of a line
  std::optional<double> left, first, left_chars, first_chars; ///< twips, hundredths of characters
  std::optional<int> outline;                                 ///< 0-based
  std::optional<bool> on_grid, break_before;
  std::optional<DocxPlace> placed;
  std::vector<std::string> colors;

  void lay(const ParagraphPatch &upper);
  void take(std::string_view name, const XmlAttributes &attributes);
  /// Writes what is said into a paragraph.
  void show(DocxParagraph &paragraph) const;
};

/// Whether an element that switches something (w:b, w:vanish) switches it on.
bool switched_on(const XmlAttributes &attributes);
/// "red", "#f00", "FF0000" → "FF0000"; empty for auto and what is no colour.
std::string plain_color(std::string_view color);
std::optional<DocxPlace> place_of(std::string_view word);
/// A number at the head of an attribute ("297mm", "12.5pt" of strict files give twips); nothing
/// when there is none.
std::optional<double> read_measure(std::string_view text);

/// word/styles.xml
class DocxStyles {
public:
  Status load(const ZipReader &zip, const std::string &part, const ThemeFonts &theme);

  struct Look {
    ParagraphPatch paragraph;
    RunPatch run;
    std::string name;        ///< of the style itself
    std::string numbered_by; ///< id of the style in the chain that holds w:numPr
  };
  /// Defaults and the chain of a paragraph style; the default style for "" and unknown ids.
  const Look &paragraph(const std::string &id);
  /// The chain of a character style, without defaults.
  const Look &character(const std::string &id);
  /// The numbering that a list style names.
  std::optional<int> list_number(const std::string &id) const;

private:
  friend class DocxStylesHandler;
  struct Style {
    std::string name, base;
    ParagraphPatch paragraph;
    RunPatch run;
  };
  Look chain(const std::string &id, const Look &ground) const;
  Look defaults_;
  std::string default_paragraph_;
  std::map<std::string, Style, std::less<>> styles_;
  std::map<std::string, Look, std::less<>> paragraphs_, characters_; ///< made when first asked
};

} // namespace yifa::ooxml
