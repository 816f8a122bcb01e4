#include "ooxml/docx.h"

#include "base/text.h"
#include "ooxml/docx_parts.h"
#include "ooxml/xml.h"
#include "ooxml/zip.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

Document sample() {
  Document document;
  document.subject = "某镇人民政府关于2023年度法治政府建设情况的报告";
  document.author = "某镇人民政府";
  document.created = *Date::parse("2024-01-15");
  document.head.emplace();
  document.head->issuers = {"某镇人民政府"};
  document.head->suffix = "文件";
  document.head->number = "某政〔2024〕3号";
  document.head->signer = "王某";
  document.addressee = "某区人民政府";
  document.body.push_back(paragraph(Role::Heading1, "一、主要举措"));
  document.body.push_back(paragraph(Role::Heading2, "（一）健全制度"));
  document.body.push_back(paragraph(Role::Body, "正文“引号”——<&>\n换行\t制表\x01"));
  Paragraph linked;
  linked.bookmark = "段落 1";
  linked.runs.resize(3);
  linked.runs[0].text = "12次";
  linked.runs[0].bold = true;
  linked.runs[0].bookmark = "fig:meetings";
  linked.runs[1].text = "见前";
  linked.runs[1].link = "#fig:meetings";
  linked.runs[2].text = "见网";
  linked.runs[2].link = "https://example.gov.cn/?a=1&b=2";
  linked.runs[2].face = Face::Kai;
  document.body.push_back(linked);
  Table table;
  table.columns.resize(2);
  table.columns[0].head = "事项";
  table.columns[0].weight = 3;
  table.columns[1].head = "次数";
  table.columns[1].align = Align::Right;
  table.rows.resize(2);
  table.rows[0].resize(2);
  table.rows[0][0].push_back(linked.runs[1]);
  document.body.push_back(table);
  document.body.push_back(table);
  document.body.push_back(PageBreak{});
  document.body.push_back(table);
  document.attachments = {"甲表", "乙表"};
  document.signature.organs = {"某区某镇人民政府"};
  document.signature.date = *Date::parse("2024-01-05");
  document.annexes.push_back(paragraph(Role::AnnexLabel, "附件1"));
  document.annexes.push_back(paragraph(Role::AnnexTitle, "甲表"));
  document.page_note = "示例数据";
  return document;
}

ZipReader opened(const Document &document) {
  auto bytes = write_docx(document);
  REQUIRE(bytes.has_value());
  auto zip = ZipReader::from_bytes(*bytes);
  REQUIRE(zip.has_value());
  return std::move(*zip);
}

std::string word_part(const Document &document, const char *name) {
  return *opened(document).read(std::string("word/") + name);
}

bool contains(const std::string &text, std::string_view words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

/// Checks that the children of the property elements stand in the order of the schema, which Word
/// insists on.
struct OrderCheck : XmlHandler {
  const std::map<std::string, std::vector<std::string>, std::less<>> order = {
      {"pPr",
       {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs",
        "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl"}},
      {"rPr", {"rFonts", "b", "bCs", "color", "spacing", "sz", "szCs", "lang"}},
      {"tblPr", {"tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"}},
      {"tcPr", {"tcW", "vAlign"}},
      {"trPr", {"cantSplit", "tblHeader"}},
      {"sectPr", {"headerReference", "footerReference", "pgSz", "pgMar", "docGrid"}},
      {"style", {"name", "basedOn", "next", "qFormat", "pPr", "rPr"}},
      {"font", {"altName", "charset", "family", "pitch"}},
      {"settings",
       {"zoom", "defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat",
        "themeFontLang"}}};
  struct Level {
    std::string name;
    std::size_t reached = 0;
  };
  std::vector<Level> levels;
  std::string faults;
  int checked = 0;

  Status start(std::string_view name, const XmlAttributes &) override {
    if (!levels.empty()) {
      auto known = order.find(levels.back().name);
      if (known != order.end()) {
        auto at = std::find(known->second.begin(), known->second.end(), name);
        auto index = static_cast<std::size_t>(at - known->second.begin());
        if (at == known->second.end() || index < levels.back().reached)
          faults += levels.back().name + "/" + std::string(name) + " ";
        levels.back().reached = index;
        ++checked;
      }
    }
    levels.push_back({std::string(name), 0});
    return Done{};
  }
  Status end(std::string_view) override { return levels.pop_back(), Done{}; }
  Status text(std::string_view) override { return Done{}; }
};

} // namespace

TEST_CASE("every part is well-formed, in schema order, and the same each time") {
  CHECK(*write_docx(sample()) == *write_docx(sample()));
  auto zip = opened(sample());
  CHECK(zip.entries()[0].name == "[Content_Types].xml");
  CHECK(zip.entries().size() == 12);
  for (const auto &entry : zip.entries()) {
    OrderCheck check;
    CHECK_MESSAGE(parse_xml(*zip.read(entry.name), check, entry.name).has_value(), entry.name);
    CHECK(check.faults == "");
    if (entry.name == "word/document.xml") CHECK(check.checked > 100);
  }
}

TEST_CASE("the page: A4, 37/35/28/26 mm, 22 lines of 28 characters") {
  auto body = word_part(sample(), "document.xml");
  CHECK(contains(body, "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
  CHECK(contains(body, "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""));
  CHECK(contains(body, "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>"));
  CHECK_FALSE(contains(body, "linesAndChars"));
  CHECK(22 * kLine <= kPageHeight - kTop - kBottom);
  CHECK(23 * kLine > kPageHeight - kTop - kBottom);
  CHECK(28 * kChar <= kTextWidth);
  CHECK(29 * kChar > kTextWidth);
  auto styles = word_part(sample(), "styles.xml");
  CHECK(contains(styles, "w:line=\"579\" w:lineRule=\"exact\""));
  CHECK(contains(styles, "<w:spacing w:val=\"-5\"/><w:sz w:val=\"32\"/>"));
  CHECK(contains(styles, "w:eastAsia=\"zh-CN\""));
}

TEST_CASE("faces by their government names, with others beside them") {
  auto styles = word_part(sample(), "styles.xml");
  auto fonts = word_part(sample(), "fontTable.xml");
  for (auto name : {"仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体"}) {
    CHECK(contains(styles, name));
    CHECK(contains(fonts, std::string("<w:font w:name=\"") + name + "\"><w:altName "));
  }
  CHECK(contains(styles, "w:ascii=\"Times New Roman\""));
}

TEST_CASE("headings carry outline levels") {
  auto styles = word_part(sample(), "styles.xml");
  for (int level = 1; level <= 4; ++level) {
    auto at = styles.find("w:styleId=\"Heading" + std::to_string(level) + "\"");
    REQUIRE(at != std::string::npos);
    CHECK(contains(styles.substr(at, styles.find("</w:style>", at) - at),
                   "<w:outlineLvl w:val=\"" + std::to_string(level - 1) + "\"/>"));
  }
  CHECK(contains(word_part(sample(), "document.xml"), "<w:pStyle w:val=\"Heading2\"/>"));
}

TEST_CASE("page numbers outside, one blank in, odd and even") {
  auto odd = word_part(sample(), "footer1.xml"), even = word_part(sample(), "footer2.xml");
  CHECK(contains(odd, "<w:ind w:right=\"280\"/><w:jc w:val=\"right\"/>"));
  CHECK(contains(even, "<w:ind w:left=\"280\"/><w:jc w:val=\"left\"/>"));
  CHECK(contains(odd, ">— </w:t>"));
  CHECK(contains(odd, "> PAGE </w:instrText>"));
  CHECK(contains(word_part(sample(), "settings.xml"), "<w:evenAndOddHeaders/>"));
}

TEST_CASE("the red head") {
  auto body = word_part(sample(), "document.xml");
  CHECK(contains(body, ">某镇人民政府文件<"));
  CHECK(contains(body, "<w:sz w:val=\"108\"/>")); // eight characters: the largest size
  CHECK(contains(body, ">　某政〔2024〕3号</w:t><w:tab/>"));
  CHECK(contains(body, "w:color=\"FF0000\""));
  auto document = sample();
  document.head->signer.clear();
  CHECK_FALSE(contains(word_part(document, "document.xml"), "签发人"));
  document.head->issuers = {"中共某区某镇委员会", "某区某镇人民政府"};
  body = word_part(document, "document.xml");
  CHECK(contains(body, "<w:jc w:val=\"distribute\"/>"));
  document.head->issuers = {"一个名字特别特别特别特别特别特别长的机关"};
  CHECK(contains(word_part(document, "document.xml"), "<w:sz w:val=\"40\"/>")); // 22 characters
  document.head.reset();
  CHECK_FALSE(contains(word_part(document, "document.xml"), "IssuerMark"));
}

TEST_CASE("signature: for a seal the date four in and the organ centred over it") {
  auto body = word_part(sample(), "document.xml");
  CHECK(contains(body, "某区某镇人民政府</w:t>"));
  CHECK(contains(body, ">2024年1月5日<"));
  int date = text_width("2024年1月5日"), organ = text_width("某区某镇人民政府");
  CHECK(date == 3 * kChar + 6 * kHalfChar);
  int right = 4 * kChar + (date - organ) / 2;
  CHECK(contains(body, "<w:ind w:right=\"" + std::to_string(right) + "\"/>"));
  CHECK(contains(body, "<w:ind w:right=\"" + std::to_string(4 * kChar) + "\"/>"));
  // A long organ pushes the date inwards and stays inside the type area.
  auto document = sample();
  document.signature.organs = {std::string(text::replace_all("xxxxxxxxxxxxxxxxxxxx", "x", "长"))};
  body = word_part(document, "document.xml");
  CHECK(contains(body, "<w:pStyle w:val=\"SignatureLine\"/><w:keepNext/><w:ind w:right=\"0\"/>"));
  document.signature = {};
  body = word_part(document, "document.xml");
  CHECK_FALSE(contains(body, "DateLine"));
}

TEST_CASE("signature without a seal: organ two in, date two after its first character") {
  auto document = sample();
  document.signature.sealed = false;
  auto body = word_part(document, "document.xml");
  int date = text_width("2024年1月5日"), organ = text_width("某区某镇人民政府");
  CHECK(contains(body, "<w:ind w:right=\"" + std::to_string(2 * kChar) + "\"/>"));
  CHECK(contains(body, "<w:ind w:right=\"" + std::to_string(organ - date) + "\"/>"));
}

TEST_CASE("runs: text is escaped, breaks are elements, quotes take the Chinese face") {
  auto body = word_part(sample(), "document.xml");
  CHECK(contains(body,
                 "正文“引号”——&lt;&amp;&gt;</w:t><w:br/><w:t xml:space=\"preserve\">换行</w:t>"
                 "<w:tab/><w:t xml:space=\"preserve\">制表</w:t>"));
  CHECK(contains(body, "<w:rFonts w:hint=\"eastAsia\"/><w:b/><w:bCs/>"));
  CHECK(contains(body, "w:eastAsia=\"楷体_GB2312\""));
}

TEST_CASE("bookmarks and links") {
  auto body = word_part(sample(), "document.xml");
  auto name = bookmark_name("fig:meetings");
  CHECK(contains(body, "w:name=\"" + name + "\""));
  CHECK(contains(body, "<w:hyperlink w:anchor=\"" + name + "\""));
  CHECK(contains(body, "<w:hyperlink r:id=\"rIdL1\""));
  auto relations = *opened(sample()).read("word/_rels/document.xml.rels");
  CHECK(contains(relations,
                 "Target=\"https://example.gov.cn/?a=1&amp;b=2\" TargetMode=\"External\""));
  CHECK(bookmark_name("figure_1") == "figure_1");
  for (auto id : {"fig:a", "1", "段落", "", "_a", "Fig"}) {
    auto made = bookmark_name(id);
    CHECK(made.size() <= 40);
    CHECK(made.substr(0, 2) == "b_");
  }
  CHECK(bookmark_name("fig:a") != bookmark_name("fig-a"));
  CHECK(bookmark_name("Fig") != bookmark_name("FIG"));
  CHECK(bookmark_name(std::string(50, 'a')) != bookmark_name(std::string(51, 'a')));
}

TEST_CASE("the faults of a document are all told at once") {
  Document document;
  Paragraph wrong;
  wrong.bookmark = "a";
  wrong.runs.resize(3);
  wrong.runs[0].bookmark = "a";
  wrong.runs[1].link = "#nowhere";
  wrong.runs[2].link = "javascript:alert(1)";
  document.body = {wrong, Table{}};
  Table ragged;
  ragged.columns.resize(1);
  ragged.rows.resize(1);
  ragged.rows[0].resize(2);
  document.annexes = {ragged};
  auto written = write_docx(document);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().code == ErrorCode::Invalid);
  CHECK(written.error().problems.size() == 5);
  CHECK(contains(written.error().text(), "annexes[0].rows[0]"));
}

TEST_CASE("an empty document is a document") {
  auto body = word_part(Document{}, "document.xml");
  CHECK(contains(body, "<w:sectPr>"));
  CHECK_FALSE(contains(body, "headerReference"));
}

TEST_CASE("titles break by sense") {
  auto lines = [](std::string_view title) { return text::join(break_title(title), "|"); };
  CHECK(lines("某镇2023年法治政府建设工作报告") == "某镇2023年法治政府建设工作报告");
  CHECK(lines("商家镇人民政府关于2023年度法治政府建设情况的报告") ==
        "商家镇人民政府|关于2023年度法治政府建设情况的报告");
  CHECK(lines("中共商家镇委员会　商家镇人民政府关于2023年度法治政府建设情况的报告") ==
        "中共商家镇委员会　商家镇人民政府|关于2023年度法治政府建设情况的报告");
  CHECK(lines("2023年度襄垣县下良镇法治政府建设工作情况报告") ==
        "2023年度襄垣县下良镇|法治政府建设工作情况报告");
  CHECK(lines("") == "");
  // Whatever the text, nothing is lost, no line is too long and no number is cut.
  std::string digits(50, '7');
  CHECK(text::join(break_title(digits), "") == digits);
  std::string long_title;
  for (int i = 0; i < 70; ++i) long_title += "长";
  for (const auto &line : break_title(long_title)) CHECK(text::length(line) <= 20);
  CHECK(text::join(break_title(long_title), "") == long_title);
  std::string endless;
  for (int i = 0; i < 500; ++i) endless += "字";
  CHECK(text::join(break_title(endless), "") == endless);
}
