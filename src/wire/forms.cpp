#include "wire/forms.h"

#include "wire/ledger_json.h"

#include "catalog/show.h"

namespace yifa::wire {

json::array problems_json(const std::vector<Problem> &problems) {
  json::array out;
  for (const auto &problem : problems)
    out.push_back({{"where", problem.where},
                   {"message", problem.message},
                   {"source", problem.source},
                   {"supply", problem.supply}});
  return out;
}

json::object error_json(const Error &error) {
  json::array problems;
  for (const auto &problem : error.problems) {
    json::object each;
    each["where"] = problem.where;
    each["message"] = problem.message;
    if (!problem.source.empty()) each["source"] = problem.source;
    if (!problem.supply.empty()) each["supply"] = problem.supply;
    problems.push_back(std::move(each));
  }
  return {{"error",
           {{"code", std::string(to_string(error.code))},
            {"message", error.message},
            {"problems", std::move(problems)}}}};
}

json::object receipt_json(const record::Receipt &receipt) {
  json::array warnings;
  for (const auto &warning : receipt.warnings) {
    // A look-alike is told by the record's id, anything else by a field.
    const bool alike = RecordId::parse(warning.where).has_value();
    json::object each{{"where", alike ? "" : warning.where},
                      {"message", warning.message},
                      {"source", warning.source}};
    if (alike) each["record"] = warning.where;
    warnings.push_back(std::move(each));
  }
  json::object out{{"record", receipt.record.text()},
                   {"ledger", receipt.type},
                   {"number", receipt.number},
                   {"state", receipt.state},
                   {"version", receipt.version},
                   {"repeated", receipt.repeated},
                   {"late", receipt.late},
                   {"warnings", std::move(warnings)}};
  if (receipt.part) out["part"] = receipt.part->text();
  return out;
}

json::object limit_json(const service::LimitAhead &limit) {
  json::object out{{"rule", limit.rule},           {"part", limit.part},
                   {"says", limit.says},           {"what", limit.what},
                   {"binds", limit.binds},         {"from", limit.from.text()},
                   {"due", limit.due.text()},      {"state", std::string(to_string(limit.state))},
                   {"days_left", limit.days_left}, {"estimated", limit.estimated},
                   {"source", limit.source},       {"certainty", limit.certainty}};
  if (limit.due_at) out["due_at"] = limit.due_at->text();
  if (limit.until) out["until"] = limit.until->text();
  if (limit.unextended) out["unextended"] = limit.unextended->text();
  return out;
}

json::object outlook_json(const service::Outlook &outlook, bool english) {
  json::array done;
  for (const auto &event : outlook.done)
    done.push_back({{"action", event.action}, {"at", event.at.text()}, {"actor", event.actor}});
  json::array steps;
  for (const auto &ahead : outlook.steps)
    steps.push_back({{"step", ahead.step->id},
                     {"label", label_in(ahead.step->label, english)},
                     {"role", ahead.step->role},
                     {"possible", ahead.forbidden.empty() && ahead.missing.empty()},
                     {"missing", problems_json(ahead.missing)},
                     {"forbidden", problems_json(ahead.forbidden)},
                     {"expected", problems_json(ahead.expected)},
                     {"exempt", problems_json(ahead.exempt)},
                     {"met", problems_json(ahead.met)}});
  json::array parts;
  for (const auto *part : outlook.parts)
    parts.push_back({{"part", part->id}, {"label", label_in(part->label, english)}});
  json::array limits;
  for (const auto &limit : outlook.limits) limits.push_back(limit_json(limit));
  return {{"record", outlook.record.id.text()},
          {"ledger", outlook.type->id},
          {"number", outlook.record.number},
          {"state", outlook.record.state},
          {"done", std::move(done)},
          {"steps", std::move(steps)},
          {"parts", std::move(parts)},
          {"limits", std::move(limits)}};
}

json::object duty_json(const service::Duty &duty) {
  return {{"rule", duty.rule},
          {"ledger", duty.type->id},
          {"org", duty.place.text()},
          {"every", duty.every},
          {"last", duty.last ? json::value(duty.last->text()) : json::value()},
          {"due", duty.due ? json::value(duty.due->text()) : json::value()},
          {"state", "recurs"},
          {"source", duty.source},
          {"certainty", duty.certainty}};
}

json::object due_json(const service::Due &due) {
  auto out = limit_json(due.limit);
  out["record"] = due.record.id.text();
  out["ledger"] = due.type->id;
  out["number"] = due.record.number;
  out["org"] = due.record.owner_org.text();
  return out;
}

json::object plan_json(const service::ProcedurePlan &plan) {
  json::array steps;
  for (const auto &step : plan.steps) {
    json::array demands;
    for (const auto &demand : step.demands)
      demands.push_back({{"says", demand.says},
                         {"source", demand.source},
                         {"level", demand.forbids ? "block" : "warn"}});
    steps.push_back({{"step", step.id},
                     {"label", step.label},
                     {"role", step.role},
                     {"from", step.from},
                     {"beside", step.beside},
                     {"asks", json::value_from(step.asks)},
                     {"documents", json::value_from(step.papers)},
                     {"demands", std::move(demands)}});
  }
  json::array limits;
  for (const auto &limit : plan.limits)
    limits.push_back({{"rule", limit.rule},
                      {"from", limit.begins},
                      {"until", limit.until},
                      {"says", limit.says},
                      {"day", limit.day ? json::value(limit.day->text()) : json::value()},
                      {"assumed", limit.assumed},
                      {"estimated", limit.estimated},
                      {"binds", limit.binds},
                      {"source", limit.source},
                      {"certainty", limit.certainty}});
  return {{"ledger", plan.type->id},
          {"edition", plan.type->edition.text()},
          {"from", plan.from.text()},
          {"steps", std::move(steps)},
          {"limits", std::move(limits)}};
}

namespace {

json::array forms_days(const std::vector<procedure::NamedDay> &days) {
  json::array out;
  for (const auto &each : days) out.push_back({{"date", each.day.text()}, {"why", each.why}});
  return out;
}

} // namespace

json::object reckoning_json(const catalog::RecordType &ledger, const catalog::Deadline &rule,
                            const procedure::Reckoning &worked,
                            std::optional<std::int64_t> days_left) {
  json::object out{{"rule", rule.id},
                   {"ledger", ledger.id},
                   {"says", catalog::deadline_text(rule)},
                   {"from", worked.from.text()},
                   {"due", worked.due.text()},
                   {"unit", catalog::unit_word(rule.unit)},
                   {"counted", worked.counted},
                   {"skipped", forms_days(worked.skipped)},
                   {"made_up", forms_days(worked.made_up)},
                   {"rolled", worked.rolled},
                   {"estimated", worked.estimated},
                   {"binds", rule.binds},
                   {"source", rule.source.text()},
                   {"certainty", std::string(catalog::to_string(rule.source.seen))}};
  if (worked.unextended) out["unextended"] = worked.unextended->text();
  if (!rule.delegated.empty()) out["delegated"] = rule.delegated;
  if (days_left) out["days_left"] = *days_left;
  return out;
}

json::object hit_json(const store::SearchHit &hit, std::string_view key) {
  return {{key, hit.record.text()},
          {"ledger", hit.type},
          {"org", hit.owner_org.text()},
          {"day", hit.day.text()},
          {"title", hit.title}};
}

} // namespace yifa::wire
