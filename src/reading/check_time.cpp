#include "reading/check.h"

#include "reading/place.h"
#include "reading/year_mention.h"

#include <algorithm>
#include <map>

namespace yifa::reading {

namespace {

/// So many passages of another year, and none of its own, and it is the title that is wrong.
constexpr int kPassagesAgainstTitle = 3;
/// Months of the following year in which reports are written and signed.
constexpr int kMonthsAfter = 6;
constexpr std::size_t kLeadStart = 2;
constexpr std::size_t kQualified = 12; // characters behind a year that may be part of its name

class YearReading {
public:
  YearReading(Case &report, const ReportDay &day)
      : case_(report), mentions_(year_mentions(report)), year_(day.year) {}

  void read() {
    title_against_text();
    for (const auto &mention : mentions_) {
      if (told(mention) || mention.aside || mention.in_row) continue;
      if (mention.content == Content::NextYear)
        plan(mention);
      else
        done(mention);
    }
    signed_day();
  }

private:
  bool has(Span span, std::string_view list) const { return span_has(case_, span, list); }
  bool told(const YearMention &mention) const {
    return std::find(told_.begin(), told_.end(), mention.span.start) != told_.end();
  }
  bool own(int year) const { return year == year_ || year == lead_year_; }

  void say(std::string_view rule, const YearMention &mention, Severity severity) {
    auto *found = case_.findings.add(rule, mention.span,
                                     {{"said", std::to_string(mention.year)},
                                      {"year", std::to_string(year_)},
                                      {"next", std::to_string(year_ + 1)}});
    if (found && severity > found->severity) found->severity = severity;
  }

  /// Title and lead must speak of one year; where the whole text speaks of another one than the
  /// title, it is said once.
  void title_against_text() {
    const auto title = case_.structure().title;
    if (title.empty()) return;
    auto name = find_year(case_.text().view(title));
    if (!name) return;
    std::map<int, int> plain, any;
    for (const auto &one : mentions_) {
      if (one.aside || one.in_row || one.compared) continue;
      if (one.content == Content::NextYear) continue;
      ++any[one.year];
      if (one.opens) ++plain[one.year];
    }
    if (const auto *lead = lead_mention(); lead && lead->year != name->year) {
      auto *found = case_.findings.add(
          "time.lead_year", lead->span,
          {{"title", std::to_string(name->year)}, {"said", std::to_string(lead->year)}});
      if (found && case_.lexicon.words("time.since").at(case_.text().all(), lead->span.end))
        found->severity = Severity::Warning;
      told_.push_back(lead->span.start);
      if (name->year != year_) return;
      lead_year_ = lead->year;
      if (any[lead->year] <= 1) lead_year_ = year_;
      if (any[year_] == 0 && any[lead->year] > 1) std::swap(year_, lead_year_);
      return;
    }
    if (any[name->year] > 0 || name->year != year_) return;
    for (const auto &[year, times] : plain)
      if (times >= kPassagesAgainstTitle) {
        case_.findings.add("time.lead_year",
                           {title.start + name->span.start, title.start + name->span.end},
                           {{"title", std::to_string(name->year)}, {"said", std::to_string(year)}});
        year_ = year;
        return;
      }
  }

  /// The year the lead says the report is of: its first words, or 现将…报告如下.
  const YearMention *lead_mention() const {
    const auto lead = case_.structure().lead;
    const YearMention *opening = nullptr;
    for (const auto &one : mentions_) {
      if (!lead.holds(one.span.start)) continue;
      if (one.aside || one.in_row || one.compared) continue;
      if (has({one.span.end, one.clause.end}, "time.reported_as_follows")) return &one;
      bool first = one.opens && one.clause.start <= lead.start + kLeadStart;
      bool spans = one.year < year_ - 1 && since(one);
      if (first && !spans) opening = &one;
    }
    return opening;
  }
  bool since(const YearMention &mention) const {
    return case_.lexicon.words("time.since").at(case_.text().all(), mention.span.end) > 0;
  }

  /// A year in what was done, in duties, in shortcomings.
  void done(const YearMention &mention) {
    if (own(mention.year) || mention.compared) return;
    if (mention.year > year_)
      ahead(mention);
    else
      behind(mention);
  }

  void ahead(const YearMention &mention) {
    const Span from_clause{mention.clause.start, mention.says.end};
    if (mention.year == year_ + 1 && mention.month && mention.month <= kMonthsAfter) return;
    if (has(from_clause, "time.plan_words")) return;
    if (mention.content == Content::Shortcomings && mention.year == year_ + 1) return;
    if (mention.year > year_ + 1 && has(from_clause, "time.far_words")) return;
    say("time.other_year", mention, mention.opens ? Severity::Warning : Severity::Note);
  }

  void behind(const YearMention &mention) {
    const Span from_clause{mention.clause.start, mention.says.end};
    if (since(mention)) {
      // 2022年以来 in a report of 2024 spans years; with the year before it is the old text.
      if (mention.year < year_ - 1 || !mention.opens || has(mention.sentence, "time.spanning"))
        return;
      say("time.other_year", mention, Severity::Warning);
      return;
    }
    if (has(from_clause, "time.history")) return;
    if (mention.month == 12 && mention.year == year_ - 1) return;
    if (mention.opens && !qualifies(mention)) {
      if (mention.year < year_ - 1 && mention.month) {
        say("time.other_year", mention, Severity::Note);
        return;
      }
      say("time.other_year", mention, Severity::Warning);
      return;
    }
    if (has(from_clause, "time.looking_back")) return;
    bool doing = case_.lexicon.words("time.doing").before(case_.text().all(), mention.span.start);
    say("time.other_year", mention, doing ? Severity::Warning : Severity::Note);
  }

  /// 2022年度法治督察反馈的问题: no time at which something was done, but a part of a name.
  bool qualifies(const YearMention &mention) const {
    if (mention.says.start != mention.span.end) return false;
    if (case_.lexicon.words("time.acting").at(case_.text().all(), mention.span.end)) return false;
    return has({mention.span.end, std::min(mention.says.end, mention.span.end + kQualified)},
               "time.looking_back");
  }

  /// A year in next year's plans.
  void plan(const YearMention &mention) {
    if (mention.year == year_ + 1 || mention.compared) return;
    if (mention.heading) {
      plan_heading(mention);
      return;
    }
    const Span from_clause{mention.clause.start, mention.says.end};
    if (mention.year > year_ + 1) {
      if (!has(from_clause, "time.far_words")) say("time.plan_year", mention, Severity::Warning);
      return;
    }
    if (since(mention) || has(from_clause, "time.history")) return;
    const bool looks_back = has(mention.sentence, "time.plan_looks_back");
    if (mention.opens &&
        (has(mention.says, "time.will") || (has(mention.sentence, "time.future") && !looks_back))) {
      say("time.plan_year", mention, Severity::Warning);
      return;
    }
    if (own(mention.year) || has(from_clause, "time.looking_back") ||
        has(from_clause, "time.plan_looks_back"))
      return;
    say("time.other_year", mention, mention.opens ? Severity::Warning : Severity::Note);
  }

  /// 四、2024年工作计划, but not 2023年存在的问题和下一步打算.
  void plan_heading(const YearMention &mention) {
    const auto &all = case_.text().all();
    auto end = mention.span.end;
    const auto &joins = case_.lexicon.words("time.heading_join");
    while (end < mention.sentence.end && !joins.at(all, end)) ++end;
    const Span part{mention.span.end, end};
    if (has(part, "time.heading_back")) {
      if (!own(mention.year)) say("time.other_year", mention, Severity::Warning);
      return;
    }
    if (has(part, "time.heading_plan")) say("time.plan_year", mention, Severity::Warning);
  }

  /// A date of signature before the year reported on, or long after it.
  void signed_day() {
    const auto span = case_.structure().date;
    if (span.empty()) return;
    auto day = read_written_date(case_.text().view(span));
    if (!day || (day->year() >= year_ && day->year() <= year_ + 1)) return;
    case_.findings.add("time.signed_year", span,
                       {{"said", case_.text().utf8(span)}, {"year", std::to_string(year_)}});
  }

  Case &case_;
  std::vector<YearMention> mentions_;
  int year_;
  int lead_year_ = 0;
  std::vector<std::size_t> told_;
};

} // namespace

void check_time(Case &report) {
  auto day = read_report_day(report);
  if (!day) return;
  YearReading(report, *day).read();
  check_events(report, *day);
}

} // namespace yifa::reading
