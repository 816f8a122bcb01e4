#include "small_catalog.h"

#include "base/json.h"

#include <fmt/format.h>

namespace yifa::testing {
namespace {

using catalog::Field;
using catalog::FieldRef;
using catalog::FieldType;
using catalog::Value;

Field field(const std::string &id, FieldType type) {
  Field f;
  f.id = id;
  f.type = type;
  f.label = {id, id};
  return f;
}

Field many(Field f) {
  f.many = true;
  return f;
}

FieldRef ref(int index, const std::string &name) {
  FieldRef r;
  r.kind = FieldRef::Kind::Field;
  r.index = index;
  r.name = name;
  return r;
}

catalog::RecordType matter_type() {
  catalog::RecordType t;
  t.id = "matter";
  t.edition = Date::from(2000, 1, 1).value();
  t.label = {"事项", "Matter"};
  t.unit = "件";
  t.day = ref(kHeldOn, "held_on");
  auto kind = field("kind", FieldType::Code);
  kind.list = "kinds";
  auto copies = field("copies", FieldType::Count);
  copies.unit = "份";
  auto before = many(field("before", FieldType::Link));
  before.to = {"matter"};
  auto lines = field("lines", FieldType::Rows);
  auto about = field("about", FieldType::Link);
  about.to = {"matter"};
  lines.columns = {field("item", FieldType::Text), field("n", FieldType::Count), about};
  auto party = field("party", FieldType::Text);
  party.personal = true;
  auto remark = field("remark", FieldType::Text);
  remark.lines = 4;
  auto extra = field("x_one", FieldType::Text);
  extra.extra = true;
  auto parent = field("parent", FieldType::Link);
  parent.to = {"matter"};
  t.fields = {field("title", FieldType::Text),
              field("held_on", FieldType::Date),
              kind,
              copies,
              field("share", FieldType::Number),
              field("cost", FieldType::Money),
              field("started", FieldType::Moment),
              field("urgent", FieldType::Flag),
              field("village", FieldType::Org),
              before,
              many(field("photos", FieldType::File)),
              lines,
              party,
              remark,
              extra,
              parent};
  catalog::Part visit;
  visit.id = "visit";
  visit.label = {"走访", "Visit"};
  visit.day = ref(kVisitedOn, "visited_on");
  visit.fields = {field("visited_on", FieldType::Date), field("found", FieldType::Text)};
  t.parts = {visit};
  t.states = {{"open", {"办理中", "open"}, false}, {"done", {"办结", "done"}, true}};
  catalog::Transition open;
  open.id = "open";
  open.to = "open";
  t.transitions = {open};
  t.alike = {ref(kTitle, "title"), ref(kKind, "kind")};
  t.list_columns = {"title", "held_on", "kind"};
  return t;
}

catalog::RecordType note_type() {
  catalog::RecordType t;
  t.id = "note";
  t.edition = Date::from(2000, 1, 1).value();
  t.label = {"笔记", "Note"};
  t.day = ref(kWrittenOn, "written_on");
  auto text = field("text", FieldType::Text);
  text.lines = 4;
  auto about = field("about", FieldType::Link);
  about.to = {"matter"};
  t.fields = {text, field("written_on", FieldType::Date), about};
  t.states = {{"kept", {"在册", "kept"}, false}};
  catalog::Transition open;
  open.id = "open";
  open.to = "kept";
  t.transitions = {open};
  return t;
}

record::Record record_of(const std::string &type, std::uint64_t n, const std::string &owner,
                         const std::string &day) {
  record::Record r;
  r.id = id_of(n);
  r.type = type;
  r.edition = Date::from(2000, 1, 1).value();
  r.owner_org = org(owner);
  r.place_org = r.owner_org;
  r.day = Date::parse(day).value();
  r.number = fmt::format("{}-{}", r.day.year(), n);
  r.version = 1;
  r.created_by = "clerk";
  r.recorded_at = Moment::from_unix(1'700'000'000 + static_cast<std::int64_t>(n));
  return r;
}

} // namespace

catalog::Catalog small_catalog() {
  catalog::Catalog c;
  c.editions = {matter_type(), note_type()};
  catalog::CodeList kinds;
  kinds.id = "kinds";
  for (const auto &[code, label] : std::vector<std::pair<std::string, std::string>>{
           {"land", "土地纠纷"}, {"family", "婚姻家庭"}, {"wage", "劳动报酬"}}) {
    catalog::CodeWord word;
    word.code = code;
    word.label = {label, code};
    kinds.codes.push_back(word);
  }
  c.lists.emplace("kinds", kinds);
  c.index();
  return c;
}

Value words(const std::string &text) { return Value(std::string(text)); }
Value code(const std::string &text) { return Value(catalog::Code{text}); }
Value date(const std::string &text) { return Value(Date::parse(text).value()); }
OrgCode org(const std::string &code) {
  return code.empty() ? OrgCode() : OrgCode::parse(code).value();
}

RecordId id_of(std::uint64_t n) {
  RecordId::Bytes bytes{};
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(n >> (40 - 8 * i));
  bytes[6] = 0x70;
  bytes[8] = 0x80;
  bytes[15] = static_cast<std::uint8_t>(n * 167);
  return RecordId(bytes);
}

record::Record matter(std::uint64_t n, const std::string &owner, const std::string &day,
                      const std::string &title) {
  auto r = record_of("matter", n, owner, day);
  r.state = "open";
  r.values.resize(kMatterFields);
  r.values[kTitle] = words(title);
  r.values[kHeldOn] = date(day);
  r.values[kKind] = code(n % 3 == 0 ? "land" : n % 3 == 1 ? "family" : "wage");
  r.values[kCopies] = Value(catalog::Count{static_cast<std::int64_t>(n % 50)});
  return r;
}

record::Record full_matter(std::uint64_t n, const std::string &owner, const std::string &day) {
  auto r = matter(n, owner, day, fmt::format("第{}号土地承包纠纷", n));
  r.place_org = org(owner.substr(0, 9) + "201");
  r.values[kShare] = Value(Decimal::from_millionths(98'600'000));
  r.values[kCost] = Value(Money::from_fen(123'456));
  r.values[kStarted] = Value(Moment::from_unix(1'680'000'000));
  r.values[kUrgent] = Value(false);
  r.values[kVillage] = Value(r.place_org);
  r.values[kBefore] =
      Value(std::vector<Value>{Value(id_of(n + 1'000'000)), Value(id_of(n + 2'000'000))});
  r.values[kPhotos] = Value(std::vector<Value>{Value(catalog::FileHash{std::string(64, 'a')})});
  r.values[kLines] = Value(
      std::vector<catalog::Row>{{{words("宣传册\t\"甲\""), Value(catalog::Count{3}), Value()}},
                                {{Value(), Value(), Value(id_of(n + 3'000'000))}}});
  r.values[kRemark] = words("第一行\n第二行，调解员到场，双方签字。");
  r.values[kExtraOne] = words("县里另加的一栏");
  r.values[kOwnerLink] = Value(id_of(n + 4'000'000));
  r.personal = std::string("\x01\x00\xff sealed", 10);
  r.batch = id_of(77);
  r.late = true;
  record::PartRecord visit;
  visit.id = id_of(n + 5'000'000);
  visit.part = 0;
  visit.values = {date(r.day.text()), words("现场走访，发现界桩被移动")};
  visit.actor = "clerk";
  visit.recorded_at = r.recorded_at;
  r.parts = {visit};
  return r;
}

record::Record note(std::uint64_t n, const std::string &owner, const std::string &day,
                    const std::string &text) {
  auto r = record_of("note", n, owner, day);
  r.state = "kept";
  r.values.resize(kNoteFields);
  r.values[kText] = words(text);
  r.values[kWrittenOn] = date(day);
  return r;
}

record::Event event_of(const record::Record &r, const std::string &action) {
  record::Event e;
  e.chain = r.owner_org.township().text();
  e.at = r.recorded_at;
  e.actor = "clerk";
  e.type = r.type;
  e.record = r.id;
  e.action = action;
  json::object set;
  if (r.type == "matter")
    set["title"] = r.value(kTitle).get<std::string>() ? *r.value(kTitle).get<std::string>() : "";
  e.body = canonical(json::object{{"v", 1},
                                  {"at", e.at.text()},
                                  {"actor", e.actor},
                                  {"type", e.type},
                                  {"record", e.record.text()},
                                  {"action", e.action},
                                  {"org", r.owner_org.text()},
                                  {"day", r.day.text()},
                                  {"version", r.version},
                                  {"set", set}});
  return e;
}

std::vector<record::Contribution> contributions_of(const record::Record &r) {
  std::vector<record::Contribution> out;
  if (r.withdrawn || r.type != "matter") return out;
  auto add = [&](const char *indicator, const std::string &dimension, const std::string &group,
                 std::int64_t value) {
    record::Contribution c;
    c.indicator = indicator;
    c.dimension = dimension;
    c.group = group;
    c.month = r.day.month_of();
    c.value = value;
    out.push_back(c);
  };
  const auto &kind = r.value(kKind).get<catalog::Code>()->text;
  auto copies = r.value(kCopies).get<catalog::Count>()->n;
  add("matters", "", "", 1);
  add("matters", "kind", kind, 1);
  add("copies", "", "", copies);
  add("copies", "kind", kind, copies);
  return out;
}

} // namespace yifa::testing
