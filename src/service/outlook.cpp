#include "service/outlook.h"

#include "catalog/show.h"
#include "procedure/steps.h"
#include "service/figures.h"
#include "service/personal.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Deadline;
using procedure::Verdict;

LimitAhead::State state_of(const procedure::Measured &limit, Date today) {
  using State = LimitAhead::State;
  if (limit.until) return limit.satisfied ? State::Met : State::Missed;
  const auto kind = limit.rule->kind;
  if (kind == Deadline::Kind::Lasts || kind == Deadline::Kind::NotBefore ||
      kind == Deadline::Kind::Keep)
    return State::Keeping;
  if (today <= limit.reckoning.due) return State::Running;
  return limit.rule->binds == "party" ? State::Lapsed : State::Overdue;
}

LimitAhead ahead(const catalog::RecordType &type, const procedure::Measured &limit, Date today) {
  LimitAhead out;
  out.rule = limit.rule->id;
  if (limit.part != nullptr) out.part = type.parts[static_cast<std::size_t>(limit.part->part)].id;
  out.says = catalog::deadline_text(*limit.rule);
  out.binds = limit.rule->binds;
  out.source = limit.rule->source.text();
  out.certainty = catalog::to_string(limit.rule->source.seen);
  out.from = limit.reckoning.from;
  out.due = limit.reckoning.due;
  out.unextended = limit.reckoning.unextended;
  out.until = limit.until;
  out.days_left = limit.reckoning.due.days() - today.days();
  out.state = state_of(limit, today);
  out.estimated = limit.reckoning.estimated;
  return out;
}

/// Whether a condition is about an entry that the step has yet to be given: it is judged then.
bool awaits(const catalog::Predicate &test, const std::vector<Problem> &missing) {
  return std::any_of(missing.begin(), missing.end(),
                     [&](const Problem &one) { return one.where == test.field.name; }) ||
         std::any_of(test.children.begin(), test.children.end(),
                     [&](const auto &child) { return awaits(child, missing); });
}

Result<StepAhead> step_ahead(const catalog::RecordType &type, const record::Record &record,
                             const catalog::Transition &step, const procedure::Facts &facts) {
  StepAhead out;
  out.step = &step;
  out.missing = procedure::missing(type, step, record, "-");
  for (const auto &verdict : TRY(procedure::judge(step.gates, {type, record, nullptr, -1, nullptr},
                                                  step.role, {}, facts))) {
    if (verdict.kind == Verdict::Kind::Refuses) out.forbidden.push_back(verdict.problem);
    if (verdict.kind == Verdict::Kind::Warns && !awaits(verdict.gate->test, out.missing))
      out.expected.push_back(verdict.problem);
    if (verdict.kind == Verdict::Kind::Exempt)
      out.exempt.push_back({"", fmt::format("{}: {}", verdict.gate->id, verdict.ground),
                            verdict.gate->source.text(), ""});
  }
  return out;
}

} // namespace

std::string_view to_string(LimitAhead::State state) {
  switch (state) {
  case LimitAhead::State::Running:
    return "running";
  case LimitAhead::State::Overdue:
    return "overdue";
  case LimitAhead::State::Met:
    return "met";
  case LimitAhead::State::Missed:
    return "missed";
  case LimitAhead::State::Lapsed:
    return "lapsed";
  case LimitAhead::State::Keeping:
    break;
  }
  return "waiting";
}

Result<Outlook> Outlooks::next(const std::string &id_or_number, const std::string &type,
                               const OrgCode &org, const Actor &actor) {
  auto shown = TRY(ledgers_.show(id_or_number, type, org, false, actor));
  Outlook out;
  out.record = std::move(shown.record);
  out.type = shown.type;
  out.done = TRY(ledgers_.history(out.record.id, actor));
  auto &env = ledgers_.environment();
  auto reader = TRY(env.store.read());
  Around around(env, *reader);
  const procedure::Calendar calendar(*env.catalog);
  // Whether something was handed in can be told without showing it.
  auto standing = out.record;
  if (!standing.personal.empty() && !standing.forgotten && env.master)
    TRY(fill(*out.type, TRY(unseal(env, *reader, standing)), standing));
  const auto facts = around.facts(calendar, standing);
  for (const auto *step : procedure::possible(*out.type, out.record))
    out.steps.push_back(TRY(step_ahead(*out.type, standing, *step, facts)));
  const auto *state = out.type->state(out.record.state);
  if (!out.record.withdrawn && (state == nullptr || !state->ends))
    for (const auto &part : out.type->parts)
      if (!part.absent) out.parts.push_back(&part);
  for (const auto &limit : procedure::limits_of(*out.type, standing, facts))
    out.limits.push_back(ahead(*out.type, limit, env.clock.today()));
  TRY(around.status());
  return out;
}

Result<std::vector<Due>> Outlooks::due(const OrgCode &scope, Date until, const Actor &actor) {
  TRY(permit_office(actor, scope));
  auto &env = ledgers_.environment();
  auto reader = TRY(env.store.read());
  const auto today = env.clock.today();
  const procedure::Calendar calendar(*env.catalog);
  std::vector<Due> found;
  for (const auto &id : env.catalog->type_ids()) {
    const auto *newest = env.catalog->type(id);
    const bool limited = !newest->deadlines.empty() ||
                         std::any_of(newest->parts.begin(), newest->parts.end(),
                                     [](const auto &part) { return !part.deadlines.empty(); });
    if (!limited) continue;
    record::Query query;
    query.type = id;
    query.scope = scope;
    for (const auto &state : newest->states)
      if (!state.ends) query.states.push_back(state.id);
    TRY(reader->scan(query, [&](record::Record &&record) -> Status {
      const auto &type = edition_of(*env.catalog, record);
      Around around(env, *reader);
      for (const auto &limit : procedure::limits_of(type, record, around.facts(calendar, record))) {
        auto one = ahead(type, limit, today);
        const bool waits =
            one.state == LimitAhead::State::Running || one.state == LimitAhead::State::Overdue;
        if (waits && one.due <= until) found.push_back({record, &type, std::move(one)});
      }
      return around.status();
    }));
  }
  std::sort(found.begin(), found.end(), [](const Due &a, const Due &b) {
    return std::tie(a.limit.due, a.record.id) < std::tie(b.limit.due, b.record.id);
  });
  return found;
}

} // namespace yifa::service
