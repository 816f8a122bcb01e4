#include "ooxml/docx_read.h"

#include "ooxml/docx.h"

#include <doctest/doctest.h>

#include <map>

#include <fmt/format.h>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

std::string part_relation(const std::string &id, const std::string &type,
                          const std::string &target) {
  return fmt::format("<Relationship Id='{}' Type='x/{}' Target='{}'/>", id, type, target);
}

/// A document of given parts; what is not given is left out.
struct WordFile {
  std::string body;                           ///< inside <w:body>
  std::string styles;                         ///< inside <w:styles>
  std::string numbering;                      ///< inside <w:numbering>
  std::string comments;                       ///< inside <w:comments>
  std::string settings;                       ///< inside <w:settings>
  std::string theme;                          ///< inside <a:theme>
  std::map<std::string, std::string> footers; ///< content by relationship id
  std::map<std::string, std::string> more;

  std::string bytes() const {
    std::string relations;
    std::map<std::string, std::string> parts = more;
    auto add = [&](const std::string &name, const std::string &content) {
      if (content.empty()) return;
      parts.emplace("word/" + name + ".xml", "<w:" + name + ">" + content + "</w:" + name + ">");
      relations += part_relation(name, name, name + ".xml");
    };
    add("styles", styles);
    add("numbering", numbering);
    add("comments", comments);
    add("settings", settings);
    if (!theme.empty()) {
      parts.emplace("word/theme/theme1.xml", "<a:theme>" + theme + "</a:theme>");
      relations += part_relation("theme", "theme", "theme/theme1.xml");
    }
    for (const auto &[id, content] : footers) {
      parts.emplace("word/" + id + ".xml", "<w:ftr>" + content + "</w:ftr>");
      relations += part_relation(id, "footer", id + ".xml");
    }
    parts.emplace("[Content_Types].xml", "<Types/>");
    parts.emplace("_rels/.rels", "<Relationships>" +
                                     part_relation("r", "officeDocument", "word/document.xml") +
                                     "</Relationships>");
    parts.emplace("word/_rels/document.xml.rels",
                  "<Relationships>" + relations + "</Relationships>");
    parts.emplace("word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>");
    ZipWriter zip;
    for (const auto &[name, content] : parts) zip.add(name, content);
    return zip.finish();
  }
  DocxContent content() const {
    auto read = read_docx(bytes());
    if (!read) FAIL(read.error().text());
    return std::move(*read);
  }
};

std::string run(const std::string &words, const std::string &look = {}) {
  return "<w:r>" + (look.empty() ? "" : "<w:rPr>" + look + "</w:rPr>") +
         "<w:t xml:space='preserve'>" + words + "</w:t></w:r>";
}
std::string para(const std::string &runs, const std::string &look = {}) {
  return "<w:p>" + (look.empty() ? "" : "<w:pPr>" + look + "</w:pPr>") + runs + "</w:p>";
}
std::string listed(const std::string &words, int number, int level) {
  return para(
      run(words),
      fmt::format("<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr>", level, number));
}
std::string level(int at, const std::string &format, const std::string &text,
                  const std::string &more = {}) {
  return fmt::format("<w:lvl w:ilvl='{}'><w:start w:val='1'/><w:numFmt w:val='{}'/><w:lvlText "
                     "w:val='{}'/>{}</w:lvl>",
                     at, format, text, more);
}

/// The paragraphs' texts, one a line.
std::string lines(const DocxContent &content) {
  std::string out;
  for (const auto &paragraph : content.paragraphs) out += paragraph.text + "\n";
  return out;
}
std::string lines(const std::string &body) {
  WordFile file;
  file.body = body;
  return lines(file.content());
}

const char *mark_word(DocxMark::Kind kind) {
  constexpr const char *kWords[] = {"comment", "insertion", "deletion", "field", "hidden"};
  return kWords[static_cast<int>(kind)];
}
/// "deletion 0:2-2 [words]" a line.
std::string marks(const DocxContent &content) {
  std::string out;
  for (const auto &mark : content.marks)
    out += fmt::format("{} {}:{}-{} [{}]\n", mark_word(mark.kind), mark.paragraph, mark.start,
                       mark.end, mark.text);
  return out;
}

std::string docx_refusal(std::string bytes, const DocxLimits &limits = {}) {
  auto read = read_docx(std::move(bytes), limits);
  return read ? "read" : read.error().message;
}

} // namespace

TEST_CASE("docx text: runs, tabs, breaks, hyphens and symbols") {
  CHECK(lines(para(run("一、") + run("主要举措"))) == "一、主要举措\n");
  CHECK(lines("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t>"
              "<w:softHyphen/><w:sym w:font='宋体' w:char='00D7'/></w:r></w:p>") == "甲 乙-丙×\n");
  CHECK(lines("<w:p><w:r><w:t>标题上行</w:t><w:br/><w:t>标题下行</w:t></w:r></w:p>") ==
        "标题上行\n标题下行\n");
  // Blanks at the ends count only where the file says so.
  CHECK(lines("<w:p><w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space='preserve'> 乙\n</w:t></w:r>"
              "</w:p>") == "甲 乙 \n");
  CHECK(lines("<w:p><w:hyperlink r:id='x'><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:smartTag>"
              "<w:r><w:t>标记</w:t></w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>控件</w:t>"
              "</w:r></w:sdtContent></w:sdt></w:p>") == "链接标记控件\n");
  CHECK(lines("<w:tbl><w:tr><w:tc>" + para(run("格一")) + "</w:tc><w:tc>" + para(run("格二")) +
              "</w:tc></w:tr></w:tbl>" + para(run("表后"))) == "格一\n格二\n表后\n");
  CHECK(lines("<w:p><w:ruby><w:rt><w:r><w:t>zhen</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t>"
              "</w:r></w:rubyBase></w:ruby></w:p>") == "镇\n");
}

TEST_CASE("docx text boxes are read once and pictures are counted") {
  WordFile file;
  file.body =
      "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing>"
      "<wp:anchor><wp:positionH><wp:align>outside</wp:align></wp:positionH><a:ln><a:solidFill>"
      "<a:srgbClr val='ff0000'/></a:solidFill></a:ln><wps:txbx><w:txbxContent>" +
      para(run("框内一")) + para(run("框内二")) +
      "</w:txbxContent></wps:txbx><a:t>图中字</a:t></wp:anchor></w:drawing></mc:Choice>"
      "<mc:Fallback><w:pict><v:textbox><w:txbxContent>" +
      para(run("框内一")) +
      "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r>"
      "<w:t>接着</w:t><w:drawing><a:blip r:embed='x'/></w:drawing></w:r></w:p>";
  auto content = file.content();
  CHECK(lines(content) == "框内一\n框内二\n正文接着\n");
  CHECK(content.paragraphs[0].in_text_box);
  CHECK(content.paragraphs[0].placed == DocxPlace::Outside);
  CHECK_FALSE(content.paragraphs[2].in_text_box);
  CHECK(content.paragraphs[2].pictures == 1);
  CHECK(content.pictures == 1);
  REQUIRE(content.paragraphs[2].colors.size() == 1);
  CHECK(content.paragraphs[2].colors[0] == "FF0000");

  WordFile old;
  old.body = "<w:p><w:r><w:pict><v:line strokecolor='red [3204]'/><v:shape "
             "style='position:absolute;mso-position-horizontal:center;z-index:1'><v:textbox>"
             "<w:txbxContent>" +
             para(run("框")) + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>";
  auto vml = old.content();
  CHECK(vml.paragraphs[0].placed == DocxPlace::Center);
  CHECK(vml.paragraphs[1].colors == std::vector<std::string>{"FF0000"});
}

TEST_CASE("docx numbering stands in the text as on the page") {
  WordFile file;
  file.numbering =
      "<w:abstractNum w:abstractNumId='0'>" + level(0, "chineseCountingThousand", "%1、") +
      level(1, "chineseCounting", "（%2）", "<w:pPr><w:ind w:firstLine='640'/></w:pPr>") +
      level(2, "decimal", "%3.") + level(3, "decimal", "（%4）") +
      level(4, "decimal", "%1.%3", "<w:isLgl/>") +
      "</w:abstractNum><w:abstractNum w:abstractNumId='1'>" +
      level(0, "decimalEnclosedCircle", "%1", "<w:suff w:val='nothing'/>") +
      level(1, "bullet", "") +
      "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
      "<w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
      "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
      "<w:startOverride w:val='4'/></w:lvlOverride></w:num>"
      "<w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>";
  file.body = listed("举措", 1, 0) + listed("领导", 1, 1) + listed("2024年", 1, 2) +
              listed("会议", 1, 3) + listed("学法", 1, 2) + listed("决策", 1, 1) +
              listed("复位", 1, 2) + listed("问题", 2, 0) + listed("又一", 2, 1) +
              listed("合写", 2, 4) + listed("从四起", 3, 0) + listed("甲", 5, 0) +
              listed("乙", 5, 0) + listed("点", 5, 1) + listed("无此表", 9, 0) +
              listed("不编号", 0, 0) + para(run("正文"));
  auto content = file.content();
  CHECK(lines(content) == "一、举措\n（一）领导\n1. 2024年\n（1）会议\n2. 学法\n（二）决策\n"
                          "1. 复位\n二、问题\n（一）又一\n2.1 合写\n四、从四起\n①甲\n②乙\n点\n"
                          "无此表\n不编号\n正文\n");
  CHECK(content.paragraphs[1].list_label == 3);
  CHECK(content.paragraphs[1].first == doctest::Approx(32));
  CHECK(content.paragraphs[1].runs[0].start == 3);
  CHECK(content.paragraphs[2].list_label == 3);
  CHECK(content.paragraphs.back().list_label == 0);
}

TEST_CASE("docx numbering may come from styles") {
  WordFile file;
  file.styles =
      "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
      "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/><w:basedOn w:val='a'/>"
      "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
      "<w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/><w:basedOn w:val='1'/>"
      "<w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
      "<w:style w:type='paragraph' w:styleId='3'><w:name w:val='标题三'/><w:pPr><w:numPr>"
      "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
      "<w:style w:type='numbering' w:styleId='L'><w:name w:val='L'/><w:pPr><w:numPr>"
      "<w:numId w:val='2'/></w:numPr></w:pPr></w:style>";
  file.numbering = "<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='L'/></w:abstractNum>"
                   "<w:abstractNum w:abstractNumId='7'><w:styleLink w:val='L'/>" +
                   level(0, "japaneseCounting", "第%1部分", "<w:suff w:val='space'/>") +
                   level(1, "japaneseCounting", "（%2）") +
                   level(2, "decimalFullWidth", "%3．", "<w:pStyle w:val='3'/>") +
                   "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
                   "<w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num>";
  auto styled = [](const char *style, const char *words, const char *more = "") {
    return para(run(words), fmt::format("<w:pStyle w:val='{}'/>{}", style, more));
  };
  file.body = styled("1", "成效") + styled("2", "组织") + styled("3", "学法") +
              styled("2", "决策") + styled("1", "免号", "<w:numPr><w:numId w:val='0'/></w:numPr>") +
              styled("1", "不足");
  auto content = file.content();
  CHECK(lines(content) == "第一部分成效\n（一）组织\n１．学法\n（二）决策\n免号\n第二部分不足\n");
  CHECK(content.paragraphs[0].outline == 1);
  CHECK(content.paragraphs[0].style == "heading 1");
  CHECK(content.paragraphs[1].outline == 2);
}

TEST_CASE("docx looks: defaults, styles, theme and the paragraph's own") {
  WordFile file;
  file.theme = "<a:minorFont><a:latin typeface='Calibri'/><a:ea typeface=''/>"
               "<a:font script='Jpan' typeface='ＭＳ'/><a:font script='Hans' typeface='等线'/>"
               "</a:minorFont>";
  file.styles =
      "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsiaTheme='minorEastAsia' "
      "w:asciiTheme='minorHAnsi'/><w:sz w:val='21'/></w:rPr></w:rPrDefault></w:docDefaults>"
      "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/><w:pPr>"
      "<w:jc w:val='both'/></w:pPr></w:style>"
      "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='正文仿宋'/><w:basedOn w:val='a'/>"
      "<w:pPr><w:spacing w:line='579' w:lineRule='exact'/><w:ind w:firstLineChars='200' "
      "w:firstLine='640'/></w:pPr><w:rPr><w:rFonts w:eastAsia='仿宋_GB2312'/><w:sz w:val='32'/>"
      "</w:rPr></w:style>"
      "<w:style w:type='character' w:styleId='k'><w:name w:val='强调'/><w:rPr><w:b/></w:rPr>"
      "</w:style>"
      "<w:style w:type='paragraph' w:styleId='c'><w:name w:val='圈'/><w:basedOn w:val='c'/>"
      "</w:style>";
  file.body = para(run("默认")) +
              para(run("甲") + run("乙", "<w:rStyle w:val='k'/>") +
                       run("丙", "<w:rFonts w:eastAsia='楷体'/><w:color w:val='ff0000'/><w:sz "
                                 "w:val='44'/>") +
                       run("丁"),
                   "<w:pStyle w:val='b'/><w:jc w:val='center'/>") +
              para(run("圈"), "<w:pStyle w:val='c'/>");
  auto content = file.content();
  const auto &plain = content.paragraphs[0];
  CHECK(plain.runs[0].east_asia == "等线");
  CHECK(plain.runs[0].ascii == "Calibri");
  CHECK(plain.runs[0].size == 10.5);
  CHECK(plain.align == DocxAlign::Both);
  const auto &styled = content.paragraphs[1];
  CHECK(styled.style == "正文仿宋");
  CHECK(styled.align == DocxAlign::Center);
  CHECK(styled.line_rule == DocxLineRule::Exact);
  CHECK(styled.line == doctest::Approx(28.95));
  CHECK(styled.first_chars == 2);
  REQUIRE(styled.runs.size() == 4);
  CHECK(styled.runs[0].east_asia == "仿宋_GB2312");
  CHECK(styled.runs[1].bold);
  CHECK(styled.runs[2].color == "FF0000");
  CHECK(styled.runs[2].size == 22);
  CHECK(styled.runs[3].start == 3);
  CHECK(content.paragraphs[2].runs.size() == 1); // a style based on itself ends
}

TEST_CASE("docx marks: changes, comments, fields and hidden words") {
  WordFile file;
  file.comments = "<w:comment w:id='1'><w:p><w:r><w:t>请核</w:t></w:r></w:p><w:p><w:r>"
                  "<w:t>数字</w:t></w:r></w:p></w:comment><w:comment w:id='2'><w:p><w:r>"
                  "<w:t>无范围</w:t></w:r></w:p></w:comment>";
  file.body = "<w:p>" + run("排查") + "<w:ins>" + run("矛盾") + run("纠纷") +
              "</w:ins><w:del><w:r>"
              "<w:delText>问题</w:delText></w:r><w:r><w:delText>隐患</w:delText></w:r></w:del>"
              "<w:commentRangeStart w:id='1'/>" +
              run("73件") +
              "<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r></w:p><w:p>" +
              run("化解", "<w:vanish/>") + run("率") +
              "<w:r><w:commentReference w:id='2'/></w:r><w:fldSimple w:instr=' DATE '>" +
              run("今日") +
              "</w:fldSimple><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF "
              "</w:instrText></w:r><w:r><w:instrText>_x </w:instrText></w:r><w:r><w:fldChar "
              "w:fldCharType='separate'/></w:r>" +
              run("错误!未找到引用源。") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>" +
              run("完") + "<w:bookmarkStart w:id='0' w:name='_GoBack'/></w:p>";
  auto content = file.content();
  CHECK(lines(content) == "排查矛盾纠纷73件\n率今日错误!未找到引用源。完\n");
  CHECK(marks(content) == "insertion 0:2-6 [矛盾纠纷]\ndeletion 0:6-6 [问题隐患]\n"
                          "comment 0:6-9 [请核 数字]\nhidden 1:0-0 [化解]\n"
                          "comment 1:1-1 [无范围]\nfield 1:1-3 [DATE]\nfield 1:3-13 [REF _x]\n");
  CHECK(content.bookmarks == std::vector<std::string>{"_GoBack"});
}

TEST_CASE("docx paragraphs whose mark is deleted run on, unended fields swallow one paragraph") {
  CHECK(lines(para(run("前半，"), "<w:rPr><w:del/></w:rPr>") + para(run("后半。"))) ==
        "前半，后半。\n");
  CHECK(lines(para(run("末段"), "<w:rPr><w:del/></w:rPr>")) == "末段\n");
  CHECK(lines("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run("甲") + "</w:p>" +
              para(run("乙"))) == "\n乙\n");
}

TEST_CASE("docx tables of contents are told apart") {
  WordFile file;
  file.styles = "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='toc 1'/></w:style>";
  auto field = [](const char *type) {
    return fmt::format("<w:r><w:fldChar w:fldCharType='{}'/></w:r>", type);
  };
  auto code = [](const char *words) {
    return fmt::format("<w:r><w:instrText>{}</w:instrText></w:r>", words);
  };
  auto entry = [&](const char *words) {
    return run(words) + field("begin") + code("PAGEREF _Toc1 \\h") + field("separate") + run("1") +
           field("end");
  };
  file.body = para(run("目录")) +
              para(field("begin") + code("TOC \\o") + field("separate") + entry("一、成效")) +
              para(entry("二、不足")) + para(field("end")) + para(run("一、成效")) +
              para(run("手打的一条"), "<w:pStyle w:val='T'/>");
  auto content = file.content();
  std::string told;
  for (const auto &paragraph : content.paragraphs) told += paragraph.in_contents ? 'c' : '.';
  CHECK(told == ".cc..c");
}

TEST_CASE("docx sections, grids, heads and feet") {
  WordFile file;
  file.settings = "<w:evenAndOddHeaders/>";
  file.footers["f1"] =
      para(run("— ", "<w:sz w:val='28'/>") +
               "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE \\* "
               "MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>" +
               run("3", "<w:rFonts w:ascii='宋体'/><w:sz w:val='28'/>") +
               "<w:r><w:fldChar w:fldCharType='end'/></w:r>" + run(" —"),
           "<w:jc w:val='right'/>");
  file.footers["f2"] = para("<w:r><w:drawing><wp:positionH><wp:align>outside</wp:align>"
                            "</wp:positionH><w:txbxContent>" +
                            para("<w:fldSimple w:instr='PAGE'>" + run("4") + "</w:fldSimple>") +
                            "</w:txbxContent></w:drawing></w:r>");
  const char *size = "<w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:top='2098' w:bottom='1984' "
                     "w:left='1587' w:right='1474' w:header='851' w:footer='1406' w:gutter='0'/>"
                     "<w:docGrid w:type='linesAndChars' w:linePitch='579' w:charSpace='-849'/>";
  file.body = para(run("一")) +
              para(run("二"), fmt::format("<w:sectPr><w:footerReference w:type='default' "
                                          "r:id='f1'/>{}</w:sectPr>",
                                          size)) +
              para(run("三")) +
              "<w:sectPr><w:footerReference w:type='even' r:id='f2'/><w:pgSz w:w='16838' "
              "w:h='11906'/><w:titlePg/></w:sectPr>";
  auto content = file.content();
  REQUIRE(content.sections.size() == 2);
  CHECK(content.even_and_odd);
  CHECK(content.paragraphs[1].section == 0);
  CHECK(content.paragraphs[2].section == 1);
  const auto &first = content.sections[0];
  CHECK(first.width == doctest::Approx(210).epsilon(0.001));
  CHECK(first.top == doctest::Approx(37).epsilon(0.001));
  CHECK(first.grid == DocxSection::Grid::LinesAndChars);
  CHECK(first.grid_line == doctest::Approx(28.95));
  REQUIRE(first.margins.size() == 1);
  CHECK(first.margins[0].text == "— 3 —");
  CHECK(first.margins[0].page_field);
  CHECK(first.margins[0].align == DocxAlign::Right);
  CHECK(first.margins[0].number_font == "宋体");
  CHECK(first.margins[0].number_size == 14);
  const auto &second = content.sections[1];
  CHECK(second.different_first);
  CHECK(second.width == doctest::Approx(297).epsilon(0.001));
  REQUIRE(second.margins.size() == 2); // the default one is taken over
  CHECK(second.margins[1].pages == DocxMargin::Pages::Even);
  CHECK(second.margins[1].placed == DocxPlace::Outside);
  CHECK(second.margins[1].page_field);
}

TEST_CASE("docx of our own writer reads back") {
  Document document;
  document.subject = "某镇人民政府关于2023年度法治政府建设情况的报告";
  document.head.emplace();
  document.head->issuers = {"某镇人民政府"};
  document.head->suffix = "文件";
  document.head->number = "某政〔2024〕3号";
  document.addressee = "某区人民政府";
  document.body.push_back(paragraph(Role::Heading1, "一、主要举措"));
  document.body.push_back(paragraph(Role::Body, "开展普法12场次。"));
  auto content = *read_docx(*write_docx(document));
  std::string all;
  for (const auto &one : content.paragraphs)
    if (!one.text.empty()) all += one.text + "\n";
  CHECK(all ==
        "某镇人民政府文件\n某政〔2024〕3号\n某镇人民政府\n关于2023年度法治政府建设情况的报告\n"
        "某区人民政府：\n一、主要举措\n开展普法12场次。\n");
  CHECK(content.marks.empty());
  CHECK(content.sections[0].margins.size() == 2);
}

TEST_CASE("docx: what is no Word document is named") {
  ZipWriter zip;
  CHECK(docx_refusal("") == "the file is empty");
  CHECK(docx_refusal("%PDF-1.4").find("PDF") != std::string::npos);
  zip.add("xl/workbook.xml", "<workbook/>");
  CHECK(docx_refusal(zip.finish()) == "this is an Excel table, not a Word document");
  zip.add("content.xml", "<x/>");
  CHECK(docx_refusal(zip.finish()).find("OpenDocument") != std::string::npos);
  zip.add("a.txt", "甲");
  CHECK(docx_refusal(zip.finish()).find("not a Word document") != std::string::npos);
  zip.add("word/document.xml", "<html/>");
  CHECK(docx_refusal(zip.finish()) == "the file is not a Word document");
  std::string ole("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  for (char c : std::string_view("EncryptedPackage")) ole += std::string{c, '\0'};
  CHECK(docx_refusal(ole).find("password") != std::string::npos);
  WordFile whole;
  whole.body = para(run("甲"));
  auto bytes = whole.bytes();
  CHECK(docx_refusal(bytes) == "read");
  CHECK(docx_refusal(bytes.substr(0, bytes.size() / 2)).find("damaged") != std::string::npos);
}

TEST_CASE("docx: limits and hostile XML") {
  WordFile file;
  file.body = para(run("甲乙丙")) + para(run("丁"));
  DocxLimits limits;
  limits.paragraphs = 1;
  CHECK(docx_refusal(file.bytes(), limits).find("too many paragraphs") != std::string::npos);
  limits = {};
  limits.runs = 1;
  CHECK(docx_refusal(file.bytes(), limits).find("too many pieces") != std::string::npos);
  limits = {};
  limits.text_bytes = 5;
  CHECK(docx_refusal(file.bytes(), limits).find("of text") != std::string::npos);
  limits = {};
  limits.zip.file_bytes = 100;
  CHECK(docx_refusal(file.bytes(), limits) != "read");

  WordFile hostile;
  hostile.more["word/document.xml"] =
      "<!DOCTYPE d [<!ENTITY a 'aaaa'>]><w:document><w:body/></w:document>";
  CHECK(docx_refusal(hostile.bytes()).find("document type") != std::string::npos);
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += "<w:sdt>";
  hostile.more["word/document.xml"] = "<w:document><w:body>" + deep;
  CHECK(docx_refusal(hostile.bytes()).find("deep") != std::string::npos);
  hostile.more["word/document.xml"] = "<w:document><w:body><w:p></w:body></w:document>";
  CHECK(docx_refusal(hostile.bytes()).find("not well-formed") != std::string::npos);
  hostile.more["word/document.xml"] =
      "<w:document><w:body>" + std::string(8U << 20, ' ') + "</w:body></w:document>";
  CHECK(docx_refusal(hostile.bytes()) != "");

  // Elements where nobody expects them.
  CHECK(lines("<w:r><w:t>无段</w:t></w:r><w:p><w:p>" + run("内") + "</w:p>" + run("外") +
              "</w:p><w:txbxContent/>") != "x");
}
