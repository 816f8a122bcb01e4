#include "reading/read_figures.h"

#include "base/text.h"
#include "reading/figure_claims.h"
#include "reading/figure_mask.h"
#include "reading/figure_object.h"
#include "reading/figure_scan.h"
#include "reading/label.h"
#include "reading/numeral.h"
#include "reading/place.h"

#include <algorithm>

namespace yifa::reading {
namespace {

constexpr std::size_t kEachMost = 10;    // characters of the noun behind 每
constexpr std::size_t kChangeReach = 16; // characters between 同比 and its number

/// Reads the figures of one report, sentence by sentence.
class FigureReader {
public:
  FigureReader(const Text &text, const Structure &structure, const Lexicon &lexicon)
      : text_(text), all_(text.all()), structure_(structure), words_(lexicon),
        mask_(text, structure, words_) {}

  std::vector<Figure> read() {
    for (std::size_t i = 0; i < structure_.sentences.size(); ++i) {
      sentence_ = static_cast<int>(i);
      sentence(structure_.sentences[i].span);
    }
    return std::move(out_);
  }

private:
  void sentence(Span span) {
    first_ = out_.size();
    std::size_t clause = span.start;
    for (auto i = span.start; i < span.end; ++i) {
      if (ends_clause(all_[i]) && all_[i] != U'、') {
        clause = i + 1;
        continue;
      }
      // in quotation marks stand names, but for “零上访”
      bool nothing = mask_.quoted(i) && words_.zero_prefix.at(all_, i) > 0;
      if (mask_.barred(i) || (mask_.quoted(i) && !nothing)) continue;
      Span own{clause, clause_end(i, span.end)};
      if (plans(i)) {
        // what is only planned claims neither zero nor coverage
      } else if (auto zeros = zeros_at(all_, i, span.end, words_); !zeros.empty()) {
        for (auto &one : zeros) add(std::move(one), own);
        i = out_.back().span.end - 1;
        continue;
      } else if (auto claims = coverage_at(all_, i, clause, span.end, words_); !claims.empty()) {
        for (auto &one : claims) add(std::move(one), own);
        i = out_.back().span.end - 1;
        continue;
      }
      if (nothing) continue;
      if (auto scanned = scan_number(all_, i, clause, span.end, mask_, words_))
        if (number(*scanned, own)) i = out_.back().span.end - 1;
    }
  }

  bool plans(std::size_t at) const { return structure_.content_at(at) == Content::NextYear; }
  std::size_t clause_end(std::size_t at, std::size_t end) const {
    while (at < end && (!ends_clause(all_[at]) || all_[at] == U'、')) ++at;
    return at;
  }

  void add(Figure figure, Span clause) {
    figure.clause = clause;
    figure.paragraph = text_.paragraph_at(figure.span.start);
    figure.section = structure_.section_at(figure.span.start);
    figure.sentence = sentence_;
    if (figure.object.empty() && out_.size() > first_ && figure.kind != FigureKind::Change)
      figure.object = out_.back().object;
    out_.push_back(std::move(figure));
  }

  /// Whether a scanned number is a figure; adds it, once for each thing it is said of.
  bool number(ScannedNumber &scanned, Span clause) {
    auto &figure = scanned.figure;
    auto before = all_.substr(clause.start, figure.span.start - clause.start);
    if (scanned.han && in_heading(figure.span.start)) return false;
    bool rhythm = rhythmic(figure, before);
    if (!rhythm) each(figure, before);
    if (!rhythm && figure.kind != FigureKind::Each && !counts(scanned, before)) return false;
    settle_kind(figure, before, scanned);
    figure.year = other_year(figure.span.start);
    auto names = shared(figure, before);
    if (names.empty()) {
      auto behind = all_.substr(figure.span.end, clause.end - figure.span.end);
      auto around = object_around(after_last_number(before), behind, words_);
      figure.object = around.object;
      figure.verb = around.verb;
      if (auto told = respective(figure.span.start); !told.empty()) figure.object = told;
      add(figure, clause);
      return true;
    }
    for (auto &name : names) {
      auto one = figure;
      one.object = std::move(name);
      add(std::move(one), clause);
    }
    return true;
  }

  bool in_heading(std::size_t at) const {
    auto section = structure_.section_at(at);
    return section >= 0 && structure_.sections[section].title.holds(at);
  }

  /// Han numerals make names; they count behind a verb, in an enumeration of counts, or with 余.
  bool counts(const ScannedNumber &scanned, std::u32string_view before) const {
    const auto &figure = scanned.figure;
    if (!scanned.han || figure.approx || figure.kind == FigureKind::Rate) return true;
    auto end = before.size();
    while (end > 0 && before[end - 1] == U'了') --end;
    bool verb = words_.one_verb.before(before, end) > 0;
    bool filler = words_.lexicon.words("figures.counting").before(before, end) > 0;
    if (scanned.one) {
      auto next = figure.span.end;
      bool last = next >= all_.size() || ends_clause(all_[next]);
      return verb ||
             (last && words_.lexicon.words("figures.repeats").has(text::decode(figure.unit)));
    }
    return !scanned.weak || verb || filler;
  }

  /// 每两月1次.
  bool rhythmic(Figure &figure, std::u32string_view before) const {
    std::size_t n = 0, found = before.npos, length = 0;
    for (auto at = words_.rhythm.find(before, 0, &n); at != before.npos;
         at = words_.rhythm.find(before, at + n, &n)) {
      if (words_.lexicon.words("figures.weekday").at(before, at + n) > 0) continue; // 每周三
      found = at;
      length = n;
    }
    if (found == before.npos || figure.kind != FigureKind::Amount) return false;
    figure.kind = FigureKind::Frequency;
    figure.unit += "/" + text::encode(before.substr(found + 1, length - 1));
    return true;
  }

  /// 每村一名: the noun behind 每, up to a verb or the number.
  void each(Figure &figure, std::u32string_view before) const {
    if (figure.kind != FigureKind::Amount && figure.kind != FigureKind::Planned) return;
    std::size_t n = 0;
    auto at = words_.each_mark.find(before, 0, &n);
    if (at == before.npos || words_.each_not.at(before, at + n) > 0) return;
    if (intends(before)) return;
    auto start = at + n;
    if (auto head = words_.each_head.at(before, start)) start += head;
    auto end = start;
    while (end < before.size() && end - start < kEachMost && before[end] != U'、' &&
           words_.verb.at(before, end) == 0 && words_.filler_before.at(before, end) == 0 &&
           digit_value(before[end]) < 0 && han_digit_value(before[end]) < 0)
      ++end;
    if (end == start || end - start == kEachMost) return;
    figure.kind = FigureKind::Each;
    figure.unit += "/" + text::encode(before.substr(start, end - start));
  }

  void settle_kind(Figure &figure, std::u32string_view before, const ScannedNumber &scanned) const {
    if (figure.kind == FigureKind::Each || figure.kind == FigureKind::Frequency) return;
    if (figure.value == Decimal() && !scanned.han && figure.kind == FigureKind::Amount) {
      figure.kind = FigureKind::Zero;
      return;
    }
    auto near = before.size() > kChangeReach ? before.substr(before.size() - kChangeReach) : before;
    if (words_.change_before.find(near) != near.npos || figure.unit.ends_with("百分点"))
      figure.kind = FigureKind::Change;
    else if (plans(figure.span.start) || intends(before))
      figure.kind = FigureKind::Planned;
  }

  /// 计划, 力争 before a number, but not in the name of a paper.
  bool intends(std::u32string_view before) const {
    auto start = static_cast<std::size_t>(before.data() - all_.data());
    std::size_t n = 0;
    for (auto at = words_.planned_before.find(before, 0, &n); at != before.npos;
         at = words_.planned_before.find(before, at + n, &n))
      if (!mask_.barred(start + at) && !mask_.quoted(start + at)) return true;
    return false;
  }

  /// The year the sentence speaks of before this number, where it is not the report's: 2022年开展….
  std::optional<int> other_year(std::size_t at) const {
    if (!structure_.year) return std::nullopt;
    auto start = structure_.sentences[sentence_].span.start;
    auto head = all_.substr(start, at - start);
    std::optional<int> found;
    for (auto year = find_year(head); year; year = find_year(head, year->span.end)) {
      auto place = start + year->span.start;
      bool compared = words_.change_from.before(all_, place) > 0;
      bool span = year->span.end < head.size() &&
                  words_.lexicon.words("figures.since").at(head, year->span.end) > 0;
      if (!compared && !span && !mask_.quoted(place)) found = year->year;
    }
    return found && *found != *structure_.year ? found : std::nullopt;
  }

  /// 参考率、合格率均达100%; 宪法、民法典宣讲各1场次.
  std::vector<std::string> shared(const Figure &figure, std::u32string_view before) const {
    auto phrase = after_last_number(before);
    if (figure.kind == FigureKind::Rate || figure.kind == FigureKind::Planned) {
      if (!figure.unit.ends_with("%")) return {};
      auto names = things_named(phrase, words_);
      std::vector<std::string> rates;
      for (auto &name : names) {
        auto own = text::decode(name);
        if (words_.rate_end.before(own, own.size()) > 0)
          rates.push_back(std::move(name));
        else
          rates.clear();
      }
      return rates.size() > 1 ? rates : std::vector<std::string>{};
    }
    if (phrase.empty() || words_.each_of.before(phrase, phrase.size()) == 0) return {};
    auto names = things_named(phrase, words_);
    return names.size() > 1 ? names : std::vector<std::string>{};
  }

  /// The words behind the last number of the clause: what this number is said of.
  std::u32string_view after_last_number(std::u32string_view before) const {
    if (out_.size() <= first_) return before;
    auto start = static_cast<std::size_t>(before.data() - all_.data());
    auto last = out_.back().span.end;
    if (last <= start || last > start + before.size()) return before;
    auto rest = before.substr(last - start);
    while (!rest.empty() && (rest.front() == U'、' || rest.front() == U' ')) rest.remove_prefix(1);
    return rest;
  }

  /// 排查、化解纠纷分别为219件、216件: the thing named at this number's place.
  std::string respective(std::size_t at) const {
    auto start = structure_.sentences[sentence_].span.start;
    auto head = all_.substr(start, at - start);
    std::size_t n = 0, found = head.npos;
    for (auto place = words_.respectively.find(head, 0, &n); place != head.npos;
         place = words_.respectively.find(head, place + n, &n))
      found = place;
    if (found == head.npos) return {};
    std::size_t index = 0;
    for (auto i = first_; i < out_.size(); ++i) index += out_[i].span.start > start + found;
    auto from = found;
    while (from > 0 && (!ends_clause(head[from - 1]) || head[from - 1] == U'、')) --from;
    auto names = things_named(head.substr(from, found - from), words_);
    return names.size() > 1 && index < names.size() ? names[index] : std::string();
  }

  const Text &text_;
  std::u32string_view all_;
  const Structure &structure_;
  FigureWords words_;
  FigureMask mask_;
  std::vector<Figure> out_;
  std::size_t first_ = 0; ///< index of the sentence's first figure
  int sentence_ = 0;
};

} // namespace

std::string_view to_string(FigureKind kind) {
  switch (kind) {
  case FigureKind::Amount:
    return "amount";
  case FigureKind::Rate:
    return "rate";
  case FigureKind::Zero:
    return "zero";
  case FigureKind::Coverage:
    return "coverage";
  case FigureKind::Each:
    return "each";
  case FigureKind::Frequency:
    return "frequency";
  case FigureKind::Change:
    return "change";
  case FigureKind::Planned:
    return "planned";
  }
  return "";
}

std::vector<Figure> read_figures(const Text &text, const Structure &structure,
                                 const Lexicon &lexicon) {
  return FigureReader(text, structure, lexicon).read();
}

} // namespace yifa::reading
