#pragma once

#include "reading/check.h"
#include "reading/layout_measure.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::reading {

/// Room for rounding: files write twentieths of points.
inline constexpr double kLayoutRounding = 0.05;
bool near_measure(double measured, double wanted, double tolerance);
/// At most one decimal: 16, 10.5.
std::string measure_text(double value);

/// A report's layout held against the rules of format.yaml; one finding a rule.
class FormatChecker {
public:
  /// Precondition: the report has a layout.
  explicit FormatChecker(Case &report);
  void check();

private:
  void check_paper();
  void check_margins();
  void check_title();
  void check_body_font();
  void check_body_size();
  void check_headings();
  void check_pitch();
  void check_indent();
  void check_page_number();
  void check_red_head();

  const Rule *rule(std::string_view id) const { return case_.findings.rule(id); }
  /// A phrase of words/page.yaml, its slots filled.
  std::string words(std::string_view table, std::string_view key, Slots slots = {}) const;
  static bool listed(const Rule &rule, std::string_view list, const std::string &font);
  /// The sections that hold the report's text, in order.
  std::vector<const ooxml::DocxSection *> sections() const;
  /// The font of most of the body; other paragraphs are measured against it.
  std::string body_font() const;
  std::string pitch_words(const Stretch &one) const;
  std::vector<std::string> number_faults(const Rule &own, const ooxml::DocxMargin &margin) const;
  /// Right on odd pages, left on even ones.
  bool outside(const ooxml::DocxMargin &margin) const;
  /// One finding at the first of the body's paragraphs that are wrong, with their number.
  template <typename Wrong>
  void report_paragraphs(const Rule &own, const Wrong &wrong, const std::string &measured,
                         const std::string &usual = {}) {
    std::size_t count = 0;
    const Stretch *first = nullptr;
    for (const auto &one : parts_.body) {
      if (!wrong(one)) continue;
      ++count;
      if (!first) first = &one;
    }
    if (first)
      case_.findings.add(own.id, first->span,
                         {{"measured", measured},
                          {"count", std::to_string(count)},
                          {"all", std::to_string(parts_.body.size())},
                          {"usual", usual}});
  }

  Case &case_;
  const ooxml::DocxContent &layout_;
  Stretches parts_;
};

} // namespace yifa::reading
