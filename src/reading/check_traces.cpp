#include "reading/check_residue.h"

#include "base/text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kShown = 40;      // of a comment or a deleted passage
constexpr std::size_t kSingleLines = 5; // more broken lines are told once

/// Where something of a paragraph stands in the text.
Span in_text(const Text &text, std::size_t paragraph, std::size_t start, std::size_t end) {
  if (paragraph >= text.paragraphs().size()) return {};
  auto line = text.paragraphs()[paragraph];
  auto from = std::min(line.start + start, line.end);
  return {from, std::clamp(line.start + end, from, line.end)};
}

std::string_view rule_of(Trace::Kind kind) {
  switch (kind) {
  case Trace::Kind::Comment:
    return "residue.comment";
  case Trace::Kind::Insertion:
  case Trace::Kind::Deletion:
    return "residue.tracked_change";
  case Trace::Kind::Hidden:
    return "residue.hidden_text";
  default:
    return {}; // fields and bookmarks are seen only where they became text
  }
}

} // namespace

void check_traces(Case &report) {
  const auto &source = report.report.source;
  std::size_t changed = source.paragraphs.size(); // paragraph whose changes were told last
  for (const auto &trace : source.traces) {
    auto rule = rule_of(trace.kind);
    if (rule.empty()) continue;
    bool change = trace.kind == Trace::Kind::Insertion || trace.kind == Trace::Kind::Deletion;
    if (change && trace.paragraph == changed) continue;
    if (change) changed = trace.paragraph;
    auto span = in_text(report.text(), trace.paragraph, trace.start, trace.end);
    auto written = trace.text.empty() ? report.text().utf8(span) : trace.text;
    report.findings.add(rule, span, {{"written", text::shorten(text::trim(written), kShown)}});
  }

  // Every line of a PDF ends somewhere; in plain text a line end within a sentence was typed.
  if (source.format != Format::Text || source.joints.empty()) return;
  auto count = source.joints.size();
  for (std::size_t i = 0; i < count && (count <= kSingleLines || i == 0); ++i) {
    const auto &joint = source.joints[i];
    auto at = in_text(report.text(), joint.paragraph, joint.at, joint.at).start;
    auto line = report.text().paragraphs()[report.text().paragraph_at(at)];
    Span span{at - std::min<std::size_t>(at - line.start, 6),
              at + std::min<std::size_t>(line.end - at, 6)};
    report.findings.add("residue.broken_line", span,
                        {{"before", report.text().utf8({span.start, at})},
                         {"after", report.text().utf8({at, span.end})},
                         {"count", fmt::format("{}", count)}});
  }
}

} // namespace yifa::reading
