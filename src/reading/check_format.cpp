#include "reading/format_checker.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

std::string joined_words(const std::set<std::string> &parts) {
  return text::join({parts.begin(), parts.end()}, "、");
}

/// 黑体 belongs to 一、 and 楷体 to （一）, whichever level a report gives them.
int level_by_numbering(Numbering numbering) {
  switch (numbering) {
  case Numbering::Han:
    return 1;
  case Numbering::HanBrackets:
    return 2;
  case Numbering::Arabic:
    return 3;
  case Numbering::ArabicBrackets:
    return 4;
  default:
    return 0;
  }
}

} // namespace

bool near_measure(double measured, double wanted, double tolerance) {
  return std::abs(measured - wanted) <= tolerance + kLayoutRounding;
}

std::string measure_text(double value) {
  auto out = fmt::format("{:.1f}", value);
  return out.ends_with(".0") ? out.substr(0, out.size() - 2) : out;
}

FormatChecker::FormatChecker(Case &report)
    : case_(report), layout_(*report.report.source.layout), parts_(measure_layout(report.report)) {}

void FormatChecker::check() {
  check_paper();
  check_margins();
  check_title();
  check_body_font();
  check_body_size();
  check_headings();
  check_pitch();
  check_indent();
  check_page_number();
  check_red_head();
}

std::string FormatChecker::words(std::string_view table, std::string_view key, Slots slots) const {
  std::string out = case_.lexicon.pair(fmt::format("page.{}", table), key);
  for (const auto &[name, value] : slots)
    out = text::replace_all(std::move(out), fmt::format("{{{}}}", name), value);
  return out;
}

bool FormatChecker::listed(const Rule &rule, std::string_view list, const std::string &font) {
  const auto &fonts = rule.list(list);
  return std::find(fonts.begin(), fonts.end(), font) != fonts.end();
}

void FormatChecker::check_title() {
  const auto *own = rule("format.title_font");
  if (!own) return;
  for (const auto &title : parts_.title) {
    bool font = title.font.empty() || listed(*own, "fonts", title.font);
    bool size = near_measure(title.size, own->number("size"), own->number("tolerance"));
    if ((font && size) || title.letters == 0) continue;
    auto measured = font ? std::string() : title.font;
    if (!size)
      measured += (measured.empty() ? "" : "、") +
                  words("terms", "points", {{"value", measure_text(title.size)}});
    case_.findings.add(own->id, title.span, {{"measured", measured}});
    return;
  }
}

std::string FormatChecker::body_font() const {
  std::map<std::string, std::size_t> letters;
  for (const auto &stretch : parts_.body) letters[stretch.font] += stretch.letters;
  auto most = std::max_element(letters.begin(), letters.end(),
                               [](const auto &a, const auto &b) { return a.second < b.second; });
  return most == letters.end() ? std::string() : most->first;
}

void FormatChecker::check_body_font() {
  auto font = body_font();
  const auto *own = rule("format.body_font");
  if (own && !font.empty() && !listed(*own, "fonts", font)) {
    auto wrong = [&](const Stretch &one) { return one.font == font; };
    report_paragraphs(*own, wrong, font);
  }
  const auto *mixed = rule("format.mixed_fonts");
  if (!mixed || !listed(*mixed, "fonts", font)) return;
  std::set<std::string> fonts;
  auto wrong = [&](const Stretch &one) {
    return !one.font.empty() && !listed(*mixed, "fonts", one.font);
  };
  for (const auto &one : parts_.body)
    if (wrong(one)) fonts.insert(one.font);
  report_paragraphs(*mixed, wrong, joined_words(fonts), font);
}

void FormatChecker::check_body_size() {
  const auto *own = rule("format.body_size");
  if (!own) return;
  std::set<std::string> sizes;
  auto wrong = [&](const Stretch &one) {
    return !near_measure(one.size, own->number("size"), own->number("tolerance"));
  };
  for (const auto &one : parts_.body)
    if (wrong(one)) sizes.insert(measure_text(one.size));
  report_paragraphs(*own, wrong, joined_words(sizes));
}

void FormatChecker::check_headings() {
  const auto *own = rule("format.heading_font");
  if (!own) return;
  struct Fault {
    std::size_t count = 0;
    std::set<std::string> fonts, sizes;
  };
  std::map<int, Fault> faults;
  const Stretch *first = nullptr;
  for (const auto &heading : parts_.headings) {
    int level = level_by_numbering(heading.numbering);
    if (level == 0) continue;
    const auto &look = heading.stretch;
    auto allowed = [&](int at) { return listed(*own, fmt::format("level{}", at), look.font); };
    bool font = look.font.empty() || allowed(level) || allowed(heading.level);
    bool size = near_measure(look.size, own->number("size"), own->number("tolerance"));
    if (font && size) continue;
    if (!first) first = &look;
    auto &fault = faults[level];
    ++fault.count;
    if (!font) fault.fonts.insert(look.font);
    if (!size) fault.sizes.insert(words("terms", "points", {{"value", measure_text(look.size)}}));
  }
  if (!first) return;
  std::vector<std::string> told;
  for (const auto &[level, fault] : faults) {
    auto measured = fault.fonts;
    measured.insert(fault.sizes.begin(), fault.sizes.end());
    told.push_back(words("heading", "fault",
                         {{"level", words("heading", fmt::format("level{}", level))},
                          {"count", std::to_string(fault.count)},
                          {"measured", joined_words(measured)},
                          {"wanted", words("heading", fmt::format("font{}", level))}}));
  }
  case_.findings.add(own->id, first->span, {{"faults", text::join(told, "；")}});
}

void FormatChecker::check_pitch() {
  const auto *own = rule("format.line_pitch");
  if (!own) return;
  auto wrong = [&](const Stretch &one) {
    auto pitch = line_pitch(one, layout_);
    return !pitch || *pitch < own->number("least") - kLayoutRounding ||
           *pitch > own->number("most") + kLayoutRounding;
  };
  std::set<std::string> measured;
  for (const auto &one : parts_.body)
    if (wrong(one)) measured.insert(pitch_words(one));
  report_paragraphs(*own, wrong, joined_words(measured));
}

std::string FormatChecker::pitch_words(const Stretch &one) const {
  if (auto pitch = line_pitch(one, layout_))
    return words("terms", "points", {{"value", measure_text(*pitch)}});
  bool multiple = one.paragraph->line_rule == ooxml::DocxLineRule::Multiple;
  return words("terms", multiple ? "multiple" : "at_least",
               {{"value", measure_text(one.paragraph->line)}});
}

void FormatChecker::check_indent() {
  const auto *own = rule("format.indent");
  if (!own) return;
  std::set<std::string> measured;
  auto wrong = [&](const Stretch &one) {
    const auto &paragraph = *one.paragraph;
    if (!one.at_head || paragraph.continues || paragraph.list_label > 0) return false;
    return !near_measure(first_indent(one), own->number("characters"), own->number("tolerance"));
  };
  for (const auto &one : parts_.body)
    if (wrong(one)) measured.insert(measure_text(first_indent(one)));
  report_paragraphs(*own, wrong, joined_words(measured));
}

void check_format(Case &report) {
  if (!report.report.source.layout || report.text().paragraphs().empty()) return;
  FormatChecker(report).check();
}

} // namespace yifa::reading
