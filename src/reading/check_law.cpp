#include "base/text.h"
#include "reading/law_table.h"
#include "reading/numeral.h"
#include "reading/place.h"
#include "reading/time_context.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::reading {
namespace {

constexpr std::size_t kLongestTitle = 90;
constexpr std::size_t kArticleLength = 16; // 第一千二百六十条 and more
constexpr std::size_t kNearHere = 6;       // characters about a title that may call it former
/// A name this short differs by one character from too many others.
constexpr std::size_t kShortestMisspelt = 5;
constexpr std::size_t kShortestOther = 8;
constexpr std::size_t kShortestTwice = 6;
constexpr std::size_t kShortestNear = 4;

/// 2021—2025年 at `at`, whatever the dash, with or without a first 年.
std::optional<std::pair<int, int>> read_years(std::u32string_view text, std::size_t at,
                                              std::size_t *end = nullptr) {
  auto four = [&](std::size_t &i) -> int {
    int year = 0;
    for (int k = 0; k < 4; ++k, ++i) {
      if (i >= text.size() || digit_value(text[i]) < 0) return 0;
      year = year * 10 + digit_value(text[i]);
    }
    return year >= 1949 && year < 2100 ? year : 0;
  };
  auto i = at;
  auto first = four(i);
  if (!first) return std::nullopt;
  auto mark = i;
  auto gap = [](char32_t c) {
    return c == U'年' || c == U' ' || c == U'-' || c == U'—' || c == U'－' || c == U'–' ||
           c == U'―' || c == U'~' || c == U'～' || c == U'至' || c == U'到' || c == U'一' ||
           c == U'─' || c == U'−' || c == U'‑';
  };
  while (i < text.size() && i < mark + 6 && gap(text[i])) ++i;
  auto last = four(i);
  if (!last || last < first) return std::nullopt;
  if (i < text.size() && digit_value(text[i]) >= 0) return std::nullopt;
  if (end) *end = i;
  return std::pair(first, last);
}

/// Years in a bracket of the text: （2021—2025年）.
std::optional<std::pair<int, int>> years_in_bracket(std::u32string_view text, std::size_t from,
                                                    std::size_t to) {
  for (auto i = from; i < to && i < text.size(); ++i)
    if ((text[i] == U'（' || text[i] == U'(') && i + 1 < text.size())
      if (auto years = read_years(text, i + 1)) return years;
  return std::nullopt;
}

class LawReading {
public:
  LawReading(Case &report, const LawTable &table, const ReportDay &day)
      : case_(report), table_(table), day_(day), all_(report.text().all()) {}

  void read() {
    for (auto open = all_.find(U'《'); open != all_.npos; open = all_.find(U'《', open + 1))
      if (in_running_text(case_, open)) titled(open);
    bare_names();
    bare_articles();
    campaigns();
  }

private:
  std::string utf8(Span span) const { return case_.text().utf8(span); }
  bool near_word(Span span, std::string_view list) const {
    const auto line = case_.text().paragraphs()[case_.text().paragraph_at(span.start)];
    Span before{std::max(line.start, span.start - std::min(span.start, kNearHere)), span.start};
    Span after{span.end, std::min(line.end, span.end + kNearHere)};
    return span_has(case_, before, list) || span_has(case_, after, list);
  }

  void titled(std::size_t open) {
    std::size_t depth = 0;
    auto close = open;
    for (; close < all_.size() && all_[close] != U'\n' && close - open < kLongestTitle; ++close) {
      if (all_[close] == U'《') ++depth;
      if (all_[close] == U'》' && --depth == 0) break;
    }
    if (close >= all_.size() || all_[close] != U'》' || close < open + 2) return;
    const Span whole{open, close + 1};
    const auto title = case_.text().view({open + 1, close});
    auto laws = table_.find(title);
    if (laws.empty()) {
      unknown(whole, title);
      return;
    }
    if (laws.front()->last_year) {
      plan(whole, laws, years_in_bracket(all_, open, std::min(all_.size(), close + 2)));
      return;
    }
    ended(whole, *laws.front());
    early(whole, *laws.front());
    articles(*laws.front(), close + 1);
  }

  /// A title in no table: misspelt if it is all but one that is.
  void unknown(Span span, std::u32string_view title) {
    const auto plain = table_.plain(title);
    const bool statute = table_.like_statute(title);
    const bool whole = table_.whole_title(title);
    std::size_t most = 0;
    if (whole || (statute && plain.size() >= kShortestTwice))
      most = 2;
    else if (plain.size() >= (statute ? kShortestMisspelt : kShortestOther))
      most = 1;
    std::size_t distance = 0;
    const auto *near = most ? table_.nearest(title, most, &distance) : nullptr;
    // One character off in a name of three is another law (审计法, 统计法), unless its order is.
    if (near && plain.size() < kShortestNear && !same_characters(plain, text::decode(near->name)))
      near = nullptr;
    if (near) {
      auto *found =
          case_.findings.add("time.law_unknown", span,
                             {{"title", utf8({span.start + 1, span.end - 1})},
                              {"near", plain.size() == title.size() ? near->name : near->full}});
      // Two characters off without 中华人民共和国 may be how people shorten a title.
      if (found && distance > 1 && !whole) found->severity = Severity::Note;
    } else if (whole && statute) {
      case_.findings.add("time.law_unlisted", span,
                         {{"title", utf8({span.start + 1, span.end - 1})}});
    }
  }

  void ended(Span span, const Law &law) {
    if (law.end == Law::End::None || law.ended > day_.start) return;
    if (near_word(span, "time.former")) return;
    const char *rule = law.end == Law::End::Repealed  ? "time.law_repealed"
                       : law.end == Law::End::Renamed ? "time.law_renamed"
                                                      : "time.plan_superseded";
    case_.findings.add(rule, span,
                       {{"title", law.name},
                        {"day", law.ended.chinese()},
                        {"by", law.by},
                        {"year", std::to_string(day_.year)}});
  }

  void early(Span span, const Law &law) {
    if (!law.since || *law.since <= day_.last) return;
    if (near_word(span, "time.draft") || span_has(case_, span, "time.draft")) return;
    case_.findings.add(
        "time.law_early", span,
        {{"title", law.name}, {"day", law.since->chinese()}, {"year", std::to_string(day_.year)}});
  }

  /// 第八十六条、第九十条 behind a title.
  void articles(const Law &law, std::size_t at) {
    if (law.editions.empty()) return;
    auto edition = law.longest(day_.start, day_.at);
    if (!edition) return;
    if (at < all_.size() && (all_[at] == U'（' || all_[at] == U'(')) {
      auto close = all_.find_first_of(U"）)", at);
      if (close != all_.npos && close - at < kLongestTitle) at = close + 1;
    }
    for (;;) {
      while (at < all_.size() &&
             (all_[at] == U' ' || all_[at] == U'、' || all_[at] == U'和' || all_[at] == U'及' ||
              all_[at] == U'至' || all_[at] == U'的' || all_[at] == U'，'))
        ++at;
      if (at >= all_.size() || all_[at] != U'第') return;
      auto number = numeral_at(all_, at + 1);
      if (!number || number->length > kArticleLength) return;
      auto end = at + 1 + number->length;
      if (end >= all_.size() || all_[end] != U'条') return;
      const Span span{at, end + 1};
      const auto value = number->value.millionths() / 1'000'000;
      if (value > edition->articles || value < 1)
        case_.findings.add("time.law_article", span,
                           {{"title", law.name},
                            {"day", edition->from.chinese()},
                            {"count", std::to_string(edition->articles)},
                            {"article", utf8(span)}});
      at = end + 1;
    }
  }

  bool in_title(std::size_t at) const { return within_brackets(case_.text(), at, U'《', U'》'); }

  /// Names without title marks: repealed laws in a list of laws, plans with their years.
  void bare_names() {
    std::size_t length = 0;
    for (auto at = table_.fading().find(all_, 0, &length); at != all_.npos;
         at = table_.fading().find(all_, at + 1, &length)) {
      const Span span{at, at + length};
      if (!in_running_text(case_, at) || in_title(at) || !bare_begins(at)) continue;
      const auto laws = table_.find(case_.text().view(span));
      if (laws.empty()) continue;
      if (laws.front()->last_year) {
        if (span.end < all_.size() && (all_[span.end] == U'（' || all_[span.end] == U'('))
          if (auto years = read_years(all_, span.end + 1)) plan(span, laws, years);
      } else if (bare_ends(span.end)) {
        ended(span, *laws.front());
      }
    }
  }

  /// 民法典第一千二百五十四条
  void bare_articles() {
    for (auto at = all_.find(U'第'); at != all_.npos; at = all_.find(U'第', at + 1)) {
      if (at == 0 || all_[at - 1] == U'》' || !in_running_text(case_, at)) continue;
      auto n = table_.names().before(all_, at);
      if (!n || in_title(at)) continue;
      auto laws = table_.find(std::u32string_view(all_).substr(at - n, n));
      if (!laws.empty()) articles(*laws.front(), at);
    }
  }

  bool bare_begins(std::size_t at) const {
    if (at == 0 || !text::is_han(all_[at - 1])) return true;
    return case_.lexicon.words("time.before_law").before(all_, at) > 0;
  }
  bool bare_ends(std::size_t end) const {
    if (end >= all_.size() || !text::is_han(all_[end])) return true;
    return case_.lexicon.words("time.after_law").at(all_, end) > 0;
  }

  void plan(Span span, const std::vector<const Law *> &laws,
            std::optional<std::pair<int, int>> years) {
    const Law *meant = nullptr;
    for (const auto *law : laws) {
      if (law->last_year == 0) continue;
      if (years ? years->first == law->first_year && years->second == law->last_year
                : !meant || law->last_year > meant->last_year)
        meant = law;
    }
    if (!meant) {
      std::vector<std::string> right;
      for (const auto *law : laws)
        if (law->last_year) right.push_back(fmt::format("{}—{}", law->first_year, law->last_year));
      case_.findings.add("time.plan_period", span,
                         {{"title", laws.front()->name},
                          {"years", fmt::format("{}—{}", years->first, years->second)},
                          {"right", text::join(right, "/")}});
      return;
    }
    over(span, meant->name, meant->first_year, meant->last_year);
    early(span, *meant);
  }

  /// A plan whose years are past is named as if it ran.
  void over(Span span, const std::string &name, int first, int last) {
    if (last >= day_.year) return;
    if (near_word(span, "time.former") ||
        span_has(case_, sentence_around(case_, span.start), "time.plan_done"))
      return;
    auto *found = case_.findings.add("time.plan_over", span,
                                     {{"title", name},
                                      {"years", fmt::format("{}—{}", first, last)},
                                      {"year", std::to_string(day_.year)}});
    if (found && last == day_.year - 1) found->severity = Severity::Note;
  }

  /// “七五”普法, with or without years behind it.
  void campaigns() {
    const auto &subject = case_.lexicon.words("time.campaign");
    for (auto at = subject.find(all_); at != all_.npos; at = subject.find(all_, at + 1)) {
      auto end = at;
      while (end > 0 && (all_[end - 1] == U'”' || all_[end - 1] == U'"' || all_[end - 1] == U'’'))
        --end;
      if (!in_running_text(case_, at)) continue;
      for (const auto &one : table_.campaigns()) {
        if (end < one.name.size() ||
            std::u32string_view(all_).substr(end - one.name.size(), one.name.size()) != one.name)
          continue;
        campaign(one, {end - one.name.size(), at + subject.at(all_, at)});
      }
    }
  }
  void campaign(const Campaign &one, Span span) {
    const auto line = case_.text().paragraphs()[case_.text().paragraph_at(span.start)];
    const auto title = text::encode(table_.plain(case_.text().view(span)));
    if (span.start > line.start && all_[span.start - 1] == U'“') --span.start;
    auto end = std::min(line.end, span.end + kNearHere);
    auto years = years_in_bracket(std::u32string_view(all_).substr(0, line.end), span.end, end);
    if (years && (years->first != one.first_year || years->second != one.last_year)) {
      case_.findings.add("time.plan_period", span,
                         {{"title", title},
                          {"years", fmt::format("{}—{}", years->first, years->second)},
                          {"right", fmt::format("{}—{}", one.first_year, one.last_year)}});
      return;
    }
    over(span, title, one.first_year, one.last_year);
  }

  Case &case_;
  const LawTable &table_;
  const ReportDay &day_;
  const std::u32string &all_;
};

} // namespace

void check_laws(Case &report, const LawTable &table) {
  auto day = read_report_day(report);
  if (!day || table.laws().empty()) return;
  LawReading(report, table, *day).read();
}

} // namespace yifa::reading
