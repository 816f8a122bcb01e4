#include "record/codec.h"

#include "base/text.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::record;
using catalog::Code;
using catalog::Count;
using catalog::Field;
using catalog::FieldType;

namespace {

Field made(std::string id, FieldType type, std::string zh, std::string en = "") {
  Field field;
  field.id = std::move(id);
  field.type = type;
  field.label = {std::move(zh), std::move(en)};
  return field;
}

Date day(std::string_view text) { return *Date::parse(text); }

struct Desk {
  Desk() {
    catalog::CodeList kinds;
    kinds.id = "kind";
    auto word = [](std::string code, std::string zh, std::string en) {
      catalog::CodeWord w;
      w.code = std::move(code);
      w.label = {std::move(zh), std::move(en)};
      return w;
    };
    kinds.codes = {word("land", "土地", "Land"), word("wages", "劳动报酬", "Wages"),
                   word("old", "旧类", "Old kind"), word("new", "新类", "New kind"),
                   word("other", "其他、不详", "Other")};
    kinds.codes[2].to = day("2023-01-01");
    kinds.codes[3].from = day("2023-01-01");
    kinds.codes[3].was = "novel";
    book.lists["kind"] = kinds;

    fields.push_back(made("held_on", FieldType::Date, "日期", "Held on"));
    fields.push_back(made("kind", FieldType::Code, "类别", "Kind"));
    fields.back().list = "kind";
    fields.push_back(made("kinds", FieldType::Code, "各类", "Kinds"));
    fields.back().list = "kind";
    fields.back().many = true;
    fields.push_back(made("people", FieldType::Count, "人数", "People"));
    fields.back().unit = "人";
    fields.push_back(made("area", FieldType::Number, "面积", "Area"));
    fields.push_back(made("fine", FieldType::Money, "罚款", "Fine"));
    fields.push_back(made("done", FieldType::Flag, "完成", "Done"));
    fields.push_back(made("at", FieldType::Moment, "时刻", "At"));
    fields.push_back(made("village", FieldType::Org, "村", "Village"));
    fields.back().level = OrgLevel::Village;
    fields.push_back(made("case", FieldType::Link, "案件", "Case"));
    fields.back().to = {"penalty"};
    fields.push_back(made("paper", FieldType::File, "附件", "Paper"));
    fields.push_back(made("title", FieldType::Text, "名称", "Title"));
    fields.push_back(made("party", FieldType::Text, "当事人", "Party"));
    fields.back().personal = true;
    fields.back().format = catalog::TextFormat::IdCard;
    fields.push_back(made("lines", FieldType::Rows, "材料", "Materials"));
    Field kind = made("kind", FieldType::Code, "种类", "Kind");
    kind.list = "kind";
    kind.required = true;
    Field copies = made("copies", FieldType::Count, "份数", "Copies");
    fields.back().columns = {kind, copies};
    fields.push_back(made("worst", FieldType::Code, "最重", "Worst"));
    fields.back().derive = catalog::Derivation();
    fields.push_back(made("number", FieldType::Text, "编号", "Number"));
    fields.back().by_register = true;
    fields.push_back(made("gone", FieldType::Text, "旧项", "Gone"));
    fields.back().absent = true;
    fields.push_back(made("note", FieldType::Text, "备注", "Note"));
    fields.push_back(made("note2", FieldType::Text, "备注", "Note two"));
  }

  const Field &field(std::string_view id) const {
    for (const auto &f : fields)
      if (f.id == id) return f;
    FAIL("no such field");
    return fields.front();
  }

  DecodeContext context(std::string_view on = "2023-06-01") const {
    return DecodeContext{book, day(on), {}, {}};
  }

  /// The display of what was read, or "! " and the message.
  std::string read(std::string_view id, const json::value &written,
                   std::string_view on = "2023-06-01") const {
    auto value = decode_value(field(id), written, context(on), std::string(id));
    return value ? display(book, field(id), *value) : "! " + value.error().message;
  }

  catalog::Catalog book;
  std::vector<Field> fields;
};

} // namespace

TEST_CASE("lenient reading of each field type") {
  Desk desk;
  for (const char *same : {"2023-03-05", "2023年3月5日", "2023.3.5", "２０２３／３／５", "20230305",
                           "2023-03-05 00:00:00"})
    CHECK_MESSAGE(desk.read("held_on", same) == "2023-03-05", same);
  CHECK(desk.read("held_on", "2023-02-30") ==
        "! 日期 (held_on): \"2023-02-30\" is no day of the calendar");
  CHECK(
      desk.read("held_on", "去年三月").starts_with("! 日期 (held_on): \"去年三月\" is not a date"));
  CHECK(desk.read("held_on", "1023-03-15").find("before 1900") != std::string::npos);
  CHECK(desk.read("held_on", " ").empty());
  CHECK(desk.read("held_on", json::array{"2023-03-05"}).find("single value") != std::string::npos);

  CHECK(desk.read("kind", "land") == "土地");
  CHECK(desk.read("kind", " 劳动报酬 ") == "劳动报酬");
  CHECK(desk.read("kind", "WAGES") == "劳动报酬");
  CHECK(desk.read("kind", "novel") == "新类");
  CHECK(desk.read("kind", "old").find("no longer in use on 2023-06-01 (until 2022-12-31)") !=
        std::string::npos);
  CHECK(desk.read("kind", "old", "2022-06-01") == "旧类");
  CHECK(desk.read("kind", "new", "2022-06-01").find("not yet in use") != std::string::npos);
  CHECK(desk.read("kind", "wage").find("did you mean \"wages\"?") != std::string::npos);
  CHECK(desk.read("kind", "山林水利").find("it has land 土地") != std::string::npos);

  for (const char *same : {"1200", "1,200", "１２００", "1200人", "0.12万"})
    CHECK_MESSAGE(desk.read("people", same) == "1200", same);
  CHECK(desk.read("people", 1200) == "1200");
  CHECK(desk.read("people", 1200.0) == "1200");
  CHECK(desk.read("people", 0) == "0");
  for (const json::value &bad : {json::value("-1"), json::value("12.5"), json::value("十二"),
                                 json::value(-1), json::value(0.5), json::value(1e300),
                                 json::value("99999999999999999999"), json::value(UINT64_MAX)})
    CHECK(desk.read("people", bad).find("whole number of zero or more") != std::string::npos);

  CHECK(desk.read("area", "12.50") == "12.5");
  CHECK(desk.read("area", -3) == "-3");
  CHECK(desk.read("area", 0.1) == "0.1");
  CHECK(desk.read("area", "1.1234567").starts_with("!"));
  CHECK(desk.read("area", "9亿亿").starts_with("!"));
  CHECK(desk.read("area", "9000000001").find("too large") != std::string::npos);

  CHECK(desk.read("fine", "1,234.5元") == "1234.50");
  CHECK(desk.read("fine", "￥200") == "200.00");
  CHECK(desk.read("fine", "1.2万") == "12000.00");
  CHECK(desk.read("fine", 20000) == "200.00"); // JSON numbers are fen
  CHECK(desk.read("fine", 12.5).find("fen") != std::string::npos);
  CHECK(desk.read("fine", "1.234").starts_with("!"));
  CHECK(desk.read("fine", "-5").starts_with("!"));

  CHECK(desk.read("done", true) == "是");
  CHECK(desk.read("done", "√") == "是");
  CHECK(desk.read("done", "否") == "否");
  CHECK(desk.read("done", 0) == "否");
  CHECK(desk.read("done", "也许").find("neither 是 nor 否") != std::string::npos);

  for (const char *same :
       {"2023-03-15T09:30", "2023-03-15 9:30", "2023年3月15日9时30分", "2023年3月15日 9:30:00",
        "2023.3.15 ９：３０", "2023-03-15T09:30:00+08:00"})
    CHECK_MESSAGE(desk.read("at", same) == "2023-03-15 09:30", same);
  CHECK(desk.read("at", "2023年3月15日9时") == "2023-03-15 09:00");
  CHECK(desk.read("at", "2023-03-15 25:00").find("no such time") != std::string::npos);
  CHECK(desk.read("at", "2023-03-15").find("not a moment") != std::string::npos);
  CHECK(desk.read("at", "2023-03-15 9").find("not a moment") != std::string::npos);

  CHECK(desk.read("village", "370306104201") == "370306104201");
  CHECK(desk.read("village", 370306104201) == "370306104201");
  CHECK(desk.read("village", "370306104")
            .find("is a township (370306104); a village or community is needed") !=
        std::string::npos);
  CHECK(desk.read("village", "张村").starts_with("! 村 (village): "));
  CHECK(desk.read("case", "0189f7c1-0000-7000-8000-00000000000A") ==
        "0189f7c1-0000-7000-8000-00000000000a");
  CHECK(desk.read("case", "00000000-0000-0000-0000-000000000000").find("no record has") !=
        std::string::npos);
  CHECK(desk.read("paper", json::value(std::string(64, 'A'))) == "aaaaaaaaaaaa");
  CHECK(desk.read("paper", "report.docx").find("attach the file first") != std::string::npos);
  CHECK(desk.read("title", 12) == "12");
  CHECK(desk.read("title", "一\x07") ==
        "! 名称 (title): the text holds a character that cannot be printed (U+0007, character 2)");
  CHECK(desk.read("held_on", "\xFF").find("UTF-8") != std::string::npos);
}

TEST_CASE("a personal value is never repeated in a message") {
  Desk desk;
  auto said = desk.read("party", "110105194912310021");
  CHECK(said.starts_with("! 当事人 (party): the value is not an identity number"));
  CHECK(said.find("1949") == std::string::npos);
}

TEST_CASE("many: separators, labels that hold a separator, each once, all faults") {
  Desk desk;
  CHECK(desk.read("kinds", "土地、wages，土地;land") == "土地、劳动报酬");
  CHECK(desk.read("kinds", json::array{"land", "劳动报酬"}) == "土地、劳动报酬");
  CHECK(desk.read("kinds", "其他、不详") == "其他、不详");
  CHECK(desk.read("kinds", json::array{}).empty());
  CHECK(desk.read("kinds", "、，").empty());
  auto bad =
      decode_value(desk.field("kinds"), json::value("河流、湖泊、land"), desk.context(), "kinds");
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().problems.size() == 2);
  json::array huge;
  for (int i = 0; i < 1'001; ++i) huge.emplace_back("land");
  CHECK(desk.read("kinds", huge).find("1001 values; at most 1000") != std::string::npos);
}

TEST_CASE("rows: paths count lines from one, blank lines vanish, columns may be asked for") {
  Desk desk;
  auto lines =
      parse_json(R"([{"kind": "land", "份数": "1,000"}, {}, {"kind": " "}, {"kind": "wages"}])");
  CHECK(desk.read("lines", *lines) == "土地 1000；劳动报酬");
  CHECK(desk.read("lines", R"([{"kind": "land"}])") == "土地");
  auto bad = decode_value(
      desk.field("lines"),
      *parse_json(R"([{"kind": "land", "copies": "x"}, {"copies": 3}, 7, {"kond": "land"}])"),
      desk.context(), "lines");
  REQUIRE_FALSE(bad.has_value());
  std::vector<std::string> where;
  for (const auto &problem : bad.error().problems) where.push_back(problem.where);
  CHECK(where ==
        std::vector<std::string>{"lines[1].copies", "lines[2].kind", "lines[3]", "lines[4].kond"});
  CHECK(desk.read("lines", "[{").find("not JSON at line 1") != std::string::npos);
  CHECK(desk.read("lines", 5).find("list of lines") != std::string::npos);
  json::array huge(5'001, json::object{{"kind", "land"}});
  CHECK(desk.read("lines", huge).find("5001 lines; at most 5000") != std::string::npos);

  Field fixed = desk.field("lines");
  fixed.fixed = "kind";
  auto twice =
      decode_value(fixed, *parse_json(R"([{"kind": "land"}, {"kind": "wages"}, {"kind": "土地"}])"),
                   desk.context(), "lines");
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error().problems.at(0).where == "lines[3].kind");
}

TEST_CASE("fields by id or label; every fault at once") {
  Desk desk;
  auto good = decode_fields(
      desk.fields, {{"日期", "2023-03-05"}, {"People", 3}, {"kind", nullptr}, {"worst", ""}},
      desk.context());
  REQUIRE(good.has_value());
  CHECK((*good)[0] == Value(day("2023-03-05")));
  CHECK((*good)[3] == Value(Count{3}));
  CHECK_FALSE((*good)[1].filled());

  auto bad = decode_fields(desk.fields,
                           {{"held_on", "2023-13-01"},
                            {"日期", "2023-01-01"},
                            {"peple", 3},
                            {"worst", "land"},
                            {"number", "1"},
                            {"gone", "x"},
                            {"备注", "x"},
                            {"kind", "zzz"}},
                           desk.context());
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().code == ErrorCode::Invalid);
  CHECK(bad.error().message == "8 entries cannot be accepted");
  auto text = bad.error().text();
  for (const char *part :
       {"日期 (held_on): is given twice", "no field \"peple\"; did you mean \"people\"?",
        "最重 (worst): is worked out", "编号 (number): is given by the register",
        "旧项 (gone): does not exist under the rules", "\"备注\" is the label of several fields",
        "is no day of the calendar", "\"zzz\" is not in the list"})
    CHECK_MESSAGE(text.find(part) != std::string::npos, part);
  CHECK(*field_named(desk.fields, "ｎｏｔｅ") >= 0);
}

TEST_CASE("exact form: what is written is read back, and nothing else is") {
  Desk desk;
  std::vector<std::pair<std::string, json::value>> samples = {
      {"held_on", "2023-03-05"},
      {"kind", "land"},
      {"kinds", json::array{"land", "wages"}},
      {"people", 12},
      {"area", 12},
      {"area", "12.5"},
      {"area", "-0.000001"},
      {"fine", 123450},
      {"done", false},
      {"done", true},
      {"at", "2023-03-15T09:30:00+08:00"},
      {"village", "370306104201"},
      {"title", "名称 “引号” \n"},
      {"case", "0189f7c1-0000-7000-8000-00000000000a"},
      {"paper", json::value(std::string(64, 'a'))},
      {"lines", *parse_json(R"([{"kind":"land","copies":3},{"copies":0}])")}};
  for (const auto &sample : samples) { // clang captures no structured binding
    const auto &id = sample.first;
    const auto &stored = sample.second;
    auto value = decode_exact(desk.field(id), stored);
    REQUIRE_MESSAGE(value.has_value(), id);
    CHECK_MESSAGE(canonical(encode_value(desk.field(id), *value)) == canonical(stored), id);
  }
  CHECK_FALSE(decode_exact(desk.field("people"), nullptr)->filled());
  CHECK(encode_value(desk.field("people"), Value()).is_null());
  std::vector<std::pair<std::string, json::value>> wrong = {
      {"held_on", "2023-3-5"},
      {"held_on", 20230305},
      {"kind", 3},
      {"kind", ""},
      {"kinds", "land"},
      {"kinds", json::array{}},
      {"people", "12"},
      {"people", -1},
      {"area", "12.50"},
      {"area", "12"},
      {"area", 12.5},
      {"fine", "12.50"},
      {"done", "是"},
      {"at", "2023-03-15T09:30"},
      {"village", "370306104000"},
      {"title", ""},
      {"case", "0189F7C1-0000-7000-8000-00000000000A"},
      {"paper", json::value(std::string(64, 'A'))},
      {"lines", *parse_json(R"([{"colour":"red"}])")},
      {"lines", "[]"}};
  for (const auto &sample : wrong)
    CHECK_MESSAGE(!decode_exact(desk.field(sample.first), sample.second).has_value(),
                  sample.first << " " << json::serialize(sample.second));
}

TEST_CASE("what decode reads, encode writes and decode_exact reads again") {
  Desk desk;
  json::object input = {{"held_on", "2023年3月5日"},
                        {"kind", "土地"},
                        {"kinds", "土地、劳动报酬"},
                        {"people", "1,200"},
                        {"area", "3.25"},
                        {"fine", "12.5"},
                        {"done", "有"},
                        {"at", "2023-03-15 9:30"},
                        {"title", " 题 "},
                        {"lines", *parse_json(R"([{"kind": "land", "copies": "7"}])")},
                        {"party", "11010519491231002x"}};
  auto values = decode_fields(desk.fields, input, desk.context());
  REQUIRE(values.has_value());
  auto written = encode_fields(desk.fields, *values, true);
  CHECK(written.contains("party"));
  CHECK_FALSE(encode_fields(desk.fields, *values, false).contains("party"));
  for (std::size_t i = 0; i < desk.fields.size(); ++i) {
    if (!written.contains(desk.fields[i].id)) continue;
    auto back = decode_exact(desk.fields[i], written.at(desk.fields[i].id));
    REQUIRE(back.has_value());
    CHECK(*back == (*values)[i]);
  }
  auto again = decode_fields(desk.fields, written, desk.context());
  REQUIRE(again.has_value());
  CHECK(*again == *values);
}

TEST_CASE("display in both languages") {
  Desk desk;
  auto value =
      *decode_value(desk.field("kinds"), json::value("land,wages"), desk.context(), "kinds");
  CHECK(display(desk.book, desk.field("kinds"), value) == "土地、劳动报酬");
  CHECK(display(desk.book, desk.field("kinds"), value, true) == "Land, Wages");
  CHECK(display(desk.book, desk.field("kind"), Value(Code{"unknown"})) == "unknown");
}

TEST_CASE("a record as JSON") {
  Desk desk;
  catalog::RecordType type;
  type.id = "event";
  type.fields = desk.fields;
  catalog::Part part;
  part.id = "visit";
  part.fields = {made("went_on", FieldType::Date, "日期")};
  type.parts = {part};
  Record record;
  record.type = "event";
  record.owner_org = *OrgCode::parse("370306104");
  record.day = day("2023-03-05");
  record.state = "kept";
  record.version = 2;
  record.values.resize(type.fields.size());
  record.values[3] = Value(Count{7});
  record.values[12] = Value(std::string("张三"));
  PartRecord visit;
  visit.part = 0;
  visit.values = {Value(day("2023-03-06"))};
  record.parts = {visit};
  auto out = to_json(type, record, false);
  CHECK(canonical(out.at("fields")) == R"({"people":7})");
  CHECK(out.at("org") == "370306104");
  CHECK(out.at("parts").as_array().at(0).at("fields").at("went_on") == "2023-03-06");
  CHECK(to_json(type, record, true).at("fields").as_object().contains("party"));
  CHECK_FALSE(out.contains("withdrawn_reason"));
}
