#include "ooxml/xlsx_read.h"

#include "base/text.h"
#include "ooxml/package.h"
#include "ooxml/xlsx_parts.h"

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

struct SheetEntry {
  std::string name, relation;
  bool hidden = false;
};

class WorkbookHandler final : public XmlHandler {
public:
  std::vector<SheetEntry> sheets;
  bool from_1904 = false;

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    ++depth_;
    if (depth_ == 1 && name != "workbook") return invalid("the file is not an Excel workbook");
    if (depth_ == 2) in_sheets_ = name == "sheets";
    if (depth_ == 2 && name == "workbookPr") from_1904 = attributes.flag("date1904");
    if (depth_ == 3 && in_sheets_ && name == "sheet") {
      if (sheets.size() >= 10'000) return invalid("the workbook has more than 10000 sheets");
      auto state = attributes.get("state");
      sheets.push_back({std::string(attributes.get("name")), std::string(attributes.get("id")),
                        state == "hidden" || state == "veryHidden"});
    }
    return Done{};
  }
  Status end(std::string_view) override { return --depth_, Done{}; }
  Status text(std::string_view) override { return Done{}; }

private:
  int depth_ = 0;
  bool in_sheets_ = false;
};

/// What a zip without a workbook is.
Error no_workbook(const ZipReader &zip) {
  if (zip.has("word/document.xml")) return invalid("this is a Word document, not a table");
  if (zip.has("ppt/presentation.xml")) return invalid("this is a slide show, not a table");
  if (zip.has("xl/workbook.bin"))
    return invalid("this is a binary workbook (.xlsb); open it and save it as .xlsx");
  if (zip.has("content.xml"))
    return invalid("this is an OpenDocument file (.ods); open it and save it as .xlsx");
  if (zip.has("OFD.xml")) return invalid("this is an OFD document, not a table");
  return invalid("this is a zip archive but not an Excel file (.xlsx); if a table lies in it, "
                 "unpack it first");
}

} // namespace

struct XlsxReader::Book {
  explicit Book(ZipReader archive, const XlsxLimits &most)
      : zip(std::move(archive)), limits(most) {}
  ZipReader zip;
  XlsxLimits limits;
  std::vector<SheetInfo> sheets;
  std::vector<std::string> parts; ///< parallel to sheets
  std::string texts_part, styles_part;
  bool from_1904 = false;
  bool loaded = false; ///< texts and styles, read when first needed
  SharedTexts texts;
  std::vector<NumberShape> styles;

  Status load() {
    if (loaded) return Done{};
    if (!texts_part.empty()) TRY(texts.load(zip, texts_part, limits));
    if (!styles_part.empty()) styles = TRY(load_styles(zip, styles_part, limits.styles));
    loaded = true;
    return Done{};
  }
  Result<SheetSummary> read(std::size_t sheet, const std::function<Status(const Row &)> &on_row) {
    if (sheet >= sheets.size())
      return not_found(fmt::format("the workbook has {} sheets", sheets.size()));
    SheetContext context{texts, styles, limits, sheets[sheet].name, from_1904};
    return read_sheet(zip, parts[sheet], context, on_row);
  }
};

XlsxReader::XlsxReader(std::unique_ptr<Book> book) : book_(std::move(book)) {}
XlsxReader::XlsxReader(XlsxReader &&) noexcept = default;
XlsxReader &XlsxReader::operator=(XlsxReader &&) noexcept = default;
XlsxReader::~XlsxReader() = default;

Result<XlsxReader> XlsxReader::open(const std::filesystem::path &path, const XlsxLimits &limits) {
  return from_zip(TRY(ZipReader::open(path, limits.zip)), limits);
}

Result<XlsxReader> XlsxReader::from_bytes(std::string bytes, const XlsxLimits &limits) {
  return from_zip(TRY(ZipReader::from_bytes(std::move(bytes), limits.zip)), limits);
}

Result<XlsxReader> XlsxReader::from_zip(ZipReader zip, const XlsxLimits &limits) {
  auto book = std::make_unique<Book>(std::move(zip), limits);
  std::string workbook;
  for (const auto &relation : TRY(relationships_of(book->zip, "")))
    if (relation.type == "officeDocument") workbook = relation.part;
  if (!book->zip.has(workbook)) workbook = "xl/workbook.xml";
  if (!book->zip.has(workbook) || workbook.ends_with(".bin")) return no_workbook(book->zip);
  if (book->zip.has("word/document.xml") && !workbook.starts_with("xl/"))
    return no_workbook(book->zip);

  WorkbookHandler handler;
  TRY(parse_part(book->zip, workbook, handler));
  book->from_1904 = handler.from_1904;
  auto relations = TRY(relationships_of(book->zip, workbook));
  for (const auto &relation : relations) {
    if (!book->zip.has(relation.part)) continue;
    if (relation.type == "sharedStrings") book->texts_part = relation.part;
    if (relation.type == "styles") book->styles_part = relation.part;
  }
  for (auto &sheet : handler.sheets) {
    for (const auto &relation : relations) {
      if (relation.id != sheet.relation || relation.type != "worksheet") continue;
      if (!book->zip.has(relation.part))
        return invalid(fmt::format("sheet \"{}\" is missing from the file", sheet.name));
      book->sheets.push_back({std::move(sheet.name), sheet.hidden});
      book->parts.push_back(relation.part);
      break;
    }
  }
  if (book->sheets.empty()) return invalid("the workbook has no worksheet");
  return XlsxReader(std::move(book));
}

const std::vector<SheetInfo> &XlsxReader::sheets() const { return book_->sheets; }

Result<std::size_t> XlsxReader::find_sheet(std::string_view name) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < book_->sheets.size(); ++i) {
    if (book_->sheets[i].name == name) return i;
    names.push_back(book_->sheets[i].name);
  }
  return not_found(
      fmt::format("the workbook has no sheet \"{}\"; it has {}", name, text::join(names, ", ")));
}

Result<SheetSummary> XlsxReader::read(std::size_t sheet,
                                      const std::function<Status(const Row &)> &on_row) {
  TRY(book_->load());
  return book_->read(sheet, on_row);
}

Result<std::vector<CellRange>> XlsxReader::merged_ranges(std::size_t sheet) {
  auto summary = TRY(book_->read(sheet, nullptr));
  return std::move(summary.merged);
}

} // namespace yifa::ooxml
