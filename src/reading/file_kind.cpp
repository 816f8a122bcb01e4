#include "reading/file_kind.h"

#include "base/text.h"
#include "ooxml/foreign.h"
#include "ooxml/zip.h"

#include <array>

namespace yifa::reading {
namespace {

constexpr std::size_t kKindHead = 4096;

bool in_zip(const ooxml::ZipReader &zip, std::string_view folder) {
  for (const auto &entry : zip.entries())
    if (text::lower_ascii(entry.name).starts_with(folder)) return true;
  return false;
}

/// The directory of a zip tells what was packed.
Result<FileKind> zip_kind(std::string_view bytes) {
  auto zip = TRY(ooxml::ZipReader::from_bytes(std::string(bytes)));
  if (in_zip(zip, "word/")) return FileKind::Docx;
  if (in_zip(zip, "xl/"))
    return invalid("this is a spreadsheet (.xlsx), not a report; save its text as .docx");
  if (in_zip(zip, "ppt/")) return invalid("this is a presentation (.pptx), not a report");
  if (zip.has("OFD.xml"))
    return invalid("this is an OFD; open it in an OFD reader or WPS and save it as .docx or PDF");
  if (zip.has("mimetype")) {
    auto type = TRY(zip.read("mimetype", 256));
    if (type.starts_with("application/vnd.oasis.opendocument.text")) return FileKind::Odt;
    return invalid("this is an OpenDocument file that holds no text; save the report as .docx");
  }
  return invalid("this is a packed archive; unpack it and give the file inside");
}

/// What old Office files hold is written in their directory, in UTF-16.
bool ole_holds(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (char c : name) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

Result<FileKind> ole_kind(std::string_view bytes) {
  if (!ole_holds(bytes, "EncryptedPackage") && ole_holds(bytes, "WordDocument"))
    return FileKind::Doc;
  if (ole_holds(bytes, "PowerPoint Document"))
    return invalid("this is an old presentation (.ppt or .dps), not a report");
  return invalid(ooxml::describe_foreign(bytes, bytes));
}

/// Pictures, archives, programs and the like, by how they begin.
std::string_view foreign_start(std::string_view bytes) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kStarts = {{
      {"\x89PNG", "picture"},
      {"\xFF\xD8\xFF", "picture"},
      {"GIF8", "picture"},
      {"BM", "picture"},
      {"II*", "picture"},
      {std::string_view("MM\0*", 4), "picture"},
      {"RIFF", "picture"},
      {"\x1F\x8B", "archive"},
      {"Rar!", "archive"},
      {"7z\xBC\xAF", "archive"},
      {"BZh", "archive"},
      {"\xFD"
       "7zXZ",
       "archive"},
      {"\x28\xB5\x2F\xFD", "archive"},
      {"\x7F"
       "ELF",
       "program"},
      {"MZ", "program"},
      {"SQLite format 3", "program"},
  }};
  // Two letters are also how a text may begin; then there is no zero byte.
  bool binary = bytes.substr(0, kKindHead).find('\0') != std::string_view::npos;
  for (const auto &[start, kind] : kStarts)
    if (bytes.starts_with(start) && (binary || start.size() > 3)) return kind;
  return {};
}

/// The beginning as ASCII, whatever the encoding: UTF-16 loses its zero bytes.
std::string ascii_head(std::string_view bytes) {
  std::string head;
  for (char c : bytes.substr(0, kKindHead))
    if (c > 0) head += c;
  return text::lower_ascii(text::trim(head));
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (auto word : words)
    if (text.find(word) != std::string_view::npos) return true;
  return false;
}

} // namespace

Result<FileKind> file_kind(std::string_view bytes, std::string_view ending) {
  if (bytes.empty()) return invalid("the file is empty");
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return zip_kind(bytes);
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return ole_kind(bytes);
  if (bytes.starts_with("{\\rtf")) return FileKind::Rtf;
  // A PDF may have a little something in front.
  if (bytes.starts_with("%PDF-") ||
      (ending == "pdf" && bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos))
    return FileKind::Pdf;
  auto foreign = foreign_start(bytes);
  if (foreign == "picture")
    return invalid(
        "this is a picture, not a text; take the file it was made from, or have its text "
        "recognised (OCR) first");
  if (foreign == "archive")
    return invalid("this is a packed archive; unpack it and give the file inside");
  if (!foreign.empty()) return invalid("this is a program or data file, not a report");

  auto head = ascii_head(bytes);
  if (head.starts_with("mime-version:") || holds_any(head.substr(0, 200), {"\nmime-version:"}))
    return invalid("this is a web archive (.mht); open it in Word or WPS and save it as .docx");
  if (head.starts_with("<?xml") || head.starts_with("<")) {
    if (holds_any(head, {"progid=\"word.document\"", "schemas.microsoft.com/office/word/2003",
                         "schemas.microsoft.com/office/2006/xmlpackage"}))
      return FileKind::WordXml;
    if (holds_any(head, {"<html", "<!doctype html", "<head", "<body", "<div", "<p>", "<p ", "<meta",
                         "<table", "<article"}))
      return FileKind::Html;
    if (head.starts_with("<?xml")) return invalid("this is an XML file, not a report");
  }
  if (ending == "html" || ending == "htm" || ending == "shtml" || ending == "xhtml")
    return FileKind::Html;
  if (ending == "md" || ending == "markdown") return FileKind::Markdown;
  if (ending == "pdf" || ending == "docx")
    if (bytes.substr(0, kKindHead).find('\0') != std::string_view::npos)
      return invalid("the file is damaged or is not what its name says; copy it anew");
  return FileKind::Text;
}

} // namespace yifa::reading
