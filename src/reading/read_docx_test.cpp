#include "reading/read_docx.h"

#include "base/text.h"
#include "catalog/loader.h"
#include "ooxml/docx.h"
#include "ooxml/zip.h"
#include "reading/check.h"
#include "reading/load_rules.h"

#include <doctest/doctest.h>

#include <map>

#include <fmt/format.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

/// What stands in the catalog, read once.
struct FormatCatalog {
  std::shared_ptr<const Lexicon> lexicon;
  Rules rules;
  static const FormatCatalog &get() {
    static const FormatCatalog catalog = [] {
      auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
      REQUIRE(sources.has_value());
      auto lexicon = Lexicon::load(*sources);
      if (!lexicon) FAIL(lexicon.error().text());
      auto rules =
          load_rules({{"checks/rules/format.yaml", sources->at("checks/rules/format.yaml")}});
      if (!rules) FAIL(rules.error().text());
      return FormatCatalog{*lexicon, *rules};
    }();
    return catalog;
  }
};

ooxml::Document format_sample() {
  using ooxml::paragraph;
  using ooxml::Role;
  ooxml::Document document;
  document.subject = "高观镇人民政府关于2023年度法治政府建设情况的报告";
  document.head.emplace();
  document.head->issuers = {"高观镇人民政府"};
  document.head->suffix = "文件";
  document.head->number = "高观府发〔2024〕2号";
  document.addressee = "城口县人民政府";
  const char *lead = "2023年，高观镇推进依法行政。现将有关工作情况报告如下。";
  const char *body = "全年开展普法活动15场次，排查矛盾纠纷219件，化解216件，化解率98.6%。";
  document.body = {paragraph(Role::Body, lead),
                   paragraph(Role::Heading1, "一、主要举措和成效"),
                   paragraph(Role::Heading2, "（一）加强组织领导"),
                   paragraph(Role::Body, body),
                   paragraph(Role::Heading2, "（二）化解矛盾纠纷"),
                   paragraph(Role::Body, body),
                   paragraph(Role::Heading1, "二、存在的不足和原因"),
                   paragraph(Role::Body, "执法力量不足，原因是人员变动较大，补充不及时。"),
                   paragraph(Role::Heading1, "三、下一年度工作安排"),
                   paragraph(Role::Body, "补齐执法人员，规范案卷管理，开展业务培训4次。")};
  document.signature.organs = {"高观镇人民政府"};
  document.signature.date = *Date::parse("2024-01-15");
  return document;
}

/// The sample with parts of its XML replaced: {part, from, to}.
struct FormatChange {
  const char *part;
  std::string from, to;
};
std::string format_changed(const std::vector<FormatChange> &changes,
                           const ooxml::Document &document = format_sample()) {
  auto zip = *ooxml::ZipReader::from_bytes(*ooxml::write_docx(document));
  std::map<std::string, std::string> parts;
  for (const auto &entry : zip.entries()) parts[entry.name] = *zip.read(entry.name);
  for (const auto &change : changes) {
    auto &part = parts["word/" + std::string(change.part) + ".xml"];
    INFO(change.part, " ", change.from);
    REQUIRE(part.find(change.from) != std::string::npos);
    part = text::replace_all(part, change.from, change.to);
  }
  ooxml::ZipWriter out;
  for (const auto &[name, content] : parts) out.add(name, content);
  return out.finish();
}

/// "format.margins: message" a line.
std::string format_findings(const std::string &bytes) {
  const auto &catalog = FormatCatalog::get();
  Report report;
  auto source = read_docx(bytes);
  if (!source) return source.error().message;
  report.source = std::move(*source);
  report.text = Text(report.source.paragraphs);
  report.structure = read_structure(report.text, report.source, *catalog.lexicon);
  Findings found(report.text, catalog.rules, false);
  Case seen{report, *catalog.lexicon, found};
  check_format(seen);
  std::string out;
  for (const auto &finding : found.take()) out += finding.rule + ": " + finding.message + "\n";
  return out;
}

std::string format_file(const std::string &body) {
  ooxml::ZipWriter zip;
  zip.add("word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>");
  return zip.finish();
}

bool format_says(const std::string &text, std::string_view words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("read_docx gives trimmed paragraphs and traces within them") {
  auto bytes = format_file(
      "<w:p/><w:p><w:r><w:t xml:space='preserve'>　　一、</w:t></w:r><w:ins><w:r><w:t "
      "xml:space='preserve'>成效 "
      "</w:t></w:r></w:ins></w:p><w:p><w:del><w:r><w:delText>空段</w:delText>"
      "</w:r></w:del></w:p><w:p><w:fldSimple w:instr='HYPERLINK x'><w:r><w:t>网址</w:t></w:r>"
      "</w:fldSimple><w:fldSimple w:instr=' DATE '><w:r><w:t>1月</w:t></w:r></w:fldSimple></w:p>");
  auto source = read_docx(bytes);
  REQUIRE(source.has_value());
  CHECK(source->format == Format::Docx);
  CHECK_FALSE(source->converted);
  CHECK(source->paragraphs == std::vector<std::string>{"一、成效", "网址1月"});
  REQUIRE(source->traces.size() == 3);
  CHECK(source->traces[0].kind == Trace::Kind::Insertion);
  CHECK(source->traces[0].start == 2);
  CHECK(source->traces[0].end == 4); // the blank at the end is no part of the paragraph
  CHECK(source->traces[1].kind == Trace::Kind::Deletion);
  CHECK(source->traces[1].paragraph == 0);
  CHECK(source->traces[2].kind == Trace::Kind::Field);
  CHECK(source->traces[2].text == "DATE");
  CHECK(source->traces[2].start == 2);
  auto lines = docx_lines(*source->layout);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].paragraph == 1);
  CHECK(lines[0].cut == 2);
}

TEST_CASE("read_docx refuses documents without text") {
  CHECK(read_docx(format_file("<w:p/>")).error().message == "the document holds no text");
  auto scan = read_docx(format_file("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"));
  CHECK(format_says(scan.error().message, "scan"));
  CHECK(format_says(read_docx("").error().message, "empty"));
}

TEST_CASE("format: what our own writer makes conforms") {
  CHECK(format_findings(format_changed({})) == "");
  auto plain = format_sample();
  plain.head.reset();
  CHECK(format_findings(format_changed({}, plain)) == "");
}

TEST_CASE("format: each deviation is told once, with its measure") {
  auto one = [](const std::vector<FormatChange> &changes, std::string_view rule,
                std::string_view words) {
    auto told = format_findings(format_changed(changes));
    CHECK(format_says(told, fmt::format("format.{}:", rule)));
    CHECK(format_says(told, words));
    INFO(told);
    CHECK(std::count(told.begin(), told.end(), '\n') == 1);
  };
  one({{"document", "w:top=\"2098\"", "w:top=\"1440\""},
       {"document", "w:left=\"1587\"", "w:left=\"1800\""},
       {"document", "w:right=\"1474\"", "w:right=\"1800\""}},
      "margins", "上25.4、下35、左31.8、右31.8毫米");
  one({{"document", "w:bottom=\"1984\"", "w:bottom=\"1924\""}}, "margins", "226.1毫米");
  one({{"styles", "仿宋_GB2312", "宋体"}}, "body_font", "宋体（5段）");
  one({{"styles", "黑体", "宋体"}}, "heading_font", "“一、”层标题有3处用的是宋体（应为3号黑体）");
  one({{"styles", "方正小标宋简体", "黑体"}}, "title_font", "黑体");
  one({{"styles", "w:val=\"44\"", "w:val=\"36\""}}, "title_font", "18磅");
  one({{"styles", "w:line=\"579\" w:lineRule=\"exact\"", "w:line=\"360\" w:lineRule=\"auto\""}},
      "line_pitch", "43.4磅");
  one({{"document", "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>", ""},
       {"styles", "w:line=\"579\" w:lineRule=\"exact\"", "w:line=\"360\" w:lineRule=\"auto\""}},
      "line_pitch", "1.5倍行距");
  one({{"styles", "w:firstLine=\"630\"", "w:firstLine=\"0\""}}, "indent", "左空0字");
  one({{"footer1", "w:val=\"right\"", "w:val=\"center\""}}, "page_number", "单页居右");
  one({{"footer1", "— ", ""}, {"footer1", " —", ""}}, "page_number", "“1”");
  one({{"styles", "w:val=\"28\"", "w:val=\"21\""}}, "page_number", "10.5磅");
  one({{"document", "w:color=\"FF0000\"", "w:color=\"auto\""}}, "red_head", "没有红色分隔线");
  one({{"document", "w:color=\"FF0000\"", "w:color=\"auto\""},
       {"styles", "w:val=\"FF0000\"", "w:val=\"000000\""}},
      "red_head", "发文机关标志和");
  auto paper = format_findings(
      format_changed({{"document", "w:w=\"11906\" w:h=\"16838\"", "w:w=\"10433\" w:h=\"14742\""}}));
  CHECK(format_says(paper, "184毫米×260毫米"));
  auto unnumbered = format_findings(
      format_changed({{"footer1", " PAGE ", " DATE "}, {"footer2", " PAGE ", " DATE "}}));
  CHECK(unnumbered == "format.page_number: 没有编排页码。\n");
}

TEST_CASE("format: sizes and a stray font are counted by paragraph") {
  auto small = format_sample();
  small.body[3] =
      ooxml::paragraph(ooxml::Role::Small, "全年开展普法活动15场次，排查矛盾纠纷219件。");
  auto told = format_findings(format_changed({}, small));
  CHECK(format_says(told, "format.body_size: 正文有1段的字号是9磅"));
  CHECK(format_says(told, "format.mixed_fonts: 正文大多用仿宋_GB2312，却有1段用的是宋体"));
  auto kai = format_sample();
  auto &runs = std::get<ooxml::Paragraph>(kai.body[3]).runs;
  runs.insert(runs.begin(), ooxml::Run{});
  runs[0].text = "坚持多元化解。";
  runs[0].face = ooxml::Face::Kai;
  CHECK(format_findings(format_changed({}, kai)) == ""); // a leading sentence set apart is no fault
}

TEST_CASE("format: typed blanks indent as well, other formats are not measured") {
  CHECK(format_findings(
            format_changed({{"styles", "w:firstLine=\"630\"", "w:firstLine=\"0\""},
                            {"document", "preserve\">全年", "preserve\">　　全年"},
                            {"document", "preserve\">2023年，", "preserve\">    2023年，"},
                            {"document", "preserve\">执法力量", "preserve\">　　执法力量"},
                            {"document", "preserve\">补齐", "preserve\">　　补齐"}})) == "");
  Report report;
  report.source.paragraphs = {"甲"};
  report.text = Text(report.source.paragraphs);
  const auto &catalog = FormatCatalog::get();
  Findings found(report.text, catalog.rules, false);
  Case seen{report, *catalog.lexicon, found};
  check_format(seen);
  CHECK(found.take().empty());
}
