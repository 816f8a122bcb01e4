#include "reading/year_mention.h"

#include "base/text.h"
#include "reading/label.h"
#include "reading/numeral.h"
#include "reading/place.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kComparedWithin = 14; // characters from a year to 相比

bool is_year_dash(char32_t c) {
  return c == U'-' || c == U'—' || c == U'－' || c == U'–' || c == U'~' || c == U'～' ||
         c == U'至' || c == U'到' || c == U'─' || c == U'−';
}

bool is_digit_like(char32_t c) { return digit_value(c) >= 0 || han_digit_value(c) >= 0; }

class MentionReader {
public:
  explicit MentionReader(const Case &report) : case_(report), all_(report.text().all()) {}

  std::vector<YearMention> read() const {
    std::vector<YearMention> out;
    for (auto found = find_year(all_); found; found = find_year(all_, found->span.end)) {
      if (!in_running_text(case_, found->span.start)) continue;
      out.push_back(mention(*found));
    }
    return out;
  }

private:
  YearMention mention(const YearName &name) const {
    YearMention out;
    out.year = name.year;
    out.span = name.span;
    if (at(out.span.end) == U'度') ++out.span.end;
    const auto paragraph_index = case_.text().paragraph_at(name.span.start);
    const auto paragraph = case_.text().paragraphs()[paragraph_index];
    out.clause = clause_around(case_.text(), name.span.start);
    out.sentence = sentence_around(case_, name.span.start);
    out.heading = heading(name.span.start, out);
    out.content = case_.structure().content_at(name.span.start);
    out.opens = opens(out.clause.start, name.span.start);
    out.says = {out.span.end, out.clause.end};
    if (blank(out.says) && out.clause.end + 1 < paragraph.end)
      out.says = clause_around(case_.text(), out.clause.end + 1);
    out.month = month(out.span.end);
    out.in_row = in_row(name.span, out.span.end);
    out.aside = aside(name.span.start);
    out.compared = compared(out);
    return out;
  }

  char32_t at(std::size_t i) const { return i < all_.size() ? all_[i] : U'\n'; }
  bool blank(Span span) const {
    for (auto i = span.start; i < span.end; ++i)
      if (all_[i] != U' ' && all_[i] != U'　') return false;
    return true;
  }

  bool heading(std::size_t offset, YearMention &out) const {
    for (const auto &section : case_.structure().sections)
      if (section.title.holds(offset)) {
        out.sentence = section.title;
        return true;
      }
    return false;
  }

  /// Nothing but a number, a point's label or an opening word before it.
  bool opens(std::size_t start, std::size_t offset) const {
    while (start < offset) {
      if (all_[start] == U' ' || all_[start] == U'　') {
        ++start;
      } else if (auto point = point_label(all_, start); point && point->span.end <= offset) {
        start = point->span.end;
      } else if (auto n = case_.lexicon.words("time.opening").at(all_, start);
                 n && start + n <= offset) {
        start += n;
      } else if (auto skipped = past_label(start); skipped > start && skipped <= offset) {
        start = skipped;
      } else {
        return false;
      }
    }
    return true;
  }
  std::size_t past_label(std::size_t start) const {
    for (const auto &section : case_.structure().sections)
      if (section.label.span.start == start) return section.label.span.end;
    if (all_[start] == U'[') {
      auto close = all_.find(U']', start);
      if (close != all_.npos) return close + 1;
    }
    return start;
  }

  int month(std::size_t i) const {
    while (at(i) == U' ') ++i;
    auto number = numeral_at(all_, i);
    if (!number || at(i + number->length) != U'月') return 0;
    auto value = number->value.millionths() / 1'000'000;
    return value >= 1 && value <= 12 ? static_cast<int>(value) : 0;
  }

  bool in_row(Span digits, std::size_t end) const {
    // …—2025年, 2021年至2025年
    auto i = digits.start;
    while (i > 0 && all_[i - 1] == U' ') --i;
    if (i > 0 && is_year_dash(all_[i - 1])) {
      auto k = i - 1;
      while (k > 0 && (all_[k - 1] == U' ' || is_year_dash(all_[k - 1]))) --k;
      if (k > 0 && (is_digit_like(all_[k - 1]) || all_[k - 1] == U'年' || all_[k - 1] == U'度' ||
                    all_[k - 1] == U'底' || all_[k - 1] == U'月' || all_[k - 1] == U'日'))
        return true;
    }
    // 20212025年: the dash was lost
    if (i > 0 && digit_value(all_[i - 1]) >= 0) return true;
    auto next = end;
    while (at(next) == U' ') ++next;
    if (is_year_dash(at(next)) && year_at(next + 1)) return true;
    const auto &joins = case_.lexicon.words("time.year_join");
    if (auto n = joins.at(all_, next); n && year_at(next + n)) return true;
    if (auto n = joins.before(all_, i); n && i > n) {
      auto k = i - n;
      if (all_[k - 1] == U'度') --k;
      if (k > 4 && all_[k - 1] == U'年' && is_digit_like(all_[k - 2])) return true;
    }
    return false;
  }
  bool year_at(std::size_t i) const {
    while (at(i) == U' ' || is_year_dash(at(i))) ++i;
    auto found = find_year(std::u32string_view(all_).substr(0, std::min(all_.size(), i + 6)), i);
    return found && found->span.start == i;
  }

  bool aside(std::size_t offset) const {
    const auto &text = case_.text();
    return within_brackets(text, offset, U'《', U'》') ||
           within_brackets(text, offset, U'“', U'”') ||
           within_brackets(text, offset, U'（', U'）') ||
           within_brackets(text, offset, U'(', U')') ||
           within_brackets(text, offset, U'〔', U'〕') ||
           within_brackets(text, offset, U'[', U']') || within_brackets(text, offset, U'‘', U'’');
  }

  bool compared(const YearMention &mention) const {
    if (case_.lexicon.words("time.compared_before").before(all_, mention.span.start)) return true;
    const auto end = std::min(mention.clause.end, mention.span.end + kComparedWithin);
    return span_has(case_, {mention.span.end, end}, "time.compared_after");
  }

  const Case &case_;
  const std::u32string &all_;
};

} // namespace

std::vector<YearMention> year_mentions(const Case &report) { return MentionReader(report).read(); }

} // namespace yifa::reading
