#include "catalog/loading.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace yifa::catalog {
namespace {

const std::initializer_list<std::string_view> deadline_keys = {
    "within", "lasts",  "before", "not_before", "by",   "keep",   "from", "until", "when", "binds",
    "pauses", "extend", "lapse",  "delegated",  "roll", "source", "seen", "label", "help"};
/// Days of the core that no field holds.
constexpr std::string_view events[] = {"@opened", "@recorded", "@ended",
                                       "@event",  "@renewed",  "@transferred"};

bool is_event(std::string_view name) {
  return std::find(std::begin(events), std::end(events), name) != std::end(events);
}

bool good_deadline_id(std::string_view id) {
  if (id.empty() || id.size() > 40 || id.front() < 'A' || id.front() > 'Z' || id.back() == '.')
    return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
}

class DeadlineReader {
public:
  DeadlineReader(Loading &loading, const Scope &scope)
      : loading_(loading), report_(loading.report), scope_(scope) {}
  Deadline read(const Node &key, const Node &node);

private:
  void span(const Shape &shape, const Node &key, Deadline &out);
  void by(const Node &node, Deadline &out);
  void starts(const Shape &shape, const Node &key, Deadline &out);
  void ends(const Shape &shape, const Node &key, Deadline &out);
  void pauses(const Node &node, Deadline &out);
  void extend(const Node &node, Deadline &out);
  void lapse(const Node &node, Deadline &out);
  /// A day of the scope; moments are remembered, since hours need them.
  FieldRef day(const Node &node);

  Loading &loading_;
  Report &report_;
  const Scope &scope_;
  bool only_dates_ = false; ///< some end is a date, so hours cannot be told
};

FieldRef DeadlineReader::day(const Node &node) {
  Named found = find_name(loading_, scope_, node);
  if (!found) return {};
  if (!is_day(found)) {
    report_.error(node, fmt::format("\"{}\" is no date and no moment", node.text));
    return {};
  }
  if (!found.field || found.field->type == FieldType::Date) only_dates_ = true;
  return found.ref;
}

void DeadlineReader::by(const Node &node, Deadline &out) {
  Shape shape(node, report_, "by", {"date", "of", "inclusive"});
  if (const Node *date = shape.need("date")) {
    auto text = read_text(*date, report_, "date");
    // 2024 is a leap year, so that 02-29 may be written.
    auto made = Date::parse("2024-" + text);
    if (!made || text.size() != 5) {
      report_.error(*date, "a day of the year is written like 03-01");
    } else {
      out.month = static_cast<int>(made->month());
      out.day = static_cast<int>(made->day());
    }
  }
  if (const Node *of = shape.need("of")) {
    read_word(*of, report_, "of", {"same_year", "next_year"});
    out.of = of->text;
  }
  out.inclusive = shape.flag("inclusive");
}

void DeadlineReader::span(const Shape &shape, const Node &key, Deadline &out) {
  static constexpr std::string_view kinds[] = {"within",     "lasts", "before",
                                               "not_before", "by",    "keep"};
  int found = 0;
  for (std::size_t i = 0; i < std::size(kinds); ++i) {
    const Node *node = shape.get(kinds[i]);
    if (!node) continue;
    ++found;
    out.kind = static_cast<Deadline::Kind>(i);
    if (out.kind == Deadline::Kind::By)
      by(*node, out);
    else
      read_duration(loading_, *node, kinds[i], out.amount, out.unit);
    if (out.amount == 0 && out.kind != Deadline::Kind::Within && out.kind != Deadline::Kind::By &&
        node->is_text())
      report_.error(*node, "a time of nothing");
  }
  if (found != 1)
    report_.error(key, fmt::format("the deadline {} says {} of within, lasts, before, not_before, "
                                   "by, keep; it must say one",
                                   key.text, found == 0 ? "none" : "several"));
}

void DeadlineReader::starts(const Shape &shape, const Node &key, Deadline &out) {
  const Node *from = shape.need("from");
  if (!from) return;
  for (const Node *one : read_texts(*from, report_, "from")) {
    if (one->text.starts_with("@") && is_event(one->text)) {
      out.from_event = one->text;
      continue;
    }
    if (out.kind == Deadline::Kind::By) { // `by` may start from a year
      if (Named found = find_day_or_year(loading_, scope_, *one)) out.from.push_back(found.ref);
      continue;
    }
    if (FieldRef ref = day(*one); ref.kind != FieldRef::Kind::None) out.from.push_back(ref);
  }
  if (!out.from_event.empty() && !out.from.empty())
    report_.error(*from,
                  fmt::format("the deadline {} starts from fields or from an event, not from both",
                              key.text));
}

void DeadlineReader::ends(const Shape &shape, const Node &key, Deadline &out) {
  const Node *until = out.kind == Deadline::Kind::Keep ? shape.get("until") : shape.need("until");
  if (!until) return;
  if (!until->is_text()) {
    report_.error(*until, "\"until\" names one field");
    return;
  }
  out.until = until->text;
  (void)key;
  if (is_event(out.until)) return;
  auto dot = out.until.find('.');
  auto head = out.until.substr(0, dot);
  if (dot != std::string::npos && head != "owner" && scope_.is_record()) {
    int part = scope_.type->part_index(head);
    if (part >= 0) {
      Scope inner = scope_.of_part(scope_.type->parts[static_cast<std::size_t>(part)]);
      Named found = find_name(loading_, inner, *until, std::string_view(out.until).substr(dot + 1));
      if (found && !is_day(found))
        report_.error(*until, fmt::format("\"{}\" is no date and no moment", out.until));
      return;
    }
    if (!scope_.type->field(head)) {
      std::vector<std::string> known;
      for (const auto &one : scope_.type->parts) known.push_back(one.id);
      report_.unknown(*until, fmt::format("part of {}", scope_.name()), head, known);
      return;
    }
  }
  day(*until);
}

void DeadlineReader::pauses(const Node &node, Deadline &out) {
  if (!node.is_list()) {
    report_.error(node, "\"pauses\" must be a list");
    return;
  }
  for (const Node &one : node.items) {
    Deadline::Pause pause;
    if (one.is_text()) {
      pause.state = one.text;
    } else {
      Shape shape(one, report_, "a pause", {"state", "part", "from", "to", "source", "seen"});
      if (!shape.good()) continue;
      pause.state = shape.text("state");
      pause.part = shape.text("part");
      if (!pause.state.empty() && (shape.has("part") || shape.has("from") || shape.has("to")))
        report_.error(one, "a pause is a state, or two dates of the record or a part");
      pause.source = read_source(loading_, shape, scope_.type->law, false);
      if (pause.state.empty()) {
        const Part *part = nullptr;
        if (const Node *name = shape.get("part")) {
          int at = scope_.is_record() ? scope_.type->part_index(pause.part) : -1;
          if (at < 0) {
            std::vector<std::string> known;
            for (const auto &known_part : scope_.type->parts) known.push_back(known_part.id);
            report_.unknown(*name, fmt::format("part of {}", scope_.name()), pause.part, known);
            continue;
          }
          part = &scope_.type->parts[static_cast<std::size_t>(at)];
        }
        Scope inner = part ? scope_.of_part(*part) : scope_;
        if (const Node *from = shape.need("from"))
          pause.from = find_day(loading_, inner, *from).ref;
        if (shape.need("to"))
          for (const Node *to : shape.list("to"))
            if (Named found = find_day(loading_, inner, *to)) pause.to.push_back(found.ref);
      }
    }
    if (!pause.state.empty() && !scope_.type->state(pause.state)) {
      std::vector<std::string> known;
      for (const auto &state : scope_.type->states) known.push_back(state.id);
      const Node *at = one.is_map() ? one.find("state") : &one;
      report_.unknown(*at, "state", pause.state, known);
    }
    // A pause stands in the deadline's own article or cites another; unwritten, it is the
    // deadline's.
    if (pause.source.law.empty()) pause.source = out.source;
    out.pauses.push_back(std::move(pause));
  }
}

void DeadlineReader::extend(const Node &node, Deadline &out) {
  Deadline::Extension made;
  Shape shape(node, report_, "extend",
              {"by", "times", "role", "consent", "tell", "source", "seen"});
  if (!shape.good()) return;
  if (const Node *amount = shape.need("by")) {
    if (amount->is_text() && amount->text == "any")
      made.any = true;
    else
      read_duration(loading_, *amount, "by", made.by, made.unit);
  }
  made.times = static_cast<int>(std::min<std::int64_t>(shape.number("times"), 1000));
  made.role = shape.text("role");
  if (const Node *role = shape.get("role")) check_role(loading_, *role, made.role);
  made.consent = shape.text("consent");
  if (made.role.empty() && made.consent.empty())
    report_.error(node, "an extension says by which role or whose consent");
  made.tell = shape.flag("tell");
  made.source = read_source(loading_, shape, scope_.type->law, false);
  if (made.source.law.empty()) made.source = out.source;
  out.extend = std::move(made);
}

void DeadlineReader::lapse(const Node &node, Deadline &out) {
  if (node.is_text()) {
    out.lapse = node.text;
    out.lapse_source = out.source;
    return;
  }
  Shape shape(node, report_, "lapse", {"says", "source", "seen"});
  out.lapse = shape.need_text("says");
  out.lapse_source = read_source(loading_, shape, scope_.type->law, false);
  if (out.lapse_source.law.empty()) out.lapse_source = out.source;
}

Deadline DeadlineReader::read(const Node &key, const Node &node) {
  Deadline out;
  out.id = key.text;
  Shape shape(node, report_, fmt::format("the deadline {}", key.text), deadline_keys);
  if (!shape.good()) return out;
  span(shape, key, out);
  out.source = read_source(loading_, shape, scope_.type->law, true);
  starts(shape, key, out);
  ends(shape, key, out);
  out.when = read_when(loading_, scope_, shape, {"a deadline"});
  out.binds = "office";
  if (const Node *binds = shape.get("binds")) {
    read_word(*binds, report_, "binds", {"office", "party", "superior"});
    out.binds = binds->text;
  }
  if (const Node *list = shape.get("pauses")) pauses(*list, out);
  if (const Node *more = shape.get("extend")) extend(*more, out);
  if (const Node *says = shape.get("lapse")) lapse(*says, out);
  if (const Node *level = shape.get("delegated")) {
    read_word(*level, report_, "delegated", {"province", "county", "township"});
    out.delegated = level->text;
    if (!shape.has("seen"))
      report_.error(
          *level,
          fmt::format("the value of {} is delegated, so `seen` must say how sure the default is",
                      key.text));
  }
  out.roll = shape.flag("roll");
  if (out.roll && out.unit == Deadline::Unit::Workdays)
    report_.warning(*shape.get("roll"), "working days never end on a holiday; `roll` does nothing");
  bool hours = out.unit == Deadline::Unit::Hours && out.kind != Deadline::Kind::By;
  if (hours && only_dates_)
    report_.error(key, fmt::format("{} counts hours, so its fields must be moments", key.text));
  return out;
}

} // namespace

bool read_duration(Loading &loading, const Node &node, std::string_view what, std::int64_t &amount,
                   Deadline::Unit &unit) {
  static constexpr std::pair<std::string_view, Deadline::Unit> units[] = {
      {"days", Deadline::Unit::Days},         {"day", Deadline::Unit::Days},
      {"workdays", Deadline::Unit::Workdays}, {"workday", Deadline::Unit::Workdays},
      {"months", Deadline::Unit::Months},     {"month", Deadline::Unit::Months},
      {"years", Deadline::Unit::Years},       {"year", Deadline::Unit::Years},
      {"hours", Deadline::Unit::Hours},       {"hour", Deadline::Unit::Hours}};
  auto fault = [&] {
    loading.report.error(
        node,
        fmt::format("\"{}\" must be a time like 7 workdays (days, workdays, months, years, hours)",
                    what));
    return false;
  };
  if (!node.is_text()) return fault();
  auto text = node.text;
  auto blank = text.find(' ');
  if (blank == std::string_view::npos || blank == 0 || blank > 5) return fault();
  auto [end, code] = std::from_chars(text.data(), text.data() + blank, amount);
  if (code != std::errc() || end != text.data() + blank || amount < 0) return fault();
  for (const auto &[name, one] : units)
    if (text.substr(blank + 1) == name) {
      unit = one;
      return true;
    }
  return fault();
}

void declare_deadlines(Loading &loading, std::size_t edition) {
  const RecordType &type = loading.catalog.editions[edition];
  const auto &source = loading.sources[edition];
  auto declare = [&](const Node *map, const std::string &where) {
    if (!map || !map->is_map()) return;
    for (std::size_t i = 0; i < map->pairs(); ++i) {
      const Node &key = map->key(i);
      if (!good_deadline_id(key.text)) {
        loading.report.error(
            key, fmt::format(
                     "\"{}\" cannot name a deadline: capitals, digits, _ and dots, like PEN.SERVE",
                     key.text));
        continue;
      }
      auto [have, fresh] = loading.deadlines.try_emplace(std::string(key.text), where, &key);
      if (!fresh && have->second.first != where && !source.past)
        loading.report.error(key, fmt::format("the deadline {} is declared by {} too", key.text,
                                              have->second.first));
    }
  };
  declare(source.root->find("deadlines"), type.id);
  if (const Node *parts = source.root->find("parts"); parts && parts->is_map())
    for (std::size_t i = 0; i < parts->pairs(); ++i)
      declare(parts->value(i).find("deadlines"), fmt::format("{}.{}", type.id, parts->key(i).text));
}

void check_deadline_name(Loading &loading, const Scope &scope, const Node &at,
                         std::string_view name) {
  auto known = loading.deadlines.find(name);
  if (known != loading.deadlines.end()) {
    auto where = std::string_view(known->second.first);
    auto type = where.substr(0, where.find('.'));
    bool own = scope.type && (type == scope.type->id);
    bool wrong_part = own && scope.part && where != scope.type->id &&
                      where != scope.type->id + "." + scope.part->id;
    // A part taken over by `like` brings its gates; the deadline runs where it was declared.
    if (!own || wrong_part)
      loading.report.error(
          at, fmt::format("the deadline {} runs on {}, not on {}", name, where, scope.name()));
    return;
  }
  // `reviews.DEC.LEGAL`: a deadline of the linked record.
  auto dot = name.find('.');
  auto head = name.substr(0, dot);
  if (dot != std::string_view::npos && scope.type && scope.is_record()) {
    std::string other;
    for (const auto &back : scope.type->backs)
      if (back.name == head) other = back.type;
    if (const Field *link = scope.type->field(head); link && link->to.size() == 1)
      other = link->to.front();
    auto inner = loading.deadlines.find(name.substr(dot + 1));
    if (!other.empty() && inner != loading.deadlines.end()) {
      auto where = std::string_view(inner->second.first);
      if (where.substr(0, where.find('.')) == other) return;
      loading.report.error(
          at, fmt::format("the deadline {} runs on {}, not on {}", inner->first, where, other));
      return;
    }
  }
  std::vector<std::string> names;
  for (const auto &[id, place] : loading.deadlines) names.push_back(id);
  loading.report.unknown(at, "deadline", name, names);
}

void read_deadlines(Loading &loading, const Node &map, const Scope &scope,
                    std::vector<Deadline> &out) {
  if (!map.is_map()) {
    if (!map.is_null()) loading.report.error(map, "\"deadlines\" must be a map of deadlines");
    return;
  }
  DeadlineReader reader(loading, scope);
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    if (map.value(i).broken()) continue;
    out.push_back(DeadlineReader(loading, scope).read(map.key(i), map.value(i)));
  }
}

void read_rhythms(Loading &loading, const Node &map, const Scope &scope, std::vector<Rhythm> &out) {
  auto &report = loading.report;
  if (!map.is_map()) {
    if (!map.is_null()) report.error(map, "\"rhythms\" must be a map of rhythms");
    return;
  }
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    const Node &key = map.key(i);
    if (map.value(i).broken()) continue;
    if (!good_deadline_id(key.text))
      report.error(
          key, fmt::format("\"{}\" cannot name a rhythm: capitals, digits, _ and dots", key.text));
    auto [have, fresh] = loading.deadlines.try_emplace(std::string(key.text), scope.type->id, &key);
    if (!fresh && have->second.second != &key && have->second.first != scope.type->id)
      report.error(key, fmt::format("{} is declared by {} too", key.text, have->second.first));
    Rhythm rhythm;
    rhythm.id = key.text;
    Shape shape(map.value(i), report, fmt::format("the rhythm {}", key.text),
                {"every", "per", "of", "where", "at_least", "delegated", "source", "seen", "label",
                 "help"});
    if (!shape.good()) continue;
    if (const Node *every = shape.need("every")) {
      rhythm.every = read_text(*every, report, "every");
      static const std::vector<std::string> plain = {"week", "month", "quarter", "year"};
      std::int64_t amount = 0;
      Deadline::Unit unit = Deadline::Unit::Days;
      bool span = rhythm.every.find(' ') != std::string::npos;
      if (span)
        read_duration(loading, *every, "every", amount, unit);
      else if (std::find(plain.begin(), plain.end(), rhythm.every) == plain.end())
        report.error(*every, "\"every\" is week, month, quarter, year or a time like 2 years");
    }
    if (const Node *per = shape.need("per")) {
      read_word(*per, report, "per", {"org", "village"});
      rhythm.per = per->text;
    }
    Scope subject = scope;
    rhythm.of = shape.text("of");
    if (const Node *of = shape.get("of")) {
      subject.type = loading.catalog.type(rhythm.of);
      if (!subject.type) {
        report.unknown(*of, "type", rhythm.of, loading.type_names());
        subject = scope;
      }
    }
    if (const Node *where = shape.get("where"))
      rhythm.where =
          read_predicate(loading, subject, *where, {"a rhythm", false, false, false, false});
    rhythm.at_least = shape.number("at_least", 1);
    if (rhythm.at_least < 1) report.error(*shape.get("at_least"), "at_least 0 always holds");
    if (const Node *level = shape.get("delegated")) {
      read_word(*level, report, "delegated", {"province", "county", "township"});
      rhythm.delegated = level->text;
      if (!shape.has("seen"))
        report.error(
            *level,
            fmt::format("the value of {} is delegated, so `seen` must say how sure the default is",
                        key.text));
    }
    rhythm.source = read_source(loading, shape, scope.type->law, true);
    out.push_back(std::move(rhythm));
  }
}

} // namespace yifa::catalog
