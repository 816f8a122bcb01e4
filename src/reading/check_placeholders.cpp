#include "reading/check_residue.h"

#include "base/text.h"
#include "reading/check_marks.h"
#include "reading/numeral.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kPersonReach = 6;  // characters before XX in which 村民 may stand
constexpr std::size_t kBracketMost = 24; // of an instruction in brackets

bool is_cross(char32_t c) {
  return c == U'x' || c == U'X' || c == U'ｘ' || c == U'Ｘ' || c == U'×' || c == U'✕' || c == U'╳';
}
bool is_star(char32_t c) { return c == U'*' || c == U'＊' || c == U'﹡'; }
bool is_underline(char32_t c) { return c == U'_' || c == U'＿'; }
bool is_question(char32_t c) { return c == U'?' || c == U'？'; }
bool is_round(char32_t c) { return c == U'○' || c == U'〇' || c == U'◯'; }
bool is_shape(char32_t c) {
  return c == U'●' || c == U'■' || c == U'□' || c == U'△' || c == U'▲' || c == U'◆' || c == U'◇';
}
char32_t closing_of(char32_t c) {
  switch (c) {
  case U'【':
    return U'】';
  case U'（':
    return U'）';
  case U'(':
    return U')';
  case U'〔':
    return U'〕';
  case U'《':
    return U'》';
  case U'“':
    return U'”';
  case U'[':
    return U']';
  case U'{':
    return U'}';
  default:
    return 0;
  }
}

class PlaceholderCheck {
public:
  explicit PlaceholderCheck(Case &report)
      : report_(report), all_(report.text().all()), units_(words("placeholder_unit")),
        single_units_(words("placeholder_single")) {}

  void run() {
    if (!report_.findings.rule("residue.placeholder") && !report_.findings.rule("residue.gap_mark"))
      return;
    for (auto line : report_.text().paragraphs()) {
      line_ = line;
      for (auto i = line.start; i < line.end;) i = step(i);
    }
    listed();
  }

private:
  using View = std::u32string_view;

  const Words &words(std::string_view name) const {
    return report_.lexicon.words(std::string("residue.") + std::string(name));
  }
  void add(std::size_t from, std::size_t to) {
    report_.findings.add("residue.placeholder", {from, to},
                         {{"written", report_.text().utf8({from, to})}});
  }
  char32_t at(std::size_t i) const { return mark_at(all_, line_, i); }
  char32_t before(std::size_t i) const { return mark_before(all_, line_, i); }
  template <class Test> std::size_t run_end(std::size_t i, Test test) const {
    while (i < line_.end && test(all_[i])) ++i;
    return i;
  }
  /// The unit behind a blank place, so that the excerpt shows it.
  std::size_t with_unit(std::size_t end) const { return end + units_.at(all_, end); }

  /// Looks at one place and gives the next.
  std::size_t step(std::size_t i) {
    auto c = all_[i];
    if (is_cross(c)) return cross(i);
    if (is_star(c)) return star(i);
    if (is_underline(c)) return underline(i);
    if (is_question(c)) return repeated(i, run_end(i, is_question), true);
    if (is_round(c)) return repeated(i, run_end(i, is_round), !in_number(i, run_end(i, is_round)));
    if (is_shape(c)) return repeated(i, run_end(i, is_shape), true);
    if (closing_of(c)) return bracket(i);
    if (c == U'年') return blank_date(i);
    return i + 1;
  }

  bool in_number(std::size_t from, std::size_t to) const {
    return han_digit_value(before(from)) >= 0 || han_digit_value(at(to)) >= 0;
  }
  std::size_t repeated(std::size_t from, std::size_t to, bool counts) {
    if (counts && to - from >= 2) add(from, with_unit(to));
    return to;
  }

  std::size_t cross(std::size_t i) {
    auto end = run_end(i, is_cross);
    auto prev = before(i);
    auto next = at(end);
    if (is_ascii_letter(prev) || is_ascii_letter(next) || digit_value(next) >= 0) return end;
    std::size_t digits = 0;
    while (digits < 5 && i > line_.start + digits && digit_value(all_[i - digits - 1]) >= 0)
      ++digits;
    if (digits > 0) { // 20xx年, 202×年; 3×5 is a product
      if ((digits == 2 || digits == 3) && digits + (end - i) == 4) add(i - digits, with_unit(end));
      return end;
    }
    if (end - i == 1) {
      bool place = single_units_.at(all_, end) > 0;
      if (place && !names_person(i, end)) add(i, end + single_units_.at(all_, end));
      return end;
    }
    if (!names_person(i, end)) add(i, with_unit(end));
    return end;
  }
  /// 村民张××: a name left out on purpose.
  bool names_person(std::size_t from, std::size_t to) const {
    if (to - from > 3) return false;
    auto reach = from - std::min(kPersonReach, from - line_.start);
    if (words("placeholder_person").find(all_.substr(reach, from - reach)) != View::npos)
      return true;
    return words("surname").before(all_, from) > 0 && units_.at(all_, to) == 0;
  }

  std::size_t star(std::size_t i) {
    auto end = run_end(i, is_star);
    if (report_.report.source.format == Format::Markdown) return end;
    auto unit = units_.at(all_, end);
    bool inside = text::is_han(before(i)) && text::is_han(at(end));
    if (unit || (end - i >= 2 && inside)) add(i, end + unit);
    return end;
  }
  std::size_t underline(std::size_t i) {
    auto end = run_end(i, is_underline);
    bool name = is_ascii_letter(before(i)) || is_ascii_letter(at(end));
    if (end - i >= 2 && !name) add(i, with_unit(end));
    return end;
  }

  /// （待填）, 【】, {镇名}
  std::size_t bracket(std::size_t i) {
    auto close = all_.find(closing_of(all_[i]), i);
    if (close >= line_.end) return i + 1;
    auto inner = skip_blanks(all_, i + 1, close);
    auto size = close - inner;
    if (size == 0) {
      add(i, close + 1);
      return close + 1;
    }
    if (size > kBracketMost) return i + 1;
    if (words("gap").at(all_, i)) return i + 1;
    bool braces = all_[i] == U'{' && words("field").find(all_.substr(i, close - i)) == View::npos;
    while (is_blank_mark(all_[inner + size - 1])) --size;
    if (braces || words("placeholder_bracketed").at(all_, inner) == size) {
      add(i, close + 1);
      return close + 1;
    }
    return i + 1;
  }

  /// "年  月  日" with nothing between.
  std::size_t blank_date(std::size_t i) {
    auto month = skip_blanks(all_, i + 1, line_.end);
    if (at(month) != U'月') return i + 1;
    auto day = skip_blanks(all_, month + 1, line_.end);
    if (at(day) != U'日' || day == i + 2) return i + 1;
    add(i, day + 1);
    return day + 1;
  }

  void listed() {
    const auto &known = words("placeholder");
    std::size_t n = 0;
    for (auto at = known.find(all_, 0, &n); at != View::npos; at = known.find(all_, at + n, &n))
      add(at, at + n);
    const auto &gaps = words("gap");
    for (auto at = gaps.find(all_, 0, &n); at != View::npos; at = gaps.find(all_, at + n, &n)) {
      auto close = all_.find_first_of(U"〕］]）】\n", at);
      auto end = std::min(close == View::npos ? at + n : close + 1, all_.size());
      report_.findings.add("residue.gap_mark", {at, end},
                           {{"written", report_.text().utf8({at, end})}});
    }
  }

  Case &report_;
  View all_;
  const Words &units_;
  const Words &single_units_;
  Span line_;
};

} // namespace

void check_placeholders(Case &report) { PlaceholderCheck(report).run(); }

} // namespace yifa::reading
