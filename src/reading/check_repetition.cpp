#include "reading/check.h"

#include "base/text.h"
#include "reading/doubled_words.h"
#include "reading/label.h"
#include "reading/letters.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

/// Rows of letters by which paragraphs are held against each other.
constexpr std::size_t kParagraphRow = 5;
/// Paragraphs that one row may lead to; what stands in more of them is a formula.
constexpr std::size_t kRowParagraphs = 50;
/// Characters of a passage shown in a message.
constexpr std::size_t kRepetitionShown = 40;

/// Repetitions within one report: whole paragraphs first, then sentences, then what is left.
class RepetitionReader {
public:
  explicit RepetitionReader(Case &report)
      : case_(report), text_(report.text()), structure_(report.structure()),
        letters_(letters_of(text_, structure_, body(), report.lexicon, Lettering::Exact)) {}

  void read() {
    paragraphs();
    sentences();
    passages();
  }

private:
  Span body() const { return structure_.body.empty() ? Span{0, text_.size()} : structure_.body; }
  std::u32string_view row(Span letters) const {
    return std::u32string_view(letters_.all).substr(letters.start, letters.size());
  }
  /// Without its stop, on one line.
  std::string shown(Span span) const {
    auto words = std::u32string(text_.view(span));
    while (!words.empty() && ends_sentence(words.back())) words.pop_back();
    std::replace(words.begin(), words.end(), U'\n', U' ');
    return text::shorten(text::encode(words), kRepetitionShown);
  }
  std::string line(Span span) const { return std::to_string(text_.line_at(span.start)); }

  Finding *say(std::string_view rule, Span earlier, Span later, Slots slots) {
    told_.push_back(earlier);
    told_.push_back(later);
    auto *finding = case_.findings.add(rule, later, slots);
    if (finding) finding->elsewhere = Elsewhere{"", "", earlier, shown(earlier)};
    return finding;
  }
  bool told(Span span) const {
    return std::any_of(told_.begin(), told_.end(), [&](Span one) { return one.meets(span); });
  }

  /// The same thing done another number of times is another thing.
  std::u32string digits(Span letters) const {
    std::u32string found;
    for (auto c : row(letters))
      if (c >= U'0' && c <= U'9') found.push_back(c);
    return found;
  }

  bool says_something(std::size_t paragraph) const {
    if (paragraph >= structure_.roles.size()) return false;
    auto role = structure_.roles[paragraph];
    if (role == Role::Lead || role == Role::Body) return true;
    if (role != Role::Heading) return false;
    return std::any_of(structure_.sections.begin(), structure_.sections.end(),
                       [&](const auto &one) {
                         return one.run_on && text_.paragraph_at(one.span.start) == paragraph;
                       });
  }

  void paragraphs() {
    const auto *rule = case_.findings.rule("repetition.paragraph");
    if (!rule) return;
    const auto least = static_cast<std::size_t>(rule->number("letters", 20));
    const auto wanted = rule->number("share", 0.8);
    std::vector<Span> spans;
    std::vector<std::unordered_set<std::u32string_view>> rows;
    std::unordered_map<std::u32string_view, std::vector<std::size_t>> holders;
    for (std::size_t i = 0; i < text_.paragraphs().size(); ++i) {
      auto span = text_.paragraphs()[i];
      auto letters = letters_.within(span);
      if (!says_something(i) || letters_.counted(letters) < least) continue;
      auto &own = rows.emplace_back();
      for (auto at = letters.start; at + kParagraphRow <= letters.end; ++at)
        own.insert(row({at, at + kParagraphRow}));
      if (auto [earlier, share] = most_alike(own, rows, holders);
          share >= wanted && (share == 1 || !official(spans[earlier], span)) &&
          digits(letters_.within(spans[earlier])) == digits(letters))
        say("repetition.paragraph", spans[earlier], span,
            {{"line", line(spans[earlier])},
             {"phrase", shown(span)},
             {"share", fmt::format("{:.0f}%", share * 100)}});
      for (auto one : own)
        if (auto &in = holders[one]; in.size() < kRowParagraphs) in.push_back(spans.size());
      spans.push_back(span);
    }
  }

  using RowSet = std::unordered_set<std::u32string_view>;
  /// The earlier paragraph most like this one, and the lesser of the two shares.
  static std::pair<std::size_t, double>
  most_alike(const RowSet &own, const std::vector<RowSet> &rows,
             const std::unordered_map<std::u32string_view, std::vector<std::size_t>> &holders) {
    std::map<std::size_t, std::size_t> shared;
    for (auto one : own)
      if (auto in = holders.find(one); in != holders.end())
        for (auto paragraph : in->second) ++shared[paragraph];
    std::pair<std::size_t, double> best{0, 0};
    for (const auto &[paragraph, n] : shared) {
      auto share = static_cast<double>(n) /
                   static_cast<double>(std::max(own.size(), rows[paragraph].size()));
      if (share > best.second) best = {paragraph, share};
    }
    return best;
  }

  bool in_heading(Span span) const {
    return std::any_of(structure_.sections.begin(), structure_.sections.end(),
                       [&](const auto &section) { return section.title.meets(span); });
  }

  void sentences() {
    const auto *rule = case_.findings.rule("repetition.sentence");
    if (!rule) return;
    const auto least = static_cast<std::size_t>(rule->number("letters", 12));
    const auto head = static_cast<std::size_t>(rule->number("head", 20));
    std::unordered_map<std::u32string_view, const Sentence *> first;
    for (const auto &sentence : structure_.sentences) {
      auto letters = letters_.within(sentence.span);
      auto counted = letters_.counted(letters);
      if (counted < least || in_heading(sentence.span)) continue;
      auto [found, fresh] = first.emplace(row(letters), &sentence);
      if (fresh) continue;
      const auto &earlier = *found->second;
      // The short beginning of a point may come back in the plans.
      if (counted < head &&
          structure_.content_at(earlier.span.start) != structure_.content_at(sentence.span.start))
        continue;
      if (told(sentence.span)) continue;
      say("repetition.sentence", earlier.span, sentence.span,
          {{"line", line(earlier.span)}, {"phrase", shown(sentence.span)}});
    }
  }

  void passages() {
    const auto *rule = case_.findings.rule("repetition.passage");
    if (!rule) return;
    const auto least = static_cast<std::size_t>(rule->number("letters", 28));
    std::unordered_map<std::uint64_t, std::size_t> first;
    auto hashes = shingles_of(letters_, least, Rows::OfText);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (hashes[i] == 0) continue;
      auto [found, fresh] = first.emplace(hashes[i], i);
      auto from = found->second;
      if (fresh || i < from + least) continue;
      std::size_t n = 0;
      while (i + n < letters_.size() && from + n < i &&
             letters_.all[from + n] == letters_.all[i + n])
        ++n;
      auto earlier = letters_.in_text(from, from + n);
      auto later = letters_.in_text(i, i + n);
      auto counted = letters_.counted({i, i + n});
      if (counted >= least && !told(later) && !official(earlier, later))
        say("repetition.passage", earlier, later,
            {{"line", line(earlier)},
             {"phrase", shown(later)},
             {"count", std::to_string(counted)}});
      if (n > 1) i += n - 1;
    }
  }

  /// A lead and what closes a report are written by one formula.
  bool official(Span earlier, Span later) const {
    return structure_.lead.meets(earlier) &&
           (structure_.content_at(later.start) == Content::NextYear ||
            text_.paragraph_at(later.start) + 1 >= text_.paragraph_at(body().end));
  }

  Case &case_;
  const Text &text_;
  const Structure &structure_;
  Letters letters_;
  std::vector<Span> told_;
};

} // namespace

void check_repetition(Case &report) {
  RepetitionReader(report).read();
  check_doubled_words(report);
}

} // namespace yifa::reading
