#include "reading/join_lines.h"

#include "base/text.h"
#include "catalog/loader.h"
#include "reading/line_signs.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

using JoinTexts = std::vector<std::string>;

const Lexicon &join_lexicon() {
  static const auto lexicon =
      Lexicon::load(catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value()).value();
  return *lexicon;
}

JoinTexts joined_texts(std::string_view text, Wrapping wrapping = Wrapping::Unknown) {
  return join_lines(text_lines(text), wrapping, join_lexicon()).paragraphs;
}

/// Sets a text to a width in Han characters, with the first line indented.
std::string set_to_width(std::string_view text, std::size_t width, std::size_t indent) {
  std::u32string out;
  for (const auto &paragraph : text::split(text, '\n')) {
    std::size_t column = indent;
    out += std::u32string(indent, U'\u3000');
    for (char32_t c : text::decode(paragraph)) {
      if (column >= width) out += U'\n', column = 0;
      out += c;
      ++column;
    }
    out += U'\n';
  }
  return text::encode(out);
}

const std::string kJoinProse =
    "一、工作开展情况\n"
    "（一）强化组织领导。主要负责人履行推进法治建设第一责任人职责，召开专题会议四次，研究解决问题"
    "六个；党委理论学习中心组专题学法五次，班子成员述法七人。\n"
    "完成合法性审查三十六件，提出意见二十一条。登记矛盾纠纷一百二十八件，化解一百二十五件，尚有三"
    "件正在办理，均由村（社区）调解委员会跟进办理直至办结为止。\n"
    "二、存在的不足和原因\n"
    "一是部分干部学法不够深入，原因是学用结合不紧。二是执法力量不足，原因是人员流动较快，补充不及"
    "时，岗前培训与在岗培训衔接不够。\n"
    "三、下一步工作安排\n"
    "清溪镇将继续学习贯彻习近平法治思想，完善学法制度，充实执法队伍，推进矛盾纠纷多元化解，不断提"
    "高依法治理的能力和水平。";

} // namespace

TEST_CASE("a sentence broken by a line end or a blank line is one again") {
  CHECK(joined_texts(
            "按照党中央、国务院关于法治建设的决策部署和\n\n省、市工作要求，成立领导小组。\n") ==
        JoinTexts{"按照党中央、国务院关于法治建设的决策部署和省、市工作要求，成立领导小组。"});
  CHECK(joined_texts("全年排查矛盾纠纷73次，成功调解纠纷73件，\n\n成功率达到100%，群众满意。\n") ==
        JoinTexts{"全年排查矛盾纠纷73次，成功调解纠纷73件，成功率达到100%，群众满意。"});
  CHECK(
      joined_texts("一是落实学习宣传工作，成立宣传小组，对内组织干部职工学习《民法典》\n\n"
                   "相关内容；对外多次组织开展宣传活动，群众知法、懂法、守法。\n") ==
      JoinTexts{
          "一是落实学习宣传工作，成立宣传小组，对内组织干部职工学习《民法典》相关内容；对外多次组织"
          "开展宣传活动，群众知法、懂法、守法。"});
  auto lines = text_lines("推进依法行政和\n法治建设。\n");
  auto done = join_lines(lines, Wrapping::Flowing, join_lexicon());
  REQUIRE(done.joints.size() == 1);
  CHECK(done.joints[0].paragraph == 0);
  CHECK(done.joints[0].at == 7);
}

TEST_CASE("what stands for itself stays so") {
  JoinTexts lines = {"清溪镇人民政府文件",
                     "清政〔2025〕3号",
                     "清溪镇人民政府",
                     "关于2024年度法治政府建设情况的报告",
                     "平湖县人民政府：",
                     "2024年，我镇认真落实上级部署，依法行政水平提升",
                     "一、深入学习贯彻习近平法治思想，切实履行推进法治建设第一责任人职责",
                     "（一）加强领导",
                     "召开专题会议4次，研究问题6个，推动工作落实",
                     "（二）健全机制",
                     "一是完善制度，",
                     "二是充实队伍。",
                     "今年以来，全镇没有发生行政败诉案件，法治环境持续向好",
                     "2025年，我镇将继续推进法治政府建设，抓好工作落实见效",
                     "特此报告",
                     "清溪镇人民政府",
                     "2025年1月8日",
                     "附件：统计表"};
  auto text = text::join(lines, "\n");
  CHECK(joined_texts(text) == lines);
  CHECK(joined_texts(text::replace_all(text, "\n", "\n\n")) == lines);
}

TEST_CASE("a text set to a width is read as its paragraphs") {
  auto want = text::split(kJoinProse, '\n');
  for (std::size_t width : {20, 28, 38}) {
    CAPTURE(width);
    CHECK(joined_texts(set_to_width(kJoinProse, width, 2)) == want);
    CHECK(joined_texts(set_to_width(kJoinProse, width, 2), Wrapping::Wrapped) == want);
    // Without indents only the stops tell, and a heading that fills its line is ambiguous.
    CHECK(joined_texts(set_to_width(kJoinProse, width, 0)) == want);
  }
}

TEST_CASE("a text of whole paragraphs is left alone") {
  auto want = text::split(kJoinProse, '\n');
  CHECK(joined_texts(kJoinProse) == want);
  CHECK(joined_texts(text::replace_all(kJoinProse, "\n", "\n\n")) == want);
  CHECK(joined_texts(text::replace_all(kJoinProse, "\n", "\n　　")) == want);
}

TEST_CASE("another size is another paragraph") {
  std::vector<Line> lines =
      text_lines("清溪镇人民政府关于二〇二四年度法治政府建设工作\n情况报告\n");
  CHECK(join_lines(lines, Wrapping::Wrapped, join_lexicon()).paragraphs.size() == 1);
  lines[1].size = 16;
  lines[0].size = 22;
  CHECK(join_lines(lines, Wrapping::Wrapped, join_lexicon()).paragraphs.size() == 2);
}

TEST_CASE("numbers that begin a paragraph, and those that do not") {
  auto label = [](std::u32string_view line) { return line_label(line, join_lexicon()); };
  CHECK(label(U"一、工作") == 2);
  CHECK(label(U"（十二）工作") == 4);
  CHECK(label(U"(一) 工作") == 3);
  CHECK(label(U"一）工作") == 2);
  CHECK(label(U"1.工作") == 2);
  CHECK(label(U"12、工作") == 3);
  CHECK(label(U"①工作") == 1);
  CHECK(label(U"一是工作") == 2);
  CHECK(label(U"第三章 工作") == 3);
  CHECK(label(U"第三，工作") == 3);
  CHECK(label(U"3.5万元") == 0);
  CHECK(label(U"三条规定") == 0);
  CHECK(label(U"第三条规定") == 0);
  CHECK(label(U"2024年，") == 0);
  CHECK(left_open(U"学习《民法典"));
  CHECK_FALSE(left_open(U"学习《民法典》和“两法”"));
}
