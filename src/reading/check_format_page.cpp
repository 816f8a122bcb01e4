#include "reading/format_checker.h"

#include "base/text.h"

#include <algorithm>

/// The page: paper, margins, page number, red head.
namespace yifa::reading {

std::vector<const ooxml::DocxSection *> FormatChecker::sections() const {
  std::set<std::size_t> used;
  for (const auto &stretch : parts_.body) used.insert(stretch.paragraph->section);
  std::vector<const ooxml::DocxSection *> out;
  for (auto section : used) out.push_back(&layout_.sections[section]);
  return out;
}

void FormatChecker::check_paper() {
  const auto *own = rule("format.paper");
  if (!own) return;
  for (const auto *section : sections()) {
    if (section->width <= 0 || section->height <= 0) continue;
    double tolerance = own->number("tolerance");
    if (near_measure(section->width, own->number("width"), tolerance) &&
        near_measure(section->height, own->number("height"), tolerance))
      continue;
    case_.findings.add(
        own->id, {},
        {{"width", measure_text(section->width)}, {"height", measure_text(section->height)}});
    return;
  }
}

void FormatChecker::check_margins() {
  const auto *own = rule("format.margins");
  if (!own) return;
  for (const auto *section : sections()) {
    if (section->width <= 0 || section->top <= 0) continue;
    double left = section->left + section->gutter;
    double text_width = section->width - left - section->right;
    double text_height = section->height - section->top - section->bottom;
    double area = own->number("area_tolerance");
    if (near_measure(section->top, own->number("top"), own->number("tolerance")) &&
        near_measure(left, own->number("left"), own->number("tolerance")) &&
        near_measure(text_width, own->number("text_width"), area) &&
        near_measure(text_height, own->number("text_height"), area))
      continue;
    case_.findings.add(own->id, {},
                       {{"top", measure_text(section->top)},
                        {"bottom", measure_text(section->bottom)},
                        {"left", measure_text(left)},
                        {"right", measure_text(section->right)},
                        {"text_width", measure_text(text_width)},
                        {"text_height", measure_text(text_height)}});
    return;
  }
}

void FormatChecker::check_page_number() {
  const auto *own = rule("format.page_number");
  if (!own || parts_.body.empty()) return;
  bool numbered = false;
  for (const auto *section : sections()) {
    std::vector<std::string> faults;
    for (const auto &margin : section->margins) {
      if (!margin.page_field) continue;
      numbered = true;
      for (auto &fault : number_faults(*own, margin))
        if (std::find(faults.begin(), faults.end(), fault) == faults.end())
          faults.push_back(std::move(fault));
    }
    if (faults.empty()) continue;
    case_.findings.add(own->id, {}, {{"faults", text::join(faults, "；")}});
    return;
  }
  if (!numbered) case_.findings.add(own->id, {}, {{"faults", words("page_number", "none")}});
}

std::vector<std::string> FormatChecker::number_faults(const Rule &own,
                                                      const ooxml::DocxMargin &margin) const {
  std::vector<std::string> faults;
  if (margin.number_size > 0 &&
      !near_measure(margin.number_size, own.number("size"), own.number("tolerance")))
    faults.push_back(words("page_number", "size", {{"value", measure_text(margin.number_size)}}));
  if (!margin.number_font.empty() && !listed(own, "fonts", margin.number_font))
    faults.push_back(words("page_number", "font", {{"value", margin.number_font}}));
  auto written = text::trim(margin.text);
  bool dashed = false;
  for (const auto &dash : own.list("dashes"))
    dashed = dashed || (written.starts_with(dash) && written.ends_with(dash));
  if (!dashed) faults.push_back(words("page_number", "dashes", {{"value", written}}));
  if (!outside(margin)) faults.push_back(words("page_number", "place"));
  return faults;
}

bool FormatChecker::outside(const ooxml::DocxMargin &margin) const {
  if (margin.placed) {
    if (*margin.placed == ooxml::DocxPlace::Outside) return true;
    if (!layout_.even_and_odd) return false;
    bool even = margin.pages == ooxml::DocxMargin::Pages::Even;
    return *margin.placed == (even ? ooxml::DocxPlace::Left : ooxml::DocxPlace::Right);
  }
  if (!layout_.even_and_odd) return false;
  bool right =
      margin.align == ooxml::DocxAlign::Right; // set flush left any other alignment shows left
  bool centred = margin.align == ooxml::DocxAlign::Center;
  return margin.pages == ooxml::DocxMargin::Pages::Even ? !right && !centred : right;
}

void FormatChecker::check_red_head() {
  const auto *own = rule("format.red_head");
  if (!own || case_.structure().document_number.empty()) return;
  bool mark = false, line = false;
  for (std::size_t i = 0; i < parts_.first_title && i < layout_.paragraphs.size(); ++i) {
    const auto &paragraph = layout_.paragraphs[i];
    if (paragraph.pictures > 0) return; // it may be drawn
    for (const auto &run : paragraph.runs)
      mark = mark || (is_red(run.color) && run.size >= own->number("mark_size"));
    for (const auto &color : paragraph.colors) line = line || is_red(color);
  }
  if (mark && line) return;
  auto missing = !mark && !line ? "both" : mark ? "line" : "mark";
  case_.findings.add(own->id, case_.structure().number, {{"missing", words("red_head", missing)}});
}

} // namespace yifa::reading
