#include "reading/check_substance.h"

#include "base/text.h"
#include "reading/numeral.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

/// 解答群众咨询110余件: persons are asked for, cases are given.
void check_units(Case &report) {
  if (report.findings.rule("substance.unit_odd") == nullptr) return;
  for (const auto &figure : report.report.figures) {
    if (figure.kind != FigureKind::Amount || figure.unit.empty()) continue;
    const auto clause = whole_clause(report.text(), figure.span.start);
    const auto before = report.text().utf8({clause.start, figure.span.start});
    const auto after = report.text().utf8({figure.span.end, clause.end});
    for (const auto &[noun, units] : report.lexicon.pairs("substance.usual_units")) {
      // The noun must be what is counted and not merely stand in the clause.
      if (!figure.object.ends_with(noun) && !before.ends_with(noun)) continue;
      if (!before.ends_with(noun) && !after.starts_with(noun) && before.find(noun) == before.npos)
        continue;
      const auto usual = text::split(units, ' ');
      if (std::find(usual.begin(), usual.end(), figure.unit) == usual.end())
        report.findings.add("substance.unit_odd", figure.span,
                            {{"noun", noun},
                             {"unit", figure.unit},
                             {"usual", usual.front()},
                             {"text", report.text().utf8(figure.span)}});
      break;
    }
  }
}

/// 18个村 here and 18个村（社区） there: the same number of two different things.
void check_scopes(Case &report) {
  if (report.findings.rule("substance.scope_differs") == nullptr) return;
  const std::u32string_view all = report.text().all();
  const auto &villages = report.lexicon.words("substance.scope_villages");
  const auto &mixed = report.lexicon.words("substance.scope_mixed");
  const auto &none = report.lexicon.words("substance.scope_not");
  const auto &measure = report.lexicon.words("substance.scope_measure");
  std::map<std::int64_t, std::vector<std::pair<Span, bool>>> places;
  const auto body = report.structure().body;
  for (auto at = body.start; at < body.end;) {
    const bool begins = digit_value(all[at]) >= 0 || is_han_numeral(all[at]);
    const auto numeral = begins ? numeral_at(all, at) : std::nullopt;
    if (!numeral || numeral->length == 0) {
      ++at;
      continue;
    }
    const auto start = at;
    at += numeral->length;
    const auto counted = measure.at(all, at);
    if (counted == 0) continue;
    const auto noun = at + counted;
    const auto both = mixed.at(all, noun);
    const auto only = both == 0 && !none.at(all, noun) ? villages.at(all, noun) : 0;
    if (both != 0 || only != 0)
      places[numeral->value.millionths()].emplace_back(Span{start, noun + both + only}, both != 0);
  }
  constexpr std::int64_t kFew = 3'000'000; // below that numbers agree by chance
  for (const auto &[value, list] : places) {
    if (value < kFew) continue;
    const auto other =
        std::find_if(list.begin(), list.end(), [&, first = list.front().second](const auto &one) {
          return one.second != first;
        });
    if (other == list.end()) continue;
    const auto first = list.front().first;
    if (auto *made = report.findings.add(
            "substance.scope_differs", other->first,
            {{"here", report.text().utf8(other->first)}, {"there", report.text().utf8(first)}}))
      made->elsewhere = Elsewhere{"", "", first, report.text().utf8(first)};
  }
}

/// “政法委员+法庭庭长+派出所所长+司法所长”“三长会商”: a name that counts and a list that has more.
class RoleCount {
public:
  explicit RoleCount(Case &report)
      : report_(report), all_(report.text().all()),
        heads_(report.lexicon.words("substance.role_heads")),
        open_(report.lexicon.words("substance.role_open")),
        and_(report.lexicon.words("substance.role_and")) {}

  void run() {
    const auto body = report_.structure().body;
    for (auto at = body.start; at < body.end; ++at) {
      if (all_[at] == U'“' || all_[at] == U'‘') plus_list(at);
      if (all_[at] == U'（' || all_[at] == U'(') bracket_list(at);
    }
  }

private:
  /// “A+B+C”“三员…”
  void plus_list(std::size_t open) {
    const auto close = find_close(open);
    if (close == 0) return;
    const auto inner = all_.substr(open + 1, close - open - 1);
    const auto count =
        1 + static_cast<int>(std::count_if(inner.begin(), inner.end(),
                                           [](char32_t c) { return c == U'+' || c == U'＋'; }));
    if (count < 3 || mentions_word(inner, open_)) return;
    auto next = close + 1; // 由“…+…”组成“三员”: a word may stand between
    constexpr std::size_t kBetween = 4;
    while (next < all_.size() && next <= close + kBetween && text::is_han(all_[next])) ++next;
    if (next >= all_.size() || (all_[next] != U'“' && all_[next] != U'‘')) return;
    const auto end = find_close(next);
    if (end == 0) return;
    compare(all_.substr(next + 1, end - next - 1), count, count, {open, end + 1});
  }

  /// “三员”（A、B、C）
  void bracket_list(std::size_t open) {
    if (open < 3 || (all_[open - 1] != U'”' && all_[open - 1] != U'’')) return;
    const auto close = all_.find(all_[open] == U'（' ? U'）' : U')', open);
    if (close == all_.npos || close - open > 80) return;
    const auto inner = all_.substr(open + 1, close - open - 1);
    for (const auto c : inner)
      if (c == U'，' || c == U'；' || c == U'。' || c == U'\n' || c == U'：') return;
    auto count = 1 + static_cast<int>(std::count(inner.begin(), inner.end(), U'、'));
    if (count < 2 || mentions_word(inner, open_)) return;
    const auto quote = all_.substr(0, open - 1).find_last_of(U"“‘\n");
    if (quote == all_.npos || all_[quote] == U'\n' || open - quote > 10) return;
    compare(all_.substr(quote + 1, open - 2 - quote), count,
            mentions_word(inner, and_) ? count + 1 : count, {quote, close + 1});
  }

  std::size_t find_close(std::size_t open) const {
    const auto mark = all_[open] == U'“' ? U'”' : U'’';
    const auto close = all_.find(mark, open);
    return close == all_.npos || close - open > 60 ? 0 : close;
  }

  /// Every number in the name may be the one meant, or all of them together: 三重一大 are four.
  void compare(std::u32string_view name, int count, int count_with_and, Span place) {
    std::set<int> meant;
    int sum = 0;
    for (std::size_t at = 0; at + 1 < name.size(); ++at) {
      const int value = name[at] == U'十' ? 10 : han_digit_value(name[at]);
      if (value < 1 || !heads_.at(name, at + 1)) continue;
      meant.insert(value);
      sum += value;
    }
    // A name must begin with its number; 一站式 and the like name no list.
    if (meant.empty() || han_digit_value(name[0]) < 2) return;
    meant.insert(sum);
    if (meant.count(count) > 0 || meant.count(count_with_and) > 0) return;
    report_.findings.add("substance.role_count", place,
                         {{"name", text::encode(name)},
                          {"wanted", fmt::format("{}", *meant.rbegin())},
                          {"count", fmt::format("{}", count)}});
  }

  Case &report_;
  std::u32string_view all_;
  const Words &heads_, &open_, &and_;
};

} // namespace

void check_scope(Case &report) {
  check_units(report);
  check_scopes(report);
  if (report.findings.rule("substance.role_count") != nullptr) RoleCount(report).run();
}

} // namespace yifa::reading
