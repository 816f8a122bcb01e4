#include "http/public_marks.h"

#include "procedure/law_words.h"

#include <algorithm>

namespace yifa::http {
namespace {

using service::LimitAhead;
using service::LimitDay;

/// A limit whose days go beyond is told in words only.
constexpr std::int64_t kMostCalendarDays = 100;

const char *day_class(LimitDay::Kind kind) {
  switch (kind) {
  case LimitDay::Kind::Start:
    return "start";
  case LimitDay::Kind::Counted:
    return "in";
  case LimitDay::Kind::Off:
    return "off";
  case LimitDay::Kind::MadeUp:
    return "work";
  case LimitDay::Kind::Due:
    break;
  }
  return "end";
}

void calendar_day(Page &page, const PublicSite &site, Date day, const LimitDay *known, Date today) {
  const std::string kind = known != nullptr ? day_class(known->kind) : "out";
  page.open("td", {{"class", day == today ? kind + " today" : kind}});
  page.element("span", day.day() == 1 || (known != nullptr && known->kind == LimitDay::Kind::Start)
                           ? std::to_string(day.month()) + "/" + std::to_string(day.day())
                           : std::to_string(day.day()));
  if (known != nullptr && known->n > 0) page.element("b", std::to_string(known->n));
  if (known != nullptr && known->kind == LimitDay::Kind::Off)
    page.element("u", site.word("cal.rest"));
  if (known != nullptr && known->kind == LimitDay::Kind::MadeUp)
    page.element("u", site.word("cal.made_up"));
  page.close();
}

void calendar(Page &page, const PublicSite &site, const LimitAhead &limit, Date today) {
  const auto &days = limit.days;
  if (days.size() < 3 || days.back().day.days() - days.front().day.days() > kMostCalendarDays)
    return;
  const auto first = days.front().day.plus_days(-days.front().day.weekday());
  const auto last = days.back().day.plus_days(6 - days.back().day.weekday());
  const Within table(page, "table", {{"class", "cal"}});
  page.element("caption", site.word("cal.label", {{"from", site.day(limit.from)},
                                                  {"due", site.day(limit.due)}}));
  page.open("thead").open("tr");
  for (int i = 1; i <= 7; ++i)
    page.element("th", site.word("cal.weekday." + std::to_string(i)), {{"scope", "col"}});
  page.close().close().open("tbody");
  for (auto day = first; day <= last; day = day.plus_days(1)) {
    if (day.weekday() == 0) page.open("tr");
    const auto known = std::find_if(days.begin(), days.end(),
                                    [&](const LimitDay &each) { return each.day == day; });
    calendar_day(page, site, day, known == days.end() ? nullptr : &*known, today);
    if (day.weekday() == 6) page.close();
  }
}

std::string limit_standing(const PublicSite &site, const LimitAhead &limit) {
  switch (limit.state) {
  case LimitAhead::State::Running:
    return limit.days_left == 0 ? site.word("limit.today")
                                : site.word("limit.left", {{"n", std::to_string(limit.days_left)}});
  case LimitAhead::State::Overdue:
    return site.word("limit.overdue", {{"n", std::to_string(-limit.days_left)}});
  case LimitAhead::State::Met:
    return site.word("limit.met", {{"day", site.day(limit.until.value_or(limit.due))}});
  case LimitAhead::State::Missed:
    return site.word("limit.missed", {{"day", site.day(limit.until.value_or(limit.due))}});
  case LimitAhead::State::Lapsed:
  case LimitAhead::State::Keeping:
    break;
  }
  return {};
}

} // namespace

void write_cells(Page &page, const PublicSite &site, const service::DayCells &cells) {
  if (cells.all() > kMostCells) return;
  const Within row(page, "div",
                   {{"class", cells.all() > 62 ? "days many" : "days"},
                    {"role", "img"},
                    {"aria-label", site.word("cells", {{"n", std::to_string(cells.past)},
                                                       {"left", left_in_words(site, cells)}})}});
  for (std::int64_t i = 0; i < cells.past; ++i) page.element("i", "", {{"class", "d"}});
  if (cells.today) page.element("i", "", {{"class", "t"}});
  for (std::int64_t i = 0; i < cells.left; ++i) page.element("i", "");
}

std::string left_in_words(const PublicSite &site, const service::DayCells &cells) {
  if (cells.left == 0) return site.word(cells.today ? "left.today" : "left.over");
  return site.word("left.days", {{"n", std::to_string(cells.left)}});
}

void write_law(Page &page, const PublicSite &site, const std::string &words,
               const std::string &source, const std::string &certainty) {
  const Within line(page, "p", {{"class", "law"}});
  page.text(words);
  page.element("span", source, {{"class", "dim"}});
  const bool read = certainty == "V";
  page.element("span",
               site.word(read                  ? "certainty.read"
                         : certainty == "V-ex" ? "certainty.local"
                                               : "certainty.open"),
               {{"class", read                  ? "cert"
                          : certainty == "V-ex" ? "cert half"
                                                : "cert open"}});
}

void write_comment_term(Page &page, PublicSite &site, const service::PublicDecision &decision) {
  const auto &type = site.shelf().edition(decision.record);
  const int kind = type.part_index("solicitation");
  if (kind < 0) return;
  const auto &part = type.parts[static_cast<std::size_t>(kind)];
  const procedure::LawWords words(site.catalog(), type);
  for (const auto &rule : part.deadlines)
    write_law(page, site, part.label.zh + words.limit(rule) + "。",
              rule.source.text() + words.binding(type.binding),
              std::string(catalog::to_string(rule.source.seen)));
}

void write_limit(Page &page, const PublicSite &site, const LimitAhead &limit, Date today) {
  const Within box(page, "section", {{"class", "limit"}});
  page.element("h2", limit.what);
  page.open("p").text(
      site.word("limit.term", {{"from", site.day(limit.from)}, {"due", site.day(limit.due)}}));
  const auto standing = limit_standing(site, limit);
  if (!standing.empty()) page.element("b", standing);
  page.close();
  if (limit.unextended)
    page.element("p", site.word("limit.extended", {{"day", site.day(*limit.unextended)}}),
                 {{"class", "sm sub"}});
  calendar(page, site, limit, today);
  write_law(page, site, "", limit.source, limit.certainty);
}

void write_line(Page &page, const std::string &words, const std::string &address,
                const std::string &remark) {
  const Within line(page, "li");
  if (address.empty())
    page.element("b", words);
  else
    page.element("a", words, {{"href", address}});
  page.element("span", remark);
}

} // namespace yifa::http
