#include "procedure/gates.h"

#include "base/text.h"
#include "catalog/show.h"
#include "procedure/gate_limits.h"
#include "procedure/law_words.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace yifa::procedure {
namespace {

using catalog::Field;
using catalog::FieldRef;
using catalog::Gate;
using catalog::named;
using catalog::Predicate;
using catalog::Value;
using record::Place;

/// One gate at one place.
class Judging {
public:
  Judging(const Gate &gate, const Place &place, const Facts &facts)
      : gate_(gate), place_(place), facts_(facts) {}

  std::optional<Lack> lack() const {
    switch (gate_.kind) {
    case Gate::Kind::Require:
    case Gate::Kind::Papers:
      return unfilled();
    case Gate::Kind::Must:
      return holds() ? std::nullopt : says();
    case Gate::Kind::Bar:
      return holds() ? says() : std::nullopt;
    case Gate::Kind::Needs:
      return holds() ? std::nullopt : needs();
    case Gate::Kind::Valid:
      return out_of_force();
    case Gate::Kind::Apart:
      return same_person();
    case Gate::Kind::Quorum:
      return too_few();
    case Gate::Kind::Order:
      return backwards();
    case Gate::Kind::Meets:
      return untimely();
    case Gate::Kind::AtMost:
      return too_many();
    case Gate::Kind::Rule:
      break;
    }
    const auto rule = facts_.rule ? facts_.rule(gate_.name) : nullptr;
    return rule != nullptr ? rule(place_, facts_) : Lack{"", "", true};
  }

private:
  Value at(const FieldRef &ref) const { return record::value_at(ref, place_, facts_.around); }
  bool holds() const { return record::holds(gate_.test, place_, facts_.around); }

  const Field *field_of(const FieldRef &ref) const {
    const bool own = ref.kind == FieldRef::Kind::Field || ref.kind == FieldRef::Kind::RowColumn;
    if (!own && ref.kind != FieldRef::Kind::Owner) return nullptr;
    const auto &fields = own && place_.part != nullptr
                             ? place_.type.parts[static_cast<std::size_t>(place_.part->part)].fields
                             : place_.type.fields;
    return &fields[static_cast<std::size_t>(ref.index)];
  }
  std::string label(const FieldRef &ref) const {
    const auto *field = field_of(ref);
    return field != nullptr ? named(field->label, ref.name) : ref.name;
  }

  /// In the catalog's words; in its notation where the catalog has none.
  std::string in_words() const {
    const auto *part = place_.part != nullptr
                           ? &place_.type.parts[static_cast<std::size_t>(place_.part->part)]
                           : nullptr;
    auto words = LawWords(*facts_.around.catalog, place_.type).demand(gate_, part);
    return words.empty() ? catalog::predicate_text(gate_.test) : words;
  }

  std::optional<Lack> says() const { return Lack{"", in_words()}; }

  std::optional<Lack> unfilled() const {
    if (gate_.kind == Gate::Kind::Papers && !gate_.name.empty()) return papers_of_list();
    std::vector<std::string> missing;
    for (const auto &ref : gate_.fields)
      if (!at(ref).filled()) missing.push_back(label(ref));
    if (missing.empty()) return std::nullopt;
    return Lack{gate_.fields.front().name,
                fmt::format("{} missing: {}",
                            gate_.kind == Gate::Kind::Papers ? "papers are" : "entries are",
                            text::join(missing, ", "))};
  }

  /// The papers of a dossier in its order: of parts that were opened, and the record's own. By
  /// a list of codes no ledger asks, and nothing says which field holds such a paper.
  std::optional<Lack> papers_of_list() const {
    const auto &kinds = place_.type.papers;
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto &each) {
      return each.form == "dossier" && (each.id == gate_.name || gate_.name == "dossier");
    });
    if (kind == kinds.end()) return Lack{"", "", true};
    std::vector<std::string> missing;
    for (const auto &entry : kind->order) {
      const auto dot = entry.find('.');
      if (dot == std::string::npos) {
        const int at = place_.type.field_index(entry);
        if (at >= 0 && !place_.record.value(at).filled())
          missing.push_back(named(place_.type.fields[static_cast<std::size_t>(at)].label, entry));
        continue;
      }
      const int part = place_.type.part_index(entry.substr(0, dot));
      if (part < 0) continue;
      const auto &form = place_.type.parts[static_cast<std::size_t>(part)];
      const int at = form.field_index(entry.substr(dot + 1));
      for (const auto &each : place_.record.parts)
        if (at >= 0 && each.part == part && !each.withdrawn &&
            !each.values[static_cast<std::size_t>(at)].filled())
          missing.push_back(named(form.label, form.id));
    }
    if (missing.empty()) return std::nullopt;
    return Lack{"", "papers are missing: " + text::join(missing, ", ")};
  }

  std::optional<Lack> needs() const {
    const auto *subject = first_subject(gate_.test);
    return Lack{subject != nullptr ? subject->name : "", in_words()};
  }

  static const Predicate::Subject *first_subject(const Predicate &predicate) {
    if (!predicate.subject.name.empty()) return &predicate.subject;
    for (const auto &child : predicate.children)
      if (const auto *found = first_subject(child)) return found;
    return nullptr;
  }

  static std::vector<Value> each(const Value &value) {
    if (const auto *many = value.get<std::vector<Value>>()) return *many;
    return value.filled() ? std::vector<Value>{value} : std::vector<Value>{};
  }

  std::optional<Lack> out_of_force() const {
    const auto &of = gate_.fields[0];
    const auto *field = field_of(of);
    const auto day = record::day_in(at(gate_.fields[1]));
    // The day is asked for by the step itself; without it nothing can be judged.
    if (!day) return Lack{"", "", true};
    std::int64_t in_force = 0;
    std::vector<std::string> others;
    for (const auto &one : each(at(of))) {
      const auto *id = one.get<RecordId>();
      if (id == nullptr || field == nullptr) continue;
      const auto *entry = facts_.linked(*id, field->to);
      if (entry == nullptr) continue;
      if (in_force_on(*entry, *day)) {
        ++in_force;
      } else {
        others.push_back(entry->number);
      }
    }
    if (in_force >= gate_.at_least) return std::nullopt;
    return Lack{of.name,
                fmt::format("{}: {} in force on {}, at least {} are needed{}", label(of), in_force,
                            day->text(), gate_.at_least,
                            others.empty() ? "" : "; not in force: " + text::join(others, ", "))};
  }

  bool in_force_on(const record::Record &entry, Date day) const {
    if (entry.withdrawn) return false;
    const auto &type = *facts_.around.catalog->edition_on(entry.type, entry.day);
    const auto &validity = type.qualified ? type.qualified : type.valid;
    if (!validity) return true;
    const Place place{type, entry, nullptr, -1, nullptr};
    const auto from = record::day_in(record::value_at(validity->from, place, facts_.around));
    if (!from || *from > day) return false;
    for (const auto &ref : validity->to)
      if (const auto to = record::day_in(record::value_at(ref, place, facts_.around));
          to && *to < day)
        return false;
    return record::holds(validity->when, place, facts_.around);
  }

  std::optional<Lack> same_person() const {
    std::vector<std::pair<Value, std::string>> seen;
    for (const auto &ref : gate_.fields)
      for (const auto &one : each(at(ref))) {
        for (const auto &[other, where] : seen)
          if (other == one && where != ref.name)
            return Lack{ref.name,
                        fmt::format("{} and {} must be different people", where, label(ref))};
        seen.emplace_back(one, ref.name);
      }
    return std::nullopt;
  }

  std::int64_t number_of(const FieldRef &ref) const {
    const auto value = at(ref);
    if (const auto *count = value.get<catalog::Count>()) return count->n;
    if (const auto *rows = value.get<std::vector<catalog::Row>>())
      return static_cast<std::int64_t>(rows->size());
    return static_cast<std::int64_t>(each(value).size());
  }

  /// A number as written, or that of a setting in force on the record's day; empty if unknown.
  std::string measure_of(const std::string &written) const {
    if (!written.starts_with('$')) return written;
    const auto &settings = facts_.around.catalog->settings;
    const auto found = settings.find(written.substr(1));
    return found == settings.end() ? std::string() : found->second.on(place_.record.day);
  }

  std::optional<Lack> too_many() const {
    const auto cap = parse_count(measure_of(gate_.name));
    if (!cap || !facts_.siblings) return Lack{"", "", true};
    const auto others = facts_.siblings(gate_);
    if (others + 1 <= *cap) return std::nullopt;
    return Lack{
        gate_.per.empty() ? "" : gate_.per.front().name,
        fmt::format("{} like it stand in this {} already, {} are the cap", others, gate_.in, *cap)};
  }

  std::optional<Lack> too_few() const {
    const auto present = number_of(gate_.fields[0]);
    const auto all = number_of(gate_.fields[1]);
    const auto measure = measure_of(gate_.name);
    if (measure.empty()) return Lack{"", "", true};
    const auto slash = measure.find('/');
    // More than half of seven is four: present/all must reach the share.
    const bool enough = slash == std::string::npos
                            ? present >= std::stoll(measure)
                            : present * std::stoll(measure.substr(slash + 1)) >=
                                  all * std::stoll(measure.substr(0, slash));
    if (enough) return std::nullopt;
    return Lack{gate_.fields[0].name,
                fmt::format("{} of {} present, at least {} are needed", present, all, measure)};
  }

  std::optional<Lack> backwards() const {
    std::optional<Date> last;
    std::string name;
    for (const auto &ref : gate_.fields) {
      const auto day = record::day_in(at(ref));
      if (!day) continue;
      if (last && *day < *last)
        return Lack{ref.name, fmt::format("{} {} lies before {} {}", label(ref), day->text(), name,
                                          last->text())};
      last = day;
      name = label(ref);
    }
    return std::nullopt;
  }

  std::optional<Lack> untimely() const {
    const auto measured = measure_limit(gate_.name, place_, facts_);
    // A time that has not begun, or has not ended, is not broken.
    if (!measured || !measured->until) return std::nullopt;
    if (measured->satisfied) return std::nullopt;
    return Lack{measured->until_name,
                fmt::format("{} ({}): {} from {} gives {}, and it was {}", gate_.name,
                            measured->rule->source.text(), catalog::deadline_text(*measured->rule),
                            measured->reckoning.from.text(),
                            measured->reckoning.due.text() +
                                (measured->reckoning.estimated ? " (estimated)" : ""),
                            measured->until->text())};
  }

  const Gate &gate_;
  const Place &place_;
  const Facts &facts_;
};

std::string last_word(const std::string &id) { return id.substr(id.rfind('.') + 1); }

/// The ground by which the gate does not bind here: one that the record itself shows, or one that
/// is claimed. A ground without a condition must be claimed.
Result<std::string> ground_of(const Gate &gate, const Place &place,
                              const std::vector<Claim> &claims, const Facts &facts) {
  for (const auto &ground : gate.exempt)
    if (!ground.when.always() && record::holds(ground.when, place, facts.around))
      return ground.ground;
  for (const auto &claim : claims) {
    if (claim.gate != gate.id && claim.gate != last_word(gate.id)) continue;
    std::vector<std::string> known;
    for (const auto &ground : gate.exempt) {
      known.push_back(ground.ground);
      if (ground.ground == claim.ground && ground.when.always()) return claim.ground;
    }
    return invalid(
        "the exemption was not taken",
        {{"exempt",
          fmt::format("{} has no ground \"{}\" that can be claimed here{}", gate.id, claim.ground,
                      known.empty() ? "" : "; its grounds: " + text::join(known, ", ")),
          gate.source.text(), ""}});
  }
  return std::string();
}

} // namespace

Result<std::vector<Verdict>> judge(const std::vector<Gate> &gates, const Place &place,
                                   const std::string &role, const std::vector<Claim> &claims,
                                   const Facts &facts) {
  std::vector<Verdict> verdicts;
  for (const auto &gate : gates) {
    Place here = place;
    if (gate.at_owner) here.part = nullptr;
    // `when` is read where the gate's own names are.
    if (!record::holds(gate.when, here, facts.around)) continue;
    Verdict verdict;
    verdict.gate = &gate;
    auto lack = Judging(gate, here, facts).lack();
    if (!lack) {
      verdicts.push_back(std::move(verdict));
      continue;
    }
    if (lack->undecided) {
      verdict.kind = Verdict::Kind::Undecided;
      verdicts.push_back(std::move(verdict));
      continue;
    }
    verdict.ground = TRY(ground_of(gate, here, claims, facts));
    verdict.kind = !verdict.ground.empty() ? Verdict::Kind::Exempt
                   : gate.blocks           ? Verdict::Kind::Refuses
                                           : Verdict::Kind::Warns;
    verdict.problem.where = lack->where;
    verdict.problem.message = fmt::format("{}: {}", last_word(gate.id), lack->message);
    verdict.problem.source =
        gate.source.text() +
        (gate.source.seen == catalog::Certainty::Verified
             ? ""
             : fmt::format(" ({}, unconfirmed)", catalog::to_string(gate.source.seen))) +
        LawWords(*facts.around.catalog, place.type).binding(gate.binding);
    verdict.problem.supply = role;
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

} // namespace yifa::procedure
