#include "reading/check_arithmetic.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::int64_t kOne = 1'000'000; // millionths

/// 率 written with so many decimals: 98.6 → 1.
int decimals_of(const std::string &value) {
  auto point = value.find('.');
  return point == value.npos ? 0 : static_cast<int>(value.size() - point - 1);
}

/// The decimals as written, a closing zero too: 98.60% has two.
int decimals_written(const Case &report, const Figure &rate) {
  auto words = report.text().view(rate.span);
  int found = -1;
  for (auto c : words) {
    if (c == U'.' || c == U'．')
      found = 0;
    else if (found >= 0 && ((c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９')))
      ++found;
  }
  return found >= 0 ? found : decimals_of(rate.value.text());
}

/// What a written amount may stand for, in millionths: 110余 is 110 to 119.
struct Bounds {
  double least = 0;
  double most = 0;
};
Bounds bounds_of(const Figure &figure) {
  auto value = static_cast<double>(figure.value.millionths()) / kOne;
  if (!figure.approx) return {value, value};
  double step = 1;
  while (step * 10 <= value && std::fmod(value, step * 10) == 0) step *= 10;
  return {std::max(0.0, value - step), value + step};
}

class RateCheck {
public:
  explicit RateCheck(Case &report) : case_(report) {}

  void read() {
    for (const auto &figure : case_.report.figures) {
      if (figure.kind != FigureKind::Rate || figure.upper) continue;
      impossible(figure);
      if (!figure.approx) terms(figure);
    }
  }

private:
  const std::vector<Figure> &figures() const { return case_.report.figures; }

  void impossible(const Figure &rate) {
    if (rate.value <= Decimal::from_int(100)) return;
    const auto *rule = case_.findings.rule("arithmetic.percent_impossible");
    if (!rule) return;
    auto clause = case_.text().utf8(rate.clause);
    auto has = [&](const std::string &list, const std::string &in) {
      const auto &words = rule->list(list);
      return std::any_of(words.begin(), words.end(),
                         [&](const auto &word) { return in.find(word) != in.npos; });
    };
    if (has("beyond", clause) || !has("rates", rate.object)) return;
    case_.findings.add(rule->id, rate.span,
                       {{"object", rate.object}, {"written", case_.text().utf8(rate.span)}});
  }

  /// The words that must be said of the rate's numerator; empty where the rate is not known.
  std::vector<std::u32string> part_words(const Figure &rate) const {
    std::vector<std::u32string> out;
    std::size_t longest = 0;
    for (const auto &[name, words] : case_.lexicon.pairs("arithmetic.rate_part")) {
      if (!rate.object.ends_with(name) || name.size() <= longest) continue;
      longest = name.size();
      out.clear();
      for (const auto &word : text::split(words, ' ')) out.push_back(text::decode(word));
    }
    return out;
  }

  bool says(const Figure &figure, const std::vector<std::u32string> &words) const {
    // the clause up to the number, and what stands right behind it: 调解42件，均成功
    auto clause = case_.text().view(figure.clause);
    return std::any_of(words.begin(), words.end(),
                       [&](const auto &word) { return clause.find(word) != clause.npos; });
  }

  void terms(const Figure &rate) {
    auto words = part_words(rate);
    if (words.empty()) return;
    std::vector<const Figure *> before;
    for (const auto &scope : {segment_of(case_, rate), sentence_scope(rate), wider_scope(rate)}) {
      before.clear();
      for (const auto &figure : figures())
        if (figure.kind == FigureKind::Amount && scope.holds(figure.span) && !figure.upper &&
            figure.span.end <= rate.span.start && !figure.year)
          before.push_back(&figure);
      if (before.empty())
        for (const auto &figure : figures()) // 化解率98.6%，排查219件，化解216件
          if (figure.kind == FigureKind::Amount && scope.holds(figure.span) && !figure.upper &&
              !figure.year)
            before.push_back(&figure);
      if (before.size() > 1) break;
    }
    const Figure *part = nullptr;
    for (auto it = before.rbegin(); it != before.rend() && !part; ++it)
      if (says(**it, words)) part = *it;
    if (!part) return;
    const Figure *whole = nullptr;
    const Figure *other = nullptr;
    for (auto it = before.rbegin(); it != before.rend(); ++it) {
      const auto &one = **it;
      if (&one == part || one.span.start > part->span.start) continue;
      if (same_family(one.unit, part->unit, case_.lexicon)) {
        // 解答群众咨询110件 is no batch that 成功调解73件 came of
        if (!whole && comes_of(one)) whole = &one;
      } else if (!other && comes_of(one)) {
        other = &one;
      }
    }
    if (!whole) whole = whole_behind(before, *part);
    if (whole && (!speaks_of(rate, *part, *whole) || taken(rate, *part))) return;
    if (whole) {
      compare(rate, *part, *whole);
    } else if (other && fits(rate, *part, *other)) {
      case_.findings.add("arithmetic.unit_mismatch", rate.span,
                         {{"rate", rate.object + case_.text().utf8(rate.span)},
                          {"denominator", other->object + case_.text().utf8(other->span)},
                          {"numerator", part->object + case_.text().utf8(part->span)},
                          {"denominator_unit", other->unit},
                          {"numerator_unit", part->unit}});
    }
  }

  /// 化解98件，化解率98%，其中重大纠纷化解率95%: the terms belong to the first rate.
  bool taken(const Figure &rate, const Figure &part) const {
    return std::any_of(figures().begin(), figures().end(), [&](const Figure &other) {
      return other.kind == FigureKind::Rate && other.span.start > part.span.end &&
             other.span.end <= rate.span.start && other.object != rate.object &&
             part_words(other) == part_words(rate);
    });
  }

  /// 初次信访事项化解率 is not made of 矛盾纠纷: what stands before the rate's name must be said of
  /// its terms.
  bool speaks_of(const Figure &rate, const Figure &part, const Figure &whole) const {
    std::size_t longest = 0;
    for (const auto &[name, words] : case_.lexicon.pairs("arithmetic.rate_part"))
      if (rate.object.ends_with(name)) longest = std::max(longest, name.size());
    auto of = text::decode(rate.object.substr(0, rate.object.size() - longest));
    std::u32string_view rest = of;
    for (auto n = case_.lexicon.words("figures.no_object").before(rest, rest.size()); n > 0;
         n = case_.lexicon.words("figures.no_object").before(rest, rest.size()))
      rest.remove_suffix(n);
    if (rest.size() < 2) return true;
    auto terms = case_.text().view({std::min(part.clause.start, whole.clause.start),
                                    std::max(part.clause.end, whole.clause.end)});
    for (std::size_t i = 0; i + 2 <= rest.size(); ++i)
      if (terms.find(rest.substr(i, 2)) != terms.npos) return true;
    return false;
  }

  /// Whether the rate was made of these two, whatever they count.
  bool fits(const Figure &rate, const Figure &part, const Figure &whole) const {
    auto value = [](const Figure &figure) {
      return static_cast<double>(figure.value.millionths()) / kOne;
    };
    if (value(whole) <= 0) return false;
    double half = 0.5 * std::pow(10.0, -decimals_written(case_, rate)) + 1e-9;
    return std::abs(100 * value(part) / value(whole) - value(rate)) <= half;
  }

  /// A number that could be the batch: 排查73次.
  bool comes_of(const Figure &figure) const {
    auto clause = case_.text().view(figure.clause);
    return case_.lexicon.words("arithmetic.whole").find(clause) != clause.npos ||
           case_.lexicon.words("arithmetic.reception").find(clause) != clause.npos;
  }
  /// 化解216件，共排查219件: the batch may stand behind.
  const Figure *whole_behind(const std::vector<const Figure *> &before, const Figure &part) const {
    for (const auto *one : before)
      if (one != &part && one->span.start > part.span.start && comes_of(*one) &&
          same_family(one->unit, part.unit, case_.lexicon))
        return one;
    return nullptr;
  }

  Span sentence_scope(const Figure &rate) const {
    return rate.sentence >= 0 ? case_.structure().sentences[rate.sentence].span : rate.clause;
  }
  /// With the sentence before, within the paragraph.
  Span wider_scope(const Figure &rate) const {
    auto own = sentence_scope(rate);
    if (rate.sentence > 0) {
      const auto &last = case_.structure().sentences[rate.sentence - 1];
      if (last.paragraph == rate.paragraph) own.start = last.span.start;
    }
    return own;
  }

  void compare(const Figure &rate, const Figure &part, const Figure &whole) {
    auto top = bounds_of(part);
    auto bottom = bounds_of(whole);
    if (bottom.most <= 0) return;
    if (top.least > bottom.most) return; // told as part_over_whole
    int decimals = decimals_written(case_, rate);
    double half = 0.5 * std::pow(10.0, -decimals) + 1e-9;
    auto written = static_cast<double>(rate.value.millionths()) / kOne;
    double least = 100 * top.least / bottom.most;
    double most = bottom.least > 0 ? 100 * top.most / bottom.least : written;
    // 259 of 260 rounds to 100 %, but all of them is not what it was
    bool all = rate.value == Decimal::from_int(100) && top.most < bottom.least;
    if (!all && written >= least - half && written <= most + half) return;
    int shown = std::max(decimals, 1);
    case_.findings.add("arithmetic.rate", rate.span,
                       {{"written", rate.object + case_.text().utf8(rate.span)},
                        {"numerator", case_.text().utf8(part.span)},
                        {"denominator", case_.text().utf8(whole.span)},
                        {"right", fmt::format("{:.{}f}%", 100 * top.least / bottom.least, shown)}});
  }

  Case &case_;
};

} // namespace

void check_rates(Case &report) { RateCheck(report).read(); }

} // namespace yifa::reading
