#include "reading/read_text.h"

#include "base/text.h"
#include "catalog/loader.h"
#include "reading/encoding.h"
#include "reading/markdown_spans.h"

#include <doctest/doctest.h>
#include <iconv.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

using ReadTexts = std::vector<std::string>;

const Lexicon &text_lexicon() {
  static const auto lexicon =
      Lexicon::load(catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value()).value();
  return *lexicon;
}

std::string encoded_text(std::string text, const char *charset) {
  auto handle = ::iconv_open(charset, "UTF-8");
  std::string out(text.size() * 4, '\0');
  char *in = text.data(), *to = out.data();
  std::size_t left = text.size(), room = out.size();
  REQUIRE(::iconv(handle, &in, &left, &to, &room) != static_cast<std::size_t>(-1));
  ::iconv_close(handle);
  out.resize(out.size() - room);
  return out;
}

std::string text_error(std::string_view bytes) {
  auto source = read_text(bytes, text_lexicon());
  return source ? "" : source.error().message;
}

ReadTexts markdown_texts(std::string_view text) {
  auto source = read_markdown(text, text_lexicon());
  REQUIRE(source);
  return source->paragraphs;
}

const std::string kTextReport =
    "清溪镇2024年法治政府建设情况报告\n\n2024年，镇党委、政府推进依法行政。\n";

} // namespace

TEST_CASE("a text in any encoding reads the same") {
  auto want = read_text(kTextReport, text_lexicon());
  REQUIRE(want);
  CHECK(want->format == Format::Text);
  CHECK_FALSE(want->converted);
  CHECK(want->paragraphs ==
        ReadTexts{"清溪镇2024年法治政府建设情况报告", "2024年，镇党委、政府推进依法行政。"});
  for (const auto &bytes :
       {"\xEF\xBB\xBF" + kTextReport, encoded_text(kTextReport, "GB18030"),
        encoded_text(kTextReport, "GBK"), "\xFF\xFE" + encoded_text(kTextReport, "UTF-16LE"),
        "\xFE\xFF" + encoded_text(kTextReport, "UTF-16BE"),
        text::replace_all(kTextReport, "\n", "\r\n"), text::replace_all(kTextReport, "\n", "\r"),
        text::replace_all(kTextReport, "\n", "\xE2\x80\xA8"),
        text::replace_all(kTextReport, "\n", "\f"),
        text::replace_all(kTextReport, "政府", "政\xE2\x80\x8B府\xEF\xBB\xBF")}) {
    auto source = read_text(bytes, text_lexicon());
    REQUIRE(source);
    CHECK(source->paragraphs == want->paragraphs);
  }
}

TEST_CASE("widths and blanks inside stay as written") {
  auto source = read_text("　　( 一 )开展１２次　活动。\xC2\xA0\n[bookmark: _GoBack]一、工作\n",
                          text_lexicon());
  REQUIRE(source);
  CHECK(source->paragraphs == ReadTexts{"( 一 )开展１２次　活动。", "[bookmark: _GoBack]一、工作"});
}

TEST_CASE("pages of a text saved from a PDF are one text") {
  auto source = read_text(
      "清溪镇年度报告\n\n一、工作情况\n  — 1 —\n\f清溪镇年度报告\n二、存在问题\n  — 2 —\n\f",
      text_lexicon());
  REQUIRE(source);
  CHECK(source->paragraphs == ReadTexts{"一、工作情况", "二、存在问题"});
}

TEST_CASE("what is no text is told plainly") {
  CHECK(text_error("abc\0def") == "there is no Chinese text in it, so it is no report");
  CHECK(text_error(std::string_view("报告\0告", 10)) == "this is a binary file, not a text");
  CHECK(text_error(" \n\n　") == "the file holds no text");
  auto damaged = kTextReport;
  damaged[10] = '\xFF';
  CHECK(text_error(damaged) == "the text is damaged: byte 11 (0xFF) is no UTF-8; open it, check it "
                               "there and save it again as UTF-8");
  CHECK(text_error(kTextReport.substr(0, kTextReport.size() - 2))
            .starts_with("the text is damaged: byte 9"));
  auto bad = encoded_text("法治政府", "GB18030") + "\xFF\xFF";
  CHECK(text_error(bad) == "the text is damaged: byte 9 (0xFF) is no UTF-8 or GB 18030; open it, "
                           "check it there and save it again as UTF-8");
  ReadLimits small;
  small.text_bytes = 50;
  CHECK_FALSE(read_text(kTextReport, text_lexicon(), small));
}

TEST_CASE("Markdown is read without its marks") {
  CHECK(
      markdown_texts(
          "---\ntitle: x\n---\n# 清溪镇2024年法治政府建设情况报告 #\n<!-- 草稿\n第二行 -->\n"
          "## "
          "一、工作情况\n**（一）加强领导。**召开会议4次，\n研究问题*6个*，见[通知](http://a/b)。\n"
          "\n- 第一项\n- 第二项\n1. 列表一\n2. 列表二\n\n![图](a.png)\n\n> 引用的话\n\n---\n\n"
          "清溪镇人民政府  \n2025年1月8日\n") ==
      ReadTexts{"清溪镇2024年法治政府建设情况报告", "一、工作情况",
                "（一）加强领导。召开会议4次，研究问题6个，见通知。", "第一项", "第二项",
                "1. 列表一", "2. 列表二", "引用的话", "清溪镇人民政府", "2025年1月8日"});
  CHECK(markdown_texts("标题\n===\n正文\n|项目|2023年|\n|---|:-:|\n|审查|**25**件|\n完") ==
        ReadTexts{"标题", "正文", "项目", "2023年", "审查", "25件", "完"});
  CHECK(markdown_texts("```\n一、代码\n```\n正文<br>换行&nbsp;完\\*") ==
        ReadTexts{"一、代码", "正文", "换行 完*"});
  auto source = read_markdown("第一行和\n第二行ab\ncd\n", text_lexicon());
  REQUIRE(source);
  CHECK(source->paragraphs == ReadTexts{"第一行和第二行ab cd"});
  REQUIRE(source->joints.size() == 2);
  CHECK(source->joints[0].at == 4);
  CHECK(source->joints[1].at == 10);
}

TEST_CASE("placeholders and residue survive Markdown") {
  CHECK(markdown_plain("开展*次、培训*次") == "开展*次、培训*次");
  CHECK(markdown_plain("[bookmark: _GoBack]一、") == "[bookmark: _GoBack]一、");
  CHECK(markdown_plain("这是**重点**内容") == "这是重点内容");
  CHECK(markdown_plain("a < b，<某镇> 5 > 3") == "a < b，<某镇> 5 > 3");
  CHECK(markdown_plain("<span style=\"x\">文</span><http://a.b/c>") == "文http://a.b/c");
  CHECK(plain_entities("&amp;&lt;&#8220;&#x4E00;&nope;&") == "&<“一&nope;&");
}
