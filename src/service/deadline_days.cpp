#include "service/deadline_days.h"

#include "procedure/law_words.h"

#include <algorithm>

namespace yifa::service {
namespace {

const procedure::NamedDay *limit_day_in(const std::vector<procedure::NamedDay> &days, Date day) {
  const auto found = std::find_if(days.begin(), days.end(),
                                  [&](const procedure::NamedDay &each) { return each.day == day; });
  return found == days.end() ? nullptr : &*found;
}

} // namespace

std::string_view to_string(LimitDay::Kind kind) {
  switch (kind) {
  case LimitDay::Kind::Start:
    return "start";
  case LimitDay::Kind::Counted:
    return "counted";
  case LimitDay::Kind::Off:
    return "off";
  case LimitDay::Kind::MadeUp:
    return "made_up";
  case LimitDay::Kind::Due:
    break;
  }
  return "due";
}

std::vector<LimitDay> days_of(const catalog::Deadline &rule,
                              const procedure::Reckoning &reckoning) {
  std::vector<LimitDay> out{{reckoning.from, LimitDay::Kind::Start, 0, {}}};
  const int step = reckoning.due < reckoning.from ? -1 : 1;
  const std::int64_t length = (reckoning.due.days() - reckoning.from.days()) * step;
  const bool dated = rule.kind == catalog::Deadline::Kind::By;
  std::int64_t n = 0;
  if (!dated && length <= kMostLimitDays)
    for (Date day = reckoning.from.plus_days(step); (reckoning.due.days() - day.days()) * step > 0;
         day = day.plus_days(step)) {
      if (const auto *off = limit_day_in(reckoning.skipped, day)) {
        out.push_back({day, LimitDay::Kind::Off, 0, off->why});
      } else if (const auto *made_up = limit_day_in(reckoning.made_up, day)) {
        out.push_back({day, LimitDay::Kind::MadeUp, ++n, made_up->why});
      } else {
        out.push_back({day, LimitDay::Kind::Counted, ++n, {}});
      }
    }
  if (length > 0) {
    LimitDay due{reckoning.due, LimitDay::Kind::Due, 0, {}};
    if (!dated && length <= kMostLimitDays) due.n = n + 1;
    if (const auto *made_up = limit_day_in(reckoning.made_up, reckoning.due))
      due.why = made_up->why;
    out.push_back(std::move(due));
  }
  if (step < 0) std::reverse(out.begin(), out.end());
  return out;
}

Result<DeadlineDays> deadline_days(Environment &environment, const DeadlineRequest &request) {
  const auto &catalog = *environment.catalog;
  DeadlineDays out;
  out.rule = TRY(procedure::find_rule(catalog, request.rule, request.from));
  out.what = procedure::LawWords(catalog, *out.rule.type).limit(*out.rule.deadline);
  procedure::ReckonInput input;
  input.from = request.from;
  input.estimate = true;
  out.reckoning = TRY(procedure::reckon(*out.rule.deadline, input, procedure::Calendar(catalog)));
  out.days = days_of(*out.rule.deadline, out.reckoning);
  if (request.on) out.days_left = out.reckoning.due.days() - request.on->days();
  return out;
}

} // namespace yifa::service
