#include "reading/read_pdf.h"

#include "base/text.h"
#include "process/process.h"
#include "reading/pdf_lines.h"
#include "reading/read_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kMostPages = 300;
constexpr std::size_t kBoxBytes = 96ULL << 20;
// A page of a report has hundreds of characters; a stamp on a scan has a dozen.
constexpr std::size_t kFewHan = 25;

constexpr const char *kScan =
    "this is a scan: the PDF holds pictures of pages and no text; take the file it was printed "
    "from, or have its text recognised (OCR) first";

Error pdf_failure(const process::Output &output) {
  auto says = [&](std::string_view words) { return output.err.find(words) != std::string::npos; };
  if (says("Incorrect password"))
    return invalid("the PDF is protected by a password; open it, remove the password and save it "
                   "again");
  if (output.status == 3 || says("not allowed"))
    return invalid("the PDF forbids copying its text; take the file it was made from");
  if (output.status > 128 || says("Out of memory") || says("bad_alloc"))
    return invalid("the PDF takes more time or memory to read than a report may");
  return invalid("the PDF is damaged or incomplete; copy it anew");
}

/// Whether the characters can be believed: fonts without a table give boxes, private characters or
/// noise.
Status check_pdf_characters(const PdfText &pdf) {
  std::size_t han = 0, odd = 0, all = 0;
  for (const auto &line : pdf.lines)
    for (char32_t c : text::decode(line.text)) {
      ++all;
      han += text::is_han(c) ? 1 : 0;
      odd += c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) ? 1 : 0;
    }
  if (all < kFewHan * std::max<std::size_t>(pdf.pages, 1) / 2) return invalid(kScan);
  if (han * 5 < all || odd * 5 > all)
    return invalid(
        "the characters of this PDF cannot be read: its fonts do not say what they show, "
        "or it is not in Chinese; take the file it was made from");
  if (han < kFewHan * pdf.pages / 2) return invalid(kScan);
  return Done{};
}

} // namespace

Result<Source> read_pdf(std::string bytes, const Lexicon &lexicon, const ReadLimits &limits) {
  auto program = process::find("pdftotext");
  if (program.empty())
    return unavailable("a PDF is read through pdftotext, which is not installed here; install "
                       "poppler-utils, or save the report as .docx");
  process::Request request;
  request.argv = {program.string(),           "-bbox", "-enc", "UTF-8", "-l",
                  std::to_string(kMostPages), "-",     "-"};
  request.input = std::move(bytes);
  request.limits.seconds = limits.seconds;
  request.limits.cpu_seconds = static_cast<unsigned>(limits.seconds) + 1;
  request.limits.memory_bytes = limits.memory_bytes;
  request.limits.output_bytes = kBoxBytes;
  auto output = TRY(process::run(request));
  if (output.status != 0) return pdf_failure(output);
  auto pdf = read_pdf_words(output.out, lexicon);
  std::size_t size = 0;
  for (const auto &line : pdf.lines) size += line.text.size();
  if (size > limits.text_bytes)
    return invalid(fmt::format("it holds more than {} MB of text, far more than a report",
                               limits.text_bytes >> 20));
  if (pdf.pages == 0) return pdf_failure(output);
  TRY(check_pdf_characters(pdf));
  auto joined = join_lines(pdf.lines, Wrapping::Wrapped, lexicon);
  Source source;
  source.format = Format::Pdf;
  source.converted = true;
  source.paragraphs = std::move(joined.paragraphs);
  source.joints = std::move(joined.joints);
  return source;
}

} // namespace yifa::reading
