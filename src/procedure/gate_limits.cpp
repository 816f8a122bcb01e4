#include "procedure/gate_limits.h"

#include <algorithm>

namespace yifa::procedure {
namespace {

using catalog::Deadline;
using catalog::FieldRef;
using record::PartRecord;
using record::Place;

/// The last part of a kind that stands.
const PartRecord *last_part(const record::Record &record, int kind) {
  const PartRecord *found = nullptr;
  for (const auto &part : record.parts)
    if (part.part == kind && !part.withdrawn) found = &part;
  return found;
}

const catalog::Value *field_value(const std::vector<catalog::Field> &fields,
                                  const std::vector<catalog::Value> &values,
                                  std::string_view name) {
  for (std::size_t i = 0; i < fields.size() && i < values.size(); ++i)
    if (fields[i].id == name) return &values[i];
  return nullptr;
}

/// What a name as written leads to, null when that is nowhere: "field", "part.field",
/// "owner.field".
const catalog::Value *named_value(const std::string &name, const Place &home) {
  const auto dot = name.find('.');
  if (dot == std::string::npos) {
    if (home.part == nullptr) return field_value(home.type.fields, home.record.values, name);
    const auto &part = home.type.parts[static_cast<std::size_t>(home.part->part)];
    return field_value(part.fields, home.part->values, name);
  }
  const auto before = name.substr(0, dot);
  const auto after = name.substr(dot + 1);
  if (before == "owner") return field_value(home.type.fields, home.record.values, after);
  const int kind = home.type.part_index(before);
  // Of several such parts the earliest meets the limit.
  const catalog::Value *first = nullptr;
  for (const auto &part : home.record.parts) {
    if (part.part != kind || part.withdrawn) continue;
    const auto *value =
        field_value(home.type.parts[static_cast<std::size_t>(kind)].fields, part.values, after);
    const auto day = value != nullptr ? record::day_in(*value) : std::nullopt;
    if (day && (first == nullptr || *day < *record::day_in(*first))) first = value;
  }
  return first;
}

/// A date or moment; empty when it has not begun.
catalog::Value start_of(const Deadline &rule, const Place &home, const Facts &facts) {
  if (rule.from_event == "@opened") return home.record.day;
  if (!rule.from_event.empty()) return {};
  for (const auto &ref : rule.from)
    if (auto value = record::value_at(ref, home, facts.around); record::day_in(value)) return value;
  return {};
}

/// A state that lasts beyond the day on which the limit was met pauses only what came before: what
/// was met in time stays so.
std::vector<Stretch> before(std::vector<Stretch> stays, const std::optional<Date> &until) {
  if (!until) return stays;
  std::vector<Stretch> out;
  for (auto stay : stays) {
    stay.to = std::min(stay.to, until->plus_days(-1));
    if (stay.from <= stay.to) out.push_back(stay);
  }
  return out;
}

std::vector<Stretch> pauses_of(const Deadline &rule, const Place &home,
                               const std::optional<Date> &until, const Facts &facts) {
  std::vector<Stretch> out;
  auto add = [&](const Deadline::Pause &pause, const Place &place) {
    const auto from = record::day_in(record::value_at(pause.from, place, facts.around));
    if (!from) return;
    for (const auto &ref : pause.to)
      if (auto to = record::day_in(record::value_at(ref, place, facts.around))) {
        if (*to >= *from) out.push_back({*from, *to});
        return;
      }
    // It goes on: until today, or until the limit was met all the same.
    const auto last = until ? until->plus_days(-1) : facts.around.today;
    if (*from <= last) out.push_back({*from, last});
  };
  for (const auto &pause : rule.pauses) {
    if (!pause.state.empty()) {
      if (facts.stays)
        for (const auto &stay : before(facts.stays(pause.state), until)) out.push_back(stay);
      continue;
    }
    if (pause.part.empty()) {
      add(pause, home);
      continue;
    }
    const int kind = home.type.part_index(pause.part);
    for (const auto &part : home.record.parts)
      if (part.part == kind && !part.withdrawn)
        add(pause, {home.type, home.record, &part, -1, nullptr});
  }
  return out;
}

std::optional<Measured> measure(const Deadline &rule, const Place &home, const Facts &facts) {
  if (!record::holds(rule.when, home, facts.around) || facts.calendar == nullptr)
    return std::nullopt;
  const auto begun = start_of(rule, home, facts);
  const auto start = record::day_in(begun);
  const auto *ended = named_value(rule.until, home);
  const auto until = ended != nullptr ? record::day_in(*ended) : std::nullopt;
  if (!start) return std::nullopt;
  // `before` counts back from the event, which is what the rule starts from.
  std::vector<Extension> granted;
  if (rule.extend && facts.extensions)
    granted = facts.extensions(rule.id, home.part != nullptr ? home.part->id : RecordId());
  auto worked =
      reckon(rule, {*start, pauses_of(rule, home, until, facts), std::move(granted), true},
             *facts.calendar);
  if (!worked) return std::nullopt;
  Measured out;
  out.rule = &rule;
  out.reckoning = std::move(*worked);
  out.part = home.part;
  out.until = until;
  out.until_name = rule.until;
  out.satisfied = until && satisfied(rule, out.reckoning, *until);
  if (const auto *moment = begun.get<Moment>();
      moment != nullptr && rule.unit == Deadline::Unit::Hours) {
    out.due_at = reckon_hours(rule, *moment);
    out.reckoning.due = out.due_at->date();
    if (const auto *done = until ? ended->get<Moment>() : nullptr)
      out.satisfied = *done <= *out.due_at;
  }
  return out;
}

} // namespace

std::optional<Measured> measure_limit(const std::string &id, const Place &place,
                                      const Facts &facts) {
  Place home = place;
  home.part = nullptr;
  for (const auto &rule : place.type.deadlines)
    if (rule.id == id) return measure(rule, home, facts);
  for (std::size_t kind = 0; kind < place.type.parts.size(); ++kind)
    for (const auto &rule : place.type.parts[kind].deadlines) {
      if (rule.id != id) continue;
      const bool here = place.part != nullptr && place.part->part == static_cast<int>(kind);
      home.part = here ? place.part : last_part(place.record, static_cast<int>(kind));
      return home.part == nullptr ? std::nullopt : measure(rule, home, facts);
    }
  return std::nullopt;
}

std::vector<Measured> limits_of(const catalog::RecordType &type, const record::Record &record,
                                const Facts &facts) {
  std::vector<Measured> out;
  auto add = [&](const std::vector<Deadline> &rules, const PartRecord *part) {
    for (const auto &rule : rules)
      if (auto found = measure(rule, {type, record, part, -1, nullptr}, facts))
        out.push_back(std::move(*found));
  };
  add(type.deadlines, nullptr);
  for (const auto &part : record.parts)
    if (!part.withdrawn) add(type.parts[static_cast<std::size_t>(part.part)].deadlines, &part);
  return out;
}

} // namespace yifa::procedure
