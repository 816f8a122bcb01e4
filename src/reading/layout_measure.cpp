#include "reading/layout_measure.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace yifa::reading {
namespace {

constexpr char32_t kFirstWide = 0x2E80; ///< Han characters and their punctuation
constexpr std::size_t kFewLetters = 2;  ///< less says nothing about a font

struct LayoutMeasurer {
  const Report &report;
  const ooxml::DocxContent &layout;
  std::vector<DocxLine> lines;

  Stretch stretch(std::size_t paragraph, Span span) const {
    Stretch made;
    auto whole = report.text.paragraphs()[paragraph];
    made.span = {std::max(span.start, whole.start), std::min(span.end, whole.end)};
    made.at_head = made.span.start == whole.start;
    made.paragraph = &layout.paragraphs[lines[paragraph].paragraph];
    made.cut = lines[paragraph].cut;
    std::map<std::pair<std::string, double>, std::size_t> faces;
    for (const auto &run : made.paragraph->runs) {
      // From the layout's paragraph to the text: cut blanks come first.
      auto place = [&](std::size_t at) { return whole.start + std::max(at, made.cut) - made.cut; };
      auto from = std::max(place(run.start), made.span.start);
      auto to = std::min(place(run.end), made.span.end);
      for (auto at = from; at < to; ++at)
        if (report.text.all()[at] >= kFirstWide) ++faces[{run.east_asia, run.size}];
    }
    std::size_t most = 0;
    for (const auto &[face, letters] : faces) {
      made.letters += letters;
      if (letters <= most) continue;
      most = letters;
      made.font = face.first.substr(0, face.first.find(';')); // the first of several choices
      made.size = face.second;
    }
    return made;
  }

  bool fixed(std::size_t paragraph) const {
    const auto &at = layout.paragraphs[lines[paragraph].paragraph];
    return !at.in_table && !at.in_text_box;
  }

  void body(Stretches &out, std::size_t paragraph, Span span) const {
    if (!fixed(paragraph) || span.empty()) return;
    auto made = stretch(paragraph, span);
    auto align = made.paragraph->align;
    bool set_apart = align == ooxml::DocxAlign::Center || align == ooxml::DocxAlign::Right;
    if (!set_apart && made.letters > kFewLetters) out.body.push_back(std::move(made));
  }

  Stretches measure() const {
    Stretches out;
    const auto &structure = report.structure;
    const auto &paragraphs = report.text.paragraphs();
    std::vector<Span> behind_heading(paragraphs.size()); ///< the body after a heading run on
    for (const auto &section : structure.sections) {
      auto paragraph = report.text.paragraph_at(section.span.start);
      if (paragraph >= lines.size() || !fixed(paragraph)) continue;
      behind_heading[paragraph] = {section.title.end, paragraphs[paragraph].end};
      if (section.label.kind == Numbering::None || section.title.empty()) continue;
      Stretches::Heading heading;
      heading.stretch = stretch(paragraph, section.title);
      heading.level = section.level;
      heading.numbering = section.label.kind;
      if (heading.stretch.letters > kFewLetters) out.headings.push_back(std::move(heading));
    }
    bool titled = false, begun = false;
    for (std::size_t i = 0; i < paragraphs.size() && i < lines.size(); ++i) {
      auto role = structure.roles[i];
      bool in_body = structure.body.holds(paragraphs[i].start);
      if (role == Role::Title && fixed(i)) {
        out.title.push_back(stretch(i, paragraphs[i]));
        if (!titled) out.first_title = lines[i].paragraph;
        titled = true;
      }
      if (in_body && (role == Role::Lead || role == Role::Body)) body(out, i, paragraphs[i]);
      if (in_body && role == Role::Heading) body(out, i, behind_heading[i]);
      if (in_body && !titled && !begun) out.first_title = lines[i].paragraph;
      begun = begun || in_body;
    }
    return out;
  }
};

} // namespace

Stretches measure_layout(const Report &report) {
  const auto &layout = *report.source.layout;
  LayoutMeasurer measurer{report, layout, docx_lines(layout)};
  return measurer.measure();
}

std::optional<double> line_pitch(const Stretch &stretch, const ooxml::DocxContent &layout) {
  const auto &paragraph = *stretch.paragraph;
  if (paragraph.line_rule == ooxml::DocxLineRule::Exact) return paragraph.line;
  const auto &section = layout.sections[paragraph.section];
  // A line that fits the grid's pitch takes it whole; Chinese fonts are up to 1.4 times as high
  // as their size.
  bool fits = section.grid != ooxml::DocxSection::Grid::None && paragraph.on_grid &&
              section.grid_line >= stretch.size * 1.4;
  if (!fits) return std::nullopt;
  if (paragraph.line_rule == ooxml::DocxLineRule::Multiple)
    return section.grid_line * paragraph.line;
  return std::max(section.grid_line, paragraph.line);
}

double first_indent(const Stretch &stretch) {
  const auto &paragraph = *stretch.paragraph;
  double size = stretch.size > 0 ? stretch.size : 16;
  double left = paragraph.left_chars != 0 ? paragraph.left_chars : paragraph.left / size;
  double first = paragraph.first_chars != 0 ? paragraph.first_chars : paragraph.first / size;
  double typed = 0;
  auto points = text::decode(paragraph.text);
  for (std::size_t i = 0; i < stretch.cut && i < points.size(); ++i)
    typed += points[i] == U'\u3000' ? 1 : 0.5;
  return left + first + typed;
}

bool is_red(const std::string &color) {
  if (color.size() != 6) return false;
  auto part = [&](std::size_t at) { return std::stoi(color.substr(at, 2), nullptr, 16); };
  return part(0) >= 0xC0 && part(2) <= 0x40 && part(4) <= 0x40;
}

} // namespace yifa::reading
