#include "exchange/table_in.h"
#include "exchange/table_out.h"
#include "exchange/template_out.h"
#include "exchange/test_type.h"

#include "base/text.h"
#include "ooxml/xlsx_read.h"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace yifa;
using namespace yifa::exchange;
using catalog::Value;

namespace {

catalog::Catalog list_catalog() {
  catalog::Catalog catalog;
  catalog::CodeList topics;
  topics.id = "topics";
  for (auto [code, zh, en] : {std::tuple{"constitution", "宪法", "Constitution"},
                              {"civil_code", "民法典", "Civil Code"}}) {
    catalog::CodeWord word;
    word.code = code;
    word.label = {zh, en};
    topics.codes.push_back(word);
  }
  catalog.lists["topics"] = topics;
  return catalog;
}

record::Record one_record(const catalog::RecordType &type) {
  record::Record record;
  record.id = *RecordId::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  record.type = type.id;
  record.number = "2023-1";
  record.owner_org = *OrgCode::parse("370306104");
  record.day = *Date::parse("2023-03-05");
  record.state = "held";
  record.version = 2;
  record.values.resize(type.fields.size());
  auto set = [&](const char *id, Value value) {
    record.values[static_cast<std::size_t>(type.field_index(id))] = std::move(value);
  };
  set("title", std::string("=讲座\x1b[31m\n第二行"));
  set("held_on", *Date::parse("2023-03-05"));
  set("topic",
      std::vector<Value>{Value(catalog::Code{"constitution"}), Value(catalog::Code{"civil_code"})});
  set("people", catalog::Count{120});
  set("cost", *Money::parse("1200.5"));
  set("speaker", std::string("某人"));
  set("village", *OrgCode::parse("370306104200"));
  return record;
}

std::string listed(ListFormat format, std::vector<std::string> columns = {}, int times = 1,
                   const std::filesystem::path &file = {}) {
  static const auto type = test_type();
  static const auto catalog = list_catalog();
  std::string out;
  ListSpec spec;
  spec.catalog = &catalog;
  spec.type = &type;
  spec.columns = std::move(columns);
  spec.org_name = [](const OrgCode &code) { return code.text() == "370306104" ? "商家镇" : ""; };
  auto writer = ListWriter::create(
      format, spec,
      [&](std::string_view bytes) -> Status {
        out += bytes;
        return Done{};
      },
      file);
  if (!writer) return writer.error().text();
  for (int i = 0; i < times; ++i) REQUIRE(writer->add(one_record(type)).has_value());
  auto done = writer->finish();
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().text()));
  CHECK(writer->rows() == times);
  return out;
}

} // namespace

TEST_CASE("a terminal table: widths, no personal field, nothing that steers the terminal") {
  auto table = listed(ListFormat::Table);
  CHECK(table == "编号    日期        标题               状态\n"
                 "──────  ──────────  ─────────────────  ──────\n"
                 "2023-1  2023-03-05  =讲座?[31m 第二行  已举办\n");
  auto many = listed(ListFormat::Table, {"people", "@org"}, 450);
  CHECK(std::count(many.begin(), many.end(), '\n') == 452);
  CHECK(many.starts_with("参加人数  单位\n────────  ──────\n     120  商家镇\n"));
  CHECK(listed(ListFormat::Table, {"title"}, 0) == "标题\n────\n");
}

TEST_CASE("CSV and JSON lists") {
  auto csv = listed(ListFormat::Csv);
  CHECK(csv.find("某人") == std::string::npos);
  CHECK(csv.find("\"'=讲座") != std::string::npos);
  CHECK(csv.find("宪法、民法典,120,,1200.50") != std::string::npos);
  auto value = parse_json(listed(ListFormat::Json, {}, 2));
  REQUIRE(value.has_value());
  REQUIRE(value->as_array().size() == 2);
  CHECK(value->as_array()[0].at("fields").as_object().contains("title"));
  CHECK_FALSE(value->as_array()[0].at("fields").as_object().contains("speaker"));
  CHECK(listed(ListFormat::Json, {}, 0) == "[]\n");
  auto cut = parse_json(listed(ListFormat::Json, {"people"}));
  CHECK(cut->as_array()[0].at("fields") == json::object{{"people", 120}});
}

TEST_CASE("columns that are not there or not to be shown") {
  CHECK(listed(ListFormat::Csv, {"speaker"}).find("never stands in a list") != std::string::npos);
  auto text = listed(ListFormat::Csv, {"titl", "nowhere"});
  CHECK(text.find("did you mean title") != std::string::npos);
  CHECK(text.find("nowhere") != std::string::npos);
  CHECK(parse_list_format("xlsx").has_value());
  CHECK_FALSE(parse_list_format("pdf").has_value());
}

TEST_CASE("an exported workbook has typed cells") {
  TestFolder folder("listx");
  listed(ListFormat::Xlsx, {"held_on", "people", "cost", "title"}, 1, folder / "a.xlsx");
  auto reader = ooxml::XlsxReader::open(folder / "a.xlsx");
  REQUIRE(reader.has_value());
  std::vector<std::string> cells;
  std::vector<ooxml::CellKind> kinds;
  REQUIRE(reader
              ->read(0,
                     [&](const ooxml::Row &row) -> Status {
                       if (row.number == 1) return Done{};
                       for (const auto &cell : row.cells)
                         cells.emplace_back(cell.text), kinds.push_back(cell.kind);
                       return Done{};
                     })
              .has_value());
  REQUIRE(cells.size() == 4);
  CHECK(cells[0] == "2023-03-05");
  CHECK(kinds[0] == ooxml::CellKind::Date);
  CHECK(cells[1] == "120");
  CHECK(kinds[1] == ooxml::CellKind::Number);
  CHECK(cells[2] == "1200.5");
}

TEST_CASE("a blank template is read back as it is meant") {
  TestFolder folder("template");
  auto type = test_type();
  auto catalog = list_catalog();
  for (bool english : {false, true}) {
    auto path = folder / (english ? "en.xlsx" : "zh.xlsx");
    REQUIRE(write_template(path, catalog, type, english).has_value());
    auto source = TableSource::open(path, type, {});
    REQUIRE_MESSAGE(source.has_value(), (source ? "" : source.error().text()));
    REQUIRE(source->sheets().size() == 4); // main, materials, visit, visit.asked
    const auto &headers = source->sheets()[0].headers;
    CHECK(headers[0] == (english ? "Title*" : "标题*"));
    for (const auto &header : headers) {
      CHECK(header != "主讲人"); // personal
      CHECK(header != "重大");   // derived
      CHECK(header != "文号");   // the register's
    }
    CHECK(std::count(headers.begin(), headers.end(), english ? "state" : "目标状态") == 1);
    int rows = 0;
    REQUIRE(source
                ->read([&](WrittenRow &&) -> Status {
                  ++rows;
                  return Done{};
                })
                .has_value());
    CHECK(rows == 0);
  }
  auto first = folder / "zh.xlsx";
  REQUIRE(write_template(folder / "again.xlsx", catalog, type).has_value());
  std::ostringstream a;
  std::ostringstream b;
  a << std::ifstream(first, std::ios::binary).rdbuf();
  b << std::ifstream(folder / "again.xlsx", std::ios::binary).rdbuf();
  CHECK(a.str() == b.str());
}

TEST_CASE("tables of any text") {
  CHECK(text_table({"名称", "n"}, {{"甲", "1"}, {"乙丙丁", "22"}}) ==
        "名称     n\n──────  ──\n甲       1\n乙丙丁  22\n");
  CHECK(text_table({"x"}, {{std::string(50, 'a')}}, 10) == "x\n──────────\naaaaaaaaa…\n");
  CHECK(text_table({"x"}, {{"字字字字字字"}}, 7) == "x\n───────\n字字字…\n");
}
