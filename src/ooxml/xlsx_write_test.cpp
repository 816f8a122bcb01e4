#include "ooxml/xlsx_write.h"

#include "base/file.h"
#include "ooxml/xlsx_read.h"
#include "ooxml/xml.h"

#include <doctest/doctest.h>

#include <csignal>
#include <limits>

#include <sys/resource.h>

#include <unistd.h>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

struct TempFile {
  std::filesystem::path path = "/tmp/yifa_xlsx_test_" + std::to_string(::getpid()) + ".xlsx";
  ~TempFile() { std::filesystem::remove(path); }
};

Date day(std::string_view text) { return *Date::parse(text); }

SheetSpec spec_of(std::string name) {
  SheetSpec spec;
  spec.name = std::move(name);
  SheetColumn code, date, kind;
  code.header = "编号";
  code.format = ColumnFormat::Text;
  code.required = true;
  code.note = "按年度编号";
  code.prompt = "如 0012";
  date.header = "日期";
  date.format = ColumnFormat::Date;
  kind.header = "类型";
  kind.choices = {"邻里纠纷", "婚姻家庭纠纷"};
  spec.columns = {code, date, kind};
  return spec;
}

/// Writes one sheet of these rows and gives the file's bytes.
std::string written(const SheetSpec &spec, const std::vector<std::vector<CellValue>> &rows) {
  TempFile file;
  XlsxWriter::Properties properties;
  properties.title = "台账";
  properties.author = "司法所";
  properties.created = day("2024-01-15");
  auto writer = XlsxWriter::create(file.path, properties);
  REQUIRE(writer.has_value());
  REQUIRE(writer->begin_sheet(spec).has_value());
  for (const auto &row : rows) REQUIRE(writer->row(row).has_value());
  REQUIRE(writer->finish().has_value());
  return *read_file(file.path);
}

std::string listed(const std::string &bytes, std::size_t sheet = 0) {
  auto book = XlsxReader::from_bytes(bytes);
  REQUIRE(book.has_value());
  std::string out;
  auto done = book->read(sheet, [&](const Row &row) -> Status {
    for (const Cell &cell : row.cells)
      out += cell_name(cell.column, row.number) + ":" +
             std::to_string(static_cast<int>(cell.kind)) + ":" + std::string(cell.text) + " ";
    return Done{};
  });
  REQUIRE(done.has_value());
  return out;
}

std::string part(const std::string &bytes, std::string_view name) {
  auto zip = ZipReader::from_bytes(bytes);
  REQUIRE(zip.has_value());
  auto content = zip->read(name);
  REQUIRE(content.has_value());
  return *content;
}

bool within(const std::string &text, std::string_view words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

struct Silent : XmlHandler {
  Status start(std::string_view, const XmlAttributes &) override { return Done{}; }
  Status end(std::string_view) override { return Done{}; }
  Status text(std::string_view) override { return Done{}; }
};

} // namespace

TEST_CASE("what is written is read back, kind by kind") {
  auto bytes =
      written(spec_of("台账"), {{std::string("0012"), day("2023-03-05"), std::string("邻里纠纷")},
                                {std::int64_t(12), *Moment::parse("2023-03-05T09:30:05"), 2.5},
                                {},
                                {std::monostate{}, day("1899-01-01"), std::int64_t(7)}});
  CHECK(listed(bytes) == "A1:0:编号 B1:0:日期 C1:0:类型 A2:0:0012 B2:2:2023-03-05 C2:0:邻里纠纷 "
                         "A3:0:12 B3:3:2023-03-05T09:30:05 C3:1:2.5 B5:0:1899-01-01 C5:1:7 ");
}

TEST_CASE("text stays text: formulas, long numbers, escapes, control characters") {
  auto bytes = written(
      spec_of("x"), {{std::string("=1+1"), std::string("+86 533"), std::string("@SUM(A1)")},
                     {std::string("_x0041_"), std::string("a\x01\r\nb"), std::string(" 前后 ")},
                     {std::int64_t(370306199001011234), std::string("<&>\"'"), std::string("𠮷")}});
  CHECK(listed(bytes).substr(listed(bytes).find("A2")) ==
        "A2:0:=1+1 B2:0:+86 533 C2:0:@SUM(A1) A3:0:_x0041_ B3:0:a\nb C3:0: 前后  "
        "A4:0:370306199001011234 B4:0:<&>\"' C4:0:𠮷 ");
  CHECK_FALSE(within(part(bytes, "xl/worksheets/sheet1.xml"), "<f>"));
}

TEST_CASE("the same rows give the same bytes, and every part is well-formed") {
  std::vector<std::vector<CellValue>> rows = {{std::string("0012"), day("2023-03-05")}};
  auto bytes = written(spec_of("台账"), rows);
  CHECK(bytes == written(spec_of("台账"), rows));
  CHECK(within(part(bytes, "docProps/core.xml"), ">2024-01-15T12:00:00Z<"));
  auto zip = ZipReader::from_bytes(bytes);
  REQUIRE(zip.has_value());
  for (const auto &entry : zip->entries()) {
    Silent silent;
    CHECK_MESSAGE(parse_xml(*zip->read(entry.name), silent, entry.name).has_value(), entry.name);
  }
}

TEST_CASE("the header: note, prompt, frozen pane, column formats") {
  auto spec = spec_of("台账");
  spec.lead = {"填表说明", "单位：件"};
  spec.filter = true;
  auto bytes = written(spec, {{std::string("1")}, {std::string("2")}});
  auto sheet = part(bytes, "xl/worksheets/sheet1.xml");
  CHECK(within(sheet, "ySplit=\"3\""));
  CHECK(within(sheet, "promptTitle=\"编号\""));
  CHECK(within(sheet, "<autoFilter ref=\"A3:C5\"/>"));
  CHECK(within(sheet, "sqref=\"C4:C5003\"><formula1>\"邻里纠纷,婚姻家庭纠纷\"</formula1>"));
  CHECK(within(part(bytes, "xl/comments1.xml"), "按年度编号"));
  CHECK(within(part(bytes, "xl/styles.xml"), "yyyy-mm-dd"));
  CHECK(within(part(bytes, "xl/styles.xml"), "numFmtId=\"49\"")); // text
}

TEST_CASE("long lists, and items the rule cannot hold, go to a hidden sheet") {
  auto spec = spec_of("台账");
  spec.columns[0].choices = {"甲,乙", "丙"};
  for (int i = 0; i < 100; ++i) spec.columns[1].choices.push_back("第" + std::to_string(i) + "村");
  auto bytes = written(spec, {});
  auto sheet = part(bytes, "xl/worksheets/sheet1.xml");
  CHECK(within(sheet, "<formula1>_lists!$A$1:$A$2</formula1>"));
  CHECK(within(sheet, "<formula1>_lists!$B$1:$B$100</formula1>"));
  auto book = XlsxReader::from_bytes(bytes);
  REQUIRE(book->sheets().size() == 2);
  CHECK(book->sheets()[1].hidden);
  CHECK(within(listed(bytes, 1), "A2:0:丙 B2:0:第1村"));
  CHECK(within(listed(bytes, 1), "B100:0:第99村"));
  // 255 characters fit the rule, 256 do not.
  spec = spec_of("台账");
  spec.columns[2].choices = {std::string(127, 'a'), std::string(127, 'b')};
  CHECK(within(part(written(spec, {}), "xl/worksheets/sheet1.xml"), "bbb\"</formula1>"));
  spec.columns[2].choices[0] += 'a';
  CHECK(within(part(written(spec, {}), "xl/worksheets/sheet1.xml"), "_lists!$A$1:$A$2"));
}

TEST_CASE("several sheets; names are made lawful, twice is refused") {
  TempFile file;
  auto writer = XlsxWriter::create(file.path, {});
  REQUIRE(writer.has_value());
  CHECK(writer->begin_sheet(spec_of("一/二:三[四]")).has_value());
  CHECK(writer->row_number() == 1);
  CHECK(writer->begin_sheet(spec_of(std::string(40, 'x'))).has_value());
  CHECK(writer->begin_sheet(spec_of("B")).has_value());
  CHECK(writer->begin_sheet(spec_of("b")).error().code == ErrorCode::Invalid);
  CHECK(writer->begin_sheet(spec_of(" ' ")).error().code == ErrorCode::Invalid);
  SheetSpec empty;
  empty.name = "empty";
  CHECK(writer->begin_sheet(empty).error().code == ErrorCode::Invalid);
  REQUIRE(writer->finish().has_value());
  auto book = XlsxReader::open(file.path);
  REQUIRE(book.has_value());
  REQUIRE(book->sheets().size() == 3);
  CHECK(book->sheets()[0].name == "一 二 三 四");
  CHECK(book->sheets()[1].name == std::string(31, 'x'));
}

TEST_CASE("marked cells keep their value") {
  TempFile file;
  auto writer = XlsxWriter::create(file.path, {});
  REQUIRE(writer.has_value());
  REQUIRE(writer->begin_sheet(spec_of("x")).has_value());
  std::vector<WriteCell> cells(4);
  cells[0].value = std::string("坏");
  cells[0].marked = cells[1].marked = true;
  cells[3].value = std::string("原因");
  REQUIRE(writer->row(cells).has_value());
  REQUIRE(writer->finish().has_value());
  auto bytes = *read_file(file.path);
  CHECK(within(listed(bytes), "A2:0:坏 D2:0:原因"));
  CHECK(within(part(bytes, "xl/styles.xml"), "FFFFC7CE"));
}

TEST_CASE("too long a text is named by its cell") {
  TempFile file;
  auto writer = XlsxWriter::create(file.path, {});
  REQUIRE(writer.has_value());
  REQUIRE(writer->begin_sheet(spec_of("台账")).has_value());
  std::string fits(32'767 - 2, 'a');
  fits += "𠮷"; // counts two
  std::vector<CellValue> row = {std::monostate{}, fits};
  CHECK(writer->row(row).has_value());
  row[1] = fits + "b";
  auto refused = writer->row(row);
  REQUIRE_FALSE(refused.has_value());
  REQUIRE(refused.error().problems.size() == 1);
  CHECK(refused.error().problems[0].where == "台账!B3");
  row[1] = std::numeric_limits<double>::quiet_NaN();
  CHECK(writer->row(row).error().code == ErrorCode::Invalid);
}

TEST_CASE("a full disk is told, and nothing is left") {
  TempFile file;
  std::vector<CellValue> row;
  unsigned x = 1; // text that does not pack
  for (int i = 0; i < 50; ++i) row.emplace_back(std::to_string(x = x * 1664525 + 1013904223));
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  auto handler = std::signal(SIGXFSZ, SIG_IGN);
  for (rlim_t most : {1'500'000, 200'000, 20'000, 500}) {
    INFO(most);
    auto writer = XlsxWriter::create(file.path, {});
    REQUIRE(writer.has_value());
    REQUIRE(writer->begin_sheet(spec_of("x")).has_value());
    auto narrow = before;
    narrow.rlim_cur = most;
    ::setrlimit(RLIMIT_FSIZE, &narrow);
    for (int i = 0; i < 1000; ++i) REQUIRE(writer->row(row).has_value());
    auto done = writer->finish();
    ::setrlimit(RLIMIT_FSIZE, &before);
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().code == ErrorCode::Unavailable);
    CHECK_FALSE(std::filesystem::exists(file.path));
  }
  std::signal(SIGXFSZ, handler);
}

TEST_CASE("nothing stays on disk without finish, and bad folders are told at once") {
  auto folder = std::filesystem::path("/tmp/yifa_xlsx_folder_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  {
    auto writer = XlsxWriter::create(folder / "a.xlsx", {});
    REQUIRE(writer.has_value());
    REQUIRE(writer->begin_sheet(spec_of("x")).has_value());
    REQUIRE(writer->row(std::vector<CellValue>{std::string("1")}).has_value());
    CHECK(writer->row_number() == 2);
  }
  CHECK(std::filesystem::is_empty(folder));
  {
    auto writer = XlsxWriter::create(folder / "a.xlsx", {});
    REQUIRE(writer.has_value());
    CHECK(writer->row(std::vector<CellValue>{}).error().code == ErrorCode::Internal);
    CHECK(writer->finish().error().code == ErrorCode::Invalid); // no sheet
  }
  CHECK(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
  CHECK(XlsxWriter::create(folder / "a.xlsx", {}).error().code == ErrorCode::Unavailable);
}
