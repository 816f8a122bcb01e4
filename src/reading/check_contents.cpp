#include "reading/check_structure.h"

#include "reading/check_marks.h"
#include "reading/place.h"

#include <algorithm>

namespace yifa::reading {
namespace {

/// Looks for what a report must say by what stands in it; the names of its chapters only help.
class ContentsCheck {
public:
  explicit ContentsCheck(Case &report)
      : report_(report), text_(report.text()), structure_(report.structure()) {}

  void run() {
    if (structure_.body.empty()) return;
    gather();
    // a chapter on the first person may tell all that was done
    bool in_duties = duties_ >= least("structure.no_results", "duties");
    if (results_ < least("structure.no_results") && !in_duties)
      report_.findings.add("structure.no_results", {});
    if (!duties()) {
      auto *made = report_.findings.add("structure.no_duties", {});
      // 主要负责人任组长: perhaps that was meant to be it
      if (made && made->severity == Severity::Error && person_did("contents.duties_act_weak"))
        made->severity = Severity::Warning;
    }
    if (!shortcomings())
      report_.findings.add("structure.no_shortcomings", {});
    else
      causes();
    merged();
    if (!next_year())
      report_.findings.add("structure.no_next_year", {});
    else
      next_year_named();
  }

private:
  std::size_t least(std::string_view rule, std::string_view value = "least") const {
    const auto *found = report_.findings.rule(rule);
    return found ? static_cast<std::size_t>(found->number(value)) : 0;
  }

  /// The stretches by content, each without the heading of its chapter.
  void gather() {
    for (const auto &[span, content] : structure_.parts) {
      auto start = span.start;
      for (const auto &section : structure_.sections)
        if (section.parent < 0 && section.own.holds(start) && section.title.end > start)
          start = std::min(section.title.end, span.end);
      Span own{start, span.end};
      if (content == Content::Shortcomings || content == Content::Causes)
        shortcomings_.push_back(own);
      if (content == Content::Causes) causes_ += own.size();
      if (content == Content::NextYear) next_year_.push_back(own);
      if (content == Content::Duties) duties_ += own.size();
      if (content != Content::Results) continue;
      results_ += own.size();
      told_.push_back(own);
    }
    if (structure_.parts.empty()) {
      told_.push_back(structure_.body);
      results_ = structure_.body.size();
    }
  }

  static std::size_t size_of(const std::vector<Span> &spans) {
    std::size_t sum = 0;
    for (auto span : spans) sum += span.size();
    return sum;
  }
  bool says(const std::vector<Span> &spans, std::string_view list) const {
    const auto &words = report_.lexicon.words(list);
    return std::any_of(spans.begin(), spans.end(), [&](Span span) {
      return words.find(text_.view(span)) != std::u32string_view::npos;
    });
  }

  /// A chapter of its own, the formula, or a sentence that says what the first person did.
  bool duties() const {
    if (duties_ >= least("structure.no_duties")) return true;
    if (says(told_, "contents.duties_body")) return true;
    for (const auto &section : structure_.sections)
      if (report_.lexicon.words("contents.duties_body").find(text_.view(section.title)) !=
          std::u32string_view::npos)
        return true;
    return person_did("contents.duties_act");
  }
  bool person_did(std::string_view acts) const {
    const auto &person = report_.lexicon.words("contents.duties_person");
    const auto &act = report_.lexicon.words(acts);
    for (const auto &sentence : structure_.sentences) {
      if (structure_.content_at(sentence.span.start) != Content::Results && !told_all()) continue;
      auto words = text_.view(sentence.span);
      if (person.find(words) != words.npos && act.find(words) != words.npos) return true;
    }
    return false;
  }
  /// A report without any chapter: all of it tells.
  bool told_all() const { return structure_.parts.empty(); }

  bool shortcomings() const {
    if (size_of(shortcomings_) >= least("structure.no_shortcomings")) return true;
    return says(told_, "contents.shortcomings_body");
  }

  void causes() {
    auto where = shortcomings_;
    if (size_of(where) < least("structure.no_shortcomings")) where = told_;
    if (causes_ >= least("structure.no_shortcomings") || says(where, "contents.causes_body"))
      return;
    report_.findings.add("structure.no_causes", chapter_of(where));
  }
  /// The heading of the chapter a stretch stands in; nothing for a report without any.
  Span chapter_of(const std::vector<Span> &where) const {
    for (auto span : where)
      for (const auto &section : structure_.sections)
        if (section.parent < 0 && section.span.meets(span))
          return {section.span.start, section.title.end};
    return {};
  }

  bool next_year() const {
    if (size_of(next_year_) >= least("structure.no_next_year")) return true;
    const auto &words = report_.lexicon.words("contents.next_year_body");
    return std::any_of(structure_.sentences.begin(), structure_.sentences.end(),
                       [&](const Sentence &sentence) {
                         if (structure_.lead.holds(sentence.span)) return false;
                         auto view = text_.view(sentence.span);
                         return words.at(view, skip_blanks(view, 0, view.size())) > 0 ||
                                opens_with_next_year(view);
                       });
  }
  bool opens_with_next_year(std::u32string_view sentence) const {
    auto year = find_year(sentence.substr(0, 12));
    return year && year->span.start <= 1 && structure_.year && year->year == *structure_.year + 1;
  }

  /// Shortcomings and plans in one chapter, told at its heading.
  void merged() {
    for (auto one : shortcomings_)
      for (auto other : next_year_) {
        auto chapter = chapter_of({one});
        if (chapter.empty() || chapter_of({other}) != chapter || one.empty() || other.empty())
          continue;
        report_.findings.add("structure.chapters_merged", chapter);
        return;
      }
  }

  /// The chapter of plans should say of which year.
  void next_year_named() {
    if (next_year_.empty()) return;
    if (says(next_year_, "contents.next_year_named")) return;
    for (auto span : next_year_) {
      auto chapter = chapter_of({span});
      if (chapter.empty()) return;
      for (auto one : {chapter, span})
        if (names_year(text_.view(one)) ||
            report_.lexicon.words("contents.next_year_named").find(text_.view(one)) !=
                std::u32string_view::npos)
          return;
    }
    report_.findings.add("structure.next_year_unnamed", chapter_of(next_year_));
  }
  bool names_year(std::u32string_view words) const {
    for (std::size_t from = 0; from < words.size();) {
      auto year = find_year(words.substr(from));
      if (!year) return false;
      if (!structure_.year || year->year > *structure_.year) return true;
      from += year->span.end;
    }
    return false;
  }

  Case &report_;
  const Text &text_;
  const Structure &structure_;
  std::vector<Span> told_; ///< stretches of results
  std::vector<Span> shortcomings_;
  std::vector<Span> next_year_;
  std::size_t results_ = 0; ///< code points
  std::size_t duties_ = 0;
  std::size_t causes_ = 0;
};

} // namespace

void check_contents(Case &report) { ContentsCheck(report).run(); }

} // namespace yifa::reading
