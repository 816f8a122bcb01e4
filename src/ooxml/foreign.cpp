#include "ooxml/foreign.h"

#include "base/text.h"

namespace yifa::ooxml {
namespace {

constexpr std::string_view kOle("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

/// Whether a stream of this name stands in the directory of an OLE file (names are UTF-16LE there).
bool has_ole_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (char c : name) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

std::string describe_ole(std::string_view head, std::string_view tail) {
  auto has = [&](std::string_view name) {
    return has_ole_stream(head, name) || has_ole_stream(tail, name);
  };
  if (has("EncryptedPackage"))
    return "the file is protected by a password; open it, remove the password and save it again";
  if (has("Workbook") || has("Book"))
    return "this is an old Excel file (.xls or .et); open it and save it as .xlsx";
  if (has("WordDocument"))
    return "this is an old Word file (.doc or .wps); open it and save it as .docx";
  return "this is an old Office file; open it and save it as .xlsx or .docx";
}

} // namespace

std::string describe_foreign(std::string_view head, std::string_view tail) {
  if (head.empty()) return "the file is empty";
  if (head.starts_with(kOle)) return describe_ole(head, tail);
  if (head.starts_with("PK")) return "the archive is damaged or incomplete; copy it anew";
  if (head.starts_with("%PDF")) return "this is a PDF, not an Office file";
  if (head.starts_with("{\\rtf")) return "this is an RTF text; open it and save it as .docx";
  if (head.starts_with("\x89PNG") || head.starts_with("\xFF\xD8\xFF") || head.starts_with("GIF8"))
    return "this is a picture, not an Office file";
  if (head.starts_with("\x1F\x8B") || head.starts_with("Rar!") || head.starts_with("7z\xBC\xAF"))
    return "this is a packed archive; unpack it and give the file inside";
  std::string_view start = head.substr(0, 2048);
  if (start.find('\0') != std::string_view::npos && !start.starts_with("\xFF\xFE") &&
      !start.starts_with("\xFE\xFF"))
    return "this is not an Office file (.xlsx or .docx)";
  std::string lower = text::lower_ascii(start);
  if (lower.find("urn:schemas-microsoft-com:office:spreadsheet") != std::string::npos &&
      lower.find("<html") == std::string::npos)
    return "this is an XML table of Excel 2003; open it and save it as .xlsx";
  if (lower.find("<html") != std::string::npos || lower.find("<table") != std::string::npos ||
      lower.find("<!doctype html") != std::string::npos)
    return "this is a web page with another ending; open it in Excel or WPS and save it as .xlsx";
  return "this is plain text, not an Office file; if it is a table, give it the ending .csv";
}

} // namespace yifa::ooxml
