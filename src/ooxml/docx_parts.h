#pragma once

#include "ooxml/docx.h"

#include <map>
#include <string>
#include <string_view>

#include <pugixml.hpp>

/// What write_docx is made of. Lengths are in twips (1/20 pt) unless said otherwise.
namespace yifa::ooxml {

// GB/T 9704: A4; 天头 37, 地脚 35, 订口 28, 切口 26 mm; 22 lines of 28 characters in 156 × 225 mm.
inline constexpr int kPageWidth = 11906, kPageHeight = 16838;
inline constexpr int kTop = 2098, kBottom = 1984, kLeft = 1587, kRight = 1474;
inline constexpr int kTextWidth = kPageWidth - kLeft - kRight;
inline constexpr int kLine = 579;     ///< 28.95 pt: 22 of them are 225 mm
inline constexpr int kChar = 315;     ///< 16 pt less the 0.25 pt that lets 28 into 156 mm
inline constexpr int kHalfChar = 155; ///< a Latin letter or digit
inline constexpr int kFooter = 1406;  ///< puts the dashes 7 mm below the type area

/// A new document with its XML declaration and root element in the usual name spaces.
pugi::xml_node xml_root(pugi::xml_document &document, const char *name);
std::string xml_bytes(const pugi::xml_document &document);
pugi::xml_node add(pugi::xml_node parent, const char *name);
/// An element with w:val.
pugi::xml_node add_value(pugi::xml_node parent, const char *name, std::string_view value);
pugi::xml_node add_value(pugi::xml_node parent, const char *name, int value);
void set(pugi::xml_node node, const char *attribute, std::string_view value);
void set(pugi::xml_node node, const char *attribute, int value);

/// The government name of a face; Inherit has none.
std::string_view face_name(Face face);
/// The id in styles.xml of a paragraph role.
const char *style_of(Role role);

std::string styles_xml();
std::string font_table_xml();
std::string settings_xml();
/// “— 1 —”, right with one blank on odd pages, left on even ones.
std::string footer_xml(bool odd);
std::string header_xml(std::string_view note);

/// Width in twips of one line of 16 pt body text.
int text_width(std::string_view text);

/// Writes the body of word/document.xml and gathers what the package needs beside it.
class BodyWriter {
public:
  BodyWriter(pugi::xml_node body, const Document &document);
  void write();
  /// Addresses of external links, in the order of their relationship ids rIdL1, rIdL2 …
  const std::vector<std::string> &links() const { return links_; }

private:
  struct ParagraphLook {
    int left = -1, right = -1; ///< indents; -1 leaves the style's
    int hanging = 0;
    bool keep_next = false;
    bool break_before = false;
  };
  pugi::xml_node begin_paragraph(const char *style, const ParagraphLook &look);
  void add_run(pugi::xml_node parent, const Run &run);
  void add_text(pugi::xml_node parent, std::string_view text, std::string_view face = {});
  pugi::xml_node begin_bookmark(pugi::xml_node parent, std::string_view id);
  void end_bookmark(pugi::xml_node parent, pugi::xml_node start);
  void line(const char *style, std::string_view text, const ParagraphLook &look);
  void blank(bool keep_next = false);
  void gap(int height); ///< an empty paragraph of this height

  void write_head(const RedHead &head);
  void write_marks(const RedHead &head);
  void write_title();
  void write_blocks(const std::vector<Block> &blocks, bool keep_last);
  void write_paragraph(const Paragraph &paragraph, bool keep_next);
  void write_table(const Table &table);
  void write_attachments();
  void write_signature();
  void write_section(pugi::xml_node section);

  pugi::xml_node body_;
  const Document &document_;
  std::vector<std::string> links_;
  int bookmarks_ = 0;
  bool break_pending_ = false;
};

/// A bookmark id in the form Word allows: a letter, then letters, digits and _, at most 40.
/// Different ids give different names.
std::string bookmark_name(std::string_view id);

} // namespace yifa::ooxml
