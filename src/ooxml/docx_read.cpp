#include "ooxml/docx_read.h"

#include "base/text.h"
#include "ooxml/docx_story.h"
#include "ooxml/package.h"
#include "ooxml/xlsx_parts.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

/// What a zip without a Word document is.
Error no_document(const ZipReader &zip) {
  if (zip.has("xl/workbook.xml") || zip.has("xl/workbook.bin"))
    return invalid("this is an Excel table, not a Word document");
  if (zip.has("ppt/presentation.xml")) return invalid("this is a slide show, not a Word document");
  if (zip.has("content.xml"))
    return invalid("this is an OpenDocument file (.odt); open it and save it as .docx");
  if (zip.has("OFD.xml")) return invalid("this is an OFD document; export it as .docx or .pdf");
  return invalid("this is a zip archive but not a Word document (.docx); if a document lies in "
                 "it, unpack it first");
}

class SettingsHandler final : public XmlHandler {
public:
  bool even_and_odd = false;
  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (name == "evenAndOddHeaders") even_and_odd = switched_on(attributes);
    return Done{};
  }
  Status end(std::string_view) override { return Done{}; }
  Status text(std::string_view) override { return Done{}; }
};

/// <w:comment w:id><w:p><w:r><w:t>…
class CommentsHandler final : public XmlHandler {
public:
  explicit CommentsHandler(DocxGround &ground) : ground_(ground) {}

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (name == "comment") {
      if (ground_.comments.size() >= ground_.limits.marks)
        return invalid("the document has too many comments");
      at_ = &ground_.comments[std::string(attributes.get("id"))];
    }
    if (name == "p" && at_ && !at_->empty()) *at_ += ' ';
    in_text_ = name == "t";
    return Done{};
  }
  Status end(std::string_view name) override {
    in_text_ = false;
    if (name == "comment") at_ = nullptr;
    return Done{};
  }
  Status text(std::string_view piece) override {
    bytes_ += piece.size();
    if (bytes_ > ground_.limits.text_bytes) return invalid("the document's comments are too long");
    if (in_text_ && at_) *at_ += piece;
    return Done{};
  }

private:
  DocxGround &ground_;
  std::string *at_ = nullptr;
  bool in_text_ = false;
  std::size_t bytes_ = 0;
};

DocxMargin margin_of(const DocxParagraph &paragraph, const std::vector<DocxMark> &marks,
                     std::size_t index) {
  DocxMargin margin;
  margin.text = paragraph.text;
  margin.align = paragraph.align;
  margin.placed = paragraph.placed;
  for (const auto &mark : marks) {
    if (mark.paragraph != index || mark.kind != DocxMark::Kind::Field) continue;
    auto field = text::lower_ascii(std::string_view(mark.text).substr(0, mark.text.find(' ')));
    if (field != "page") continue;
    margin.page_field = true;
    for (const auto &run : paragraph.runs) {
      if (run.start > mark.start && margin.number_size > 0) continue;
      margin.number_font = run.ascii;
      margin.number_size = run.size;
    }
  }
  return margin;
}

/// The paragraphs with text of heads and feet, by part: sections share them.
class MarginReader {
public:
  MarginReader(const ZipReader &zip, const std::vector<Relationship> &relations, DocxGround &ground)
      : zip_(zip), relations_(relations), ground_(ground) {}

  Status add(const RawSection::Reference &reference, DocxSection &section) {
    auto same = [&](const DocxMargin &margin) {
      return margin.header == reference.header && margin.pages == reference.pages;
    };
    section.margins.erase(std::remove_if(section.margins.begin(), section.margins.end(), same),
                          section.margins.end());
    for (const auto &relation : relations_) {
      if (relation.id != reference.relation || !zip_.has(relation.part)) continue;
      for (auto margin : *TRY(read(relation.part))) {
        margin.header = reference.header;
        margin.pages = reference.pages;
        section.margins.push_back(std::move(margin));
      }
      break;
    }
    return Done{};
  }

private:
  Result<const std::vector<DocxMargin> *> read(const std::string &part) {
    auto [at, fresh] = parts_.try_emplace(part);
    if (!fresh) return &at->second;
    auto story = TRY(read_story(zip_, part, ground_));
    for (std::size_t i = 0; i < story.paragraphs.size(); ++i) {
      auto margin = margin_of(story.paragraphs[i], story.marks, i);
      if (margin.page_field || !text::trim(margin.text).empty())
        at->second.push_back(std::move(margin));
    }
    return &at->second;
  }

  const ZipReader &zip_;
  const std::vector<Relationship> &relations_;
  DocxGround &ground_;
  std::map<std::string, std::vector<DocxMargin>> parts_;
};

Result<DocxContent> read_package(const ZipReader &zip, const DocxLimits &limits) {
  std::string main;
  for (const auto &relation : TRY(relationships_of(zip, "")))
    if (relation.type == "officeDocument") main = relation.part;
  if (!zip.has(main)) main = "word/document.xml";
  if (!zip.has(main) || !main.ends_with(".xml") || main.starts_with("xl/") ||
      main.starts_with("ppt/"))
    return no_document(zip);

  auto relations = TRY(relationships_of(zip, main));
  auto part = [&](std::string_view type) {
    for (const auto &relation : relations)
      if (relation.type == type && zip.has(relation.part)) return relation.part;
    return std::string();
  };
  DocxGround ground{limits, {}, {}, {}, {}};
  DocxContent content;
  if (auto name = part("theme"); !name.empty()) ground.theme = TRY(load_theme_fonts(zip, name));
  if (auto name = part("styles"); !name.empty()) TRY(ground.styles.load(zip, name, ground.theme));
  if (auto name = part("numbering"); !name.empty()) TRY(ground.numbering.load(zip, name));
  if (auto name = part("comments"); !name.empty()) {
    CommentsHandler handler(ground);
    TRY(parse_part(zip, name, handler));
  }
  if (auto name = part("settings"); !name.empty()) {
    SettingsHandler handler;
    TRY(parse_part(zip, name, handler));
    content.even_and_odd = handler.even_and_odd;
  }

  auto story = TRY(read_story(zip, main, ground));
  content.paragraphs = std::move(story.paragraphs);
  content.marks = std::move(story.marks);
  content.bookmarks = std::move(story.bookmarks);
  content.pictures = story.pictures;
  MarginReader margins(zip, relations, ground);
  if (story.sections.empty()) story.sections.emplace_back();
  for (auto &raw : story.sections) {
    if (!content.sections.empty()) raw.look.margins = content.sections.back().margins;
    for (const auto &reference : raw.references) TRY(margins.add(reference, raw.look));
    content.sections.push_back(std::move(raw.look));
  }
  for (auto &paragraph : content.paragraphs)
    paragraph.section = std::min(paragraph.section, content.sections.size() - 1);
  return content;
}

} // namespace

Result<DocxContent> read_docx(std::string bytes, const DocxLimits &limits) {
  auto zip = TRY(ZipReader::from_bytes(std::move(bytes), limits.zip));
  return read_package(zip, limits);
}

Result<DocxContent> read_docx_file(const std::filesystem::path &path, const DocxLimits &limits) {
  auto zip = TRY(ZipReader::open(path, limits.zip));
  return read_package(zip, limits);
}

} // namespace yifa::ooxml
