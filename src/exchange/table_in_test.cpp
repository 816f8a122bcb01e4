#include "exchange/reject_out.h"
#include "exchange/table_in.h"
#include "exchange/test_type.h"

#include "ooxml/xlsx_write.h"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace yifa;
using namespace yifa::exchange;
using ooxml::CellValue;

namespace {

const catalog::RecordType &lecture() {
  static const auto type = test_type();
  return type;
}

std::vector<WrittenRow> read_rows_of(TableSource &source) {
  std::vector<WrittenRow> rows;
  auto done = source.read([&](WrittenRow &&row) -> Status {
    rows.push_back(std::move(row));
    return Done{};
  });
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().text()));
  return rows;
}

std::vector<WrittenRow> read_table(const std::filesystem::path &path,
                                   const TableSource::Options &options = {}) {
  auto source = TableSource::open(path, lecture(), options);
  REQUIRE_MESSAGE(source.has_value(), (source ? "" : source.error().text()));
  return read_rows_of(*source);
}

std::string table_fault(const std::filesystem::path &path) {
  auto source = TableSource::open(path, lecture(), {});
  if (!source) return source.error().text();
  auto done = source->read([](WrittenRow &&) -> Status { return Done{}; });
  return done ? "" : done.error().text();
}

bool told(const std::string &text, std::initializer_list<const char *> words) {
  for (const char *word : words)
    if (text.find(word) == std::string::npos) {
      MESSAGE("not told: " << std::string(word) << " in " << text);
      return false;
    }
  return true;
}

struct Sheet {
  std::string name;
  std::vector<std::string> headers;
  std::vector<std::vector<CellValue>> rows;
  std::vector<std::string> lead = {};
};

std::filesystem::path workbook(const TestFolder &folder, const std::string &name,
                               const std::vector<Sheet> &sheets) {
  auto writer = ooxml::XlsxWriter::create(folder / name, {});
  REQUIRE(writer.has_value());
  for (const auto &sheet : sheets) {
    ooxml::SheetSpec spec;
    spec.name = sheet.name;
    spec.lead = sheet.lead;
    for (const auto &header : sheet.headers) {
      ooxml::SheetColumn column;
      column.header = header;
      if (header.find("日期") != std::string::npos) column.format = ooxml::ColumnFormat::Date;
      spec.columns.push_back(column);
    }
    REQUIRE(writer->begin_sheet(spec).has_value());
    for (const auto &row : sheet.rows) REQUIRE(writer->row(row).has_value());
  }
  REQUIRE(writer->finish().has_value());
  return folder / name;
}

std::string slurp(const std::filesystem::path &path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

} // namespace

TEST_CASE("headers in any spelling; fields as written with their cells") {
  TestFolder folder("headers");
  auto rows = read_table(folder.write(
      "a.csv",
      "商家镇2023年宣传台账,,,,,,,,\n标 "
      "题＊,ＨＥＬＤ＿ＯＮ,Topic,参加人数（人次）,目标状态,单位,记录键,理由,编号\n"
      "讲座,2023年3月15日,\"宪法、民法典\",１２０,已举办,商家镇,k1,补录,2023-1\n,,,,,,,,\n"));
  REQUIRE(rows.size() == 1);
  const auto &row = rows[0];
  CHECK(row.fields.at("title") == "讲座");
  CHECK(row.fields.at("held_on") == "2023年3月15日");
  CHECK(row.fields.at("topic") == "宪法、民法典");
  CHECK(row.fields.at("people") == "１２０");
  CHECK(row.state == "已举办");
  CHECK(row.org == "商家镇");
  CHECK(row.key == "k1");
  CHECK(row.reason == "补录");
  CHECK(row.display_number == "2023-1");
  CHECK(row.number == 3);
  CHECK(row.where == "a.csv!3");
  CHECK(row.address("people") == "a.csv!D3");
  CHECK(row.address("topic[2]") == "a.csv!C3");
  CHECK(row.address("@org") == "a.csv!F3");
  CHECK(row.address("") == "a.csv!3");
  CHECK(row.address("other") == "a.csv!3:other");
  auto moved = addressed({{"people", "bad", {}, {}}}, row);
  CHECK(moved[0].where == "a.csv!D3");
}

TEST_CASE("all faults of the headers at once") {
  TestFolder folder("faults");
  auto text = table_fault(folder.write("a.csv", "日起,参加人数,人数?,people,主讲人,重大,文号,"
                                                "宣传材料,宣传材料.份数\n1,2,3,4,5,6,7,8,9,10\n"));
  CHECK(told(text, {"a.csv!A1", "日起", "did you mean “日期”", "a.csv!C1", "a.csv!D1",
                    "stands in two columns", "a.csv!E1", "personal", "a.csv!F1", "worked out",
                    "a.csv!G1", "register", "a.csv!I1", "标题 (title) is missing",
                    "日期 (held_on) is missing", "a.csv!J2", "column without header"}));
  CHECK(
      told(table_fault(folder.write("b.csv", "甲,乙\n1,2\n")), {"no row of headers", "宣传活动"}));
  CHECK(told(table_fault(folder.write("c.csv", "")), {"empty"}));
  CHECK(told(table_fault(folder.write("d.csv", "标题,日期\na,\"2023\n")),
             {"d.csv", "line 2", "never closed"}));
  CHECK(told(table_fault(folder.write("d.xls", "x")), {"another kind"}));
  CHECK(told(table_fault(folder.write("d.doc", "x")), {".jsonl"}));
  CHECK(told(table_fault(folder.write("e.xlsx", "not a zip")), {"e.xlsx", "not an Office file"}));
  CHECK_FALSE(table_fault(folder / "absent.csv").empty());
}

TEST_CASE("personal columns only on a handler's sheet") {
  TestFolder folder("personal");
  auto path = folder.write("a.csv", "标题,日期,主讲人\na,2023-01-01,某人\n");
  CHECK(told(table_fault(path), {"personal data"}));
  auto rows = read_table(path, {true, {}});
  CHECK(rows[0].fields.at("speaker") == "某人");
  auto lines = read_table(folder.write("a.jsonl", "{\"标题\":\"a\",\"主讲人\":\"某人\"}\n"));
  REQUIRE(lines[0].problems.size() == 1);
  CHECK_FALSE(lines[0].fields.contains("speaker"));
}

TEST_CASE("columns for one line and one part; quotes and guards") {
  TestFolder folder("flat");
  auto rows = read_table(
      folder.write("a.csv", "标题,日期,宣传材料.种类,materials.份数,回访.回访日期,公开\n\"'=甲,"
                            "\r\n乙\",2023-01-01,手册,50,2023-02-01,是\nb,2023-01-02,,,,\n"));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].fields.at("title") == "=甲,\n乙");
  CHECK(rows[0].fields.at("materials") == json::array{{{"kind", "手册"}, {"copies", "50"}}});
  CHECK(rows[0].address("materials[1].copies") == "a.csv!D2");
  REQUIRE(rows[0].parts.size() == 1);
  CHECK(rows[0].parts[0].fields.at("visited_on") == "2023-02-01");
  CHECK(rows[0].parts[0].address("visited_on") == "a.csv!E2");
  CHECK(rows[1].parts.empty());
  CHECK_FALSE(rows[1].fields.contains("materials"));
}

TEST_CASE("a key used twice") {
  TestFolder folder("keys");
  auto source = TableSource::open(
      folder.write("a.csv", "标题,日期,记录键\na,1,k\nb,2,k\nc,3,\nd,4,\n"), lecture(), {});
  REQUIRE(source.has_value());
  for (int pass = 0; pass < 2; ++pass) {
    auto rows = read_rows_of(*source);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].problems.empty());
    REQUIRE(rows[1].problems.size() == 1);
    CHECK(rows[1].problems[0].where == "a.csv!C3");
    CHECK(rows[3].problems.empty());
  }
  CHECK(source->fraction() == 1.0);
}

TEST_CASE("JSONL: labels, parts, faults of single lines") {
  TestFolder folder("jsonl");
  auto rows = read_table(folder.write(
      "a.jsonl",
      R"({"title":"a","日期":"2023-01-01","people":12,"open":true,"materials":[{"种类":"手册","copies":3}],"@state":"held","key":"k","parts":{"回访":[{"visited_on":"2023-02-01"},{"回访日期":"2023-03-01","notes":"x"}]}}
{"title":"b","title2":"x","org":5,"visit":{"note":"y"},"parts":[{"part":"visit","note":"z"},{"part":"nowhere"},7]}
[1]
{bad
{"title":"c","标题":"d"}
)"));
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].fields.at("held_on") == "2023-01-01");
  CHECK(rows[0].fields.at("people") == 12);
  CHECK(rows[0].fields.at("materials").as_array().size() == 1);
  CHECK(rows[0].state == "held");
  REQUIRE(rows[0].parts.size() == 2);
  CHECK(rows[0].parts[1].fields.at("visited_on") == "2023-03-01");
  CHECK(rows[0].parts[1].address("visited_on") == "a.jsonl:1:visit[2]:visited_on");
  REQUIRE(rows[0].problems.size() == 1);
  CHECK(told(rows[0].problems[0].message, {"notes", "did you mean “note”"}));
  CHECK(rows[0].address("materials[1].copies") == "a.jsonl:1:materials[1].copies");
  CHECK(rows[1].org == "5");
  CHECK(rows[1].parts.size() == 2);
  CHECK(rows[1].problems.size() == 3); // title2, nowhere, 7
  CHECK(rows[2].problems.size() == 1);
  CHECK(rows[3].problems.size() == 1);
  CHECK(rows[4].problems.size() == 1);
}

TEST_CASE("a workbook: lead lines, typed cells, lines and parts on sheets of their own") {
  TestFolder folder("workbook");
  auto path =
      workbook(folder, "a.xlsx",
               {{"填写说明", {"x"}, {{std::string("y")}}},
                {"宣传活动",
                 {"标题*", "日期*", "参加人数", "满意率", "公开", "记录键", "时刻"},
                 {{std::string("甲"), *Date::parse("2023-03-05"), std::int64_t{120}, 98.6,
                   std::string("是"), std::string("k1"), *Date::parse("2023-03-05")},
                  {},
                  {std::string("乙"), std::string("2023.3.6"), {}, {}, {}, std::string("k2")}},
                 {"商家镇宣传台账", "2023年"}},
                {"宣传材料",
                 {"行号", "记录键", "种类*", "份数"},
                 {{std::int64_t{4}, {}, std::string("手册"), std::int64_t{50}},
                  {{}, std::string("k2"), std::string("横幅"), std::int64_t{3}},
                  {std::int64_t{4}, {}, std::string("横幅"), std::int64_t{7}},
                  {std::int64_t{99}, {}, std::string("挂历"), std::int64_t{1}},
                  {{}, {}, std::string("无主"), std::int64_t{1}}}},
                {"回访",
                 {"行号", "回访日期", "情况"},
                 {{std::int64_t{6}, *Date::parse("2023-04-01"), std::string("好")},
                  {std::int64_t{6}, *Date::parse("2023-05-01"), {}}}},
                {"回访.问询",
                 {"行号", "问题"},
                 {{std::int64_t{3}, std::string("问一")}, {std::int64_t{3}, std::string("问二")}}},
                {"随手记", {"随便"}, {{std::string("什么")}}}});
  auto source = TableSource::open(path, lecture(), {});
  REQUIRE_MESSAGE(source.has_value(), (source ? "" : source.error().text()));
  CHECK(told(source->notes().back(), {"随手记"}));
  for (int pass = 0; pass < 2; ++pass) {
    auto rows = read_rows_of(*source);
    REQUIRE(rows.size() == 4);
    const auto &first = rows[0];
    CHECK(first.where == "宣传活动!4");
    CHECK(first.fields.at("held_on") == "2023-03-05");
    CHECK(first.fields.at("people") == "120");
    CHECK(first.fields.at("share") == "98.6");
    CHECK(first.fields.at("at") == "2023-03-05T00:00:00");
    REQUIRE(first.fields.at("materials").as_array().size() == 2);
    CHECK(first.fields.at("materials").as_array()[1].as_object().at("copies") == "7");
    CHECK(first.address("materials[2].copies") == "宣传材料!D4");
    CHECK(first.address("materials[1]") == "宣传材料!2");
    const auto &second = rows[1];
    CHECK(second.fields.at("held_on") == "2023.3.6");
    CHECK(second.fields.at("materials").as_array()[0].as_object().at("kind") == "横幅");
    REQUIRE(second.parts.size() == 2);
    CHECK(second.parts[0].fields.at("visited_on") == "2023-04-01");
    CHECK(second.parts[0].address("visited_on") == "回访!B2");
    CHECK(second.parts[1].fields.at("asked").as_array().size() == 2);
    CHECK(second.parts[1].address("asked[2].question") == "回访.问询!B3");
    CHECK(rows[2].where == "宣传材料!5");
    CHECK(rows[2].number < 0);
    CHECK(rows[3].number != rows[2].number);
    CHECK(rows[2].number < 0);
    CHECK(rows[3].number != rows[2].number);
    CHECK(told(rows[2].problems.at(0).message, {"does not have"}));
    CHECK(rows[3].problems.at(0).where == "宣传材料!6");
    CHECK(source->fraction() == 1.0);
  }
}

TEST_CASE("faults of a workbook's sheets") {
  TestFolder folder("sheets");
  auto text = table_fault(workbook(folder, "a.xlsx",
                                   {{"宣传活动", {"标题", "日期", "宣传材料"}, {}},
                                    {"宣传材料", {"种类", "份数"}, {{std::string("x")}}},
                                    {"materials", {"行号", "种类"}, {}}}));
  CHECK(told(text, {"two sheets, 宣传材料 and materials"}));
  text = table_fault(workbook(folder, "b.xlsx",
                              {{"Sheet1", {"标题", "日期", "宣传材料"}, {{std::string("x")}}},
                               {"宣传材料", {"种类", "数量"}, {{std::string("x")}}}}));
  CHECK(told(text, {"Sheet1!C1", "sheet of its own", "宣传材料!B1", "数量", "宣传材料!1", "行号"}));
  text = table_fault(workbook(folder, "c.xlsx", {{"填写说明", {"x"}, {}}}));
  CHECK(told(text, {"no sheet for 宣传活动"}));
  text = table_fault(workbook(
      folder, "d.xlsx", {{"宣传活动", {"标题", "日期"}, {}}, {"回访.问询", {"行号", "问题"}, {}}}));
  CHECK(told(text, {"belong to a sheet 回访"}));
}

TEST_CASE("rejected rows go back in their own form and can be imported again") {
  TestFolder folder("reject");
  auto csv = TableSource::open(
      folder.write("a.csv", "标题,日期,退回原因\na,\"x,y\",旧\nb,2,\nc,3,\n"), lecture(), {});
  REQUIRE(csv.has_value());
  auto rejects = RejectFile::create(folder / "r.csv", *csv);
  REQUIRE(rejects.has_value());
  auto rows = read_rows_of(*csv);
  REQUIRE(
      rejects->add(rows[0], addressed({{"held_on", "is no date", {}, {}}}, rows[0])).has_value());
  REQUIRE(rejects->add(rows[2], {{"", "second", {}, {}}}).has_value());
  REQUIRE(rejects->finish().has_value());
  CHECK(slurp(folder / "r.csv") ==
        "\xEF\xBB\xBF标题,日期,退回原因\r\na,\"x,y\",a.csv!B2: is no date\r\nc,3,second\r\n");
  CHECK(read_table(folder / "r.csv").size() == 2);

  auto jsonl =
      TableSource::open(folder.write("a.jsonl", "{\"title\":\"a\"}\n{bad\n"), lecture(), {});
  auto json_rejects = RejectFile::create(folder / "r.jsonl", *jsonl);
  for (const auto &row : read_rows_of(*jsonl))
    REQUIRE(json_rejects->add(row, row.problems).has_value());
  REQUIRE(json_rejects->finish().has_value());
  CHECK(json_rejects->rows() == 2);
  auto again = read_table(folder / "r.jsonl");
  CHECK(again[0].problems.empty());
  CHECK(again[0].fields.at("title") == "a");
  CHECK(again[1].problems.size() == 1);
}

TEST_CASE("rejected rows of a workbook keep their lines though their numbers change") {
  TestFolder folder("rejectx");
  std::vector<std::vector<CellValue>> rows;
  std::vector<std::vector<CellValue>> lines;
  for (int i = 2; i < 8; ++i) {
    rows.push_back({std::string("t") + std::to_string(i), std::string("2023-01-01")});
    lines.push_back({std::int64_t{i}, std::string("k") + std::to_string(i), std::int64_t{i}});
  }
  lines.push_back({std::int64_t{50}, std::string("orphan"), std::int64_t{1}});
  auto source = TableSource::open(workbook(folder, "a.xlsx",
                                           {{"宣传活动", {"标题", "日期"}, rows},
                                            {"宣传材料", {"行号", "种类", "份数"}, lines}}),
                                  lecture(), {});
  REQUIRE(source.has_value());
  auto rejects = RejectFile::create(folder / "r.xlsx", *source);
  for (const auto &row : read_rows_of(*source))
    if (row.number % 2 == 1 || !row.problems.empty())
      REQUIRE(rejects->add(row, {{row.where, "why", {}, {}}}).has_value());
  REQUIRE(rejects->finish().has_value());
  auto again = read_table(folder / "r.xlsx");
  REQUIRE(again.size() == 4); // 3, 5, 7 and the orphan
  for (int i = 0; i < 3; ++i) {
    auto n = std::to_string(3 + 2 * i);
    CHECK(again[static_cast<std::size_t>(i)].fields.at("title") == json::string("t" + n));
    CHECK(again[static_cast<std::size_t>(i)]
              .fields.at("materials")
              .as_array()
              .at(0)
              .as_object()
              .at("kind") == json::string("k" + n));
  }
  CHECK_FALSE(again[3].problems.empty());
}
