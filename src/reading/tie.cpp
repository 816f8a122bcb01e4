#include "reading/tie.h"

#include "base/text.h"

#include <algorithm>
#include <optional>
#include <set>

namespace yifa::reading {
namespace {

// What a matched character of a key word counts for, by where it stands: the object was found by
// the reader of figures and is the surest; words after the number are surer than those before
// another number in the same clause.
constexpr int kInObject = 8;
constexpr int kInVerb = 6;
constexpr int kBeforeNumber = 6;
constexpr int kAfterNumber = 4;
constexpr int kInClause = 2;
constexpr int kNear = 3;
constexpr int kInSentence = 2;
constexpr int kInHeading = 1;

using TieText = std::u32string_view;

/// Length of the longest of the words that stands in the text; 0 for none.
int tie_longest(const std::vector<std::u32string> &words, TieText text) {
  std::size_t best = 0;
  for (const auto &word : words)
    if (word.size() > best && text.find(word) != text.npos) best = word.size();
  return static_cast<int>(best);
}

bool tie_stands(const std::vector<std::u32string> &words, TieText text) {
  return std::any_of(words.begin(), words.end(),
                     [&](const auto &word) { return text.find(word) != text.npos; });
}

bool tie_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

bool ends_tie_sentence(char32_t c) {
  return c == U'。' || c == U'；' || c == U'！' || c == U'？' || c == U';' || c == U'\n';
}

bool ends_tie_clause(TieText text, std::size_t at) {
  const auto c = text[at];
  if (c == U',')
    return !(at > 0 && at + 1 < text.size() && tie_digit(text[at - 1]) && tie_digit(text[at + 1]));
  return c == U'，' || c == U'：' || c == U':' || ends_tie_sentence(c);
}

bool opens_aside(char32_t c) { return c == U'（' || c == U'(' || c == U'、'; }

/// The words around one figure, from near to far.
struct Surroundings {
  std::u32string object;
  std::u32string verb;
  TieText before; ///< of the clause, from the figure before
  TieText after;  ///< of the clause, up to the figure behind, an enumeration or an aside
  TieText clause;
  TieText sentence; ///< up to a full stop or a semicolon
  TieText back;     ///< what stands before the figure, from the full stop before
  std::u32string headings;
  std::size_t sentence_start = 0;
};

class Tying {
public:
  Tying(Report &report, const Ties &ties) : report_(report), ties_(ties) {}

  void run() {
    for (std::size_t i = 0; i < report_.figures.size(); ++i) {
      auto &figure = report_.figures[i];
      figure.indicator.clear();
      if (figure.kind == FigureKind::Frequency || figure.kind == FigureKind::Change ||
          figure.kind == FigureKind::Planned)
        continue;
      const auto around = surroundings(i);
      begin_sentence(around);
      const auto *tie = best(figure, around);
      if (tie == nullptr) continue;
      if (is_part(around) && said_.count(tie->indicator) > 0) continue;
      figure.indicator = tie->indicator;
      said_.insert(tie->indicator);
    }
  }

private:
  Surroundings surroundings(std::size_t index) const {
    const auto &figure = report_.figures[index];
    const TieText all = report_.text.all();
    const auto start = std::min(figure.span.start, all.size());
    const auto end = std::clamp(figure.span.end, start, all.size());
    auto clause_start = start;
    while (clause_start > 0 && !ends_tie_clause(all, clause_start - 1)) --clause_start;
    auto clause_end = end;
    while (clause_end < all.size() && !ends_tie_clause(all, clause_end)) ++clause_end;
    // Where a clause counts several things, each has its own part of it:
    // 一名法律顾问、5名法律明白人.
    auto from = clause_start;
    auto to = clause_end;
    for (std::size_t k = index; k-- > 0;) {
      const auto &other = report_.figures[k].span;
      if (other.end <= clause_start) break;
      if (other.end > start) continue;
      from = other.end;
      for (auto at = from; at < start; ++at)
        if (opens_aside(all[at])) {
          from = clause_start = at + 1;
          break;
        }
      break;
    }
    for (auto k = index + 1; k < report_.figures.size(); ++k) {
      const auto &other = report_.figures[k].span;
      if (other.start < end) continue;
      if (other.start >= clause_end) break;
      to = other.start;
      for (auto at = end; at < other.start; ++at)
        if (opens_aside(all[at])) {
          to = clause_end = at;
          break;
        }
      break;
    }
    // 全部调解成功，共73件: a clause that names nothing belongs to the one before it.
    if (clause_start > 1 && !ends_tie_sentence(all[clause_start - 1]) && clause_end <= end + 1 &&
        is_filler(all.substr(clause_start, start - clause_start))) {
      --clause_start;
      while (clause_start > 0 && !ends_tie_clause(all, clause_start - 1)) --clause_start;
      from = clause_start;
    }
    Surroundings made;
    made.object = text::decode(figure.object);
    made.verb = text::decode(figure.verb);
    made.before = all.substr(from, start - from);
    auto after_end = end;
    while (after_end < to && !opens_aside(all[after_end])) ++after_end;
    made.after = all.substr(end, after_end - end);
    made.clause = all.substr(clause_start, clause_end - clause_start);
    made.sentence_start = clause_start;
    while (made.sentence_start > 0 && !ends_tie_sentence(all[made.sentence_start - 1]))
      --made.sentence_start;
    auto sentence_end = clause_end;
    while (sentence_end < all.size() && !ends_tie_sentence(all[sentence_end])) ++sentence_end;
    made.sentence = all.substr(made.sentence_start, sentence_end - made.sentence_start);
    auto back = made.sentence_start;
    while (back > 0 && all[back - 1] != U'。' && all[back - 1] != U'\n') --back;
    made.back = all.substr(back, start - back);
    const auto &sections = report_.structure.sections;
    for (int at = figure.section; at >= 0 && static_cast<std::size_t>(at) < sections.size();
         at = sections[static_cast<std::size_t>(at)].parent) {
      made.headings += report_.text.view(sections[static_cast<std::size_t>(at)].title);
      made.headings += U'\n';
    }
    return made;
  }

  bool is_filler(TieText words) const {
    return std::find(ties_.fillers.begin(), ties_.fillers.end(), words) != ties_.fillers.end();
  }

  void begin_sentence(const Surroundings &around) {
    if (sentence_ == around.sentence_start) return;
    sentence_ = around.sentence_start;
    said_.clear();
    parted_ = false;
  }

  /// Once "of these" was said behind a figure, what follows in the sentence are its parts.
  bool is_part(const Surroundings &around) {
    if (!said_.empty() && tie_stands(ties_.parts, around.before)) parted_ = true;
    return parted_;
  }

  const Tie *best(const Figure &figure, const Surroundings &around) const {
    const bool percent = figure.kind == FigureKind::Rate || figure.kind == FigureKind::Coverage;
    std::string_view unit = figure.unit;
    if (auto slash = unit.find('/'); slash != unit.npos) unit = unit.substr(0, slash);
    const Tie *found = nullptr;
    int most = 0;
    const auto consider = [&](const std::vector<std::size_t> &candidates, bool zero) {
      for (auto i : candidates) {
        const auto &tie = ties_.all()[i];
        if (!takes(tie, figure, zero)) continue;
        const int score = fit(tie, around);
        if (score <= most) continue;
        most = score;
        found = &tie;
      }
    };
    if (figure.kind == FigureKind::Zero) {
      consider(ties_.of_nothing(), true);
      // A written "0件" is an amount like another.
      if (found == nullptr && written_zero(figure)) consider(ties_.of_unit(unit), false);
    } else {
      consider(ties_.of_unit(percent ? std::string_view("%") : unit), false);
    }
    return found;
  }

  static bool takes(const Tie &tie, const Figure &figure, bool zero) {
    auto kind = figure.kind;
    if (kind == FigureKind::Zero && !zero) kind = FigureKind::Amount;
    return std::find(tie.kinds.begin(), tie.kinds.end(), kind) != tie.kinds.end();
  }

  bool written_zero(const Figure &figure) const {
    const auto words = report_.text.view(figure.span);
    return std::any_of(words.begin(), words.end(), tie_digit);
  }

  /// 0 when the tie does not fit.
  static int fit(const Tie &tie, const Surroundings &around) {
    int key = 0;
    for (const auto &word : tie.any) {
      const auto n = static_cast<int>(word.size());
      if (around.object.find(word) != std::u32string::npos)
        key = std::max(key, n * kInObject);
      else if (around.before.find(word) != TieText::npos)
        key = std::max(key, n * kBeforeNumber);
      else if (around.verb.find(word) != std::u32string::npos)
        key = std::max(key, n * kInVerb);
      else if (around.after.find(word) != TieText::npos)
        key = std::max(key, n * kAfterNumber);
      else if (around.clause.find(word) != TieText::npos)
        key = std::max(key, n * kInClause);
    }
    if (key == 0 || tie_stands(tie.without, around.clause) ||
        tie_stands(tie.without, around.object) || tie_stands(tie.away, around.sentence))
      return 0;
    if (!tie.near.empty()) {
      const int n =
          std::max(tie_longest(tie.near, around.clause), tie_longest(tie.near, around.object));
      if (n == 0) return 0;
      key += n * kNear;
    }
    if (!tie.with.empty() || !tie.back.empty()) {
      const int close =
          std::max(tie_longest(tie.with, around.sentence), tie_longest(tie.with, around.object));
      const int far =
          std::max(tie_longest(tie.with, around.headings), tie_longest(tie.back, around.back));
      if (close == 0 && far == 0) return 0;
      key += std::max(close * kInSentence, far * kInHeading);
    }
    return key;
  }

  Report &report_;
  const Ties &ties_;
  std::optional<std::size_t> sentence_; ///< where the sentence at hand begins
  std::set<std::string> said_;          ///< indicators tied in it
  bool parted_ = false;
};

} // namespace

void Ties::add(Tie tie) {
  const auto at = ties_.size();
  for (const auto &unit : tie.units) {
    auto &own = by_unit_[unit];
    if (own.empty() || own.back() != at) own.push_back(at);
  }
  if (std::find(tie.kinds.begin(), tie.kinds.end(), FigureKind::Zero) != tie.kinds.end())
    of_nothing_.push_back(at);
  ties_.push_back(std::move(tie));
}

const std::vector<std::size_t> &Ties::of_unit(std::string_view unit) const {
  static const std::vector<std::size_t> none;
  const auto found = by_unit_.find(unit);
  return found == by_unit_.end() ? none : found->second;
}

void tie_figures(Report &report, const Ties &ties) { Tying(report, ties).run(); }

} // namespace yifa::reading
