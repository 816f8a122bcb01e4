#include "ooxml/xlsx_read.h"

#include <doctest/doctest.h>

#include <map>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

/// A workbook of given parts; what is not given is the least that is lawful.
struct Workbook {
  std::string sheet_data; ///< inside <sheetData>
  std::string after;      ///< behind it
  std::string texts;      ///< inside <sst>
  std::string styles;     ///< inside <styleSheet>
  std::string properties; ///< attributes of workbookPr
  std::map<std::string, std::string> more;

  std::string bytes() const {
    std::map<std::string, std::string> parts = {
        {"[Content_Types].xml", "<Types/>"},
        {"_rels/.rels", "<Relationships><Relationship Id='r' "
                        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                        "officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/workbook.xml",
         "<workbook xmlns:r='x'><workbookPr " + properties +
             "/><sheets><sheet name='台账' sheetId='1' r:id='r1'/><sheet "
             "name='备用' sheetId='2' state='hidden' r:id='r2'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
         "<Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/sheet2.xml'/>"
         "<Relationship Id='r3' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
         "<Relationship Id='r4' Type='x/styles' Target='styles.xml'/></Relationships>"},
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData>" + sheet_data + "</sheetData>" + after + "</worksheet>"},
        {"xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"},
        {"xl/sharedStrings.xml", "<sst>" + texts + "</sst>"},
        {"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"}};
    for (const auto &[name, content] : more) parts[name] = content;
    ZipWriter zip;
    for (const auto &[name, content] : parts)
      if (content != "-") zip.add(name, content);
    return zip.finish();
  }
};

const char *kind_word(CellKind kind) {
  constexpr const char *kWords[] = {"text", "number", "date", "moment", "time", "bool", "error"};
  return kWords[static_cast<int>(kind)];
}

/// "B17=text:甲 …", or the error.
std::string contents(const std::string &bytes, std::size_t sheet = 0,
                     const XlsxLimits &limits = {}) {
  auto book = XlsxReader::from_bytes(bytes, limits);
  if (!book) return book.error().message;
  std::string out;
  auto done = book->read(sheet, [&](const Row &row) -> Status {
    for (const Cell &cell : row.cells) {
      if (!out.empty()) out += ' ';
      out += cell_name(cell.column, row.number) + "=" + kind_word(cell.kind) + ":" +
             std::string(cell.text);
      if (cell.rounded) out += "~";
      if (cell.percent) out += "%";
      if (cell.from_formula) out += "=";
    }
    return Done{};
  });
  return done ? out : done.error().message;
}

bool tells(const std::string &message, std::string_view words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("cells of every kind") {
  Workbook book;
  book.texts =
      "<si><t>甲村</t></si><si><r><rPr/><t>乙</t></r><r><t xml:space='preserve'> 村</t></r>"
      "<rPh sb='0' eb='1'><t>yi</t></rPh></si><si><t>一行_x000A_二行_x005F_x0041_</t></si>";
  book.styles = "<numFmts><numFmt numFmtId='176' "
                "formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'/>"
                "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
                "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/><xf "
                "numFmtId='22'/><xf numFmtId='10'/><xf numFmtId='20'/></cellXfs>"
                "<dxfs><dxf><numFmt numFmtId='0' formatCode='yyyy'/></dxf></dxfs>";
  book.sheet_data =
      "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='D1' "
      "t='s'><v>2</v></c></row>"
      "<row r='3'><c r='A3'><v>12</v></c><c r='B3'><v>12.50</v></c><c r='C3'><v>1E-3</v></c>"
      "<c r='D3'><v>370306199001011234</v></c></row>"
      "<row r='4'><c r='A4' s='1'><v>44990</v></c><c r='B4' s='2'><v>44990</v></c>"
      "<c r='C4' s='3'><v>44990.5</v></c><c r='D4' s='4'><v>0.986</v></c><c r='E4' "
      "s='5'><v>0.5</v></c>"
      "<c r='F4' t='d'><v>2023-03-05T00:00:00.000</v></c><c r='G4' "
      "t='d'><v>2023-03-05T09:30:00</v></c></row>"
      "<row r='5'><c r='A5' t='b'><v>1</v></c><c r='B5' t='e'><v>#N/A</v></c>"
      "<c r='C5' t='inlineStr'><is><r><t>内</t></r><r><t>联</t></r><rPh><t>nei</t></rPh></is></c>"
      "<c r='D5' t='str'><f>A1</f><v>甲村</v></c><c r='E5'><f>1+1</f><v>2</v></c><c "
      "r='F5'><f>NOW()</f></c></row>";
  CHECK(contents(book.bytes()) ==
        "A1=text:甲村 B1=text:乙 村 D1=text:一行\n二行_x0041_ "
        "A3=number:12 B3=number:12.5 C3=number:0.001 D3=number:370306199001011000~ "
        "A4=date:2023-03-05 B4=date:2023-03-05 C4=moment:2023-03-05T12:00:00 D4=number:0.986% "
        "E4=time:12:00:00 F4=date:2023-03-05 G4=moment:2023-03-05T09:30:00 "
        "A5=bool:true B5=error:#N/A C5=text:内联 D5=text:甲村= E5=number:2= F5=error:#UNCOMPUTED=");
  CHECK(contents(book.bytes(), 1) == "");
}

TEST_CASE("the 1904 calendar") {
  Workbook book;
  book.properties = "date1904='1'";
  book.styles = "<cellXfs><xf numFmtId='14'/></cellXfs>";
  book.sheet_data = "<row r='1'><c r='A1' s='0'><v>43528</v></c></row>";
  CHECK(contents(book.bytes()) == "A1=date:2023-03-05");
}

TEST_CASE("blank rows and cells are not delivered; row numbers keep the gaps") {
  Workbook book;
  book.texts = "<si><t> </t></si><si><t/></si><si><t>　\n</t></si>";
  book.sheet_data = "<row r='1'/><row r='2'><c r='A2' s='1'/><c r='B2' t='s'><v>0</v></c></row>"
                    "<row r='3'><c r='A3' t='s'><v>1</v></c><c r='C3' t='s'><v>2</v></c></row>"
                    "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>";
  CHECK(contents(book.bytes()) == "XFD1048576=number:1");
}

TEST_CASE("positions may be left out, and cells of a row come in any order") {
  Workbook book;
  book.sheet_data =
      "<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='C5'><v>3</v></c><c r='A5'>"
      "<v>4</v></c></row><row><c r='B6'><v>5</v></c><c><v>6</v></c></row>";
  CHECK(contents(book.bytes()) ==
        "A1=number:1 B1=number:2 A5=number:4 C5=number:3 B6=number:5 C6=number:6");
}

TEST_CASE("a row gives its cells by column") {
  Workbook book;
  book.sheet_data = "<row r='1'><c r='B1'><v>7</v></c></row>";
  auto reader = XlsxReader::from_bytes(book.bytes());
  REQUIRE(reader.has_value());
  auto summary = reader->read(0, [](const Row &row) -> Status {
    CHECK(row.at(0) == nullptr);
    REQUIRE(row.at(1) != nullptr);
    CHECK(row.text(1) == "7");
    CHECK(row.text(2).empty());
    return Done{};
  });
  REQUIRE(summary.has_value());
  CHECK(summary->rows == 1);
}

TEST_CASE("sheets, hidden ones, and the names when one is not found") {
  auto book = XlsxReader::from_bytes(Workbook{}.bytes());
  REQUIRE(book.has_value());
  REQUIRE(book->sheets().size() == 2);
  CHECK(book->sheets()[0].name == "台账");
  CHECK_FALSE(book->sheets()[0].hidden);
  CHECK(book->sheets()[1].hidden);
  CHECK(*book->find_sheet("备用") == 1);
  CHECK(tells(book->find_sheet("Sheet1").error().message, "台账, 备用"));
  CHECK(book->read(2, [](const Row &) -> Status { return Done{}; }).error().code ==
        ErrorCode::NotFound);
}

TEST_CASE("merged cells are noted, in the read and in a pass of their own") {
  Workbook book;
  book.sheet_data = "<row r='1'><c r='A1'><v>1</v></c></row>";
  book.after =
      "<mergeCells count='2'><mergeCell ref='A1:C1'/><mergeCell ref='B2:B9'/></mergeCells>";
  auto reader = XlsxReader::from_bytes(book.bytes());
  REQUIRE(reader.has_value());
  auto merged = reader->merged_ranges(0);
  REQUIRE(merged.has_value());
  REQUIRE(merged->size() == 2);
  CHECK((*merged)[0] == CellRange{1, 0, 1, 2});
  CHECK((*merged)[1] == CellRange{2, 1, 9, 1});
  CHECK(reader->read(0, [](const Row &) -> Status { return Done{}; })->merged == *merged);
  book.after = "<mergeCells><mergeCell ref='C1:A1'/></mergeCells>";
  CHECK(tells(contents(book.bytes()), "no range"));
}

TEST_CASE("elements of the same names elsewhere do no harm") {
  Workbook book;
  book.sheet_data =
      "<row r='1'><c "
      "r='A1'><v>1</v><extLst><ext><v>9</v><is><t>x</t></is></ext></extLst></c></row>";
  book.after =
      "<extLst><ext><sheetData><row r='1'><c r='A1'><v>8</v></c></row></sheetData></ext></extLst>";
  CHECK(contents(book.bytes()) == "A1=number:1");
}

TEST_CASE("an error of the caller ends the reading and is passed on") {
  Workbook book;
  book.sheet_data =
      "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2'><v>2</v></c></row>";
  auto reader = XlsxReader::from_bytes(book.bytes());
  REQUIRE(reader.has_value());
  int rows = 0;
  auto status =
      reader->read(0, [&](const Row &) -> Status { return ++rows, forbidden("no more"); });
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == ErrorCode::Forbidden);
  CHECK(rows == 1);
}

TEST_CASE("malformed sheets are refused with the cell's address") {
  auto sheet = [](const std::string &data) {
    Workbook book;
    book.sheet_data = data;
    return contents(book.bytes());
  };
  CHECK(tells(sheet("<row r='2'><c r='B2'><v>12a</v></c></row>"), "台账!B2"));
  CHECK(tells(sheet("<row r='2'><c r='B2'><v>inf</v></c></row>"), "stored as a number"));
  CHECK(tells(sheet("<row r='2'><c r='B2' t='s'><v>5</v></c></row>"), "台账!B2"));
  CHECK(tells(sheet("<row r='2'><c r='B3'><v>1</v></c></row>"), "\"B3\""));
  CHECK(tells(sheet("<row r='2'><c r='XFE2'><v>1</v></c></row>"), "XFE2"));
  CHECK(tells(sheet("<row r='0'/>"), "no row number"));
  CHECK(tells(sheet("<row r='1048577'/>"), "no row number"));
  CHECK(tells(sheet("<row r='2'/><row r='2'/>"), "row 2 comes after row 2"));
  CHECK(tells(sheet("<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>"), "twice"));
  CHECK(tells(sheet("<row r='1'><c r='A1'><v>1</v>"), "not well-formed"));
}

TEST_CASE("limits hold: cells, texts, one cell's size") {
  Workbook book;
  book.texts = "<si><t>" + std::string(2000, 'x') + "</t></si><si><t>b</t></si>";
  book.sheet_data = "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1'><v>1</v></c></row>";
  XlsxLimits limits;
  limits.cells = 1;
  CHECK(tells(contents(book.bytes(), 0, limits), "more than 1"));
  limits = {};
  limits.shared_text_bytes = 1000;
  CHECK(tells(contents(book.bytes(), 0, limits), "of text"));
  limits = {};
  limits.cell_bytes = 1024;
  CHECK(tells(contents(book.bytes(), 0, limits), "longer than 1 KB"));
  book.texts.clear();
  book.sheet_data =
      "<row r='1'><c r='A1' t='inlineStr'><is><t>" + std::string(2000, 'x') + "</t></is></c></row>";
  CHECK(tells(contents(book.bytes(), 0, limits), "台账!A1"));
}

TEST_CASE("document types are refused in every part") {
  for (auto part : {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                    "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"}) {
    Workbook book;
    book.more[part] = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>";
    CHECK_MESSAGE(tells(contents(book.bytes()), "document type"), part);
  }
}

TEST_CASE("archives that hold no workbook are named for what they are") {
  auto holding = [](const char *part) {
    ZipWriter zip;
    zip.add(part, "<x/>");
    return contents(zip.finish());
  };
  CHECK(tells(holding("word/document.xml"), "Word"));
  CHECK(tells(holding("xl/workbook.bin"), ".xlsb"));
  CHECK(tells(holding("content.xml"), ".ods"));
  CHECK(tells(holding("台账.xlsx"), "unpack it first"));
  CHECK(tells(contents("姓名,年龄"), ".csv"));
  Workbook none;
  none.more["xl/workbook.xml"] = "<workbook><sheets/></workbook>";
  CHECK(tells(contents(none.bytes()), "no worksheet"));
  Workbook lost;
  lost.more["xl/worksheets/sheet1.xml"] = "-";
  CHECK(tells(contents(lost.bytes()), "\"台账\" is missing"));
  Workbook chart;
  chart.more["xl/worksheets/sheet1.xml"] = "<chartsheet/>";
  CHECK(tells(contents(chart.bytes()), "not a worksheet"));
}

TEST_CASE("a workbook without styles and shared texts is read") {
  Workbook book;
  book.more["xl/sharedStrings.xml"] = "-";
  book.more["xl/styles.xml"] = "-";
  book.sheet_data = "<row r='1'><c r='A1' s='3'><v>5</v></c></row>";
  CHECK(contents(book.bytes()) == "A1=number:5");
}

TEST_CASE("columns are named as on the screen") {
  CHECK(cell_name(0, 1) == "A1");
  CHECK(cell_name(25, 17) == "Z17");
  CHECK(column_name(26) == "AA");
  CHECK(column_name(701) == "ZZ");
  CHECK(column_name(702) == "AAA");
  CHECK(column_name(16383) == "XFD");
}
