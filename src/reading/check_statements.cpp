#include "reading/check_arithmetic.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kObjectLeast = 4; // shorter objects (活动, 培训) are said of many things

class StatementCheck {
public:
  explicit StatementCheck(Case &report) : case_(report) {}

  void read() {
    if (case_.findings.rule("arithmetic.figures_differ")) differing();
    if (case_.findings.rule("arithmetic.frequency_count")) rhythms();
  }

private:
  const std::vector<Figure> &figures() const { return case_.report.figures; }

  static bool holds_any(const std::string &text, const std::vector<std::string> &words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto &word) { return text.find(word) != text.npos; });
  }

  /// One thing told twice with different numbers.
  void differing() {
    const auto &rule = *case_.findings.rule("arithmetic.figures_differ");
    std::vector<const Figure *> seen;
    for (const auto &figure : figures()) {
      if (!exact_amount(figure) || figure.object.empty()) continue;
      if (case_.structure().content_at(figure.span.start) == Content::NextYear) continue;
      auto clause = case_.text().utf8(figure.clause);
      if (holds_any(clause, rule.list("beside"))) continue;
      bool stock = is_stock(figure, rule);
      if (!stock && (text::length(figure.object) < kObjectLeast || figure.verb.empty())) continue;
      // one indicator said of one thing, or one verb of one thing
      auto same = [&](const Figure &other) {
        return other.unit == figure.unit && other.object == figure.object &&
               (stock || other.verb == figure.verb ||
                (!figure.indicator.empty() && other.indicator == figure.indicator));
      };
      bool total = stock || says_total(figure);
      for (const auto *other : seen) {
        if (!same(*other) || other->value == figure.value || other->paragraph == figure.paragraph)
          continue;
        if (!total && !says_total(*other)) continue;
        auto *made = case_.findings.add(rule.id, figure.span,
                                        {{"object", (stock ? "" : figure.verb) + figure.object},
                                         {"first", amount_words(*other)},
                                         {"written", amount_words(figure)},
                                         {"second", amount_words(figure)}});
        if (made)
          made->elsewhere =
              Elsewhere{"", "", other->span, text::trim(case_.text().utf8(other->clause))};
        break;
      }
      seen.push_back(&figure);
    }
  }
  bool says_total(const Figure &figure) const {
    auto clause = case_.text().view(figure.clause);
    return case_.lexicon.words("arithmetic.whole_year").find(clause) != clause.npos;
  }
  /// What there is so much of in a town, whoever tells it: 24个行政村.
  static bool is_stock(const Figure &figure, const Rule &rule) {
    const auto &words = rule.list("stock");
    return figure.verb.empty() &&
           std::find(words.begin(), words.end(), figure.object) != words.end();
  }

  /// 每两月1次 against 全年5次.
  void rhythms() {
    const auto &rule = *case_.findings.rule("arithmetic.frequency_count");
    for (const auto &rhythm : figures()) {
      if (rhythm.kind != FigureKind::Frequency || rhythm.approx || rhythm.upper) continue;
      auto slash = rhythm.unit.find('/');
      if (slash == rhythm.unit.npos) continue;
      auto unit = rhythm.unit.substr(0, slash);
      auto times = rule.values.find(rhythm.unit.substr(slash + 1));
      if (times == rule.values.end()) continue;
      auto wanted = rhythm.value.millionths() * std::strtoll(times->second.c_str(), nullptr, 10);
      for (const auto &count : figures()) {
        if (!exact_amount(count) || count.paragraph != rhythm.paragraph || count.unit != unit)
          continue;
        auto clause = case_.text().utf8(count.clause);
        if (count.value.millionths() >= wanted || !holds_any(clause, rule.list("whole_year")))
          continue;
        if (!alike(rhythm.object, count.object)) continue;
        case_.findings.add(
            rule.id, count.span,
            {{"frequency", case_.text().utf8({rhythm.clause.start, rhythm.span.end})},
             {"right", Decimal::from_millionths(wanted).text()},
             {"written", amount_words(count)}});
        break;
      }
    }
  }
  /// Two objects that end alike: 法治专题会议 and 专题会议.
  static bool alike(const std::string &a, const std::string &b) {
    auto x = text::decode(a), y = text::decode(b);
    std::size_t n = 0;
    while (n < x.size() && n < y.size() && x[x.size() - 1 - n] == y[y.size() - 1 - n]) ++n;
    return n >= 2 && (n == x.size() || n == y.size() || n >= 4);
  }

  Case &case_;
};

} // namespace

void check_statements(Case &report) { StatementCheck(report).read(); }

} // namespace yifa::reading
