#include "reading/check_structure.h"

#include "base/text.h"
#include "reading/check_marks.h"
#include "reading/label.h"
#include "reading/numeral.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kRunOnReach = 60;      // of a heading that may have swallowed its text
constexpr std::size_t kHeadingLeast = 4;     // characters of a heading before the text begins
constexpr std::size_t kStopHeadingMost = 40; // a longer paragraph with a stop is text
constexpr std::size_t kHeadingMost = 90;     // no heading is longer
constexpr std::size_t kTextLeast = 30;       // a shorter line without stops may be a heading

struct RunOnWords {
  Words subjects; ///< 我镇
  Words verbs;    ///< behind a subject: its sentence begins
  Words bodies;   ///< between them: 我镇|党委|坚持
  Words takes;    ///< before a subject: the heading goes on, 提升我镇…
  Words ends;     ///< a heading's last word
  Words starts;   ///< a text's first word
  Words since;    ///< behind a year that opens a text
};

class HeadingCheck {
public:
  explicit HeadingCheck(Case &report)
      : report_(report), text_(report.text()), structure_(report.structure()),
        sections_(report.structure().sections), place_(text::decode(structure_.place)) {}

  void run() {
    run_on();
    long_headings();
    heading_stops();
    number_stops();
    final_stops();
  }

private:
  using View = std::u32string_view;

  Span paragraph_of(const Section &section) const {
    return text_.paragraphs()[text_.paragraph_at(section.span.start)];
  }
  static std::string cited(std::size_t n) { return fmt::format("{}", n); }

  /// “优化营商环境我镇坚持…”: the text's subject stands right behind the heading.
  void run_on() {
    const auto *rule = report_.findings.rule("structure.heading_run_on");
    if (!rule) return;
    RunOnWords words{words_of(*rule, "subjects"), words_of(*rule, "verbs"),
                     words_of(*rule, "bodies"),   words_of(*rule, "takes_subject"),
                     words_of(*rule, "ends"),     words_of(*rule, "starts"),
                     words_of(*rule, "since")};
    const auto &all = text_.all();
    for (const auto &section : sections_) {
      if (section.label.kind == Numbering::None) continue;
      auto paragraph = paragraph_of(section);
      auto from = skip_blanks(all, section.label.span.end, paragraph.end);
      auto end = std::min(paragraph.end, from + kRunOnReach);
      for (auto i = from; i < end && !ends_sentence(all[i]) && all[i] != U'；'; ++i) {
        if (i < from + kHeadingLeast || !text::is_han(all[i - 1])) continue;
        auto n = subject_at(words, i);
        if (!n || joined_in(paragraph, i, i)) continue;
        report_.findings.add(
            rule->id, {section.label.span.start, i + n},
            {{"heading", text_.utf8({from, i})}, {"text", text_.utf8({i, i + n})}});
        break;
      }
    }
  }

  /// Whether a reader put two lines together there: then the file has them apart.
  bool joined_in(Span paragraph, std::size_t from, std::size_t to) const {
    const auto &joints = report_.report.source.joints;
    return std::any_of(joints.begin(), joints.end(), [&](const Joint &one) {
      if (one.paragraph >= text_.paragraphs().size()) return false;
      auto at = text_.paragraphs()[one.paragraph].start + one.at;
      return text_.paragraphs()[one.paragraph] == paragraph && at >= from && at <= to;
    });
  }

  /// Length of the words at `i` that begin a text behind a heading; 0 for none.
  std::size_t subject_at(const RunOnWords &words, std::size_t i) const {
    View all = text_.all();
    if (words.ends.before(all, i) > 0) {
      if (auto n = words.starts.at(all, i)) return n;
      // "深化法治宣传2024年，…"
      auto year = i;
      while (year < all.size() && digit_value(all[year]) >= 0) ++year;
      if (year == i + 4) return words.since.at(all, year) > 0 ? 5 : 0;
    }
    auto n = words.subjects.at(all, i);
    if (!n && !place_.empty() && all.substr(i).starts_with(place_)) n = place_.size();
    if (!n || words.takes.before(all, i)) return 0;
    auto body = words.bodies.at(all, i + n);
    return body || words.verbs.at(all, i + n) ? n + body : 0;
  }

  /// A heading in one paragraph with its text should be short.
  void long_headings() {
    const auto *rule = report_.findings.rule("structure.heading_long");
    if (!rule) return;
    auto most = static_cast<std::size_t>(rule->number("most"));
    for (const auto &section : sections_) {
      if (!section.run_on || section.label.kind == Numbering::None) continue;
      // cut where it was too long for a heading: a sentence that is numbered
      if (!ends_sentence(text_.all()[section.title.end])) continue;
      if (section.title.size() > most &&
          !joined_in(paragraph_of(section), section.title.start, section.title.end))
        report_.findings.add(rule->id, {section.span.start, section.title.end},
                             {{"length", cited(section.title.size())}});
    }
  }

  /// A heading alone in its paragraph takes no full stop.
  void heading_stops() {
    const auto &all = text_.all();
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const auto &section = sections_[i];
      auto paragraph = paragraph_of(section);
      if (section.run_on || section.label.kind == Numbering::None ||
          all[paragraph.end - 1] != U'。' || paragraph.size() > kStopHeadingMost)
        continue;
      if (!has_text(section) || list_of_sentences(i)) continue;
      report_.findings.add("structure.heading_stop", {section.span.start, paragraph.end},
                           {{"heading", text_.utf8({section.span.start, paragraph.end})}});
    }
  }
  /// Whether anything stands in a section behind its heading's paragraph.
  bool has_text(const Section &section) const {
    auto paragraph = paragraph_of(section);
    return section.span.end > paragraph.end + 1;
  }
  /// Most of its fellows have nothing beneath them: numbered sentences, no headings.
  bool list_of_sentences(std::size_t at) const {
    int bare = 0;
    int full = 0;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (i == at || sections_[i].parent != sections_[at].parent ||
          sections_[i].label.kind != sections_[at].label.kind)
        continue;
      (has_text(sections_[i]) || sections_[i].run_on ? full : bare) += 1;
    }
    return bare > full;
  }

  /// "2优化营商环境" among 1. and 3.
  void number_stops() {
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const auto &label = sections_[i].label;
      if (label.kind != Numbering::Arabic || label.span.empty() || label.from_list ||
          digit_value(text_.all()[label.span.end - 1]) < 0 || !fits_row(i))
        continue;
      report_.findings.add(
          "structure.number_stop",
          {label.span.start, std::min(sections_[i].title.end, label.span.end + kHeadingLeast)},
          {{"number", text_.utf8(label.span)}});
    }
  }
  bool fits_row(std::size_t at) const {
    return std::any_of(sections_.begin(), sections_.end(), [&](const Section &other) {
      return other.parent == sections_[at].parent && other.label.kind == Numbering::Arabic &&
             std::abs(other.label.value - sections_[at].label.value) == 1;
    });
  }

  /// A paragraph of text ends with its stop.
  void final_stops() {
    const auto *rule = report_.findings.rule("structure.final_stop");
    if (!rule) return;
    const auto &all = text_.all();
    for (std::size_t p = 0; p < structure_.roles.size(); ++p) {
      auto span = text_.paragraphs()[p];
      if (!is_text(p, span)) continue;
      auto last = span.end;
      while (last > span.start && closes(all[last - 1])) --last;
      if (last == span.start) continue;
      auto c = all[last - 1];
      if (ends_clause(c) && c != U'，' && c != U',' && c != U'、') continue;
      if (c == U'.' && !text::is_han(mark_before(all, span, last - 1))) continue;
      // whole lines in brackets are notes
      if (last < span.end && (all[span.start] == U'（' || all[span.start] == U'(')) continue;
      if (all[span.end - 1] == U'〕') continue; // a mark of what is missing
      auto from = span.end > span.start + 8 ? span.end - 8 : span.start;
      report_.findings.add(rule->id, {from, span.end}, {{"end", text_.utf8({from, span.end})}});
    }
  }
  static bool closes(char32_t c) {
    return View(U"”’）)》」』]】〕\"").find(c) != View::npos || is_blank_mark(c);
  }
  bool is_text(std::size_t p, Span span) const {
    auto role = structure_.roles[p];
    auto words = text_.view(span);
    if (role == Role::Heading) {
      // its own line, or the text behind it
      auto section = section_of(span);
      if (!section || !section->run_on || span.end <= section->title.end + 1) return false;
      return ends_sentence(text_.all()[section->title.end]) || span.size() > kHeadingMost;
    }
    if (role != Role::Body && role != Role::Lead) return false;
    if (!std::any_of(words.begin(), words.end(), [](char32_t c) { return text::is_han(c); }))
      return false;
    bool stops = std::any_of(words.begin(), words.end(), [](char32_t c) {
      return ends_sentence(c) || c == U'；' || c == U'，' || c == U',' || c == U';';
    });
    return words.size() >= kTextLeast && stops;
  }
  const Section *section_of(Span paragraph) const {
    const Section *found = nullptr;
    for (const auto &section : sections_)
      if (paragraph.holds(section.span.start)) found = &section;
    return found;
  }

  Case &report_;
  const Text &text_;
  const Structure &structure_;
  const std::vector<Section> &sections_;
  std::u32string place_;
};

} // namespace

void check_headings(Case &report) { HeadingCheck(report).run(); }

} // namespace yifa::reading
