#include "ooxml/docx_parts.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

/// The fixed elements around the text: red head, title, addressee, attachment note, signature.
namespace yifa::ooxml {
namespace {

constexpr int kRedGap = 1984;        ///< 35 mm from the type area's edge to the issuer mark
constexpr int kLargestMark = 54 * 2; ///< half points

/// The largest size, in half points, at which `characters` fit the line.
int mark_size(std::size_t characters) {
  int fits = (kTextWidth - 40) / 10 / static_cast<int>(std::max<std::size_t>(characters, 1));
  return std::clamp(fits, 24, kLargestMark);
}

void set_exact_line(pugi::xml_node pr, int height) {
  add_value(pr, "w:snapToGrid", 0);
  auto spacing = add(pr, "w:spacing");
  set(spacing, "w:line", height);
  set(spacing, "w:lineRule", "exact");
}

void add_mark_run(pugi::xml_node paragraph, std::string_view text, int size) {
  auto run = add(paragraph, "w:r");
  auto pr = add(run, "w:rPr");
  set(add(pr, "w:rFonts"), "w:hint", "eastAsia");
  add_value(pr, "w:sz", size);
  add_value(pr, "w:szCs", size);
  add(run, "w:t").text().set(std::string(text).c_str());
}

pugi::xml_node add_mark_line(pugi::xml_node parent, int size, const char *align) {
  auto paragraph = add(parent, "w:p");
  auto pr = add(paragraph, "w:pPr");
  add_value(pr, "w:pStyle", "IssuerMark");
  set_exact_line(pr, size * 13); // 1.3 times the size
  add_value(pr, "w:jc", align);
  return paragraph;
}

} // namespace

void BodyWriter::write_head(const RedHead &head) {
  if (!head.issuers.empty()) write_marks(head);
  if (!head.number.empty() || !head.signer.empty()) {
    blank();
    blank();
  }
  auto paragraph = begin_paragraph("DocumentNumber", {});
  auto pr = paragraph.child("w:pPr");
  auto rule = add(add(pr, "w:pBdr"), "w:bottom");
  set(rule, "w:val", "single");
  set(rule, "w:sz", 12);   // 1.5 pt
  set(rule, "w:space", 5); // with the line's own depth 4 mm below the number
  set(rule, "w:color", "FF0000");
  if (head.signer.empty()) {
    if (!head.number.empty()) add_text(paragraph, head.number);
  } else {
    auto tab = add_value(add(pr, "w:tabs"), "w:tab", "right");
    set(tab, "w:pos", kTextWidth - kChar);
    add_value(pr, "w:jc", "left");
    // Blanks, not indents: the rule under the paragraph keeps the full width.
    add_text(paragraph, "　" + head.number + "\t签发人：");
    add_text(paragraph, head.signer, face_name(Face::Kai));
  }
  blank();
  blank();
}

void BodyWriter::write_marks(const RedHead &head) {
  std::size_t longest = 0;
  for (const auto &issuer : head.issuers) longest = std::max(longest, text::length(issuer));
  int size = mark_size(longest + text::length(head.suffix));
  gap(kRedGap - size * 3 / 2); // the mark's own line holds the rest
  if (head.issuers.size() == 1 || head.suffix.empty()) {
    for (std::size_t i = 0; i < head.issuers.size(); ++i)
      add_mark_run(add_mark_line(body_, size, "center"),
                   head.issuers[i] + (i + 1 == head.issuers.size() ? head.suffix : ""), size);
    return;
  }
  // Joint marks: the organs spread to one width, the common word beside them in mid-height.
  int organ_width = static_cast<int>(longest) * size * 10 + 20;
  int suffix_width = static_cast<int>(text::length(head.suffix)) * size * 10 + 20;
  auto table = add(body_, "w:tbl");
  auto pr = add(table, "w:tblPr");
  auto width = add(pr, "w:tblW");
  set(width, "w:w", organ_width + suffix_width);
  set(width, "w:type", "dxa");
  add_value(pr, "w:jc", "center");
  set(add(pr, "w:tblLayout"), "w:type", "fixed");
  auto margins = add(pr, "w:tblCellMar");
  for (const char *side : {"w:left", "w:right"}) {
    auto margin = add(margins, side);
    set(margin, "w:w", 0);
    set(margin, "w:type", "dxa");
  }
  auto grid = add(table, "w:tblGrid");
  set(add(grid, "w:gridCol"), "w:w", organ_width);
  set(add(grid, "w:gridCol"), "w:w", suffix_width);
  auto row = add(table, "w:tr");
  auto cell = [&](int cell_width) {
    auto node = add(row, "w:tc");
    auto cell_pr = add(node, "w:tcPr");
    auto w = add(cell_pr, "w:tcW");
    set(w, "w:w", cell_width);
    set(w, "w:type", "dxa");
    add_value(cell_pr, "w:vAlign", "center");
    return node;
  };
  auto organs = cell(organ_width);
  for (const auto &issuer : head.issuers)
    add_mark_run(add_mark_line(organs, size, "distribute"), issuer, size);
  add_mark_run(add_mark_line(cell(suffix_width), size, "center"), head.suffix, size);
}

void BodyWriter::write_title() {
  std::vector<std::string> lines = document_.title;
  if (lines.empty() && !document_.subject.empty()) lines = {document_.subject};
  if (lines.size() == 1) lines = break_title(lines[0]);
  if (!lines.empty()) {
    line("Title", text::join(lines, "\n"), {});
    blank();
  }
  if (!document_.addressee.empty()) line("Addressee", document_.addressee + "：", {});
}

void BodyWriter::write_attachments() {
  const auto &names = document_.attachments;
  if (names.empty()) return;
  blank(true);
  if (names.size() == 1) {
    line("AttachmentNote", "附件：" + names[0], {});
    return;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string number = fmt::format("{}.", i + 1);
    ParagraphLook look;
    int number_width = 3 * kHalfChar;
    look.left = 5 * kChar + number_width; // names stand under names
    look.hanging = number_width + (i == 0 ? 3 * kChar : 0);
    line("AttachmentNote", (i == 0 ? "附件：" : "") + number + "\t" + names[i], look);
  }
}

void BodyWriter::write_signature() {
  const Signature &signature = document_.signature;
  if (signature.organs.empty() && !signature.date) return;
  std::string date = signature.date ? signature.date->chinese() : "";
  int date_width = text_width(date), date_right = 4 * kChar;
  int widest = 0;
  for (const auto &organ : signature.organs) widest = std::max(widest, text_width(organ));
  if (signature.sealed) {
    // The date moves in where the organ's half would pass the edge.
    date_right = std::max(date_right, (widest - date_width) / 2);
    blank(true);
    blank(true);
  } else {
    // The date begins two characters after the organ does, or ends two from the right.
    date_right = std::max(0, 2 * kChar + widest - 2 * kChar - date_width);
    if (widest < date_width) date_right = 2 * kChar;
    blank(true);
  }
  for (const auto &organ : signature.organs) {
    ParagraphLook look;
    look.keep_next = signature.date.has_value() || &organ != &signature.organs.back();
    int centred = date_right + (date_width - text_width(organ)) / 2;
    look.right = signature.sealed && signature.date ? std::max(0, centred) : 2 * kChar;
    if (!signature.sealed && widest < date_width)
      look.right = 2 * kChar + date_width - text_width(organ) + 2 * kChar;
    line("SignatureLine", organ, look);
  }
  if (signature.date) {
    ParagraphLook look;
    look.right = date_right;
    line("DateLine", date, look);
  }
}

} // namespace yifa::ooxml
