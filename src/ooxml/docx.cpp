#include "ooxml/docx.h"

#include "base/text.h"
#include "ooxml/docx_parts.h"
#include "ooxml/xml.h"
#include "ooxml/zip.h"

#include <set>

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

constexpr const char *kPackageTypes = "http://schemas.openxmlformats.org/package/2006/";
constexpr const char *kOfficeTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr const char *kWordTypes =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.";

pugi::xml_node package_root(pugi::xml_document &document, const char *name,
                            const std::string &xmlns) {
  auto root = xml_root(document, name);
  root.remove_attribute("xmlns:w");
  root.remove_attribute("xmlns:r");
  set(root, "xmlns", xmlns);
  return root;
}

std::string content_types_xml(bool with_header) {
  pugi::xml_document document;
  auto types = package_root(document, "Types", std::string(kPackageTypes) + "content-types");
  auto by_ending = [&](const char *ending, std::string_view type) {
    auto node = add(types, "Default");
    set(node, "Extension", ending);
    set(node, "ContentType", type);
  };
  auto by_part = [&](const char *part, const std::string &type) {
    auto node = add(types, "Override");
    set(node, "PartName", part);
    set(node, "ContentType", type);
  };
  std::string word = kWordTypes;
  by_ending("rels", "application/vnd.openxmlformats-package.relationships+xml");
  by_ending("xml", "application/xml");
  by_part("/word/document.xml", word + "document.main+xml");
  by_part("/word/styles.xml", word + "styles+xml");
  by_part("/word/settings.xml", word + "settings+xml");
  by_part("/word/fontTable.xml", word + "fontTable+xml");
  by_part("/word/footer1.xml", word + "footer+xml");
  by_part("/word/footer2.xml", word + "footer+xml");
  if (with_header) by_part("/word/header1.xml", word + "header+xml");
  by_part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
  by_part("/docProps/app.xml",
          "application/vnd.openxmlformats-officedocument.extended-properties+xml");
  return xml_bytes(document);
}

void relate(pugi::xml_node root, std::string_view id, std::string_view type,
            std::string_view target, bool external = false) {
  auto node = add(root, "Relationship");
  set(node, "Id", id);
  set(node, "Type", type);
  set(node, "Target", target);
  if (external) set(node, "TargetMode", "External");
}

std::string package_relations_xml() {
  pugi::xml_document document;
  auto root = package_root(document, "Relationships", std::string(kPackageTypes) + "relationships");
  std::string office = kOfficeTypes;
  relate(root, "rId1", office + "officeDocument", "word/document.xml");
  relate(root, "rId2", std::string(kPackageTypes) + "relationships/metadata/core-properties",
         "docProps/core.xml");
  relate(root, "rId3", office + "extended-properties", "docProps/app.xml");
  return xml_bytes(document);
}

std::string document_relations_xml(const std::vector<std::string> &links, bool with_header) {
  pugi::xml_document document;
  auto root = package_root(document, "Relationships", std::string(kPackageTypes) + "relationships");
  std::string office = kOfficeTypes;
  relate(root, "rIdStyles", office + "styles", "styles.xml");
  relate(root, "rIdSettings", office + "settings", "settings.xml");
  relate(root, "rIdFonts", office + "fontTable", "fontTable.xml");
  relate(root, "rIdFooterOdd", office + "footer", "footer1.xml");
  relate(root, "rIdFooterEven", office + "footer", "footer2.xml");
  if (with_header) relate(root, "rIdHeader", office + "header", "header1.xml");
  for (std::size_t i = 0; i < links.size(); ++i)
    relate(root, fmt::format("rIdL{}", i + 1), office + "hyperlink", links[i], true);
  return xml_bytes(document);
}

std::string core_xml(const Document &content) {
  pugi::xml_document document;
  auto root = package_root(document, "cp:coreProperties", "");
  root.remove_attribute("xmlns");
  set(root, "xmlns:cp", std::string(kPackageTypes) + "metadata/core-properties");
  set(root, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
  set(root, "xmlns:dcterms", "http://purl.org/dc/terms/");
  set(root, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
  auto text = [&](const char *name, const std::string &value) {
    auto node = add(root, name);
    node.text().set(xml_text(value).c_str());
    return node;
  };
  std::string title = content.subject.empty() ? text::join(content.title, "") : content.subject;
  std::string day = content.created.text() + "T00:00:00Z";
  text("dc:title", title);
  text("dc:creator", content.author);
  set(text("dcterms:created", day), "xsi:type", "dcterms:W3CDTF");
  set(text("dcterms:modified", day), "xsi:type", "dcterms:W3CDTF");
  text("dc:language", "zh-CN");
  return xml_bytes(document);
}

std::string app_xml() {
  pugi::xml_document document;
  auto root =
      package_root(document, "Properties",
                   "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties");
  add(root, "Application").text().set("Yifa");
  return xml_bytes(document);
}

/// Finds every fault a caller can make.
class Checker {
public:
  explicit Checker(const Document &document) {
    visit(document.body, "body");
    visit(document.annexes, "annexes");
    for (const auto &[where, target] : targets_)
      if (!ids_.contains(target))
        problems_.push_back({where,
                             fmt::format("links to \"{}\", which is no bookmark of the "
                                         "document",
                                         target),
                             "", ""});
  }
  std::vector<Problem> &problems() { return problems_; }

private:
  void note_id(const std::string &where, const std::string &id) {
    if (!id.empty() && !ids_.insert(id).second)
      problems_.push_back({where, fmt::format("the bookmark \"{}\" stands twice", id), "", ""});
  }
  void visit(const std::string &where, const std::vector<Run> &runs) {
    for (const Run &run : runs) {
      note_id(where, run.bookmark);
      std::string_view link = run.link;
      if (link.empty()) continue;
      if (link.starts_with('#'))
        targets_.emplace_back(where, link.substr(1));
      else if (!link.starts_with("https://") && !link.starts_with("http://") &&
               !link.starts_with("mailto:"))
        problems_.push_back(
            {where, fmt::format("\"{}\" is no web or mail address", run.link), "", ""});
    }
  }
  void visit(const std::vector<Block> &blocks, const char *name) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      std::string where = fmt::format("{}[{}]", name, i);
      if (const auto *paragraph = std::get_if<Paragraph>(&blocks[i])) {
        note_id(where, paragraph->bookmark);
        visit(where, paragraph->runs);
      } else if (const auto *table = std::get_if<Table>(&blocks[i])) {
        if (table->columns.empty() || table->columns.size() > 63)
          problems_.push_back({where, "a table has one to 63 columns", "", ""});
        for (std::size_t r = 0; r < table->rows.size(); ++r) {
          std::string row = fmt::format("{}.rows[{}]", where, r);
          if (table->rows[r].size() > table->columns.size())
            problems_.push_back({row, "the row is longer than the head", "", ""});
          for (const auto &cell : table->rows[r]) visit(row, cell);
        }
      }
    }
  }
  std::set<std::string, std::less<>> ids_;
  std::vector<std::pair<std::string, std::string>> targets_;
  std::vector<Problem> problems_;
};

} // namespace

Paragraph paragraph(Role role, std::string text) {
  Paragraph made;
  made.role = role;
  made.runs.emplace_back();
  made.runs.back().text = std::move(text);
  return made;
}

Result<std::string> write_docx(const Document &content) {
  Checker checker(content);
  if (!checker.problems().empty())
    return invalid("the document cannot be written", std::move(checker.problems()));

  pugi::xml_document document;
  BodyWriter writer(add(xml_root(document, "w:document"), "w:body"), content);
  writer.write();

  bool with_header = !content.page_note.empty();
  ZipWriter zip;
  zip.add("[Content_Types].xml", content_types_xml(with_header));
  zip.add("_rels/.rels", package_relations_xml());
  zip.add("docProps/app.xml", app_xml());
  zip.add("docProps/core.xml", core_xml(content));
  zip.add("word/document.xml", xml_bytes(document));
  zip.add("word/_rels/document.xml.rels", document_relations_xml(writer.links(), with_header));
  zip.add("word/styles.xml", styles_xml());
  zip.add("word/settings.xml", settings_xml());
  zip.add("word/fontTable.xml", font_table_xml());
  zip.add("word/footer1.xml", footer_xml(true));
  zip.add("word/footer2.xml", footer_xml(false));
  if (with_header) zip.add("word/header1.xml", header_xml(xml_text(content.page_note)));
  return zip.finish();
}

} // namespace yifa::ooxml
