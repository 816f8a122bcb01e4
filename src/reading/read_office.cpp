#include "reading/read_office.h"

#include "base/file.h"
#include "base/text.h"
#include "process/process.h"
#include "reading/read_docx.h"
#include "reading/read_text.h"

#include <algorithm>
#include <optional>

namespace yifa::reading {
namespace {

std::string office_ending(OfficeKind kind) {
  switch (kind) {
  case OfficeKind::Doc:
    return "doc";
  case OfficeKind::Rtf:
    return "rtf";
  case OfficeKind::Odt:
    return "odt";
  case OfficeKind::Xml:
    return "xml";
  }
  return "doc";
}

/// Text of a small converter, or nothing where it is not installed or does not know the file.
std::optional<Source> read_through(const std::vector<std::string> &arguments,
                                   std::string_view bytes, const Lexicon &lexicon,
                                   const ReadLimits &limits) {
  process::Request request;
  auto program = process::find(arguments.front());
  if (program.empty()) return std::nullopt;
  auto scratch = process::Scratch::make();
  if (!scratch) return std::nullopt;
  auto file = scratch->path() / "report.doc";
  if (!write_file(file, bytes)) return std::nullopt;
  request.argv = arguments;
  request.argv.front() = program.string();
  request.argv.push_back(file.string());
  request.home = scratch->path();
  request.limits.seconds = std::min(limits.seconds, 20.0);
  request.limits.memory_bytes = limits.memory_bytes;
  request.limits.output_bytes = limits.text_bytes;
  auto output = process::run(request);
  if (!output || output->status != 0) return std::nullopt;
  auto source = read_text(output->out, lexicon, limits);
  // What these programs do not understand they put out as question marks.
  if (!source || std::count(output->out.begin(), output->out.end(), '?') * 20 >
                     static_cast<std::ptrdiff_t>(output->out.size()))
    return std::nullopt;
  return std::move(source).value();
}

Result<Source> read_through_office(OfficeKind kind, std::string_view bytes,
                                   const ReadLimits &limits) {
  auto program = process::find("soffice");
  if (program.empty()) program = process::find("libreoffice");
  if (program.empty())
    return unavailable("this is an old Office file (.doc, .wps, .rtf, .odt), and no program that "
                       "reads it is installed here; install LibreOffice (or antiword), or open it "
                       "in Word or WPS and save it as .docx");
  auto scratch = TRY(process::Scratch::make());
  const auto &home = scratch.path();
  auto file = home / ("report." + office_ending(kind));
  TRY(write_file(file, bytes));
  std::error_code failed;
  std::filesystem::create_directory(home / "out", failed);
  process::Request request;
  request.argv = {program.string(), "--headless",
                  "--norestore",    "--nologo",
                  "--nolockcheck",  "-env:UserInstallation=file://" + (home / "profile").string(),
                  "--convert-to",   "docx:MS Word 2007 XML",
                  "--outdir",       (home / "out").string(),
                  file.string()};
  request.home = home;
  // An office suite needs a while to start, and address space for its libraries.
  request.limits.seconds = limits.seconds * 2;
  request.limits.cpu_seconds = static_cast<unsigned>(limits.seconds) * 2;
  request.limits.memory_bytes = std::max<std::uint64_t>(limits.memory_bytes, 4ULL << 30);
  request.limits.file_bytes = limits.file_bytes * 2;
  TRY(process::run(request));
  auto made = home / "out" / "report.docx";
  // The suite ends with 0 also when it could not load the file.
  if (!std::filesystem::exists(made, failed))
    return invalid("LibreOffice cannot read this file: it is damaged, protected by a password, or "
                   "no text");
  auto docx = TRY(read_file(made, static_cast<std::size_t>(limits.file_bytes)));
  return read_docx(std::move(docx));
}

} // namespace

Result<Source> read_office(OfficeKind kind, std::string_view bytes, const Lexicon &lexicon,
                           const ReadLimits &limits) {
  std::optional<Source> source;
  if (kind == OfficeKind::Doc) {
    source = read_through({"antiword", "-m", "UTF-8.txt", "-w", "0", "-t"}, bytes, lexicon, limits);
    if (!source) source = read_through({"catdoc", "-w", "-d", "utf-8"}, bytes, lexicon, limits);
  }
  if (!source) source = TRY(read_through_office(kind, bytes, limits));
  source->format = Format::Office;
  source->converted = true;
  source->layout = nullptr;
  return std::move(*source);
}

} // namespace yifa::reading
