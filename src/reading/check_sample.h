#pragma once

#include "reading/check.h"

#include "base/text.h"
#include "reading/load_rules.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the tests of structure and residue share: a short text, seen by one check.
namespace yifa::reading {

class CheckSample {
public:
  using Check = void (*)(Case &);
  explicit CheckSample(Check check) : check_(check) {}

  /// The words, and the rules of the two groups.
  static const catalog::Sources &sources() {
    static const auto made = [] {
      auto all = catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value();
      std::erase_if(all, [](const auto &one) {
        std::string_view path = one.first;
        return path.starts_with("checks/rules/") && path != "checks/rules/structure.yaml" &&
               path != "checks/rules/residue.yaml";
      });
      return all;
    }();
    return made;
  }
  static const Lexicon &lexicon() {
    static const auto made = Lexicon::load(sources()).value();
    return *made;
  }
  static const Rules &rules() {
    static const auto made = load_rules(sources()).value();
    return made;
  }

  /// Each line of `written` is a paragraph.
  static Source source_of(const std::string &written) {
    Source source;
    for (auto &line : text::split(written, '\n'))
      if (auto words = text::trim(line); !words.empty())
        source.paragraphs.push_back(std::move(words));
    return source;
  }
  std::vector<Finding> all(Source source) const {
    Report report;
    report.source = std::move(source);
    report.text = Text(report.source.paragraphs);
    report.structure = read_structure(report.text, report.source, lexicon());
    Findings findings(report.text, rules(), report.source.converted);
    Case seen{report, lexicon(), findings};
    check_(seen);
    return findings.take();
  }
  /// The excerpts of the findings of one rule.
  std::vector<std::string> by(std::string_view rule, const std::string &written) const {
    return by(rule, source_of(written));
  }
  std::vector<std::string> by(std::string_view rule, Source source) const {
    std::vector<std::string> out;
    for (const auto &one : all(std::move(source)))
      if (one.rule == rule) out.push_back(one.excerpt);
    return out;
  }
  /// Whether a rule finds something.
  bool finds(std::string_view rule, const std::string &written) const {
    return !by(rule, written).empty();
  }

private:
  Check check_;
};

} // namespace yifa::reading
