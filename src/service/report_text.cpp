#include "service/report_text.h"

#include "base/text.h"
#include "report/block_place.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using report::Block;
using report::Document;
using report::Run;
using report::Sentence;

struct TextLine {
  const Block *block = nullptr;
  std::string text;
};

std::vector<TextLine> text_lines(const Document &document) {
  std::vector<TextLine> lines;
  // As on paper: the number stands above the title.
  if (auto head = text::trim(document.document_number); !head.empty())
    lines.push_back({nullptr, std::move(head)});
  for (const auto &block : document.blocks) {
    if (block.kind == Block::Kind::Missing) continue;
    if (auto words = text::trim(block.text()); !words.empty())
      lines.push_back({&block, std::move(words)});
  }
  return lines;
}

bool has_digit(const std::u32string_view words) {
  return std::any_of(words.begin(), words.end(), [](char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
  });
}

/// The sentence of a block at an offset of its words, and where that sentence begins.
std::pair<const Sentence *, std::size_t> sentence_at(const Block &block, std::size_t offset) {
  std::size_t at = 0;
  for (const auto &sentence : block.sentences) {
    const auto length = text::length(sentence.text());
    if (offset < at + length) return {&sentence, at};
    at += length;
  }
  return {nullptr, 0};
}

/// The first run that is a figure or was kept and meets [start, end) of the sentence.
const Run *backed_run(const Sentence &sentence, std::size_t start, std::size_t end) {
  std::size_t at = 0;
  for (const auto &run : sentence.runs) {
    const auto length = text::length(run.text);
    if ((run.figure || run.kept) && start < at + length && at < end) return &run;
    at += length;
  }
  return nullptr;
}

} // namespace

ReportText::ReportText(const Document &document, const reading::Checker &checker)
    : document_(document), checker_(checker) {
  const auto lines = text_lines(document);
  reading::Source source;
  for (const auto &line : lines) source.paragraphs.push_back(line.text);
  reading::Told told;
  told.place = document.org_name;
  told.year = document.period.from.year();
  report_ = checker.understand("", std::move(source), told);

  // The reader cuts endless paragraphs, so a block may have become several.
  std::size_t line = 0;
  std::size_t from = 0;
  for (const auto &paragraph : report_.source.paragraphs) {
    Origin origin;
    for (; line < lines.size(); ++line, from = 0) {
      const auto found = lines[line].text.find(paragraph, from);
      if (found == std::string::npos) continue;
      const auto &whole = lines[line];
      origin.block = whole.block;
      if (whole.block != nullptr) {
        const auto raw = whole.block->text();
        const auto lead = raw.find(whole.text); // blanks that were trimmed
        const auto before = text::length(std::string_view(raw).substr(0, lead + found));
        const auto number = text::length(whole.block->number);
        origin.offset = before > number ? before - number : 0;
        origin.number = before > number ? 0 : number - before;
      }
      from = found + paragraph.size();
      break;
    }
    origins_.push_back(origin);
  }
}

BlockSpan ReportText::place_of(reading::Span span) const {
  const auto n = report_.text.paragraph_at(span.start);
  if (n >= origins_.size() || origins_[n].block == nullptr || span.empty()) return {};
  const auto &origin = origins_[n];
  const auto paragraph = report_.text.paragraphs()[n];
  const auto inside = [&](std::size_t at) {
    const auto offset = std::min(at, paragraph.end) - paragraph.start;
    return origin.offset + (offset > origin.number ? offset - origin.number : 0);
  };
  return {origin.block->id, inside(span.start), inside(span.end)};
}

const Block *ReportText::block_of(const BlockSpan &place) const {
  return report::find_block(document_, place.block);
}

std::vector<BareNumber> ReportText::bare() const {
  using Kind = reading::FigureKind;
  std::vector<BareNumber> found;
  for (const auto &figure : report_.figures) {
    const bool counts =
        figure.kind == Kind::Amount || figure.kind == Kind::Rate || figure.kind == Kind::Change;
    if (!counts || figure.year || !has_digit(report_.text.view(figure.span))) continue;
    const auto place = place_of(figure.span);
    const auto *block = block_of(place);
    if (block == nullptr) continue;
    const auto [sentence, begin] = sentence_at(*block, place.start);
    if (sentence == nullptr || (sentence->authors.empty() && sentence->edited_by.empty())) continue;
    if (backed_run(*sentence, place.start - begin, place.end - begin) != nullptr) continue;
    found.push_back({place, figure.value.text(), figure.unit});
  }
  return found;
}

std::vector<std::string> ReportText::typed() const {
  std::vector<std::string> sentences;
  for (const auto &one : bare()) {
    const auto [sentence, begin] = sentence_at(*block_of(one.place), one.place.start);
    auto words = sentence->text();
    if (sentences.empty() || sentences.back() != words) sentences.push_back(std::move(words));
  }
  return sentences;
}

std::vector<ReportFinding> ReportText::findings() const {
  std::vector<ReportFinding> out;
  for (auto &finding : checker_.check(report_)) {
    ReportFinding one;
    one.rule = finding.rule;
    one.severity = finding.severity;
    one.place = place_of(finding.span);
    one.excerpt = std::move(finding.excerpt);
    one.message = std::move(finding.message);
    one.suggestion = std::move(finding.suggestion);
    one.id = fmt::format("{}:{}:{}", one.rule, one.place.block, one.place.start);
    if (const auto *block = block_of(one.place)) {
      const auto [sentence, begin] = sentence_at(*block, one.place.start);
      const auto *run = sentence == nullptr
                            ? nullptr
                            : backed_run(*sentence, one.place.start - begin, one.place.end - begin);
      if (run != nullptr && run->figure) one.figure = run->figure->indicator;
    }
    out.push_back(std::move(one));
  }
  return out;
}

const reading::Figure *ReportText::figure_at(const BlockSpan &place) const {
  for (const auto &figure : report_.figures) {
    const auto there = place_of(figure.span);
    if (there.block == place.block && there.start < place.end && place.start < there.end)
      return &figure;
  }
  return nullptr;
}

} // namespace yifa::service
