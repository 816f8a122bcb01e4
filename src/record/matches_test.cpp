#include "record/matches.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::record;
using catalog::Code;
using catalog::Count;
using catalog::Field;
using catalog::FieldRef;
using catalog::FieldType;
using catalog::Operand;
using catalog::Predicate;
using catalog::Row;

namespace {

using Kind = Predicate::Kind;

Date on(std::string_view text) { return *Date::parse(text); }

FieldRef ref(FieldRef::Kind kind, int index = -1, int column = -1) {
  FieldRef made;
  made.kind = kind;
  made.index = index;
  made.column = column;
  return made;
}
FieldRef field(int index) { return ref(FieldRef::Kind::Field, index); }

Operand is(Value value) {
  Operand op;
  op.literal = std::move(value);
  return op;
}
Operand same(FieldRef other) {
  Operand op;
  op.same = std::move(other);
  return op;
}

Predicate compare(FieldRef left) {
  Predicate p;
  p.kind = Kind::Compare;
  p.field = std::move(left);
  return p;
}
Predicate equals(FieldRef left, std::vector<Operand> any) {
  auto p = compare(std::move(left));
  p.any_of = std::move(any);
  return p;
}
Predicate filled(FieldRef left, bool yes) {
  auto p = compare(std::move(left));
  p.filled = yes;
  return p;
}
Predicate group(Kind kind, std::vector<Predicate> children) {
  Predicate p;
  p.kind = kind;
  p.children = std::move(children);
  return p;
}
Predicate of(Kind kind, Predicate::Subject::Kind subject, int index, Predicate inner,
             std::string type = "") {
  Predicate p;
  p.kind = kind;
  p.subject.kind = subject;
  p.subject.index = index;
  p.subject.type = std::move(type);
  p.children = {std::move(inner)};
  return p;
}

// Fields of the test's type, by index.
enum { AtKind, AtTags, AtPeople, AtDay, AtFlag, AtLines, AtCase, AtWorst, AtAny, AtBoth };

/// A dispute with a code, tags, a count, a day, a flag, lines of (kind, copies) and a part "visit"
/// of (day, result).
struct Matter {
  Matter() {
    auto add = [&](std::string id, FieldType t) {
      Field f;
      f.id = std::move(id);
      f.type = t;
      type.fields.push_back(f);
    };
    add("kind", FieldType::Code);
    add("tags", FieldType::Code);
    type.fields.back().many = true;
    add("people", FieldType::Count);
    add("day", FieldType::Date);
    add("flag", FieldType::Flag);
    add("lines", FieldType::Rows);
    Field line_kind, copies;
    line_kind.id = "kind";
    line_kind.type = FieldType::Code;
    copies.id = "copies";
    copies.type = FieldType::Count;
    type.fields.back().columns = {line_kind, copies};
    add("case", FieldType::Link);
    type.id = "dispute";
    catalog::Part visit;
    visit.id = "visit";
    Field went, result;
    went.id = "went_on";
    went.type = FieldType::Date;
    result.id = "result";
    result.type = FieldType::Code;
    visit.fields = {went, result};
    visit.day = field(0);
    type.parts = {visit};

    record.type = "dispute";
    record.state = "open";
    record.owner_org = *OrgCode::parse("370306104");
    record.day = on("2023-05-05");
    record.values.resize(type.fields.size());
    record.values[AtKind] = Value(Code{"land"});
    record.values[AtTags] = Value(std::vector<Value>{Value(Code{"a"}), Value(Code{"b"})});
    record.values[AtPeople] = Value(Count{5});
    record.values[AtDay] = Value(on("2023-05-05"));
    record.values[AtLines] = Value(std::vector<Row>{Row{{Value(Code{"book"}), Value(Count{100})}},
                                                    Row{{Value(Code{"flag"}), Value()}}});
    add_visit("2023-06-01", "good");
    add_visit("2023-04-01", "bad");
  }

  void add_visit(std::string_view day, std::string result) {
    PartRecord part;
    part.part = 0;
    part.values = {day.empty() ? Value() : Value(on(day)), Value(Code{std::move(result)})};
    record.parts.push_back(part);
  }

  bool holds(const Predicate &p) const { return matches(p, type, record, around); }

  catalog::RecordType type;
  Record record;
  Surroundings around;
};

} // namespace

TEST_CASE("comparisons") {
  Matter m;
  CHECK(m.holds(Predicate()));
  CHECK(m.holds(equals(field(AtKind), {is(Code{"wages"}), is(Code{"land"})})));
  CHECK_FALSE(m.holds(equals(field(AtKind), {is(Code{"wages"})})));
  CHECK(m.holds(equals(field(AtTags), {is(Code{"b"}), is(Code{"z"})}))); // many: shares
  CHECK_FALSE(m.holds(equals(field(AtTags), {is(Code{"z"})})));
  auto has = compare(field(AtTags));
  has.has = {is(Code{"a"}), is(Code{"b"})};
  CHECK(m.holds(has));
  has.has.push_back(is(Code{"z"}));
  CHECK_FALSE(m.holds(has));

  auto range = compare(field(AtPeople));
  range.min = is(Count{5});
  range.max = is(Count{5});
  CHECK(m.holds(range));
  range.max = is(Count{4});
  CHECK_FALSE(m.holds(range));
  auto by_number = compare(field(AtPeople));
  by_number.min = is(Decimal::from_millionths(4'500'000));
  CHECK(m.holds(by_number));
  auto day = compare(field(AtDay));
  day.max = same(ref(FieldRef::Kind::Opened));
  day.min = same(ref(FieldRef::Kind::Opened));
  CHECK(m.holds(day));
  auto moment = compare(field(AtDay));
  moment.max = is(*Moment::parse("2023-05-05T08:00"));
  CHECK(m.holds(moment));

  auto unlike = compare(field(AtKind));
  unlike.none_of = {is(Code{"wages"})};
  CHECK(m.holds(unlike));
  unlike.none_of = {is(Code{"land"})};
  CHECK_FALSE(m.holds(unlike));

  CHECK(m.holds(equals(ref(FieldRef::Kind::State), {is(std::string("open"))})));
  CHECK(m.holds(equals(ref(FieldRef::Kind::State), {is(Code{"open"})})));
  CHECK(m.holds(equals(ref(FieldRef::Kind::Org), {is(*OrgCode::parse("370306104"))})));
  CHECK_FALSE(m.holds(equals(ref(FieldRef::Kind::Late), {is(true)})));
  // Values of unlike types neither equal nor compare.
  CHECK_FALSE(m.holds(equals(field(AtKind), {is(Count{1})})));
  auto odd = compare(field(AtKind));
  odd.min = is(Count{1});
  CHECK_FALSE(m.holds(odd));
  // An index out of range is an empty value, not a crash.
  CHECK(m.holds(filled(field(99), false)));
}

TEST_CASE("what is not filled equals nothing, save a flag, which is not true") {
  Matter m;
  m.record.values[AtKind] = Value();
  m.record.values[AtPeople] = Value();
  CHECK_FALSE(m.holds(equals(field(AtKind), {is(Code{"land"})})));
  CHECK(m.holds(filled(field(AtKind), false)));
  CHECK_FALSE(m.holds(filled(field(AtKind), true)));
  auto unlike = compare(field(AtKind));
  unlike.none_of = {is(Code{"wages"})};
  CHECK_FALSE(m.holds(unlike));
  auto min = compare(field(AtPeople));
  min.min = is(Count{0});
  CHECK_FALSE(m.holds(min));
  CHECK(m.holds(equals(field(AtFlag), {is(false)})));
  CHECK_FALSE(m.holds(equals(field(AtFlag), {is(true)})));
  auto not_true = compare(field(AtFlag));
  not_true.none_of = {is(true)};
  CHECK(m.holds(not_true));
  // Two empty fields are not the same value.
  CHECK_FALSE(m.holds(equals(field(AtKind), {same(field(AtCase))})));
}

TEST_CASE("all, any, not; empty ones too") {
  Matter m;
  auto yes = Predicate();
  auto no = equals(field(AtKind), {is(Code{"none"})});
  CHECK(m.holds(group(Kind::All, {yes, yes})));
  CHECK_FALSE(m.holds(group(Kind::All, {yes, no})));
  CHECK(m.holds(group(Kind::Any, {no, yes})));
  CHECK_FALSE(m.holds(group(Kind::Any, {no, no})));
  CHECK(m.holds(group(Kind::Not, {no})));
  CHECK_FALSE(m.holds(group(Kind::Not, {yes})));
  CHECK(m.holds(group(Kind::All, {})));
  CHECK_FALSE(m.holds(group(Kind::Any, {})));
}

TEST_CASE("parts: some, every, none, and last by day, not by order of entry") {
  using Subject = Predicate::Subject::Kind;
  Matter m;
  auto good = equals(field(1), {is(Code{"good"})});
  CHECK(m.holds(of(Kind::Some, Subject::Part, 0, good)));
  CHECK_FALSE(m.holds(of(Kind::Every, Subject::Part, 0, good)));
  CHECK_FALSE(m.holds(of(Kind::NoneOf, Subject::Part, 0, good)));
  CHECK(m.holds(of(Kind::Last, Subject::Part, 0, good))); // entered first, held last
  m.add_visit("2023-07-01", "bad");
  CHECK_FALSE(m.holds(of(Kind::Last, Subject::Part, 0, good)));
  m.record.parts.back().withdrawn = true;
  CHECK(m.holds(of(Kind::Last, Subject::Part, 0, good)));
  m.add_visit("", "bad"); // without a day it is not the last
  CHECK(m.holds(of(Kind::Last, Subject::Part, 0, good)));
  m.add_visit("2023-06-01", "bad"); // same day: the later entry
  CHECK_FALSE(m.holds(of(Kind::Last, Subject::Part, 0, good)));
  m.record.parts.clear();
  CHECK_FALSE(m.holds(of(Kind::Some, Subject::Part, 0, Predicate())));
  CHECK_FALSE(m.holds(of(Kind::Last, Subject::Part, 0, Predicate())));
  CHECK(m.holds(of(Kind::Every, Subject::Part, 0, good)));
  CHECK(m.holds(of(Kind::NoneOf, Subject::Part, 0, good)));
}

TEST_CASE("owner from a part; rows and single lines") {
  using Subject = Predicate::Subject::Kind;
  Matter m;
  auto after = compare(field(0));
  after.min = same(ref(FieldRef::Kind::Owner, AtDay));
  CHECK(m.holds(of(Kind::Some, Subject::Part, 0, after)));
  CHECK_FALSE(m.holds(of(Kind::Every, Subject::Part, 0, after)));
  CHECK(matches_part(after, m.type, m.record, m.record.parts[0], m.around));
  CHECK_FALSE(matches_part(after, m.type, m.record, m.record.parts[1], m.around));

  auto book = equals(field(0), {is(Code{"book"})});
  CHECK(m.holds(of(Kind::Some, Subject::Rows, AtLines, book)));
  CHECK_FALSE(m.holds(of(Kind::Every, Subject::Rows, AtLines, book)));
  const auto &rows = *m.record.values[AtLines].get<std::vector<Row>>();
  CHECK(matches_line(book, m.type, m.record, m.type.fields[AtLines], rows[0], m.around));
  CHECK_FALSE(matches_line(book, m.type, m.record, m.type.fields[AtLines], rows[1], m.around));
  auto owned = equals(ref(FieldRef::Kind::Owner, AtKind), {is(Code{"land"})});
  CHECK(matches_line(owned, m.type, m.record, m.type.fields[AtLines], rows[0], m.around));

  // A column without a line is all lines; with a line, that one; bare names stay the record's.
  auto column = equals(ref(FieldRef::Kind::RowColumn, AtLines, 0), {is(Code{"book"})});
  CHECK(m.holds(column));
  auto both = group(Kind::All, {column, equals(field(AtKind), {is(Code{"land"})})});
  CHECK(holds(both, Place{m.type, m.record, nullptr, AtLines, &rows[0]}, m.around));
  CHECK_FALSE(holds(both, Place{m.type, m.record, nullptr, AtLines, &rows[1]}, m.around));
  CHECK(value_at(ref(FieldRef::Kind::RowColumn, AtLines, 1),
                 Place{m.type, m.record, nullptr, AtLines, &rows[0]},
                 m.around) == Value(Count{100}));
}

TEST_CASE("links and backs through the surroundings") {
  using Subject = Predicate::Subject::Kind;
  Matter m;
  catalog::Catalog book;
  catalog::RecordType review;
  review.id = "review";
  Field opinion, draft;
  opinion.id = "opinion";
  opinion.type = FieldType::Code;
  draft.id = "tags";
  draft.type = FieldType::Code;
  review.fields = {opinion, draft};
  book.editions = {review};
  book.index();
  Record first, second, other;
  first.type = second.type = "review";
  other.type = "letter";
  first.values = {Value(Code{"lawful"}), Value(Code{"a"})};
  second.values = {Value(Code{"unlawful"}), Value(Code{"z"})};
  other.values = {Value(Code{"lawful"}), Value()};
  auto lawful = equals(field(0), {is(Code{"lawful"})});
  auto last = of(Kind::Last, Subject::Back, -1, lawful, "review");
  auto any = of(Kind::Some, Subject::Back, -1, lawful, "review");
  CHECK_FALSE(m.holds(any)); // nobody to ask
  m.around.catalog = &book;
  m.around.linked = [&](const Predicate::Subject &subject, const Record &record) {
    CHECK(subject.type == "review");
    CHECK(&record == &m.record);
    return std::vector<const Record *>{&first, &second, &other, nullptr};
  };
  CHECK(m.holds(any));
  CHECK_FALSE(m.holds(last));
  second.withdrawn = true;
  CHECK(m.holds(last));
  // The owner's field beside the linked record's own.
  auto shares = equals(field(1), {same(ref(FieldRef::Kind::Owner, AtTags))});
  CHECK(m.holds(of(Kind::Some, Subject::Back, -1, shares, "review")));
  first.values[1] = Value(Code{"q"});
  CHECK_FALSE(m.holds(of(Kind::Some, Subject::Back, -1, shares, "review")));
}

TEST_CASE("settings and deadlines met") {
  Matter m;
  auto setting = compare(field(AtPeople));
  setting.min = Operand();
  setting.min->setting = "hearing.people";
  CHECK_FALSE(m.holds(setting));
  m.around.setting = [](const std::string &id) {
    return id == "hearing.people" ? Value(Count{5}) : Value();
  };
  CHECK(m.holds(setting));
  setting.min->setting = "unknown";
  CHECK_FALSE(m.holds(setting));

  auto met = equals(ref(FieldRef::Kind::Met), {is(std::string("INFO.ANSWER"))});
  auto missed = compare(ref(FieldRef::Kind::Met));
  missed.none_of = {is(std::string("INFO.ANSWER"))};
  CHECK_FALSE(m.holds(met));
  CHECK_FALSE(m.holds(missed));
  std::optional<bool> outcome;
  m.around.met = [&](const std::string &, const Record &) { return outcome; };
  CHECK_FALSE(m.holds(met));
  CHECK_FALSE(m.holds(missed)); // undecided is neither
  outcome = true;
  CHECK(m.holds(met));
  CHECK_FALSE(m.holds(missed));
  outcome = false;
  CHECK_FALSE(m.holds(met));
  CHECK(m.holds(missed));
}

TEST_CASE("derived fields: each after those it reads, in whatever order they stand") {
  Matter m;
  catalog::Catalog book;
  catalog::CodeList found;
  for (const char *code : {"ok", "book", "fault", "serious"}) {
    catalog::CodeWord word;
    word.code = code;
    found.codes.push_back(word);
  }
  book.lists["found"] = found;
  m.around.catalog = &book;
  auto derived = [&](std::string id, FieldType t, catalog::Derivation rule) {
    Field f;
    f.id = std::move(id);
    f.type = t;
    f.list = "found";
    f.derive = std::move(rule);
    m.type.fields.push_back(f);
    m.record.values.emplace_back();
  };
  // AtWorst reads AtAny, which stands behind it.
  catalog::Derivation cases;
  cases.kind = catalog::Derivation::Kind::Cases;
  cases.cases = {{"serious", equals(field(AtAny), {is(true)})}, {"ok", Predicate()}};
  derived("colour", FieldType::Code, cases);
  catalog::Derivation when;
  when.when =
      of(Kind::Some, Predicate::Subject::Kind::Part, 0,
         group(Kind::All, {equals(field(1), {is(Code{"bad"})}),
                           equals(ref(FieldRef::Kind::Owner, AtBoth), {is(Code{"book"})})}));
  derived("any", FieldType::Flag, when);
  catalog::Derivation highest;
  highest.kind = catalog::Derivation::Kind::HighestOf;
  highest.highest_of = ref(FieldRef::Kind::RowColumn, AtLines, 0);
  derived("both", FieldType::Code, highest);

  CHECK(derive(m.type, m.record, m.around));
  CHECK(m.record.values[AtBoth] == Value(Code{"book"}));
  CHECK(m.record.values[AtAny] == Value(true));
  CHECK(m.record.values[AtWorst] == Value(Code{"serious"}));
  CHECK_FALSE(derive(m.type, m.record, m.around)); // a second time changes nothing

  m.record.values[AtLines] = Value(
      std::vector<Row>{Row{{Value(Code{"fault"}), Value()}}, Row{{Value(Code{"ok"}), Value()}}});
  CHECK(derive(m.type, m.record, m.around));
  CHECK(m.record.values[AtBoth] == Value(Code{"fault"}));
  CHECK(m.record.values[AtAny] == Value(false));
  CHECK(m.record.values[AtWorst] == Value(Code{"ok"}));
  m.record.values[AtLines] = Value();
  CHECK(derive(m.type, m.record, m.around));
  CHECK_FALSE(m.record.values[AtBoth].filled());

  // A circle, which the loader refuses, ends all the same.
  m.type.fields[AtAny].derive->when = equals(field(AtWorst), {is(Code{"ok"})});
  derive(m.type, m.record, m.around);
}
