#include "reading/read.h"

#include "base/file.h"
#include "base/text.h"
#include "reading/file_kind.h"
#include "reading/read_docx.h"
#include "reading/read_html.h"
#include "reading/read_office.h"
#include "reading/read_pdf.h"
#include "reading/read_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <system_error>

namespace yifa::reading {
namespace {

std::string name_ending(const std::filesystem::path &path) {
  auto ending = text::lower_ascii(path.extension().string());
  return ending.empty() ? ending : ending.substr(1);
}

Result<Source> read_kind(FileKind kind, std::string bytes, const Lexicon &lexicon,
                         const ReadLimits &limits) {
  switch (kind) {
  case FileKind::Docx:
    return read_docx(std::move(bytes));
  case FileKind::Pdf:
    return read_pdf(std::move(bytes), lexicon, limits);
  case FileKind::Html:
    return read_html(bytes, lexicon, limits);
  case FileKind::Markdown:
    return read_markdown(bytes, lexicon, limits);
  case FileKind::Text:
    return read_text(bytes, lexicon, limits);
  case FileKind::Doc:
    return read_office(OfficeKind::Doc, bytes, lexicon, limits);
  case FileKind::Rtf:
    return read_office(OfficeKind::Rtf, bytes, lexicon, limits);
  case FileKind::Odt:
    return read_office(OfficeKind::Odt, bytes, lexicon, limits);
  case FileKind::WordXml:
    return read_office(OfficeKind::Xml, bytes, lexicon, limits);
  }
  return internal_error("a kind of file without a reader");
}

Error too_large(std::uint64_t size, const ReadLimits &limits) {
  return invalid(fmt::format("the file has {} MB, far more than a report (the limit is {} MB)",
                             (size + (1 << 20) - 1) >> 20, limits.file_bytes >> 20));
}

Result<Source> read_bytes(std::string_view ending, std::string bytes, const Lexicon &lexicon,
                          const ReadLimits &limits) {
  if (bytes.size() > limits.file_bytes) return too_large(bytes.size(), limits);
  auto kind = TRY(file_kind(bytes, ending));
  auto source = TRY(read_kind(kind, std::move(bytes), lexicon, limits));
  if (source.paragraphs.empty()) return invalid("the file holds no text");
  return source;
}

Result<Source> read_path(const std::filesystem::path &path, const Lexicon &lexicon,
                         const ReadLimits &limits) {
  std::error_code failed;
  auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) {
    if (failed && failed != std::errc::no_such_file_or_directory)
      return unavailable("cannot be opened: " + failed.message());
    return not_found("there is no such file");
  }
  if (std::filesystem::is_directory(status)) return invalid("this is a folder, not a file");
  if (!std::filesystem::is_regular_file(status))
    return invalid("this is a device or pipe, not a file");
  auto size = std::filesystem::file_size(path, failed);
  if (failed) return unavailable("cannot be opened: " + failed.message());
  if (size > limits.file_bytes) return too_large(size, limits);
  // It may grow while it is read.
  auto bytes = TRY(read_file(path, static_cast<std::size_t>(limits.file_bytes)));
  return read_bytes(name_ending(path), std::move(bytes), lexicon, limits);
}

Result<Source> with_name(std::string_view name, Result<Source> source) {
  if (source) return source;
  auto error = std::move(source).error();
  if (error.message.find(name) == std::string::npos || name.empty())
    error.message = fmt::format("{}: {}", name, error.message);
  return error;
}

} // namespace

Result<Source> read_report(const std::filesystem::path &path, const Lexicon &lexicon,
                           const ReadLimits &limits) {
  return with_name(path.string(), read_path(path, lexicon, limits));
}

Result<Source> read_report_bytes(std::string_view name, std::string bytes, const Lexicon &lexicon,
                                 const ReadLimits &limits) {
  return with_name(name, read_bytes(name_ending(std::filesystem::path(name)), std::move(bytes),
                                    lexicon, limits));
}

bool looks_like_report(const std::filesystem::path &path) {
  constexpr std::array<std::string_view, 14> kEndings = {
      "docx",  "pdf", "txt",      "text", "html", "htm", "shtml",
      "xhtml", "md",  "markdown", "doc",  "wps",  "rtf", "odt"};
  auto name = path.filename().string();
  if (name.starts_with("~$") || name.starts_with(".")) return false;
  auto ending = name_ending(path);
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

} // namespace yifa::reading
