#include "service/personal.h"
#include "service/work.h"

#include <algorithm>

namespace yifa::service {

using procedure::Verdict;
using record::Record;

namespace {

bool fails(const Verdict &verdict) {
  return verdict.kind == Verdict::Kind::Refuses || verdict.kind == Verdict::Kind::Warns;
}

} // namespace

Result<Record> Work::whole(const Record &record) {
  Record out = record;
  if (out.personal.empty() || out.forgotten || !env_.master) return out;
  TRY(fill(*type_, TRY(unseal(env_, reader_, out)), out));
  return out;
}

Result<Record> Work::standing(const Record &record) {
  auto out = TRY(whole(record));
  record::derive(*type_, out, around_.view());
  return out;
}

std::vector<procedure::Claim> Work::claims() const {
  std::vector<procedure::Claim> out;
  for (const auto &[gate, ground] : command_.exemptions) out.push_back({gate, ground});
  return out;
}

Result<std::vector<Verdict>> Work::judge(const std::vector<catalog::Gate> &gates,
                                         const Record &standing, const record::PartRecord *part,
                                         const std::string &role) {
  if (part != nullptr)
    for (const auto &each : standing.parts)
      if (each.id == part->id) part = &each;
  const auto facts = around_.wide_facts(standing);
  auto verdicts =
      TRY(procedure::judge(gates, {*type_, standing, part, -1, nullptr}, role, claims(), facts));
  TRY(around_.status());
  return verdicts;
}

Status Work::pass_gates(const std::vector<catalog::Gate> &gates, const record::PartRecord *part,
                        const std::string &role) {
  if (gates.empty() || command_.batch) return Done{};
  for (const auto &gate : gates) {
    known_gates_.insert(gate.id);
    known_gates_.insert(gate.id.substr(gate.id.rfind('.') + 1));
  }
  return weigh(TRY(judge(gates, TRY(standing(after_)), part, role)));
}

Status Work::weigh(const std::vector<Verdict> &verdicts) {
  std::vector<Problem> forbidden;
  std::vector<Problem> expected;
  bool claimed = false;
  for (const auto &verdict : verdicts) {
    using Kind = Verdict::Kind;
    if (verdict.kind == Kind::Refuses) forbidden.push_back(verdict.problem);
    if (verdict.kind == Kind::Warns) {
      expected.push_back(verdict.problem);
      warned_.push_back(verdict.gate->id);
      warnings_.push_back(verdict.problem);
    }
    if (verdict.kind == Kind::Exempt) {
      exempt_.emplace_back(verdict.gate->id, verdict.ground);
      for (const auto &claim : claims()) claimed = claimed || claim.ground == verdict.ground;
    }
  }
  if (!forbidden.empty()) return refused("the law forbids this now", forbidden);
  if (!command_.reason.empty()) return Done{};
  if (!expected.empty())
    return invalid("the law expects what is not there; give a reason to go on", expected);
  if (claimed)
    return invalid("an exemption needs a reason",
                   {{"reason", "say why the exemption applies", "", ""}});
  return Done{};
}

bool Work::fits(const catalog::Transition &step) {
  const auto view = around_.view();
  const record::Place place{*type_, after_, nullptr, -1, nullptr};
  return std::all_of(step.gates.begin(), step.gates.end(), [&](const catalog::Gate &gate) {
    const bool must = gate.kind == catalog::Gate::Kind::Must;
    const bool bar = gate.kind == catalog::Gate::Kind::Bar;
    if ((!must && !bar) || !record::holds(gate.when, place, view)) return true;
    return record::holds(gate.test, place, view) == must;
  });
}

Status Work::hold_taken_steps() {
  if (command_.batch) return Done{};
  std::set<std::string> taken;
  for (const auto &event : TRY(reader_.history(before_.id))) taken.insert(event.action);
  const auto was = TRY(standing(before_));
  const auto is = TRY(standing(after_));
  std::vector<Verdict> spoiled;
  for (const auto &step : type_->transitions) {
    if (!taken.contains(step.id) || step.gates.empty()) continue;
    const auto before = TRY(judge(step.gates, was, nullptr, step.role));
    for (auto &verdict : TRY(judge(step.gates, is, nullptr, step.role))) {
      const bool failed_before =
          std::any_of(before.begin(), before.end(), [&](const Verdict &each) {
            return each.gate == verdict.gate && fails(each);
          });
      if (!fails(verdict) || failed_before) continue;
      verdict.problem.message += " (after the step \"" + step.label.zh + "\" was taken)";
      spoiled.push_back(std::move(verdict));
    }
  }
  return weigh(spoiled);
}

} // namespace yifa::service
