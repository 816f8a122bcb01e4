#include "procedure/steps.h"

#include "base/text.h"
#include "catalog/show.h"
#include "record/matches.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <fmt/format.h>

namespace yifa::procedure {
namespace {

using catalog::Field;
using catalog::named;
using catalog::RecordType;
using catalog::Transition;

std::string state_name(const RecordType &type, const std::string &id) {
  const auto *state = type.state(id);
  return state != nullptr ? named(state->label, id) : id;
}

bool leaves(const RecordType &type, const Transition &transition, const std::string &state) {
  if (transition.id == "open") return false;
  if (!transition.from.empty())
    return std::find(transition.from.begin(), transition.from.end(), state) !=
           transition.from.end();
  const auto *found = type.state(state);
  return found != nullptr && !found->ends;
}

Problem lacking(const Field &field, const std::string &role) {
  Problem problem;
  problem.where = field.id;
  problem.message = fmt::format("{} is missing", named(field.label, field.id));
  problem.supply = role;
  return problem;
}

} // namespace

std::vector<const Transition *> possible(const RecordType &type, const record::Record &record) {
  std::vector<const Transition *> steps;
  if (record.withdrawn) return steps;
  for (const auto &transition : type.transitions)
    if (leaves(type, transition, record.state)) steps.push_back(&transition);
  return steps;
}

Result<const Transition *> step(const RecordType &type, const record::Record &record,
                                const std::string &action, const Done &done) {
  const auto *transition = type.transition(action);
  if (transition == nullptr || action == "open") {
    std::vector<std::string> names;
    for (const auto &each : type.transitions)
      if (each.id != "open") names.push_back(each.id);
    auto near = text::nearest(action, names);
    return not_found(fmt::format("{} has no step \"{}\"{}", named(type.label, type.id), action,
                                 near.empty()
                                     ? fmt::format("; its steps: {}", text::join(names, ", "))
                                     : fmt::format("; did you mean \"{}\"?", near)));
  }
  auto refuse = [&](const std::string &why) {
    std::vector<std::string> names;
    for (const auto *each : possible(type, record)) names.push_back(named(each->label, each->id));
    Problem problem;
    problem.message = names.empty() ? "no step is possible any more"
                                    : fmt::format("possible now: {}", text::join(names, ", "));
    problem.source = transition->source.text();
    return refused(why, {problem});
  };
  if (record.withdrawn)
    return refuse(fmt::format("the record was withdrawn ({})", record.withdrawn_reason));
  if (!leaves(type, *transition, record.state))
    return refuse(fmt::format("{} is not possible while the record is {}",
                              named(transition->label, transition->id),
                              state_name(type, record.state)));
  auto before = done.find(action);
  if (transition->at_most > 0 && before != done.end() && before->second >= transition->at_most)
    return refuse(fmt::format("{} is possible {} time(s) only and was done already",
                              named(transition->label, transition->id), transition->at_most));
  return transition;
}

std::vector<Problem> missing(const RecordType &type, const Transition &step,
                             const record::Record &record, const std::string &reason) {
  std::vector<Problem> problems;
  for (const auto &ask : step.asks) {
    if (ask.kind != catalog::FieldRef::Kind::Field) continue;
    const auto &field = type.fields[static_cast<std::size_t>(ask.index)];
    // What an edition does not know it cannot ask; a flag that was not set says no; a sealed
    // personal field may be filled unseen; papers are the business of the gate `papers`. The form
    // of opening shows more than it demands.
    if (field.absent || field.by_register || field.personal) continue;
    if (field.type == catalog::FieldType::File) continue;
    if (!field.required && (field.type == catalog::FieldType::Flag || step.id == "open")) continue;
    if (!record.value(ask.index).filled()) problems.push_back(lacking(field, step.role));
  }
  if (step.asks_reason && reason.empty())
    problems.push_back({"reason", "a reason is asked for", step.source.text(), step.role});
  return problems;
}

std::vector<Problem> missing_required(const std::vector<Field> &fields,
                                      const std::vector<catalog::Value> &values) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto &field = fields[i];
    if (field.required && !field.absent && !field.derive && !field.by_register && !field.personal &&
        !values[i].filled())
      problems.push_back(lacking(field, ""));
  }
  return problems;
}

namespace {

/// Looks through all ways to a state that come to none twice.
class Ways {
public:
  Ways(const RecordType &type, const record::Record &record, std::string target,
       const std::string &reason, const Fits &fits)
      : target_(std::move(target)) {
    for (const auto &step : type.transitions) {
      if (step.to.empty() || !missing(type, step, record, reason).empty()) continue;
      const bool told = std::any_of(step.asks.begin(), step.asks.end(), [&](const auto &ask) {
        return record::day_in(record.value(ask.index)).has_value();
      });
      steps_.push_back({&step, fits && !fits(step), told && !step.asks_reason});
    }
    for (const auto &state : type.states)
      for (auto &step : steps_)
        if (leaves(type, *step.transition, state.id)) from_[state.id].push_back(&step);
    walk(record.state, {}, {});
  }
  const std::vector<const Transition *> &best() const { return best_; }

private:
  struct Step {
    const Transition *transition;
    bool misfit;
    bool told;
  };
  struct Score {
    int misfits = 0;
    int told = 0;
    int steps = 0;
    bool better(const Score &than) const {
      if (misfits != than.misfits) return misfits < than.misfits;
      if (told != than.told) return told > than.told;
      return steps < than.steps;
    }
  };

  void walk(const std::string &state, const std::vector<const Transition *> &taken, Score score) {
    if (state == target_) {
      if (!found_ || score.better(score_)) best_ = taken, score_ = score;
      found_ = true;
      return;
    }
    // A wall against ledgers of very many states; what was found by then stands.
    if (++walked_ > 5000) return;
    been_.insert(state);
    for (const auto *step : from_[state]) {
      if (been_.contains(step->transition->to)) continue;
      auto further = taken;
      further.push_back(step->transition);
      walk(step->transition->to, further,
           {score.misfits + (step->misfit ? 1 : 0), score.told + (step->told ? 1 : 0),
            score.steps + 1});
    }
    been_.erase(state);
  }

  std::string target_;
  std::vector<Step> steps_;
  std::map<std::string, std::vector<const Step *>> from_;
  std::set<std::string> been_;
  std::vector<const Transition *> best_;
  Score score_;
  bool found_ = false;
  int walked_ = 0;
};

} // namespace

Result<std::vector<const Transition *>> way(const RecordType &type, const record::Record &record,
                                            const std::string &target, const std::string &reason,
                                            const Fits &fits) {
  if (type.state(target) == nullptr) {
    std::vector<std::string> names;
    for (const auto &state : type.states) names.push_back(state.id);
    return invalid("the state is unknown",
                   {{"state",
                     fmt::format("\"{}\" is no state of {}; its states: {}", target,
                                 named(type.label, type.id), text::join(names, ", ")),
                     "", ""}});
  }
  struct Reached {
    std::string state;
    std::vector<const Transition *> steps;
  };
  // Breadth first: the first arrival is the shortest. The second round, without regard to what is
  // asked, tells what lacks.
  auto search = [&](bool strict) -> std::optional<std::vector<const Transition *>> {
    std::deque<Reached> open{{record.state, {}}};
    std::set<std::string> seen{record.state};
    while (!open.empty()) {
      auto here = open.front();
      open.pop_front();
      if (here.state == target) return here.steps;
      for (const auto &transition : type.transitions) {
        if (transition.to.empty() || !leaves(type, transition, here.state)) continue;
        if (seen.contains(transition.to)) continue;
        if (strict && !missing(type, transition, record, reason).empty()) continue;
        seen.insert(transition.to);
        auto steps = here.steps;
        steps.push_back(&transition);
        open.push_back({transition.to, steps});
      }
    }
    return std::nullopt;
  };
  if (auto found = search(true)) {
    const Ways all(type, record, target, reason, fits);
    return all.best().empty() ? *found : all.best();
  }
  auto lenient = search(false);
  if (!lenient)
    return refused(fmt::format("no way leads from {} to {}", state_name(type, record.state),
                               state_name(type, target)),
                   {});
  std::vector<Problem> problems;
  for (const auto *transition : *lenient)
    for (auto &problem : missing(type, *transition, record, reason)) {
      problem.message +=
          fmt::format(", which {} asks for", named(transition->label, transition->id));
      problems.push_back(problem);
    }
  return invalid(fmt::format("the record cannot be {} yet", state_name(type, target)), problems);
}

} // namespace yifa::procedure
