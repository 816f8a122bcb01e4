#include "catalog/loading.h"

#include <algorithm>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

constexpr std::string_view fen = "分";
constexpr std::string_view percent_sign = "%";
/// Villages and other places are counted by this word.
constexpr std::string_view piece = "个";

/// Fields that are filled in every record for which the predicate holds.
class Implied {
public:
  Implied(const RecordType &type, std::map<std::string, std::set<int>> by_state)
      : type_(type), by_state_(std::move(by_state)) {}

  std::set<int> of(const Predicate &predicate) const {
    std::set<int> out = everywhere();
    add(out, read(predicate, 0));
    return with_asked(std::move(out));
  }

private:
  static void add(std::set<int> &to, const std::set<int> &from) {
    to.insert(from.begin(), from.end());
  }
  static std::set<int> common(const std::set<int> &a, const std::set<int> &b) {
    std::set<int> out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
    return out;
  }

  /// Adds what was asked together with something that is filled.
  std::set<int> with_asked(std::set<int> out) const {
    for (bool more = true; more;) {
      auto before = out.size();
      std::set<int> with;
      for (int field : out) add(with, asked_with(field));
      add(out, with);
      more = out.size() > before;
    }
    return out;
  }

  std::set<int> everywhere() const {
    std::optional<std::set<int>> out;
    for (const auto &[state, fields] : by_state_) out = out ? common(*out, fields) : fields;
    return out.value_or(std::set<int>());
  }

  std::set<int> in_states(const std::vector<Operand> &states) const {
    std::optional<std::set<int>> out;
    for (const auto &one : states) {
      const auto *name = one.literal.get<std::string>();
      auto at = name ? by_state_.find(*name) : by_state_.end();
      auto fields = at == by_state_.end() ? std::set<int>() : at->second;
      out = out ? common(*out, fields) : fields;
    }
    return out.value_or(std::set<int>());
  }

  /// What every step that asks for the field asks beside it, and what was filled before it.
  std::set<int> asked_with(int field) const {
    const Field &one = type_.fields[static_cast<std::size_t>(field)];
    if (one.required || one.derive) return {};
    std::optional<std::set<int>> out;
    for (const auto &step : type_.transitions) {
      std::set<int> here;
      for (const auto &ref : step.asks)
        if (ref.kind == FieldRef::Kind::Field) here.insert(ref.index);
      if (!here.count(field)) continue;
      std::optional<std::set<int>> before;
      for (const auto &from : step.from) {
        auto at = by_state_.find(from);
        if (at != by_state_.end()) before = before ? common(*before, at->second) : at->second;
      }
      if (before) add(here, *before);
      out = out ? common(*out, here) : here;
    }
    return out.value_or(std::set<int>());
  }

  std::set<int> read(const Predicate &predicate, int depth) const {
    std::set<int> out;
    if (depth > 16) return out;
    switch (predicate.kind) {
    case Predicate::Kind::All:
      for (const auto &child : predicate.children) add(out, read(child, depth + 1));
      break;
    case Predicate::Kind::Any: {
      std::optional<std::set<int>> both;
      for (const auto &child : predicate.children) {
        auto one = with_asked(read(child, depth + 1));
        both = both ? common(*both, one) : one;
      }
      out = both.value_or(std::set<int>());
      break;
    }
    case Predicate::Kind::Compare: {
      if (predicate.field.kind == FieldRef::Kind::State) return in_states(predicate.any_of);
      if (predicate.field.kind != FieldRef::Kind::Field) break;
      auto is_false = [](const Operand &o) {
        return o.literal.get<bool>() && !*o.literal.get<bool>();
      };
      bool unset = std::any_of(predicate.any_of.begin(), predicate.any_of.end(), is_false) ||
                   (predicate.filled && !*predicate.filled);
      if (unset) break;
      out.insert(predicate.field.index);
      const Field &field = type_.fields[static_cast<std::size_t>(predicate.field.index)];
      if (field.derive && field.derive->kind == Derivation::Kind::When &&
          field.type == FieldType::Flag && predicate.any_of.size() == 1)
        add(out, read(field.derive->when, depth + 1));
      break;
    }
    default:
      break;
    }
    return out;
  }

  const RecordType &type_;
  std::map<std::string, std::set<int>> by_state_;
};

class IndicatorChecker {
public:
  explicit IndicatorChecker(Loading &loading)
      : loading_(loading), report_(loading.report), catalog_(loading.catalog) {}
  void run();

private:
  enum class Mark { New, Open, Done };
  Indicator *find(const Node &at, const std::string &id);
  const Node &place(const Indicator &indicator, std::string_view key) const;
  void finish(std::size_t at);
  void own_unit(Indicator &one, std::size_t at);
  std::string chosen_unit(const Indicator &one, std::size_t at) const;
  void sum_unit(Indicator &one, std::size_t at, const Field &field);
  void day_filled(const Indicator &one, std::size_t at);
  void least(Indicator &one);
  void total(Indicator &one);
  void ratio(Indicator &one);
  bool same_ground(const Indicator &a, const Indicator &b) const;
  std::set<std::string> grounds(const Indicator &one, int depth = 0) const;
  const Field *field_of(const Indicator &one, std::size_t at, const FieldRef &ref) const;

  Loading &loading_;
  Report &report_;
  Catalog &catalog_;
  std::vector<Mark> marks_;
  std::map<std::string, std::unique_ptr<Implied>> implied_;
};

Indicator *IndicatorChecker::find(const Node &at, const std::string &id) {
  for (std::size_t i = 0; i < catalog_.indicators.size(); ++i) {
    if (catalog_.indicators[i].id != id) continue;
    if (marks_[i] == Mark::Open) {
      report_.error(at, fmt::format("\"{}\" is computed from itself", id));
      return nullptr;
    }
    finish(i);
    return &catalog_.indicators[i];
  }
  if (loading_.indicator_places.count(id)) return nullptr; // its own fault is said
  std::vector<std::string> known;
  for (const auto &one : catalog_.indicators) known.push_back(one.id);
  report_.unknown(at, "indicator", id, known);
  return nullptr;
}

const Node &IndicatorChecker::place(const Indicator &indicator, std::string_view key) const {
  const auto &source =
      loading_.indicator_sources[static_cast<std::size_t>(&indicator - catalog_.indicators.data())];
  const Node *node = source.node->find(key);
  return node ? *node : *source.key;
}

const Field *IndicatorChecker::field_of(const Indicator &one, std::size_t at,
                                        const FieldRef &ref) const {
  const auto &source = loading_.indicator_sources[at];
  const RecordType &type = catalog_.editions[source.edition];
  const auto &fields = source.part >= 0 && ref.kind != FieldRef::Kind::Owner
                           ? type.parts[static_cast<std::size_t>(source.part)].fields
                           : type.fields;
  (void)one;
  if (ref.index < 0 || static_cast<std::size_t>(ref.index) >= fields.size()) return nullptr;
  const Field &field = fields[static_cast<std::size_t>(ref.index)];
  if (ref.kind == FieldRef::Kind::RowColumn)
    return &field.columns[static_cast<std::size_t>(ref.column)];
  return ref.kind == FieldRef::Kind::Field || ref.kind == FieldRef::Kind::Owner ? &field : nullptr;
}

/// The one measure word left when the condition chooses codes that share it.
std::string IndicatorChecker::chosen_unit(const Indicator &one, std::size_t at) const {
  std::vector<const Predicate *> conditions = {&one.where};
  if (one.where.kind == Predicate::Kind::All) {
    conditions.clear();
    for (const auto &child : one.where.children) conditions.push_back(&child);
  }
  for (const auto *condition : conditions) {
    if (condition->kind != Predicate::Kind::Compare || condition->field.name != one.unit_of ||
        condition->any_of.empty())
      continue;
    const Field *field = field_of(one, at, condition->field);
    const CodeList *list = field ? catalog_.list(field->list) : nullptr;
    std::string unit;
    for (const auto &operand : condition->any_of) {
      const auto *code = operand.literal.get<Code>();
      const CodeWord *word = list && code ? list->find(code->text) : nullptr;
      if (!word || (!unit.empty() && unit != word->unit)) return {};
      unit = word->unit;
    }
    return unit;
  }
  return {};
}

void IndicatorChecker::sum_unit(Indicator &one, std::size_t at, const Field &field) {
  if (one.money) {
    if (!one.unit.empty())
      report_.error(place(one, "unit"), "money has its own unit; it is printed in yuan");
    one.unit = fen;
    return;
  }
  if (!field.unit_of.empty()) {
    // The measure word follows the code of the same line, so numbers of unlike codes never meet.
    auto prefix = one.of.kind == FieldRef::Kind::RowColumn
                      ? one.of.name.substr(0, one.of.name.find('.')) + "."
                      : std::string();
    one.unit_of = prefix + field.unit_of;
    if (auto unit = chosen_unit(one, at); !unit.empty()) {
      if (!one.unit.empty() && !catalog_.same_family(one.unit, unit))
        report_.error(place(one, "unit"),
                      fmt::format("what is chosen here counts {}, which is no {}", unit, one.unit));
      if (one.unit.empty()) one.unit = unit;
      one.unit_of.clear();
      return;
    }
    if (!one.unit.empty())
      report_.error(place(one, "unit"),
                    fmt::format("the unit follows \"{}\"; it cannot be one word", one.unit_of));
    if (!one.dimension(one.unit_of))
      report_.error(
          place(one, "sum"),
          fmt::format("\"{}\" counts {} of unlike units, whose sum means nothing; group it: by: {}",
                      one.of.name, field.label.zh, one.unit_of));
    one.unit.clear();
    return;
  }
  auto visits = catalog_.summed_units.find(field.unit);
  bool people = visits != catalog_.summed_units.end();
  if (one.unit.empty()) {
    if (people && one.persons.empty() && !one.stock)
      report_.error(place(one, "sum"),
                    fmt::format("{} summed over events may count a person twice: say unit: {}, or "
                                "persons: why nobody is counted twice",
                                field.unit, visits->second));
    one.unit = field.unit;
    return;
  }
  if (people && one.unit == visits->second) return;
  if (!field.unit.empty() && !catalog_.same_family(field.unit, one.unit)) {
    report_.error(place(one, "unit"), fmt::format("\"{}\" counts {}, which is no {}", one.of.name,
                                                  field.unit, one.unit));
    return;
  }
  if (people && one.persons.empty() && !one.stock)
    report_.error(place(one, "unit"),
                  fmt::format("{} summed over events may count a person twice: say unit: {}, or "
                              "persons: why nobody is counted twice",
                              one.unit, visits->second));
  (void)at;
}

void IndicatorChecker::own_unit(Indicator &one, std::size_t at) {
  const auto &source = loading_.indicator_sources[at];
  const RecordType &type = catalog_.editions[source.edition];
  const Field *field = field_of(one, at, one.of);
  switch (one.way) {
  case Indicator::Way::Count:
    if (!one.unit.empty()) break;
    if (one.lines || source.part >= 0)
      report_.error(*source.key, fmt::format("\"{}\" counts {}, so it must say its unit", one.id,
                                             one.lines ? "lines" : "parts"));
    else
      one.unit = type.unit;
    break;
  case Indicator::Way::Sum:
    if (field && one.since.empty()) sum_unit(one, at, *field);
    break;
  case Indicator::Way::Distinct:
    if (!one.unit.empty() || !field) break;
    if (field->type == FieldType::Org) {
      one.unit = piece;
    } else if (field->type == FieldType::Link && field->to.size() == 1 &&
               catalog_.type(field->to.front())) {
      one.unit = catalog_.type(field->to.front())->unit;
    } else {
      report_.error(*source.key, fmt::format("\"{}\" counts different {}, so it must say its unit",
                                             one.id, one.of.name));
    }
    break;
  default:
    break;
  }
  if (!one.persons.empty() && one.way != Indicator::Way::Sum)
    report_.error(place(one, "persons"), "`persons` goes with a sum of people");
}

void IndicatorChecker::day_filled(const Indicator &one, std::size_t at) {
  const auto &source = loading_.indicator_sources[at];
  if (one.stock || one.day.kind != FieldRef::Kind::Field || loading_.sources[source.edition].broken)
    return;
  const RecordType &type = catalog_.editions[source.edition];
  const std::string where = type.id + (source.part >= 0 ? "." + one.part : "");
  auto &known = implied_[where];
  const auto *fields = &type.fields;
  if (source.part >= 0) fields = &type.parts[static_cast<std::size_t>(source.part)].fields;
  const Field &day = (*fields)[static_cast<std::size_t>(one.day.index)];
  if (day.required) return;
  if (!known) {
    auto by_state =
        source.part >= 0 ? std::map<std::string, std::set<int>>() : filled_by_state(type);
    known = std::make_unique<Implied>(type, std::move(by_state));
  }
  bool filled = false;
  if (source.part >= 0) {
    // A part has no states: only its own condition can promise the date.
    auto asks = [&](auto &&self, const Predicate &p) -> bool {
      if (p.kind == Predicate::Kind::All)
        return std::any_of(p.children.begin(), p.children.end(),
                           [&](auto &c) { return self(self, c); });
      return p.kind == Predicate::Kind::Compare && p.field.kind == FieldRef::Kind::Field &&
             p.field.index == one.day.index && !(p.filled && !*p.filled);
    };
    filled = asks(asks, one.where);
  } else {
    filled = known->of(one.where).count(one.day.index) > 0;
  }
  if (!filled)
    report_.error(place(one, "day"), fmt::format("\"{}\" may be empty in what \"{}\" counts; make "
                                                 "it required, ask it on the way, or count "
                                                 "only {{{}: {{filled: true}}}}",
                                                 day.id, one.id, day.id));
}

void IndicatorChecker::least(Indicator &one) {
  Indicator *of = find(place(one, "least"), one.of_indicator);
  if (!of) return;
  one.unit = one.unit.empty() ? of->unit : one.unit;
  auto at = static_cast<std::size_t>(of - catalog_.indicators.data());
  bool villages = std::any_of(of->by.begin(), of->by.end(), [&](const Dimension &d) {
    const Field *field = field_of(*of, at, d.field);
    return field && field->type == FieldType::Org && field->level == OrgLevel::Village;
  });
  if (!villages)
    report_.error(
        place(one, "least"),
        fmt::format("\"{}\" is not grouped by a field of villages (type: org, level: village)",
                    of->id));
}

void IndicatorChecker::total(Indicator &one) {
  const Node &list = place(one, "total");
  const Indicator *first = nullptr;
  for (std::size_t i = 0; i < one.terms.size(); ++i) {
    const Node &at = list.is_list() && i < list.items.size() ? list.items[i] : list;
    Indicator *term = find(at, one.terms[i]);
    if (!term) continue;
    if (term->way == Indicator::Way::Ratio || term->way == Indicator::Way::Least) {
      report_.error(
          at, fmt::format("\"{}\" is a ratio or a least value, which cannot be added", term->id));
      continue;
    }
    if (std::count(one.terms.begin(), one.terms.end(), term->id) > 1)
      report_.error(at, fmt::format("\"{}\" is added twice", term->id));
    if (!term->unit_of.empty()) report_.error(at, fmt::format("\"{}\" has unlike units", term->id));
    if (!first) {
      first = term;
      continue;
    }
    if (!catalog_.same_family(first->unit, term->unit))
      report_.error(at, fmt::format("{} of \"{}\" cannot be added to {} of \"{}\"", term->unit,
                                    term->id, first->unit, first->id));
    if (first->stock != term->stock)
      report_.error(at, fmt::format("\"{}\" is a stock and \"{}\" is counted over the period",
                                    first->stock ? first->id : term->id,
                                    first->stock ? term->id : first->id));
  }
  if (!first) return;
  if (!one.unit.empty() && !catalog_.same_family(first->unit, one.unit))
    report_.error(place(one, "unit"),
                  fmt::format("the terms count {}, which is no {}", first->unit, one.unit));
  if (one.unit.empty()) one.unit = first->unit;
  one.stock = first->stock;
  one.money = first->money;
}

/// "type.part/day" of every term a figure rests on.
std::set<std::string> IndicatorChecker::grounds(const Indicator &one, int depth) const {
  if (one.stock && one.way != Indicator::Way::Total) return {"stock"};
  if (one.way == Indicator::Way::Total && depth < 8) {
    std::set<std::string> out;
    for (const auto &term : one.terms)
      for (const auto &other : catalog_.indicators)
        if (other.id == term) out.merge(grounds(other, depth + 1));
    return out;
  }
  return {fmt::format("{}.{}/{}", one.type, one.part, one.day.name)};
}

bool IndicatorChecker::same_ground(const Indicator &a, const Indicator &b) const {
  return grounds(a) == grounds(b);
}

void IndicatorChecker::ratio(Indicator &one) {
  const Node &node = place(one, "ratio");
  auto at = [&](std::string_view key) -> const Node & {
    const Node *found = node.find(key);
    return found ? *found : node;
  };
  if (!one.unit.empty() && one.percent)
    report_.error(place(one, "unit"), "a percent has no other unit");
  Indicator *of = one.of_indicator.empty() ? nullptr : find(at("of"), one.of_indicator);
  bool villages = one.over == "@villages";
  Indicator *over = nullptr;
  if (one.over.starts_with("@") && !villages)
    report_.unknown(at("over"), "name", one.over, {"@villages"});
  else if (!villages && !one.over.empty())
    over = find(at("over"), one.over);
  if (one.percent) one.unit = percent_sign;
  if (!of || (!over && !villages)) return;
  for (const auto &[term, key] : {std::pair(of, "of"), std::pair(over, "over")}) {
    if (!term) continue;
    if (term->way == Indicator::Way::Ratio)
      report_.error(at(key), fmt::format("\"{}\" is a ratio already", term->id));
    if (!term->unit_of.empty())
      report_.error(at(key), fmt::format("\"{}\" has unlike units", term->id));
  }
  if (!one.percent) {
    if (one.unit.empty()) one.unit = of->unit;
    return;
  }
  auto under = villages ? std::string(piece) : over->unit;
  if (!catalog_.same_family(of->unit, under)) {
    report_.error(node, fmt::format("{} of \"{}\" over {} of \"{}\" is no percent", of->unit,
                                    of->id, under, one.over));
    return;
  }
  if (villages || !one.mixed.empty()) return;
  if (!same_ground(*of, *over)) {
    auto day = [](const Indicator &i) {
      return i.stock ? std::string("the end of the period") : "the day " + i.day.name;
    };
    report_.error(
        node,
        fmt::format(
            "\"{}\" goes by {}, \"{}\" by {}: the percent of unlike years; take one day for both, "
            "or say mixed: in words",
            of->id, of->terms.empty() ? day(*of) : "its terms' days", over->id,
            over->terms.empty() ? day(*over) : "its terms' days"));
  }
}

void IndicatorChecker::finish(std::size_t at) {
  if (marks_[at] != Mark::New) return;
  marks_[at] = Mark::Open;
  Indicator &one = catalog_.indicators[at];
  switch (one.way) {
  case Indicator::Way::Least:
    least(one);
    break;
  case Indicator::Way::Total:
    total(one);
    break;
  case Indicator::Way::Ratio:
    ratio(one);
    break;
  default:
    own_unit(one, at);
    day_filled(one, at);
  }
  marks_[at] = Mark::Done;
}

void IndicatorChecker::run() {
  marks_.assign(catalog_.indicators.size(), Mark::New);
  for (std::size_t i = 0; i < catalog_.indicators.size(); ++i) finish(i);
}

} // namespace

void check_indicators(Loading &loading) { IndicatorChecker(loading).run(); }

} // namespace yifa::catalog
