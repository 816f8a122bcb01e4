#include "indicator/sample_ledgers.h"

#include <doctest/doctest.h>

/// Random ledgers, random changes, random periods and scopes. The expected numbers are counted from
/// plain structs by loops of their own, so that a fault of counting, planning, cutting or adding up
/// cannot hide in shared code.
using namespace yifa;
using namespace yifa::indicator;
using namespace yifa::indicator::sample;

namespace {

struct PlainLine {
  std::string kind;
  std::optional<int> copies;
};
struct PlainVisit {
  std::optional<Date> day;
  std::string result;
  std::optional<int> hours;
  bool withdrawn = false;
};
struct Plain {
  RecordId id;
  OrgCode owner;
  bool roster = false;
  bool withdrawn = false;
  // event
  std::optional<Date> held, done;
  std::set<std::string> topics;
  std::string kind;
  std::optional<int> people, fee, area;
  std::set<std::string> villages;
  std::set<int> officers;
  std::optional<bool> urgent;
  std::vector<PlainLine> lines;
  std::vector<PlainVisit> visits;
  // roster
  std::optional<Date> from, to, gone;
  bool suspended = false;
  std::string village;
  std::optional<int> seats;
};

const std::vector<std::string> owner_codes = {"370306104",    "370306104D01", "370306105",
                                              "370306104201", "370307101",    "370306"};
const std::vector<std::string> village_codes = {"370306104201", "370306104202", "370306105201",
                                                "370306105202", "370306104001"};
const std::vector<OrgCode> admin_villages = {org("370306104201"), org("370306104202"),
                                             org("370306105201"), org("370306105202")};

class Chance {
public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int upto(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return upto(n) == 0; }
  const std::string &of(const std::vector<std::string> &all) {
    return all[static_cast<std::size_t>(upto(static_cast<int>(all.size())))];
  }
  /// A day of 2022–2024, often at a month's edge.
  Date day() {
    Date day = on("2022-01-01").plus_days(upto(1096));
    if (one_in(4)) return first_day(day.month_of());
    return one_in(4) ? last_day(day.month_of()) : day;
  }
  std::optional<Date> maybe_day() { return one_in(3) ? std::nullopt : std::optional(day()); }
  std::optional<int> maybe(int n) { return one_in(4) ? std::nullopt : std::optional(upto(n)); }

private:
  std::mt19937 engine_;
};

void fill(Plain &p, Chance &chance) {
  static const std::vector<std::string> kinds = {"a", "b", "c", ""};
  static const std::vector<std::string> topics = {"civil", "penal", "safety", "law"};
  p.withdrawn = chance.one_in(8);
  if (p.roster) {
    p.from = chance.maybe_day();
    p.to = chance.maybe_day();
    p.gone = chance.one_in(3) ? chance.maybe_day() : std::nullopt;
    p.suspended = chance.one_in(6);
    p.kind = chance.of(kinds);
    p.village = chance.one_in(5) ? "" : chance.of(village_codes);
    p.seats = chance.maybe(9);
    return;
  }
  p.held = chance.one_in(9) ? std::nullopt : std::optional(chance.day());
  p.done = chance.maybe_day();
  p.kind = chance.of(kinds);
  p.people = chance.maybe(300);
  p.fee = chance.maybe(90'000);
  p.area = chance.maybe(5'000'000);
  p.urgent = chance.one_in(3) ? std::nullopt : std::optional(chance.one_in(2));
  p.topics.clear();
  p.villages.clear();
  p.officers.clear();
  for (int i = chance.upto(4); i > 0; --i) p.topics.insert(chance.of(topics));
  for (int i = chance.upto(3); i > 0; --i) p.villages.insert(chance.of(village_codes));
  for (int i = chance.upto(3); i > 0; --i) p.officers.insert(chance.upto(5));
  p.lines.clear();
  p.visits.clear();
  for (int i = chance.upto(4); i > 0; --i)
    p.lines.push_back({chance.one_in(2) ? "book" : "banner", chance.maybe(50)});
  for (int i = chance.upto(3); i > 0; --i)
    p.visits.push_back({chance.maybe_day(), chance.of(kinds), chance.maybe(8), chance.one_in(5)});
}

template <typename T> Value value_or_empty(const std::optional<T> &v) {
  return v ? Value(*v) : Value();
}
Value code(const std::string &word) { return word.empty() ? Value() : Value(Code{word}); }
RecordId officer_id(int n) { return SeededIds(static_cast<std::uint64_t>(n) + 100).next(); }

Record record_of(const catalog::Catalog &book, const Plain &p) {
  Record r = blank(book, p.roster ? "roster" : "event", p.owner);
  r.id = p.id;
  r.withdrawn = p.withdrawn;
  if (p.roster) {
    r.values = {value_or_empty(p.from),
                value_or_empty(p.to),
                value_or_empty(p.gone),
                Value(p.suspended),
                code(p.kind),
                p.village.empty() ? Value() : Value(org(p.village)),
                p.seats ? Value(Count{*p.seats}) : Value()};
    r.day = p.from.value_or(on("2020-01-01"));
    return r;
  }
  r.day = p.held.value_or(on("2020-01-01"));
  std::vector<Value> topics, villages, officers;
  for (const auto &t : p.topics) topics.emplace_back(Code{t});
  for (const auto &v : p.villages) villages.emplace_back(org(v));
  for (int o : p.officers) officers.emplace_back(officer_id(o));
  std::vector<Row> lines;
  for (const auto &l : p.lines)
    lines.push_back(Row{{code(l.kind), l.copies ? Value(Count{*l.copies}) : Value()}});
  r.values = {value_or_empty(p.held),
              Value(topics),
              code(p.kind),
              p.people ? Value(Count{*p.people}) : Value(),
              p.fee ? Value(Money::from_fen(*p.fee)) : Value(),
              p.area ? Value(Decimal::from_millionths(*p.area)) : Value(),
              Value(villages),
              value_or_empty(p.done),
              Value(lines),
              Value(officers),
              value_or_empty(p.urgent)};
  for (const auto &v : p.visits) {
    record::PartRecord part;
    part.part = 0;
    part.withdrawn = v.withdrawn;
    part.values = {value_or_empty(v.day), code(v.result),
                   v.hours ? Value(Count{*v.hours}) : Value()};
    r.parts.push_back(part);
  }
  return r;
}

struct Expected {
  std::map<std::string, std::int64_t> value;
  std::map<std::string, std::map<std::string, std::map<std::string, std::int64_t>>>
      groups; ///< id → dimension → code
  std::map<std::string, std::set<std::string>> keys;
};

void count_event(const Plain &p, const Period &period, Expected &e) {
  bool here = p.held && period.contains(*p.held);
  auto add = [&](const std::string &id, std::int64_t n) { e.value[id] += n; };
  auto by = [&](const std::string &id, const std::string &dimension, const std::string &group,
                std::int64_t n) {
    if (!group.empty()) e.groups[id][dimension][group] += n;
  };
  if (here) {
    add("events", 1);
    std::set<std::string> tops;
    for (const auto &t : p.topics) tops.insert(t == "civil" || t == "penal" ? "law" : t);
    for (const auto &t : tops) by("events", "topics", t, 1);
    by("events", "kind", p.kind, 1);
    by("events", "urgent", p.urgent.value_or(false) ? "true" : "false", 1);
    if (p.kind == "a") add("failed", 1);
    if (p.people) add("people", *p.people);
    if (p.fee) add("fee", *p.fee);
    if (p.area) add("area", *p.area);
    for (const auto &l : p.lines) {
      if (l.kind == "book") {
        add("papers", 1);
        by("papers", "lines.kind", "book", 1);
        by("papers", "kind", p.kind, 1);
      }
      if (l.copies) add("copies", *l.copies);
      if (l.copies) by("copies", "lines.kind", l.kind, *l.copies);
    }
    for (const auto &v : p.villages) {
      e.keys["villages"].insert(v);
      by("by_village", "villages", v, 1);
    }
    add("by_village", 1);
    if (p.done && *p.done < period.to) {
      add("settled", 1);
      by("settled", "kind", p.kind, 1);
      for (int o : p.officers) e.keys["officers"].insert(officer_id(o).text());
    }
  }
  if (p.done && period.contains(*p.done)) add("done", 1);
  for (const auto &v : p.visits) {
    if (v.withdrawn || !v.day || !period.contains(*v.day)) continue;
    add("visits", 1);
    by("visits", "result", v.result, 1);
    by("visits", "owner.kind", p.kind, 1);
    if (p.urgent.value_or(false) && v.hours) add("hours", *v.hours);
  }
}

void count_roster(const Plain &p, const Period &period, Expected &e) {
  if (p.from && period.contains(*p.from)) e.value["joined"] += 1;
  auto end = p.to;
  if (p.gone && (!end || *p.gone < *end)) end = p.gone;
  Date last = period.last();
  if (!p.from || p.suspended || *p.from > last || (end && *end < last)) return;
  e.value["members"] += 1;
  if (!p.kind.empty()) e.groups["members"]["level"][p.kind] += 1;
  if (!p.village.empty()) e.groups["members"]["village"][p.village] += 1;
  if (p.seats) e.value["seats"] += *p.seats;
  if (!p.village.empty()) e.keys["served"].insert(p.village);
}

Expected expected_of(const std::vector<Plain> &all, const OrgCode &scope, const Period &period) {
  Expected e;
  for (const auto &p : all) {
    if (p.withdrawn || !scope.contains(p.owner)) continue;
    p.roster ? count_roster(p, period, e) : count_event(p, period, e);
  }
  auto admin = [](const std::string &v) {
    return std::find(admin_villages.begin(), admin_villages.end(), org(v)) != admin_villages.end();
  };
  for (const char *id : {"villages", "served"})
    std::erase_if(e.keys[id], [&](const std::string &v) { return !admin(v); });
  for (const auto &[id, keys] : e.keys) e.value[id] = static_cast<std::int64_t>(keys.size());
  e.value["effort"] = e.value["people"] + e.value["hours"];
  return e;
}

const std::vector<std::string> leaf_ids = {
    "events",  "failed",  "people",   "fee",      "area",       "papers", "copies",
    "done",    "settled", "villages", "officers", "by_village", "visits", "hours",
    "members", "seats",   "served",   "joined",   "effort"};

void compare(const std::vector<record::Figure> &figures, const Expected &e, const std::string &at) {
  std::map<std::string, const record::Figure *> by_id;
  for (const auto &figure : figures) by_id[figure.id] = &figure;
  auto expected = e;
  for (const auto &id : leaf_ids) {
    const auto &figure = *by_id.at(id);
    CHECK_MESSAGE(figure.value == expected.value[id], id << " " << at);
    CHECK_MESSAGE(figure.exists() == (expected.value[id] != 0), id << " " << at);
    if (id == "villages" || id == "effort") continue;
    std::map<std::string, std::map<std::string, std::int64_t>> groups;
    for (const auto &group : figure.groups) groups[group.dimension][group.code] = group.value;
    auto wanted = expected.groups[id];
    for (auto &dimension : wanted)
      std::erase_if(dimension.second, [](const auto &g) { return g.second == 0; });
    std::erase_if(wanted, [](const auto &d) { return d.second.empty(); });
    if (figure.exists()) CHECK_MESSAGE(groups == wanted, id << " " << at);
  }
  // Made of the others.
  const auto &rate = *by_id.at("settled_rate");
  CHECK(rate.exists() == (expected.value["events"] != 0));
  if (rate.exists())
    CHECK((rate.numerator == expected.value["settled"] &&
           rate.denominator == expected.value["events"]));
  const auto &coverage = *by_id.at("coverage");
  if (coverage.exists())
    CHECK((coverage.numerator == expected.value["villages"] && coverage.denominator == 4));
  auto check_least = [&](const std::string &least, const std::string &base,
                         const std::string &dimension) {
    if (expected.value[base] == 0) return;
    std::int64_t smallest = INT64_MAX;
    for (const auto &v : admin_villages)
      smallest = std::min(smallest, expected.groups[base][dimension][v.text()]);
    CHECK_MESSAGE(by_id.at(least)->value == smallest, least << " " << at);
  };
  check_least("least_events", "by_village", "villages");
  check_least("least_members", "members", "village");
}

/// Every member of a leaf figure is among the candidates, and their shares make the figure.
void compare_members(const catalog::Catalog &book, const Shelf &shelf, const OrgCode &scope,
                     const Period &period, Expected e, const std::string &at) {
  for (const auto &leaf : book.indicators) {
    if (leaves(book, leaf) != std::vector<const Indicator *>{&leaf}) continue;
    std::int64_t sum = 0;
    std::set<std::string> keys;
    std::map<std::string, std::int64_t> by_village;
    auto found = shelf.find(candidates(book, leaf, scope, period));
    const auto *villages = village_dimension(book, leaf);
    for (const auto *record : found) {
      auto part = share(book, leaf, *book.type(record->type), *record, period, shelf.around(),
                        villages ? villages->id : "");
      sum += part.value;
      for (const auto &[key, n] : part.keys)
        (villages ? by_village[key] : (keys.insert(key), by_village[key])) += n;
    }
    if (leaf.way == Indicator::Way::Distinct) {
      if (leaf.id == "villages" || leaf.id == "served") keys.erase("370306104001"); // a community
      sum = static_cast<std::int64_t>(keys.size());
    }
    CHECK_MESSAGE(sum == e.value[leaf.id], "members of " << leaf.id << " " << at);
    if (villages)
      for (const auto &[village, n] : by_village)
        CHECK(n == e.groups[leaf.id][villages->id][village]);
    // None was missed: a record that belongs is a candidate.
    std::set<RecordId> ids;
    for (const auto *record : found) ids.insert(record->id);
    for (const auto &[id, record] : shelf.records())
      if (record.type == leaf.type && scope.contains(record.owner_org) &&
          share(book, leaf, *book.type(record.type), record, period, shelf.around()).belongs)
        CHECK_MESSAGE(ids.count(id) == 1, "candidate of " << leaf.id << " " << at);
  }
}

} // namespace

TEST_CASE("figures of random ledgers equal a count by hand, for any period and scope, after any "
          "changes") {
  auto book = ledgers();
  const std::vector<std::string> periods = {"2023",
                                            "2023-02",
                                            "2023-Q2",
                                            "2022-11..2023-02",
                                            "2023-01-01..2023-10-20",
                                            "2023-03-05..2023-03-09",
                                            "2023-03-05..2023-06-30",
                                            "2022-12-31..2023-02-01",
                                            "2023-01-15..2023-02-14",
                                            "2024-02-29",
                                            "2023-12-31"};
  const std::vector<OrgCode> scopes = {OrgCode(), org("370306"), org("370306104"),
                                       org("370306104D01"), org("370306105")};
  for (unsigned seed = 1; seed <= 6; ++seed) {
    Chance chance(seed);
    SeededIds ids(seed);
    Shelf shelf(book);
    std::vector<Plain> all;
    for (int step = 0; step < 220; ++step) {
      bool fresh = all.size() < 5 || chance.upto(3) != 0;
      if (fresh) {
        all.emplace_back();
        all.back().id = ids.next();
        all.back().owner = org(chance.of(owner_codes));
        all.back().roster = chance.one_in(3);
      }
      Plain &p = fresh ? all.back()
                       : all[static_cast<std::size_t>(chance.upto(static_cast<int>(all.size())))];
      fill(p, chance);
      shelf.put(record_of(book, p));
    }
    CHECK(shelf.tally() == shelf.recount());
    for (const auto &text : periods) {
      for (const auto &scope : scopes) {
        Period period = *Period::parse(text);
        std::string at = "seed " + std::to_string(seed) + " " + text + " of " + scope.text();
        auto expected = expected_of(all, scope, period);
        compare(shelf.figures({scope, period, {}}, admin_villages), expected, at);
        CHECK_MESSAGE((!period.whole_months() || shelf.swept == 0), at);
        compare_members(book, shelf, scope, period, expected, at);
      }
    }
    // Asked for alone, a figure is what it is among all.
    auto request = Request{org("370306"), *Period::parse("2023-01-01..2023-10-20"), {}};
    for (const auto &figure : shelf.figures(request, admin_villages)) {
      auto alone = shelf.figures({request.org, request.period, {figure.id}}, admin_villages);
      REQUIRE(alone.size() == 1);
      CHECK_MESSAGE(canonical(record::to_json(alone[0])) == canonical(record::to_json(figure)),
                    figure.id);
    }
  }
}

TEST_CASE("the tally of a record put and taken away is empty") {
  auto book = ledgers();
  Chance chance(99);
  SeededIds ids(99);
  Shelf shelf(book);
  for (int i = 0; i < 60; ++i) {
    Plain p;
    p.id = ids.next();
    p.owner = org("370306104");
    p.roster = i % 3 == 0;
    fill(p, chance);
    shelf.put(record_of(book, p));
    fill(p, chance);
    shelf.put(record_of(book, p));
    p.withdrawn = true;
    shelf.put(record_of(book, p));
  }
  CHECK(shelf.tally().empty());
}
