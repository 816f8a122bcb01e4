// Any text is understood and checked without a crash, and every place that is told lies in it.
#include "base/text.h"
#include "catalog/loader.h"
#include "reading/checker.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace yifa;
using namespace yifa::reading;

namespace {

const Checker &fuzz_checker() {
  static const auto checker =
      Checker::load(catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value()).value();
  return checker;
}

void must(bool holds) {
  if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size > 64 * 1024) return 0;
  auto all = text::encode(text::decode({reinterpret_cast<const char *>(data), size}));
  Source source;
  for (const auto &line : text::split(all, '\n'))
    if (auto paragraph = text::trim(line); !paragraph.empty())
      source.paragraphs.push_back(paragraph);
  auto report = fuzz_checker().understand("fuzz.txt", std::move(source));
  auto within = [&](Span span) { must(span.start <= span.end && span.end <= report.text.size()); };
  for (const auto &section : report.structure.sections) {
    within(section.span);
    within(section.title);
    must(section.level >= 1 && section.level <= 4 && section.span.holds(section.own));
  }
  for (const auto &figure : report.figures) {
    within(figure.span);
    within(figure.clause);
    must(!figure.span.empty() && !figure.unit.empty());
  }
  for (const auto &finding : fuzz_checker().check(report)) {
    within(finding.span);
    must(finding.line >= 1 && text::valid_utf8(finding.message));
  }
  return 0;
}
