#include "reading/check_arithmetic.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kRest = 30; // characters behind the sentence that may tell of the rest

/// Parts listed behind 其中 and the like, and results against the batch they came of.
class PartCheck {
public:
  explicit PartCheck(Case &report) : case_(report) {}

  void read() {
    for (std::size_t i = 0; i < figures().size(); ++i) {
      if (!exact_amount(figures()[i]) || planned(figures()[i])) continue;
      listed(i);
      result(i);
    }
  }

private:
  const std::vector<Figure> &figures() const { return case_.report.figures; }
  bool planned(const Figure &figure) const {
    return case_.structure().content_at(figure.span.start) == Content::NextYear;
  }
  std::u32string_view between(std::size_t from, std::size_t to) const {
    return case_.text().view({from, std::max(from, to)});
  }
  bool says(std::u32string_view words, std::string_view list) const {
    return case_.lexicon.words(list).find(words) != words.npos;
  }

  /// 42件，其中邻里纠纷20件、土地纠纷11件.
  void listed(std::size_t i) {
    const auto &total = figures()[i];
    if (i + 1 >= figures().size()) return;
    auto gap = between(total.span.end, figures()[i + 1].span.start);
    bool of_which = says(gap, "arithmetic.of_which");
    bool complete = says(gap, "arithmetic.complete") && !of_which;
    if (!of_which && !complete) return;
    if (figures()[i + 1].sentence != total.sentence) return;
    auto segment = segment_of(case_, figures()[i + 1]);
    Decimal sum;
    std::string names;
    std::size_t parts = 0;
    bool rest_told = false;
    bool commas = false; ///< the parts are set apart by commas
    for (auto k = i + 1; k < figures().size(); ++k) {
      const auto &part = figures()[k];
      if (!segment.holds(part.span)) break;
      if (part.unit != total.unit) {
        if (part.kind == FigureKind::Rate) continue;
        break; // what comes now is another thing
      }
      if (!exact_amount(part)) return;
      auto words = between(figures()[k - 1].span.end, part.span.start);
      // 其中涉企12件，化解11件: a result of the same matters, no further part
      if (parts > 0 && (says(words, "arithmetic.part") || says(words, "arithmetic.again"))) break;
      if (parts > 0 && (words.size() > 24 || begins_deed(words))) break;
      // …件，其中合同40件、租赁18件，出具法律意见书21份: the list ended at the comma
      bool comma = words.find(U'，') != words.npos;
      if (parts > 1 && comma && !commas) break;
      commas = commas || (parts > 0 && comma);
      sum = Decimal::from_millionths(sum.millionths() + part.value.millionths());
      names += (names.empty() ? "" : "、") + part.object + case_.text().utf8(part.span);
      ++parts;
      if (sum == total.value) return; // whole: what follows is another thing
      if (part.object.find(rest_word()) != part.object.npos) rest_told = true;
    }
    if (parts == 0) return;
    for (std::size_t k = 0; k < i;
         ++k) // the total may stand before a result: 排查312起，化解305起，其中…
      if (figures()[k].sentence == total.sentence && figures()[k].unit == total.unit &&
          figures()[k].value >= sum && exact_amount(figures()[k]))
        return;
    bool more = sum > total.value;
    bool less = sum < total.value && (complete || rest_told) && parts > 1;
    if (more && parts == 1) {
      const auto &part = figures()[i + 1];
      case_.findings.add("arithmetic.part_over_whole", part.span,
                         {{"part", part.object},
                          {"part_value", amount_words(part)},
                          {"whole", total.object},
                          {"whole_value", amount_words(total)}});
      return;
    }
    if (more || less)
      case_.findings.add("arithmetic.part_sum", total.span,
                         {{"parts", names},
                          {"sum", sum.text()},
                          {"unit", total.unit},
                          {"total", total.value.text()}});
  }
  const std::string &rest_word() const {
    static const std::string none = "\n";
    const auto &word = case_.lexicon.pair("arithmetic.rest", "word");
    return word.empty() ? none : word;
  }

  /// 排查219件，化解216件.
  void result(std::size_t i) {
    const auto &whole = figures()[i];
    auto clause = before_number(whole);
    if (!says(clause, "arithmetic.whole")) return;
    // of which so many were found by screening: a part itself
    bool part_itself =
        i > 0 && figures()[i - 1].sentence == whole.sentence && says(clause, "arithmetic.of_which");
    if (ends_with_part(clause) || part_itself) return;
    auto segment = segment_of(case_, whole);
    for (auto k = i + 1; k < figures().size() && segment.holds(figures()[k].span); ++k) {
      const auto &part = figures()[k];
      if (part.clause == whole.clause && says(clause, "arithmetic.complete")) return;
      if (part.kind == FigureKind::Rate || part.kind == FigureKind::Coverage) continue;
      if (!same_family(part.unit, whole.unit, case_.lexicon)) return; // another thing begins
      auto words = between(figures()[k - 1].span.end, part.span.start);
      if (says(words, "arithmetic.of_which")) continue; // （其中排查发现194件）
      if (!exact_amount(part)) return;
      if (!ends_with_part(before_number(part)) || says(words, "arithmetic.again")) return;
      if (!same_thing(whole, part)) return;
      judge(whole, part, segment);
      return;
    }
  }

  /// The words of its clause that stand before a figure, behind the figure before it.
  std::u32string_view before_number(const Figure &figure) const {
    auto start = figure.clause.start;
    for (const auto &other : figures())
      if (other.span.end <= figure.span.start && other.span.end > start) start = other.span.end;
    return between(start, figure.span.start);
  }
  bool ends_with_part(std::u32string_view words) const {
    std::size_t n = 0;
    auto at = case_.lexicon.words("arithmetic.part").find(words, 0, &n);
    return at != words.npos;
  }
  /// The result names nothing else than what the batch is made of.
  bool same_thing(const Figure &whole, const Figure &part) const {
    if (part.object.empty() || part.object == whole.object) return true;
    auto a = text::decode(whole.object);
    auto b = text::decode(part.object);
    for (std::size_t i = 0; i + 2 <= b.size(); ++i)
      if (a.find(b.substr(i, 2)) != a.npos) return true;
    return only_deeds(b);
  }

  /// …项，上收县级部门事项41项: behind the comma another thing is told.
  bool begins_deed(std::u32string_view words) const {
    auto comma = words.rfind(U'，');
    return comma != words.npos && case_.lexicon.words("figures.verb").at(words, comma + 1) > 0;
  }

  /// 督促整改: nothing but what was done.
  bool only_deeds(std::u32string_view words) const {
    while (!words.empty()) {
      auto n = std::max(case_.lexicon.words("figures.verb").at(words, 0),
                        case_.lexicon.words("figures.no_object").at(words, 0));
      if (n == 0) return false;
      words.remove_prefix(n);
    }
    return true;
  }

  void judge(const Figure &whole, const Figure &part, Span segment) {
    auto name = [&](const Figure &figure) {
      return figure.object.empty() || figure.object.starts_with(figure.verb)
                 ? figure.verb.empty() ? figure.object : figure.verb
                 : figure.verb + figure.object;
    };
    if (part.value > whole.value) {
      case_.findings.add("arithmetic.part_over_whole", part.span,
                         {{"part", name(part)},
                          {"part_value", amount_words(part)},
                          {"whole", name(whole)},
                          {"whole_value", amount_words(whole)}});
      return;
    }
    if (part.value == whole.value) return;
    const auto *rule = case_.findings.rule("arithmetic.rest_unaccounted");
    if (!rule) return;
    auto paragraph = case_.text().paragraphs()[part.paragraph];
    auto rest = case_.text().utf8({whole.span.start, std::min(paragraph.end, segment.end + kRest)});
    for (const auto &word : rule->list("told"))
      if (rest.find(word) != rest.npos) return;
    auto left = Decimal::from_millionths(whole.value.millionths() - part.value.millionths());
    case_.findings.add(rule->id, part.span,
                       {{"part", name(part)},
                        {"part_value", amount_words(part)},
                        {"whole", name(whole)},
                        {"whole_value", amount_words(whole)},
                        {"rest", left.text() + part.unit}});
  }

  Case &case_;
};

} // namespace

void check_parts(Case &report) { PartCheck(report).read(); }

} // namespace yifa::reading
