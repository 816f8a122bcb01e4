#include "base/text.h"
#include "catalog/loader.h"
#include "reading/file_kind.h"
#include "reading/join_lines.h"
#include "reading/pdf_lines.h"
#include "reading/read_html.h"
#include "reading/read_text.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace yifa;
using namespace yifa::reading;

namespace {

const Lexicon &fuzz_lexicon() {
  static const auto lexicon =
      Lexicon::load(catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value()).value();
  return *lexicon;
}

void check_paragraphs(const std::vector<std::string> &paragraphs,
                      const std::vector<Joint> &joints) {
  for (const auto &paragraph : paragraphs)
    if (paragraph.empty() || !text::valid_utf8(paragraph) ||
        paragraph.find('\n') != std::string::npos || text::trim(paragraph) != paragraph)
      std::abort();
  for (const auto &joint : joints)
    if (joint.paragraph >= paragraphs.size() || joint.at == 0 ||
        joint.at >= text::length(paragraphs[joint.paragraph]))
      std::abort();
}

void check_source(const Result<Source> &source) {
  if (source)
    check_paragraphs(source->paragraphs, source->joints);
  else if (source.error().message.empty())
    std::abort();
}

} // namespace

/// The first byte chooses the reader: t text, m Markdown, h web page, p what pdftotext says;
/// anything else only asks what kind of file the whole is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char *>(data), size);
  if (bytes.empty()) return 0;
  auto rest = bytes.substr(1);
  switch (bytes[0]) {
  case 't':
    check_source(read_text(rest, fuzz_lexicon()));
    break;
  case 'm':
    check_source(read_markdown(rest, fuzz_lexicon()));
    break;
  case 'h':
    check_source(read_html(rest, fuzz_lexicon()));
    break;
  case 'p': {
    auto pdf = read_pdf_words(rest, fuzz_lexicon());
    auto joined = join_lines(pdf.lines, Wrapping::Wrapped, fuzz_lexicon());
    check_paragraphs(joined.paragraphs, joined.joints);
    break;
  }
  default:
    if (auto kind = file_kind(bytes, "txt"); !kind && kind.error().message.empty()) std::abort();
  }
  return 0;
}
