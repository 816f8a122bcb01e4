#include "ooxml/docx_parts.h"
#include "ooxml/xml.h"

#include "base/text.h"

#include <cstdint>

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

/// Appends text with breaks and tabs as elements of a run.
void fill_run(pugi::xml_node run, std::string_view raw) {
  std::string text = xml_text(raw);
  std::size_t from = 0;
  while (from <= text.size()) {
    std::size_t stop = std::min(text.find_first_of("\n\t", from), text.size());
    if (stop > from) {
      auto t = add(run, "w:t");
      set(t, "xml:space", "preserve");
      t.text().set(text.substr(from, stop - from).c_str());
    }
    if (stop < text.size()) add(run, text[stop] == '\n' ? "w:br" : "w:tab");
    from = stop + 1;
  }
}

} // namespace

std::string bookmark_name(std::string_view id) {
  std::string name;
  bool changed = id.empty() || id.size() > 40;
  for (char c : id) { // Word holds names apart by letters only, not by their case
    bool letter = c >= 'a' && c <= 'z';
    bool fits = letter || (!name.empty() && ((c >= '0' && c <= '9') || c == '_'));
    changed = changed || !fits;
    if (fits) name += c;
  }
  if (!changed) return name;
  std::uint64_t hash = 14695981039346656037ULL; // FNV-1a: the same on every machine
  for (char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("b_{}_{:016x}", name.substr(0, 20), hash);
}

int text_width(std::string_view line) {
  int width = 0;
  for (char32_t c : text::decode(line)) width += c < 0x2000 ? kHalfChar : kChar;
  return width;
}

BodyWriter::BodyWriter(pugi::xml_node body, const Document &document)
    : body_(body), document_(document) {}

void BodyWriter::write() {
  if (document_.head) write_head(*document_.head);
  write_title();
  const Signature &signature = document_.signature;
  bool ends = !document_.attachments.empty() || !signature.organs.empty() || signature.date;
  write_blocks(document_.body, ends);
  write_attachments();
  write_signature();
  write_blocks(document_.annexes, false);
  write_section(add(body_, "w:sectPr"));
}

pugi::xml_node BodyWriter::begin_paragraph(const char *style, const ParagraphLook &look) {
  auto paragraph = add(body_, "w:p");
  auto pr = add(paragraph, "w:pPr");
  add_value(pr, "w:pStyle", style);
  if (look.keep_next) add(pr, "w:keepNext");
  if (look.break_before || break_pending_) add(pr, "w:pageBreakBefore");
  break_pending_ = false;
  if (look.left >= 0 || look.right >= 0 || look.hanging > 0) {
    auto ind = add(pr, "w:ind");
    if (look.left >= 0) set(ind, "w:left", look.left);
    if (look.right >= 0) set(ind, "w:right", look.right);
    if (look.hanging > 0) set(ind, "w:hanging", look.hanging);
  }
  return paragraph;
}

void BodyWriter::add_text(pugi::xml_node parent, std::string_view text, std::string_view face) {
  auto run = add(parent, "w:r");
  auto fonts = add(add(run, "w:rPr"), "w:rFonts");
  set(fonts, "w:hint", "eastAsia"); // “ ” … — belong to the Chinese face
  if (!face.empty()) set(fonts, "w:eastAsia", face);
  fill_run(run, text);
}

void BodyWriter::add_run(pugi::xml_node parent, const Run &run) {
  auto target = parent;
  if (run.link.starts_with('#')) {
    target = add(parent, "w:hyperlink");
    set(target, "w:anchor", bookmark_name(std::string_view(run.link).substr(1)));
    set(target, "w:history", 1);
  } else if (!run.link.empty()) {
    links_.push_back(run.link);
    target = add(parent, "w:hyperlink");
    set(target, "r:id", fmt::format("rIdL{}", links_.size()));
    set(target, "w:history", 1);
  }
  pugi::xml_node mark;
  if (!run.bookmark.empty()) mark = begin_bookmark(target, run.bookmark);
  auto node = add(target, "w:r");
  auto pr = add(node, "w:rPr");
  auto fonts = add(pr, "w:rFonts");
  set(fonts, "w:hint", "eastAsia");
  if (run.face != Face::Inherit) set(fonts, "w:eastAsia", face_name(run.face));
  if (run.bold) {
    add(pr, "w:b");
    add(pr, "w:bCs");
  }
  fill_run(node, run.text);
  if (mark) end_bookmark(target, mark);
}

pugi::xml_node BodyWriter::begin_bookmark(pugi::xml_node parent, std::string_view id) {
  auto start = add(parent, "w:bookmarkStart");
  set(start, "w:id", bookmarks_++);
  set(start, "w:name", bookmark_name(id));
  return start;
}

void BodyWriter::end_bookmark(pugi::xml_node parent, pugi::xml_node start) {
  set(add(parent, "w:bookmarkEnd"), "w:id", start.attribute("w:id").as_int());
}

void BodyWriter::line(const char *style, std::string_view text, const ParagraphLook &look) {
  add_text(begin_paragraph(style, look), text);
}

void BodyWriter::blank(bool keep_next) {
  ParagraphLook look;
  look.keep_next = keep_next;
  begin_paragraph("FlushText", look);
}

void BodyWriter::gap(int height) {
  auto pr = begin_paragraph("FlushText", {}).child("w:pPr");
  add_value(pr, "w:snapToGrid", 0);
  auto spacing = add(pr, "w:spacing");
  set(spacing, "w:line", height);
  set(spacing, "w:lineRule", "exact");
}

void BodyWriter::write_blocks(const std::vector<Block> &blocks, bool keep_last) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    bool last = i + 1 == blocks.size();
    if (const auto *paragraph = std::get_if<Paragraph>(&blocks[i])) {
      write_paragraph(*paragraph, keep_last && last);
    } else if (const auto *table = std::get_if<Table>(&blocks[i])) {
      if (break_pending_) gap(20); // a table itself cannot begin a page
      write_table(*table);
      // Tables that touch become one, and a section must not end in a table.
      if (last || std::holds_alternative<Table>(blocks[i + 1])) gap(kLine / 2);
    } else if (std::holds_alternative<PageBreak>(blocks[i])) {
      break_pending_ = true;
    } else {
      blank();
    }
  }
}

void BodyWriter::write_paragraph(const Paragraph &paragraph, bool keep_next) {
  bool annex_title = paragraph.role == Role::AnnexTitle;
  if (annex_title) blank(true);
  ParagraphLook look;
  look.keep_next = keep_next;
  auto node = begin_paragraph(style_of(paragraph.role), look);
  pugi::xml_node mark;
  if (!paragraph.bookmark.empty()) mark = begin_bookmark(node, paragraph.bookmark);
  for (const Run &run : paragraph.runs) add_run(node, run);
  if (mark) end_bookmark(node, mark);
  if (annex_title) blank(true);
}

void BodyWriter::write_section(pugi::xml_node section) {
  auto refer = [&](const char *element, const char *type, const char *id) {
    auto node = add(section, element);
    set(node, "w:type", type);
    set(node, "r:id", id);
  };
  if (!document_.page_note.empty()) {
    refer("w:headerReference", "default", "rIdHeader");
    refer("w:headerReference", "even", "rIdHeader");
  }
  refer("w:footerReference", "default", "rIdFooterOdd");
  refer("w:footerReference", "even", "rIdFooterEven");
  auto size = add(section, "w:pgSz");
  set(size, "w:w", kPageWidth);
  set(size, "w:h", kPageHeight);
  auto margins = add(section, "w:pgMar");
  set(margins, "w:top", kTop);
  set(margins, "w:right", kRight);
  set(margins, "w:bottom", kBottom);
  set(margins, "w:left", kLeft);
  set(margins, "w:header", 851);
  set(margins, "w:footer", kFooter);
  set(margins, "w:gutter", 0);
  auto grid = add(section, "w:docGrid");
  set(grid, "w:type", "lines"); // never linesAndChars: LibreOffice spreads it to 18 characters
  set(grid, "w:linePitch", kLine);
}

} // namespace yifa::ooxml
