#include "base/text.h"
#include "reading/time_context.h"

#include <algorithm>
#include <cstdlib>

namespace yifa::reading {

namespace {

constexpr std::size_t kEventsNear = 4; // characters before a word that may make it another thing

class EventReading {
public:
  EventReading(Case &report, const ReportDay &day)
      : case_(report), day_(day), all_(report.text().all()) {}

  void read() {
    sessions();
    for (const auto &[word, since] : case_.lexicon.pairs("time.events")) event(word, since);
    for (const auto &[word, year] : case_.lexicon.pairs("time.gone_by")) gone_by(word, year);
    newest_congress();
  }

private:
  void not_yet(Span span, const std::string &name, Date held) {
    if (held <= day_.last) return;
    case_.findings.add(
        "time.event_early", span,
        {{"name", name}, {"day", held.chinese()}, {"year", std::to_string(day_.year)}});
  }

  /// 二十届二中、三中全会: each session against its day.
  void sessions() {
    const auto &terms = case_.lexicon.words("time.terms");
    const auto &numbers = case_.lexicon.words("time.session_numbers");
    const auto &joins = case_.lexicon.words("time.session_joins");
    std::size_t length = 0;
    for (auto at = terms.find(all_, 0, &length); at != all_.npos;
         at = terms.find(all_, at + length, &length)) {
      if (!in_running_text(case_, at)) continue;
      const auto term = case_.text().utf8({at, at + length});
      for (auto i = at + length;;) {
        while (auto n = joins.at(all_, i)) i += n;
        auto n = numbers.at(all_, i);
        if (!n) break;
        const Span span{i, i + n};
        const auto name = term + case_.text().utf8(span);
        auto held = Date::parse(case_.lexicon.pair("time.sessions", name));
        if (held) not_yet({at, span.end}, name, *held);
        i = span.end;
      }
    }
  }

  void event(const std::string &word, const std::string &since) {
    auto held = Date::parse(since);
    if (!held || *held <= day_.last) return;
    auto at = all_.find(text::decode(word));
    if (at == all_.npos || !in_running_text(case_, at)) return;
    not_yet({at, at + text::length(word)}, word, *held);
  }

  /// What belongs to years gone by: the first place where it is told as of this year.
  void gone_by(const std::string &word, const std::string &year) {
    if (day_.year < std::atoi(year.c_str())) return;
    const auto wanted = text::decode(word);
    for (auto at = all_.find(wanted); at != all_.npos; at = all_.find(wanted, at + 1)) {
      const Span span{at, at + wanted.size()};
      if (!in_running_text(case_, at) || within_brackets(case_.text(), at, U'《', U'》')) continue;
      const auto line = case_.text().paragraphs()[case_.text().paragraph_at(at)];
      Span before{std::max(line.start, at - std::min(at, kEventsNear)), at};
      Span after{span.end, std::min(line.end, span.end + kEventsNear)};
      if (span_has(case_, before, "time.other_plague") || span_has(case_, after, "time.after_all"))
        continue;
      case_.findings.add("time.stale_event", span,
                         {{"word", word}, {"year", std::to_string(day_.year)}});
      return;
    }
  }

  /// The last congress but one is the newest that is named.
  void newest_congress() {
    for (const auto &[old, since] : case_.lexicon.pairs("time.congress_before")) {
      if (day_.year < std::atoi(since.c_str())) continue;
      auto at = all_.find(text::decode(old));
      if (at == all_.npos || !in_running_text(case_, at)) continue;
      if (within_brackets(case_.text(), at, U'《', U'》')) continue;
      if (case_.lexicon.words("time.congress_now").find(all_) != all_.npos) return;
      if (span_has(case_, clause_around(case_.text(), at), "time.since")) continue;
      case_.findings.add("time.stale_congress", {at, at + text::length(old)},
                         {{"word", old}, {"year", std::to_string(day_.year)}});
      return;
    }
  }

  Case &case_;
  const ReportDay &day_;
  const std::u32string &all_;
};

} // namespace

void check_events(Case &report, const ReportDay &day) { EventReading(report, day).read(); }

} // namespace yifa::reading
