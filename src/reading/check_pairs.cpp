#include "reading/check_residue.h"

#include "base/text.h"
#include "reading/check_marks.h"
#include "reading/numeral.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kShownBehind = 10; // characters shown beside a mark without its fellow

struct MarkPair {
  std::u32string_view open;
  std::u32string_view close;
  bool quote;
};
constexpr std::array kMarkPairs = {
    MarkPair{U"（(", U"）)", false}, MarkPair{U"《", U"》", false},
    MarkPair{U"〈", U"〉", false},   MarkPair{U"〔［[", U"〕］]", false},
    MarkPair{U"【", U"】", false},   MarkPair{U"“", U"”", true},
    MarkPair{U"‘", U"’", true},
};

struct OpenMark {
  std::size_t pair;
  std::size_t at;
};

class PairCheck {
public:
  explicit PairCheck(Case &report) : report_(report), all_(report.text().all()) {}

  void run() {
    for (auto line : report_.text().paragraphs()) {
      marks(line);
      straight_quotes(line);
    }
    numbers();
    bare_numbers();
  }

private:
  using View = std::u32string_view;

  bool in_label(std::size_t at) const {
    const auto &sections = report_.structure().sections;
    if (std::any_of(sections.begin(), sections.end(),
                    [&](const Section &one) { return one.label.span.holds(at); }))
      return true;
    // 1) within a line
    auto k = at;
    while (k > 0 && (digit_value(all_[k - 1]) >= 0 || is_ascii_letter(all_[k - 1]))) --k;
    return k < at && at - k <= 2 && (k == 0 || !is_chinese(all_[k - 1]) || all_[k - 1] != U'（');
  }

  void marks(Span line) {
    std::vector<OpenMark> open;
    for (auto i = line.start; i < line.end; ++i) {
      auto c = all_[i];
      if (c < 128 && c != U'(' && c != U')' && c != U'[' && c != U']') continue;
      for (std::size_t p = 0; p < kMarkPairs.size(); ++p) {
        if (kMarkPairs[p].open.find(c) != View::npos) {
          if (c == U'‘') single(open, i);
          open.push_back({p, i});
        } else if (kMarkPairs[p].close.find(c) != View::npos) {
          close(open, p, i, line);
        }
      }
    }
    // two opening quotes, “法治“: the second should close
    for (std::size_t k = 0; k < open.size(); ++k) {
      bool pair =
          kMarkPairs[open[k].pair].quote && k + 1 < open.size() && open[k + 1].pair == open[k].pair;
      if (pair) ++k;
      unmatched(open[k].pair, open[k].at, line);
    }
  }
  void close(std::vector<OpenMark> &open, std::size_t pair, std::size_t at, Span line) {
    auto fellow = std::find_if(open.rbegin(), open.rend(),
                               [&](const OpenMark &one) { return one.pair == pair; });
    if (fellow == open.rend()) {
      bool apostrophe = all_[at] == U'’' && is_ascii_letter(mark_before(all_, line, at));
      if (!apostrophe && !(all_[at] == U')' && in_label(at)) &&
          !(all_[at] == U'）' && in_label(at)))
        unmatched(pair, at, line);
      return;
    }
    // what was opened since and not closed has no fellow
    auto index = static_cast<std::size_t>(open.rend() - fellow) - 1;
    for (auto k = index + 1; k < open.size(); ++k) unmatched(open[k].pair, open[k].at, line);
    open.resize(index);
  }
  void unmatched(std::size_t pair, std::size_t at, Span line) {
    if (in_section_label(at)) return;
    auto end = std::min(line.end, at + kShownBehind);
    auto from = at - std::min(at - line.start, kShownBehind);
    bool opening = kMarkPairs[pair].open.find(all_[at]) != View::npos;
    Span span = opening ? Span{at, end} : Span{from, at + 1};
    report_.findings.add(
        kMarkPairs[pair].quote ? "residue.quote_unmatched" : "residue.bracket_unmatched", span,
        {{"mark", text::encode(all_[at])}, {"excerpt", report_.text().utf8(span)}});
  }
  bool in_section_label(std::size_t at) const {
    const auto &sections = report_.structure().sections;
    return std::any_of(sections.begin(), sections.end(),
                       [&](const Section &one) { return one.label.span.holds(at); });
  }

  /// ‘…’ where no “ is open.
  void single(const std::vector<OpenMark> &open, std::size_t at) {
    bool within = std::any_of(open.begin(), open.end(), [&](const OpenMark &one) {
      return all_[one.at] == U'“' || all_[one.at] == U'《';
    });
    if (within || is_ascii_letter(at > 0 ? all_[at - 1] : 0)) return;
    auto close = all_.find(U'’', at);
    auto line = report_.text().paragraphs()[report_.text().paragraph_at(at)];
    if (close >= line.end) return; // unmatched, said there
    report_.findings.add("residue.quote_single", {at, close + 1},
                         {{"inner", report_.text().utf8({at + 1, close})}});
  }

  void straight_quotes(Span line) {
    auto count = std::count(all_.begin() + line.start, all_.begin() + line.end, U'"');
    if (count % 2 == 0) return;
    auto at = all_.rfind(U'"', line.end);
    Span span{at, std::min(line.end, at + kShownBehind)};
    report_.findings.add("residue.quote_unmatched", span,
                         {{"mark", "\""}, {"excerpt", report_.text().utf8(span)}});
  }

  /// 张政(2024)25号, 〔20212号: a document's number wants 〔2024〕.
  void numbers() {
    constexpr View kOpens = U"（(［[【〔﹝{<〈《";
    constexpr View kCloses = U"）)］]】〕﹞}>〉》";
    for (std::size_t i = 1; i < all_.size(); ++i) {
      if (kOpens.find(all_[i]) == View::npos || !text::is_han(all_[i - 1])) continue;
      auto end = i + 1;
      while (end < all_.size() && digit_value(all_[end]) >= 0) ++end;
      auto digits = end - i - 1;
      bool year = digits >= 4 && digit_value(all_[i + 1]) <= 2 && digit_value(all_[i + 1]) > 0;
      if (!year) continue;
      bool closed = digits == 4 && end < all_.size() && kCloses.find(all_[end]) != View::npos;
      auto number = closed ? end + 1 : end;
      while (number < all_.size() && digit_value(all_[number]) >= 0) ++number;
      bool right = closed && all_[i] == U'〔' && all_[end] == U'〕';
      bool whole = closed ? number > end + 1 : digits > 4;
      auto sign = number;
      if (right || !whole || sign >= all_.size() || !number_sign(sign)) continue;
      auto from = i;
      while (from > 0 && i - from < 8 && text::is_han(all_[from - 1])) --from;
      auto serial = closed ? Span{end + 1, number} : Span{i + 5, number};
      report_.findings.add("residue.number_brackets", {from, sign + 1},
                           {{"written", report_.text().utf8({i, sign + 1})},
                            {"year", report_.text().utf8({i + 1, i + 5})},
                            {"serial", report_.text().utf8(serial)}});
    }
  }
  /// "沙府办发202546号": the brackets were lost.
  void bare_numbers() {
    const auto &office = report_.lexicon.words("residue.number_office");
    for (std::size_t i = 1; i < all_.size(); ++i) {
      if (digit_value(all_[i]) != 2 || digit_value(all_[i - 1]) >= 0 || !office.before(all_, i))
        continue;
      auto end = i;
      while (end < all_.size() && digit_value(all_[end]) >= 0) ++end;
      auto digits = end - i;
      bool number = digits >= 5 && digits <= 7 && digit_value(all_[i + 1]) == 0;
      if (!number || end >= all_.size() || !number_sign(end)) continue;
      auto from = i;
      while (from > 0 && i - from < 8 && text::is_han(all_[from - 1])) --from;
      report_.findings.add("residue.number_brackets", {from, end + 1},
                           {{"written", report_.text().utf8({i, end + 1})},
                            {"year", report_.text().utf8({i, i + 4})},
                            {"serial", report_.text().utf8({i + 4, end})}});
    }
  }
  bool number_sign(std::size_t at) const {
    return report_.lexicon.words("residue.number_sign").at(all_, at) > 0;
  }

  Case &report_;
  View all_;
};

} // namespace

void check_pairs(Case &report) { PairCheck(report).run(); }

} // namespace yifa::reading
