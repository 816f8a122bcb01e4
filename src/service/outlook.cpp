#include "service/outlook.h"

#include "base/text.h"
#include "catalog/show.h"
#include "procedure/law_words.h"
#include "procedure/rhythm.h"
#include "procedure/steps.h"
#include "service/figures.h"
#include "service/permission.h"
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

/// 书面告知日期：自收到日期15日内
std::string in_words(const catalog::Catalog &catalog, const catalog::RecordType &type,
                     const procedure::Measured &limit) {
  const procedure::LawWords words(catalog, type);
  const auto *part =
      limit.part != nullptr ? &type.parts[static_cast<std::size_t>(limit.part->part)] : nullptr;
  std::vector<std::string> begins;
  for (const auto &ref : limit.rule->from) begins.push_back(words.entry(ref.name, part));
  const auto begun =
      begins.empty() ? words.phrase("law.opened") : text::join(begins, words.phrase("law.or"));
  const auto until = limit.rule->until.empty() ? "" : words.entry(limit.rule->until, part) + "：";
  return until + words.phrase("plan.begins", {{"field", begun}}) + words.limit(*limit.rule);
}

LimitAhead ahead(const catalog::Catalog &catalog, const catalog::RecordType &type,
                 const procedure::Measured &limit, Date today) {
  LimitAhead out;
  out.what = in_words(catalog, type, limit);
  out.rule = limit.rule->id;
  if (limit.part != nullptr) out.part = type.parts[static_cast<std::size_t>(limit.part->part)].id;
  out.says = catalog::deadline_text(*limit.rule);
  out.binds = limit.rule->binds;
  out.source = limit.rule->source.text();
  out.certainty = catalog::to_string(limit.rule->source.seen);
  out.from = limit.reckoning.from;
  out.due = limit.reckoning.due;
  out.due_at = limit.due_at;
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

Result<StepAhead> step_ahead(const catalog::Catalog &catalog, const catalog::RecordType &type,
                             const record::Record &record, const catalog::Transition &step,
                             const procedure::Facts &facts) {
  StepAhead out;
  out.step = &step;
  const procedure::LawWords words(catalog, type);
  out.missing = procedure::missing(type, step, record, "-");
  for (const auto &verdict : TRY(procedure::judge(step.gates, {type, record, nullptr, -1, nullptr},
                                                  step.role, {}, facts))) {
    if (verdict.kind == Verdict::Kind::Refuses) out.forbidden.push_back(verdict.problem);
    if (verdict.kind == Verdict::Kind::Warns && !awaits(verdict.gate->test, out.missing))
      out.expected.push_back(verdict.problem);
    if (verdict.kind == Verdict::Kind::Holds)
      out.met.push_back({"", words.gate(*verdict.gate, nullptr), verdict.gate->source.text(), ""});
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
  // Whether something was handed in can be told without showing it.
  auto standing = out.record;
  if (!standing.personal.empty() && !standing.forgotten && env.master)
    TRY(fill(*out.type, TRY(unseal(env, *reader, standing)), standing));
  const auto facts = around.wide_facts(standing);
  for (const auto *step : procedure::possible(*out.type, out.record))
    out.steps.push_back(TRY(step_ahead(*env.catalog, *out.type, standing, *step, facts)));
  const auto *state = out.type->state(out.record.state);
  if (!out.record.withdrawn && (state == nullptr || !state->ends))
    for (const auto &part : out.type->parts)
      if (!part.absent) out.parts.push_back(&part);
  for (const auto &limit : procedure::limits_of(*out.type, standing, facts)) {
    out.limits.push_back(ahead(*env.catalog, *out.type, limit, env.clock.today()));
    out.limits.back().days = days_of(*limit.rule, limit.reckoning);
  }
  TRY(around.status());
  return out;
}

Result<std::optional<LimitAhead>> Outlooks::pressing(store::Reader &reader,
                                                     const record::Record &record) {
  auto &env = ledgers_.environment();
  std::optional<LimitAhead> found;
  if (TRY(reader.due_of(record.id)).empty()) return found;
  const auto &type = edition_of(*env.catalog, record);
  Around around(env, reader);
  for (const auto &limit : procedure::limits_of(type, record, around.wide_facts(record))) {
    auto one = ahead(*env.catalog, type, limit, env.clock.today());
    const bool waits =
        one.state == LimitAhead::State::Running || one.state == LimitAhead::State::Overdue;
    if (waits && (!found || one.due < found->due)) found = std::move(one);
  }
  TRY(around.status());
  return found;
}

Result<DueList> Outlooks::due(const DueRequest &request, const Actor &actor) {
  if (!actor.matters_only) TRY(permit_office(actor, request.scope));
  auto &env = ledgers_.environment();
  auto reader = TRY(env.store.read());
  const auto today = env.clock.today();
  const auto calendar = calendar_of(env);
  DueList list;
  const auto concerns = [&](const record::Record &record) {
    if (request.person.empty() || record.created_by == request.person) return true;
    return std::any_of(record.parts.begin(), record.parts.end(), [&](const auto &part) {
      return part.actor == request.person && !part.withdrawn;
    });
  };
  const auto look = [&](const store::DueRow &row) -> Result<bool> {
    auto record = TRY(reader->get(row.type, row.record));
    if (!record || !concerns(*record) || !permit_record(*reader, actor, *record)) return true;
    const auto &type = edition_of(*env.catalog, *record);
    Around around(env, *reader, calendar.get());
    const auto facts = around.facts(*record);
    for (const auto &limit : procedure::limits_of(type, *record, facts)) {
      const auto part = limit.part != nullptr ? limit.part->id : RecordId();
      if (limit.rule->id != row.rule || part != row.part) continue;
      auto one = ahead(*env.catalog, type, limit, today);
      const bool waits =
          one.state == LimitAhead::State::Running || one.state == LimitAhead::State::Overdue;
      // A pause may have moved it beyond.
      if (!waits || one.due > request.until) continue;
      if (request.limit > 0 && static_cast<std::int64_t>(list.found.size()) == request.limit) {
        list.more = true;
        return false;
      }
      list.found.push_back({*record, &type, std::move(one)});
    }
    TRY(around.status());
    return true;
  };
  TRY(reader->due({request.scope, request.until, today}, look));
  std::stable_sort(list.found.begin(), list.found.end(),
                   [](const Due &a, const Due &b) { return a.limit.due < b.limit.due; });
  if (request.person.empty() && !actor.matters_only)
    list.duties = TRY(duties(*reader, request.scope, request.until));
  return list;
}

Result<std::vector<Duty>> Outlooks::duties(store::Reader &reader, const OrgCode &scope,
                                           Date until) {
  std::vector<Duty> found;
  auto &env = ledgers_.environment();
  if (scope.level() != OrgLevel::Township) return found;
  const auto calendar = calendar_of(env);
  Around around(env, reader, calendar.get());
  const auto view = around.view();
  const auto last_of = [&](const std::string &type, const catalog::Predicate &where,
                           const OrgCode &place, bool by_place) -> Result<std::optional<Date>> {
    record::Query query;
    query.type = type;
    query.scope = place;
    query.by_place = by_place;
    query.where = where;
    query.limit = 50;
    while (true) {
      const auto page = TRY(reader.find(query));
      for (const auto &record : page)
        if (record::matches(where, edition_of(*env.catalog, record), record, view))
          return std::optional<Date>(record.day);
      if (page.size() < 50) return std::optional<Date>();
      query.after = {page.back().day, page.back().id};
    }
  };
  for (const auto &id : env.catalog->type_ids())
    for (const auto *type = env.catalog->type(id); const auto &rhythm : type->rhythms) {
      const auto every = procedure::period_of(rhythm.every);
      if (!every) continue;
      const bool villages = rhythm.per == "village";
      std::vector<OrgCode> places{scope};
      if (villages) {
        places.clear();
        for (const auto &org : TRY(reader.orgs_under(scope, OrgLevel::Village, 0)))
          if (org.kind == record::Org::Kind::Village && !org.to) places.push_back(org.code);
      }
      for (const auto &place : places) {
        Duty duty{type,
                  rhythm.id,
                  rhythm.every,
                  rhythm.source.text(),
                  std::string(catalog::to_string(rhythm.source.seen)),
                  place,
                  {},
                  {}};
        duty.last = TRY(last_of(rhythm.of.empty() ? id : rhythm.of, rhythm.where, place, villages));
        if (duty.last) duty.due = procedure::after(*duty.last, *every);
        if (!duty.due || *duty.due <= until) found.push_back(std::move(duty));
      }
    }
  TRY(around.status());
  return found;
}

} // namespace yifa::service
