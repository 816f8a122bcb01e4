#include "ooxml/docx_parts.h"

#include <sstream>

namespace yifa::ooxml {
namespace {

constexpr const char *kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char *kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A named look of paragraphs. Sizes in half points.
struct StyleLook {
  const char *id;
  const char *name;
  Face face = Face::Inherit;
  int size = 32;
  const char *align = nullptr;
  int first_line = 0, left = 0, right = 0, hanging = 0;
  int line = kLine;
  int outline = -1; ///< level for the navigation pane
  bool keep_next = false;
  bool break_before = false;
  const char *color = nullptr;
};

constexpr int kTwo = 2 * kChar;

const StyleLook kStyles[] = {
    {.id = "Heading1",
     .name = "heading 1",
     .face = Face::Hei,
     .first_line = kTwo,
     .outline = 0,
     .keep_next = true},
    {.id = "Heading2",
     .name = "heading 2",
     .face = Face::Kai,
     .first_line = kTwo,
     .outline = 1,
     .keep_next = true},
    {.id = "Heading3", .name = "heading 3", .first_line = kTwo, .outline = 2, .keep_next = true},
    {.id = "Heading4", .name = "heading 4", .first_line = kTwo, .outline = 3, .keep_next = true},
    {.id = "Title",
     .name = "Title",
     .face = Face::Title,
     .size = 44,
     .align = "center",
     .keep_next = true},
    {.id = "BodyText", .name = "Body Text", .first_line = kTwo},
    {.id = "FlushText", .name = "Flush Text"},
    {.id = "CenteredText", .name = "Centered Text", .align = "center"},
    {.id = "Addressee", .name = "Addressee", .align = "left"},
    {.id = "IssuerMark",
     .name = "Issuer Mark",
     .face = Face::Title,
     .align = "center",
     .color = "FF0000"},
    {.id = "DocumentNumber", .name = "Document Number", .align = "center"},
    {.id = "SignatureLine", .name = "Signature Line", .align = "right", .right = kTwo},
    {.id = "DateLine", .name = "Date Line", .align = "right", .right = 2 * kTwo},
    {.id = "AttachmentNote", .name = "Attachment Note", .left = 5 * kChar, .hanging = 3 * kChar},
    {.id = "DocumentNote", .name = "Document Note", .first_line = kTwo},
    {.id = "Caption",
     .name = "caption",
     .face = Face::Hei,
     .size = 24,
     .align = "center",
     .keep_next = true},
    {.id = "AnnexLabel",
     .name = "Annex Label",
     .face = Face::Hei,
     .align = "left",
     .keep_next = true,
     .break_before = true},
    {.id = "TableText", .name = "Table Text", .face = Face::Song, .size = 24, .line = 340},
    {.id = "TableHead",
     .name = "Table Head",
     .face = Face::Hei,
     .size = 24,
     .align = "center",
     .line = 340,
     .keep_next = true},
    {.id = "SmallText", .name = "Small Text", .face = Face::Song, .size = 18, .line = 260},
    {.id = "TableSmall", .name = "Table Small", .face = Face::Song, .size = 18, .line = 250},
    {.id = "TableSmallHead",
     .name = "Table Small Head",
     .face = Face::Hei,
     .size = 18,
     .align = "center",
     .line = 250,
     .keep_next = true},
    {.id = "Footer", .name = "footer", .face = Face::Song, .size = 28, .line = 360},
    {.id = "Header",
     .name = "header",
     .face = Face::Hei,
     .size = 21,
     .align = "center",
     .line = 320,
     .color = "7F7F7F"},
};

void add_look(pugi::xml_node style, const StyleLook &look) {
  // A face higher than the grid's pitch would take two of its lines.
  bool grid = look.line == kLine && look.size <= 32;
  auto pr = add(style, "w:pPr");
  if (look.keep_next) add(pr, "w:keepNext");
  if (look.break_before) add(pr, "w:pageBreakBefore");
  if (!grid) {
    add_value(pr, "w:snapToGrid", 0);
    auto spacing = add(pr, "w:spacing");
    set(spacing, "w:line", look.line);
    set(spacing, "w:lineRule", "exact");
  }
  if (look.first_line || look.left || look.right || look.hanging) {
    auto ind = add(pr, "w:ind");
    if (look.left) set(ind, "w:left", look.left);
    if (look.right) set(ind, "w:right", look.right);
    if (look.first_line) set(ind, "w:firstLine", look.first_line);
    if (look.hanging) set(ind, "w:hanging", look.hanging);
  }
  if (look.align) add_value(pr, "w:jc", look.align);
  if (look.outline >= 0) add_value(pr, "w:outlineLvl", look.outline);

  auto run = add(style, "w:rPr");
  if (look.face != Face::Inherit) {
    auto fonts = add(run, "w:rFonts");
    set(fonts, "w:eastAsia", face_name(look.face));
    // Digits of titles and page numbers (4号半角宋体) keep the weight of their face.
    if (look.face == Face::Title || std::string_view(look.id) == "Footer") {
      set(fonts, "w:ascii", face_name(look.face));
      set(fonts, "w:hAnsi", face_name(look.face));
    }
  }
  if (look.color) add_value(run, "w:color", look.color);
  if (look.size != 32 || look.color) add_value(run, "w:spacing", 0);
  if (look.size != 32) {
    add_value(run, "w:sz", look.size);
    add_value(run, "w:szCs", look.size);
  }
}

void add_defaults(pugi::xml_node styles) {
  auto defaults = add(styles, "w:docDefaults");
  auto run = add(add(defaults, "w:rPrDefault"), "w:rPr");
  auto fonts = add(run, "w:rFonts");
  set(fonts, "w:ascii", "Times New Roman");
  set(fonts, "w:eastAsia", face_name(Face::FangSong));
  set(fonts, "w:hAnsi", "Times New Roman");
  set(fonts, "w:cs", "Times New Roman");
  add_value(run, "w:spacing", -5);
  add_value(run, "w:sz", 32);
  add_value(run, "w:szCs", 32);
  auto lang = add_value(run, "w:lang", "en-US");
  set(lang, "w:eastAsia", "zh-CN");
  set(lang, "w:bidi", "ar-SA");

  add(defaults, "w:pPrDefault");
}

/// Paragraph defaults stand in Normal: LibreOffice overlooks some of them in docDefaults.
void add_normal(pugi::xml_node styles) {
  auto normal = add(styles, "w:style");
  set(normal, "w:type", "paragraph");
  set(normal, "w:default", 1);
  set(normal, "w:styleId", "Normal");
  add_value(normal, "w:name", "Normal");
  add(normal, "w:qFormat");
  auto pr = add(normal, "w:pPr");
  add_value(pr, "w:widowControl", 0); // 22 full lines, whatever stands at the foot
  // A quarter blank between Han and digits would spoil the count of 28.
  add_value(pr, "w:autoSpaceDE", 0);
  add_value(pr, "w:autoSpaceDN", 0);
  auto spacing = add(pr, "w:spacing");
  set(spacing, "w:before", 0);
  set(spacing, "w:after", 0);
  set(spacing, "w:line", kLine);
  set(spacing, "w:lineRule", "exact");
  add_value(pr, "w:jc", "both");
}

struct FontEntry {
  const char *name;
  const char *alternatives;
  const char *family;
};
const FontEntry kFonts[] = {
    {"仿宋_GB2312", "仿宋", "modern"},    {"楷体_GB2312", "楷体", "modern"},
    {"方正小标宋简体", "宋体", "script"}, {"黑体", "SimHei", "modern"},
    {"宋体", "SimSun", "auto"},           {"Times New Roman", "Liberation Serif", "roman"},
};

} // namespace

pugi::xml_node xml_root(pugi::xml_document &document, const char *name) {
  auto declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  set(declaration, "standalone", "yes");
  auto root = document.append_child(name);
  set(root, "xmlns:w", kMain);
  set(root, "xmlns:r", kRelations);
  return root;
}

std::string xml_bytes(const pugi::xml_document &document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out).str();
}

pugi::xml_node add(pugi::xml_node parent, const char *name) { return parent.append_child(name); }

pugi::xml_node add_value(pugi::xml_node parent, const char *name, std::string_view value) {
  auto node = parent.append_child(name);
  set(node, "w:val", value);
  return node;
}

pugi::xml_node add_value(pugi::xml_node parent, const char *name, int value) {
  return add_value(parent, name, std::to_string(value));
}

void set(pugi::xml_node node, const char *attribute, std::string_view value) {
  node.append_attribute(attribute).set_value(std::string(value).c_str());
}

void set(pugi::xml_node node, const char *attribute, int value) {
  node.append_attribute(attribute).set_value(value);
}

std::string_view face_name(Face face) {
  switch (face) {
  case Face::FangSong:
    return "仿宋_GB2312";
  case Face::Kai:
    return "楷体_GB2312";
  case Face::Hei:
    return "黑体";
  case Face::Song:
    return "宋体";
  case Face::Title:
    return "方正小标宋简体";
  case Face::Inherit:
    break;
  }
  return {};
}

const char *style_of(Role role) {
  switch (role) {
  case Role::Heading1:
    return "Heading1";
  case Role::Heading2:
    return "Heading2";
  case Role::Heading3:
    return "Heading3";
  case Role::Heading4:
    return "Heading4";
  case Role::Body:
    return "BodyText";
  case Role::Flush:
    return "FlushText";
  case Role::Centered:
    return "CenteredText";
  case Role::Signature:
    return "SignatureLine";
  case Role::DateLine:
    return "DateLine";
  case Role::Attachment:
    return "AttachmentNote";
  case Role::Note:
    return "DocumentNote";
  case Role::Small:
    return "SmallText";
  case Role::Caption:
    return "Caption";
  case Role::AnnexLabel:
    return "AnnexLabel";
  case Role::AnnexTitle:
    return "Title";
  }
  return "BodyText";
}

std::string styles_xml() {
  pugi::xml_document document;
  auto styles = xml_root(document, "w:styles");
  add_defaults(styles);
  add_normal(styles);
  for (const StyleLook &look : kStyles) {
    auto style = add(styles, "w:style");
    set(style, "w:type", "paragraph");
    set(style, "w:styleId", look.id);
    add_value(style, "w:name", look.name);
    add_value(style, "w:basedOn", "Normal");
    if (look.outline >= 0) add_value(style, "w:next", "BodyText");
    add(style, "w:qFormat");
    add_look(style, look);
  }
  return xml_bytes(document);
}

std::string font_table_xml() {
  pugi::xml_document document;
  auto fonts = xml_root(document, "w:fonts");
  for (const FontEntry &entry : kFonts) {
    auto font = add(fonts, "w:font");
    set(font, "w:name", entry.name);
    add_value(font, "w:altName", entry.alternatives);
    bool latin = std::string_view(entry.family) == "roman";
    add_value(font, "w:charset", latin ? "00" : "86");
    add_value(font, "w:family", entry.family);
    add_value(font, "w:pitch", latin ? "variable" : "default");
  }
  return xml_bytes(document);
}

std::string settings_xml() {
  pugi::xml_document document;
  auto settings = xml_root(document, "w:settings");
  set(add(settings, "w:zoom"), "w:percent", 100);
  add_value(settings, "w:defaultTabStop", 420);
  add(settings, "w:evenAndOddHeaders");
  add_value(settings, "w:characterSpacingControl", "doNotCompress");
  auto compat = add(settings, "w:compat");
  add(compat, "w:useFELayout");
  auto mode = add(compat, "w:compatSetting");
  set(mode, "w:name", "compatibilityMode");
  set(mode, "w:uri", "http://schemas.microsoft.com/office/word");
  set(mode, "w:val", 15);
  auto lang = add_value(settings, "w:themeFontLang", "en-US");
  set(lang, "w:eastAsia", "zh-CN");
  return xml_bytes(document);
}

std::string footer_xml(bool odd) {
  pugi::xml_document document;
  auto paragraph = add(xml_root(document, "w:ftr"), "w:p");
  auto pr = add(paragraph, "w:pPr");
  add_value(pr, "w:pStyle", "Footer");
  set(add(pr, "w:ind"), odd ? "w:right" : "w:left", 280); // one blank of 4号
  add_value(pr, "w:jc", odd ? "right" : "left");
  auto run = [&] {
    auto r = add(paragraph, "w:r");
    set(add(add(r, "w:rPr"), "w:rFonts"), "w:hint", "eastAsia");
    return r;
  };
  auto text = [&](const char *words) {
    auto t = add(run(), "w:t");
    set(t, "xml:space", "preserve");
    t.text().set(words);
  };
  auto field = [&](const char *kind) { set(add(run(), "w:fldChar"), "w:fldCharType", kind); };
  text("— ");
  field("begin");
  auto code = add(run(), "w:instrText");
  set(code, "xml:space", "preserve");
  code.text().set(" PAGE ");
  field("separate");
  text("1");
  field("end");
  text(" —");
  return xml_bytes(document);
}

std::string header_xml(std::string_view note) {
  pugi::xml_document document;
  auto paragraph = add(xml_root(document, "w:hdr"), "w:p");
  add_value(add(paragraph, "w:pPr"), "w:pStyle", "Header");
  auto run = add(paragraph, "w:r");
  set(add(add(run, "w:rPr"), "w:rFonts"), "w:hint", "eastAsia");
  auto text = add(run, "w:t");
  set(text, "xml:space", "preserve");
  text.text().set(std::string(note).c_str());
  return xml_bytes(document);
}

} // namespace yifa::ooxml
