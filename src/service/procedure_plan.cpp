#include "service/procedure_plan.h"

#include "base/text.h"
#include "procedure/law_words.h"
#include "procedure/reckon.h"
#include "service/ledgers.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace yifa::service {
namespace {

using catalog::Deadline;
using catalog::Part;
using catalog::RecordType;

/// Days that follow from the first one, by the name of the entry that would hold them:
/// "field", "part.field".
class Dates {
public:
  struct Known {
    Date day;
    bool assumed = false;
  };

  Dates(const catalog::Catalog &catalog, const RecordType &type, Date from)
      : type_(type), calendar_(catalog) {
    // What the opening asks for is filled on the first day, and so is the ledger's own day.
    for (const auto &ask : type.open().asks)
      if (const auto &field = type.fields[static_cast<std::size_t>(ask.index)]; is_day(field))
        known_[field.id] = {from, false};
    if (type.day.kind == catalog::FieldRef::Kind::Field)
      known_[type.fields[static_cast<std::size_t>(type.day.index)].id] = {from, false};
    known_["@opened"] = {from, false};
    // A matter of a year, when nothing else is said, is of the year it begins in.
    for (const auto &ask : type.open().asks)
      if (type.fields[static_cast<std::size_t>(ask.index)].type == catalog::FieldType::Number &&
          starts_a_limit(type, ask.name))
        known_[ask.name] = {first_day({from.year(), 1}), true};
  }

  struct Worked {
    std::optional<Date> day;
    bool assumed = false;
    bool estimated = false;
  };

  /// Works out what follows, until nothing more does. A step whose day follows from no limit is
  /// taken to be done as soon as the one before it.
  void spread(const std::vector<const catalog::Transition *> &path) {
    spread();
    auto last = known_.at("@opened").day;
    for (const auto *step : path) {
      std::optional<Date> asked;
      for (const auto &ask : step->asks)
        if (const auto found = find(ask.name)) asked = std::max(asked.value_or(last), found->day);
      last = std::max(last, asked.value_or(last));
      bool added = false;
      for (const auto &ask : step->asks)
        if (is_day(type_.fields[static_cast<std::size_t>(ask.index)]) &&
            !known_.contains(ask.name)) {
          known_[ask.name] = {last, true};
          added = true;
        }
      if (added) spread();
    }
  }

  std::optional<Known> of_step(const catalog::Transition &step) const {
    std::optional<Known> found;
    for (const auto &ask : step.asks)
      if (const auto one = find(ask.name); one && (!found || found->day < one->day)) found = one;
    return found;
  }

  void spread() {
    for (bool moved = true; moved;) {
      moved = false;
      const auto each = [&](const std::vector<Deadline> &rules, const Part *part) {
        for (const auto &rule : rules) moved = follow(rule, part) || moved;
      };
      each(type_.deadlines, nullptr);
      for (const auto &part : type_.parts) each(part.deadlines, &part);
    }
  }

  Worked of(const Deadline &rule, const Part *part) const {
    const auto begun = start(rule, part);
    if (!begun) return {};
    auto worked = procedure::reckon(rule, {begun->day, {}, {}, true}, calendar_);
    if (!worked) return {};
    Worked out{worked->due, begun->assumed, worked->estimated};
    // Of a waiting time the first day on which one may go on.
    if (rule.kind == Deadline::Kind::NotBefore) out.day = worked->due.plus_days(1);
    return out;
  }

private:
  static bool starts_a_limit(const RecordType &type, const std::string &field) {
    return std::any_of(type.deadlines.begin(), type.deadlines.end(), [&](const Deadline &rule) {
      return std::any_of(rule.from.begin(), rule.from.end(),
                         [&](const auto &ref) { return ref.name == field; });
    });
  }

  static bool is_day(const catalog::Field &field) {
    return field.type == catalog::FieldType::Date || field.type == catalog::FieldType::Moment;
  }

  static std::string name_of(const std::string &written, const Part *part) {
    if (written.starts_with("owner.")) return written.substr(6);
    if (part != nullptr && written.find('.') == std::string::npos) return part->id + "." + written;
    return written;
  }

  std::optional<Known> start(const Deadline &rule, const Part *part) const {
    if (!rule.from_event.empty()) return find(rule.from_event);
    std::optional<Known> found;
    for (const auto &ref : rule.from)
      if (!found) found = find(name_of(ref.name, part));
    return found;
  }

  std::optional<Known> find(const std::string &name) const {
    const auto found = known_.find(name);
    if (found == known_.end()) return std::nullopt;
    return found->second;
  }

  bool follow(const Deadline &rule, const Part *part) {
    // What waits for somebody else, or applies only to some matters, fixes no day of ours.
    if (rule.binds == "superior" || rule.until.empty() || rule.kind == Deadline::Kind::Keep)
      return false;
    const auto name = name_of(rule.until, part);
    const auto worked = of(rule, part);
    if (!worked.day || known_.contains(name)) return false;
    known_[name] = {*worked.day, true};
    return true;
  }

  const RecordType &type_;
  procedure::Calendar calendar_;
  std::map<std::string, Known> known_;
};

/// The ordinary way of a matter: the longest way through its states that comes to none twice, to
/// the first of the states that end it; where only a reason leads there, as far as it goes.
class Way {
public:
  explicit Way(const RecordType &type) : type_(type) {
    for (const auto &state : type.states)
      if (state.ends && end_.empty()) end_ = state.id;
    walk(type.open().to, {});
  }
  const std::vector<const catalog::Transition *> &steps() const {
    if (!best_.empty()) return best_;
    return !open_.empty() ? open_ : other_;
  }

private:
  void walk(const std::string &state, std::vector<const catalog::Transition *> taken) {
    const auto *here = type_.state(state);
    if (here != nullptr && here->ends) {
      auto &kept = state == end_ ? best_ : other_;
      if (taken.size() > kept.size()) kept = taken;
      return;
    }
    if (taken.size() > open_.size()) open_ = taken;
    // Few ledgers have more than a dozen states; a wall keeps a strange one from taking long.
    if (++walked_ > 20'000) return;
    been_.insert(state);
    for (const auto &step : type_.transitions) {
      if (step.to.empty() || been_.contains(step.to) || step.asks_reason ||
          std::find(step.from.begin(), step.from.end(), state) == step.from.end())
        continue;
      taken.push_back(&step);
      walk(step.to, taken);
      taken.pop_back();
    }
    been_.erase(state);
  }

  const RecordType &type_;
  std::string end_;
  std::set<std::string> been_;
  std::vector<const catalog::Transition *> best_;  ///< to that end
  std::vector<const catalog::Transition *> open_;  ///< among states that do not end it
  std::vector<const catalog::Transition *> other_; ///< to another end
  int walked_ = 0;
};

class Planning {
public:
  Planning(const catalog::Catalog &catalog, const RecordType &type, Date from)
      : catalog_(catalog), type_(type), words_(catalog, type), dates_(catalog, type, from),
        way_(type) {
    plan_.type = &type;
    plan_.from = from;
    const auto law = catalog.laws.find(type.law);
    plan_.law =
        (law != catalog.laws.end() ? law->second.name.zh : type.law) + words_.binding(type.binding);
    dates_.spread(way_.steps());
  }

  ProcedurePlan run() {
    plan_.steps.push_back(transition(type_.open()));
    for (const auto *step : way_.steps()) plan_.steps.push_back(transition(*step));
    for (const auto &part : type_.parts)
      if (!part.absent && (!part.gates.empty() || !part.deadlines.empty()))
        plan_.steps.push_back(beside(part));
    for (const auto &step : type_.transitions) {
      const auto &path = way_.steps();
      if (&step == &type_.open() || std::find(path.begin(), path.end(), &step) != path.end())
        continue;
      plan_.steps.push_back(transition(step));
      // What leaves the state as it is (publication, application to the court) goes beside the way.
      plan_.steps.back().aside = !step.to.empty() || step.gates.empty();
    }
    limits(type_.deadlines, nullptr);
    for (const auto &part : type_.parts)
      if (!part.absent) limits(part.deadlines, &part);
    std::stable_sort(plan_.limits.begin(), plan_.limits.end(), [](const auto &a, const auto &b) {
      if (a.day.has_value() != b.day.has_value()) return a.day.has_value();
      return a.day && *a.day < *b.day;
    });
    return std::move(plan_);
  }

private:
  std::string role(const std::string &id) const {
    const auto found = catalog_.roles.find(id);
    return found == catalog_.roles.end() ? id : found->second.zh;
  }

  void demands(const std::vector<catalog::Gate> &gates, const Part *part,
               std::vector<ProcedurePlan::Demand> &out) const {
    for (const auto &gate : gates)
      out.push_back({words_.gate(gate, part), words_.gate_subject(gate, part),
                     words_.source(gate.source) + words_.binding(gate.binding), gate.blocks});
  }

  ProcedurePlan::Step transition(const catalog::Transition &step) const {
    ProcedurePlan::Step out;
    out.id = step.id;
    out.label = !step.label.zh.empty() ? step.label.zh : words_.phrase("dossier.opened");
    out.role = role(step.role);
    std::vector<std::string> from;
    for (const auto &id : step.from)
      if (const auto *state = type_.state(id)) from.push_back(state->label.zh);
    out.from = text::join(from, "、");
    for (const auto &ask : step.asks)
      out.asks.push_back(type_.fields[static_cast<std::size_t>(ask.index)].label.zh);
    for (const auto &paper : type_.papers)
      if (paper.id == step.document) out.papers.push_back(paper.label.zh);
    if (const auto day = dates_.of_step(step)) {
      out.day = day->day;
      out.assumed = day->assumed;
    }
    if (step.id == "open") demands(type_.gates, nullptr, out.demands);
    demands(step.gates, nullptr, out.demands);
    return out;
  }

  ProcedurePlan::Step beside(const Part &part) const {
    ProcedurePlan::Step out;
    out.id = part.id;
    out.label = part.label.zh;
    out.beside = true;
    for (const auto &field : part.fields)
      if (field.required && !field.absent) out.asks.push_back(field.label.zh);
    demands(part.gates, &part, out.demands);
    return out;
  }

  void limits(const std::vector<Deadline> &rules, const Part *part) {
    for (const auto &rule : rules) {
      ProcedurePlan::Limit out;
      out.rule = rule.id;
      out.plainly = words_.limit(rule);
      out.says = out.plainly;
      if (!rule.when.always())
        out.says =
            words_.phrase("gate.when", {{"when", words_.condition(rule.when, part)}}) + out.says;
      std::vector<std::string> begins;
      for (const auto &ref : rule.from)
        begins.push_back(
            (part != nullptr && !ref.name.starts_with("owner.") ? part->label.zh : "") +
            words_.entry(ref.name, part));
      out.begins = begins.empty() ? words_.phrase("law.opened")
                                  : text::join(begins, words_.phrase("law.or"));
      out.until = rule.until.empty() ? "" : words_.entry(rule.until, part);
      const auto worked = dates_.of(rule, part);
      out.day = worked.day;
      out.assumed = worked.assumed;
      out.estimated = worked.estimated;
      out.source = words_.source(rule.source);
      out.certainty = catalog::to_string(rule.source.seen);
      out.binds = rule.binds;
      plan_.limits.push_back(std::move(out));
    }
  }

  const catalog::Catalog &catalog_;
  const RecordType &type_;
  procedure::LawWords words_;
  Dates dates_;
  Way way_;
  ProcedurePlan plan_;
};

} // namespace

Result<ProcedurePlan> plan_procedure(const catalog::Catalog &catalog, const std::string &ledger,
                                     Date from) {
  const auto *newest = TRY(find_type(catalog, ledger));
  const auto &type = *catalog.edition_on(newest->id, from);
  const bool plain = type.transitions.size() < 2 && type.deadlines.empty() && type.parts.empty();
  if (plain)
    return invalid(fmt::format("the ledger {} ({}) has no procedure: its records are only kept",
                               type.id, type.label.zh));
  return Planning(catalog, type, from).run();
}

} // namespace yifa::service
