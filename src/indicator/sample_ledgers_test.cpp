#include "indicator/sample_ledgers.h"

#include <doctest/doctest.h>

namespace yifa::indicator::sample {

Date on(std::string_view text) { return *Date::parse(text); }
OrgCode org(std::string_view code) { return *OrgCode::parse(code); }

namespace {

Field made(std::string id, FieldType type, std::string list = "") {
  Field field;
  field.id = std::move(id);
  field.type = type;
  field.label.zh = field.id;
  field.list = std::move(list);
  return field;
}

Field many(Field field) {
  field.many = true;
  return field;
}

Field village_field(std::string id) {
  Field field = made(std::move(id), FieldType::Org);
  field.level = OrgLevel::Village;
  return field;
}

FieldRef ref(FieldRef::Kind kind, int index, std::string name, int column = -1) {
  FieldRef made;
  made.kind = kind;
  made.index = index;
  made.column = column;
  made.name = std::move(name);
  return made;
}
FieldRef field(int index, std::string name = "") {
  return ref(FieldRef::Kind::Field, index, std::move(name));
}
FieldRef line(int column) { return ref(FieldRef::Kind::RowColumn, AtLines, "lines", column); }

Predicate is(FieldRef left, Value value) {
  Predicate p;
  p.kind = Predicate::Kind::Compare;
  p.field = std::move(left);
  catalog::Operand op;
  op.literal = std::move(value);
  p.any_of = {op};
  return p;
}

Indicator named(std::string id, std::string type, Indicator::Way way) {
  Indicator made;
  made.id = std::move(id);
  made.type = std::move(type);
  made.way = way;
  made.label.zh = made.id;
  made.unit = "件";
  return made;
}

catalog::Dimension by(std::string id, FieldRef ref, bool top = false) {
  return {std::move(id), std::move(ref), top};
}

catalog::CodeList list_of(std::vector<std::pair<std::string, std::string>> codes) {
  catalog::CodeList list;
  for (auto &[code, under] : codes) {
    catalog::CodeWord word;
    word.code = code;
    word.label.zh = "码" + code;
    word.under = under;
    list.codes.push_back(word);
  }
  return list;
}

void add_types(catalog::Catalog &book) {
  catalog::RecordType event;
  event.id = "event";
  event.unit = "件";
  event.day = field(AtHeld);
  Field lines = made("lines", FieldType::Rows);
  lines.columns = {made("kind", FieldType::Code, "paper"), made("copies", FieldType::Count)};
  event.fields = {made("held_on", FieldType::Date),
                  many(made("topics", FieldType::Code, "topic")),
                  made("kind", FieldType::Code, "kind"),
                  made("people", FieldType::Count),
                  made("fee", FieldType::Money),
                  made("area", FieldType::Number),
                  many(village_field("villages")),
                  made("done_on", FieldType::Date),
                  lines,
                  many(made("officers", FieldType::Link)),
                  made("urgent", FieldType::Flag)};
  catalog::Part visit;
  visit.id = "visit";
  visit.day = field(0);
  visit.fields = {made("went_on", FieldType::Date), made("result", FieldType::Code, "kind"),
                  made("hours", FieldType::Count)};
  event.parts = {visit};

  catalog::RecordType roster;
  roster.id = "roster";
  roster.unit = "人";
  roster.day = field(AtFrom);
  roster.fields = {made("from", FieldType::Date),          made("to", FieldType::Date),
                   made("gone_on", FieldType::Date),       made("suspended", FieldType::Flag),
                   made("level", FieldType::Code, "kind"), village_field("village"),
                   made("seats", FieldType::Count)};
  roster.valid = catalog::Validity{
      field(AtFrom), {field(AtTo), field(AtGone)}, is(field(AtSuspended), Value(false))};

  catalog::RecordType zero;
  zero.id = "zero_return";
  zero.day = field(AtZeroTo);
  zero.fields = {many(made("category", FieldType::Code, "zero_category")),
                 made("from", FieldType::Date), made("to", FieldType::Date),
                 made("void", FieldType::Flag)};
  zero.confirms_zero = catalog::ZeroReturn{field(AtCategory), field(AtZeroFrom), field(AtZeroTo),
                                           is(field(AtVoid), Value(false))};
  book.editions = {event, roster, zero};
}

void add_event_indicators(catalog::Catalog &book) {
  using Way = Indicator::Way;
  auto add = [&](Indicator indicator) { book.indicators.push_back(std::move(indicator)); };

  auto events = named("events", "event", Way::Count);
  events.by = {by("topics", field(AtTopics), true), by("kind", field(AtKind)),
               by("urgent", field(AtUrgent))};
  events.zero = "event";
  add(events);
  auto failed = named("failed", "event", Way::Count);
  failed.where = is(field(AtKind), Value(Code{"a"}));
  failed.zero = "failed";
  add(failed);
  auto people = named("people", "event", Way::Sum);
  people.of = field(AtPeople);
  people.unit = "人次";
  add(people);
  auto fee = named("fee", "event", Way::Sum);
  fee.of = field(AtFee);
  fee.money = true;
  fee.unit = "分";
  add(fee);
  auto area = named("area", "event", Way::Sum);
  area.of = field(AtArea);
  area.unit = "亩";
  add(area);
  auto papers = named("papers", "event", Way::Count);
  papers.lines = true;
  papers.of = field(AtLines);
  papers.where = is(line(0), Value(Code{"book"}));
  papers.by = {by("lines.kind", line(0)), by("kind", field(AtKind))};
  add(papers);
  auto copies = named("copies", "event", Way::Sum);
  copies.of = line(1);
  copies.by = {by("lines.kind", line(0))};
  copies.unit_of = "lines.kind";
  copies.unit.clear();
  add(copies);
  auto done = named("done", "event", Way::Count);
  done.day = field(AtDone);
  add(done);
  auto settled = named("settled", "event", Way::Count);
  settled.until_period_end = true;
  settled.outcome = field(AtDone);
  settled.by = {by("kind", field(AtKind))};
  add(settled);
  auto villages = named("villages", "event", Way::Distinct);
  villages.of = field(AtVillages);
  villages.by = {by("kind", field(AtKind))};
  add(villages);
  auto officers = named("officers", "event", Way::Distinct);
  officers.of = field(AtOfficers);
  officers.until_period_end = true;
  officers.outcome = field(AtDone);
  add(officers);
  auto by_village = named("by_village", "event", Way::Count);
  by_village.by = {by("villages", field(AtVillages))};
  add(by_village);
  auto visits = named("visits", "event", Way::Count);
  visits.part = "visit";
  visits.by = {by("result", field(1)),
               by("owner.kind", ref(FieldRef::Kind::Owner, AtKind, "owner.kind"))};
  add(visits);
  auto hours = named("hours", "event", Way::Sum);
  hours.part = "visit";
  hours.of = field(2);
  hours.where = is(ref(FieldRef::Kind::Owner, AtUrgent, "owner.urgent"), Value(true));
  add(hours);
}

void add_roster_indicators(catalog::Catalog &book) {
  using Way = Indicator::Way;
  auto add = [&](Indicator indicator) { book.indicators.push_back(std::move(indicator)); };
  auto members = named("members", "roster", Way::Count);
  members.stock = true;
  members.by = {by("level", field(AtLevel)), by("village", field(AtVillage))};
  add(members);
  auto seats = named("seats", "roster", Way::Sum);
  seats.stock = true;
  seats.of = field(AtSeats);
  add(seats);
  auto served = named("served", "roster", Way::Distinct);
  served.stock = true;
  served.of = field(AtVillage);
  add(served);
  auto joined = named("joined", "roster", Way::Count);
  joined.day = field(AtFrom);
  add(joined);
}

void add_composed_indicators(catalog::Catalog &book) {
  using Way = Indicator::Way;
  auto ratio = [&](std::string id, std::string of, std::string over, bool percent) {
    auto made = named(std::move(id), "event", Way::Ratio);
    made.of_indicator = std::move(of);
    made.over = std::move(over);
    made.percent = percent;
    book.indicators.push_back(std::move(made));
  };
  ratio("settled_rate", "settled", "events", true);
  ratio("failed_rate", "failed", "events", true);
  ratio("coverage", "villages", "@villages", true);
  ratio("served_rate", "served", "@villages", true);
  ratio("per_event", "papers", "events", false);
  ratio("members_rate", "joined", "events", true); // of another ledger
  auto least = [&](std::string id, std::string of) {
    auto made = named(std::move(id), "event", Way::Least);
    made.of_indicator = std::move(of);
    made.over = "villages";
    book.indicators.push_back(std::move(made));
  };
  least("least_events", "by_village");
  least("least_members", "members");
  auto total = named("effort", "event", Way::Total);
  total.terms = {"people", "hours"};
  book.indicators.push_back(total);
  auto nothing = named("bad", "event", Way::Total);
  nothing.terms = {"failed", "events"};
  book.indicators.push_back(nothing);
}

} // namespace

catalog::Catalog ledgers() {
  catalog::Catalog book;
  book.lists["kind"] = list_of({{"a", ""}, {"b", ""}, {"c", ""}});
  book.lists["topic"] = list_of({{"law", ""}, {"civil", "law"}, {"penal", "law"}, {"safety", ""}});
  book.lists["paper"] = list_of({{"book", ""}, {"banner", ""}});
  book.lists["paper"].codes[0].unit = "本";
  book.lists["paper"].codes[1].unit = "幅";
  book.lists["zero_category"] = list_of({{"event", ""}, {"failed", ""}});
  add_types(book);
  add_event_indicators(book);
  add_roster_indicators(book);
  add_composed_indicators(book);
  book.index();
  return book;
}

Record blank(const catalog::Catalog &book, std::string_view type, const OrgCode &owner) {
  static SeededIds ids(7);
  Record record;
  record.id = ids.next();
  record.type = type;
  record.owner_org = record.place_org = owner;
  record.state = "kept";
  record.version = 1;
  record.values.resize(book.type(type)->fields.size());
  return record;
}

void Shelf::put(const Record &record) {
  const auto &type = *book_.type(record.type);
  std::vector<record::Contribution> before;
  auto at = records_.find(record.id);
  if (at != records_.end()) before = counter_.contributions(type, at->second, around_);
  auto after = counter_.contributions(type, record, around_);
  for (auto move : difference(before, after)) {
    auto value = move.value;
    move.value = 0;
    auto key = std::pair(record.owner_org.text(), move);
    if ((tally_[key] += value) == 0) tally_.erase(key);
  }
  records_[record.id] = record;
}

std::map<std::pair<std::string, record::Contribution>, std::int64_t> Shelf::recount() const {
  std::map<std::pair<std::string, record::Contribution>, std::int64_t> all;
  for (const auto &[id, record] : records_) {
    for (auto one : contributions(book_, *book_.type(record.type), record, around_)) {
      auto value = one.value;
      one.value = 0;
      all[{record.owner_org.text(), one}] += value;
    }
  }
  std::erase_if(all, [](const auto &entry) { return entry.second == 0; });
  return all;
}

std::vector<record::TallyRow> Shelf::tallies(const record::TallyQuery &query) const {
  std::map<std::tuple<std::string, int, std::string, std::string, std::string>, std::int64_t> sums;
  for (const auto &[key, value] : tally_) {
    const auto &[owner, c] = key;
    if (c.stock != query.stock || !query.scope.contains(org(owner)) || c.month > query.to) continue;
    if (!query.stock && c.month < query.from) continue;
    if (!query.indicators.empty() && std::find(query.indicators.begin(), query.indicators.end(),
                                               c.indicator) == query.indicators.end())
      continue;
    sums[{query.by_org ? owner : "", query.by_month ? c.month.index() : 0, c.indicator, c.dimension,
          c.group}] += value;
  }
  std::vector<record::TallyRow> rows;
  for (const auto &[key, value] : sums) {
    const auto &[owner, month, indicator, dimension, group] = key;
    rows.push_back({owner.empty() ? OrgCode() : org(owner), Month::from_index(month), indicator,
                    dimension, group, value});
  }
  return rows;
}

std::vector<const Record *> Shelf::find(const record::Query &query) const {
  std::vector<const Record *> found;
  for (const auto &[id, record] : records_) {
    if (record.type != query.type || !query.scope.contains(record.owner_org)) continue;
    if (record.withdrawn && !query.with_withdrawn) continue;
    if (query.period && !query.period->contains(record.day)) continue;
    if (record::matches(query.where, *book_.type(record.type), record, around_))
      found.push_back(&record);
  }
  return found;
}

std::vector<record::Figure> Shelf::figures(const Request &request,
                                           const std::vector<OrgCode> &villages,
                                           const std::vector<OrgCode> &offices) const {
  auto made = plan(book_, request);
  REQUIRE(made.has_value());
  Evidence evidence;
  evidence.villages = villages;
  evidence.offices = offices;
  for (const auto &query : made->tallies)
    for (auto &row : tallies(query)) evidence.rows.push_back(std::move(row));
  swept = 0;
  for (const auto &sweep : made->sweeps) {
    for (const auto *record : find(sweep.query)) {
      ++swept;
      gather(book_, sweep, *book_.type(record->type), *record, around_, evidence);
    }
  }
  return compute(book_, request, evidence);
}

record::Figure Shelf::figure(const std::string &id, const OrgCode &scope, std::string_view period,
                             const std::vector<OrgCode> &villages,
                             const std::vector<OrgCode> &offices) const {
  auto made = figures({scope, *Period::parse(period), {id}}, villages, offices);
  REQUIRE(made.size() == 1);
  return made.front();
}

} // namespace yifa::indicator::sample
