#include "reading/check.h"
#include "reading/law_table.h"
#include "reading/load_rules.h"
#include "reading/year_mention.h"

#include "base/text.h"
#include "catalog/loader.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace yifa;
using namespace yifa::reading;

namespace {

struct TimeTables {
  std::shared_ptr<const Lexicon> lexicon;
  Rules rules;
  std::shared_ptr<const LawTable> laws;
};

const TimeTables &time_tables() {
  static const auto made = [] {
    auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value();
    return TimeTables{Lexicon::load(sources).value(), load_rules(sources).value(),
                      load_law_table(sources).value()};
  }();
  return made;
}

std::vector<Finding> time_findings(const std::string &text) {
  const auto &tables = time_tables();
  Report report;
  for (const auto &line : text::split(text, '\n'))
    if (auto kept = text::trim(line); !kept.empty()) report.source.paragraphs.push_back(kept);
  report.text = Text(report.source.paragraphs);
  report.structure = read_structure(report.text, report.source, *tables.lexicon);
  Findings findings(report.text, tables.rules, false);
  Case one{report, *tables.lexicon, findings};
  check_time(one);
  check_laws(one, *tables.laws);
  return findings.take();
}

/// A report of a year with a body and plans; what stands in its first section.
std::vector<Finding> time_findings_of(int year, const std::string &body,
                                      const std::string &tail = "") {
  const auto said = std::to_string(year);
  return time_findings("青溪镇人民政府关于" + said + "年度法治政府建设情况的报告\n" + said +
                       "年，青溪镇坚持依法行政。现将有关情况报告如下：\n"
                       "一、主要工作和成效\n" +
                       body + "\n二、存在的问题\n人员不足。\n" + tail);
}

std::string time_told(const std::vector<Finding> &findings) {
  std::string out;
  for (const auto &one : findings) out += one.rule.substr(5) + "(" + one.excerpt + ") ";
  return text::trim(out);
}

} // namespace

TEST_CASE("the table of laws is known and finds titles however they are written") {
  const auto &laws = *time_tables().laws;
  CHECK(laws.laws().size() >= 250);
  CHECK(laws.campaigns().size() >= 3);
  auto one = [&](const char32_t *title) { return laws.find(title); };
  REQUIRE(one(U"行政处罚法").size() == 1);
  CHECK(one(U"中华人民共和国行政处罚法") == one(U"行政处罚法"));
  CHECK(one(U"中华人民共和国行政处罚法（2021年修订）") == one(U"行政处罚法"));
  CHECK(one(U"中华人民共和国行政处罚法(2021年修订)") == one(U"行政处罚法"));
  CHECK(one(U"关于实行国家机关谁执法谁普法普法责任制的意见") ==
        one(U"中共中央办公厅 国务院办公厅关于实行国家机关“谁执法谁普法”普法责任制的意见"));
  CHECK(one(U"法治政府建设实施纲要（2021-2025年）").size() == 2);
  CHECK(one(U"青溪镇普法计划").empty());
  CHECK_FALSE(laws.like_statute(U"安全生产管理办法"));
}

TEST_CASE("everything a law points at is in the table") {
  const auto &laws = *time_tables().laws;
  for (const auto &law : laws.laws()) {
    CAPTURE(law.name);
    if (!law.by.empty()) CHECK_FALSE(laws.find(text::decode(law.by)).empty());
    if (law.since && !law.editions.empty() && law.editions.size() == 1)
      CHECK(law.since->year() <= law.editions.front().from.year());
    for (std::size_t i = 1; i < law.editions.size(); ++i)
      CHECK(law.editions[i - 1].from < law.editions[i].from);
  }
}

TEST_CASE("the longest edition of a year, and none where one is not known") {
  const auto &laws = *time_tables().laws;
  const auto &law = *laws.find(U"行政处罚法").front();
  auto count = [&](int year) {
    auto found = law.longest(first_day({year, 1}), last_day({year + 1, 1}));
    return found ? found->articles : 0;
  };
  CHECK(count(2019) == 64);
  CHECK(count(2020) == 86); // passed and studied before it took effect
  CHECK(count(2023) == 86);
  CHECK(count(1990) == 0);
}

TEST_CASE("faults in the table of laws are told by line and column") {
  auto told = [](const std::string &laws) {
    auto made = load_law_table({{"checks/laws.yaml", "whole: 中华人民共和国\nlaws:\n" + laws}});
    REQUIRE_FALSE(made);
    REQUIRE_FALSE(made.error().problems.empty());
    return made.error().problems.front().where + " " + made.error().problems.front().message;
  };
  CHECK(told("  某法: {kind: law, seen: V, repeeled: 2020-01-01}\n") ==
        "checks/laws.yaml:3:28 unknown key \"repeeled\" in a law; did you mean \"repealed\"?");
  CHECK(told("  某法: {kind: law, seen: V, repealed: 2020-01-01}\n").find("by what") !=
        std::string::npos);
  CHECK(told("  某法: {kind: law, seen: V, articles: {2020-13-01: 5}}\n").find("a day") !=
        std::string::npos);
  CHECK(told("  某法: {kind: plan, seen: V, period: [2025, 2021]}\n").find("ends no earlier") !=
        std::string::npos);
  CHECK(load_law_table({}).value()->laws().empty());
}

TEST_CASE("another year where this one is meant") {
  CHECK(time_told(time_findings_of(2024, "2023年，全镇共开展宣传12次。")) == "other_year(2023年)");
  CHECK(time_told(time_findings_of(2024, "一是2023年全镇共开展宣传12次。")) ==
        "other_year(2023年)");
  CHECK(time_told(time_findings_of(2024, "制定2023年度普法计划并组织实施。")) ==
        "other_year(2023年度)");
  CHECK(time_told(time_findings_of(2024, "2023年以来，组织培训3次。")) == "other_year(2023年)");
  CHECK(time_told(time_findings_of(2024, "2026年，全镇共排查隐患30处。")) == "other_year(2026年)");
  CHECK(time_told(time_findings_of(2024, "２０２３年，全镇共开展宣传12次。")) ==
        "other_year(２０２３年)");
  CHECK(time_told(time_findings_of(2024, "二〇二三年，全镇共开展宣传12次。")) ==
        "other_year(二〇二三年)");
}

TEST_CASE("other years that are said with reason") {
  for (const char *text : {
           "宣传12次，较2023年增长12%，与2022年相比下降5%，比2023年多3次。",
           "自2021年以来连续三年开展述法，2022年、2023年连续两年获评先进。",
           "2021年以来，累计培育法律明白人120人。",
           "2019年成立综合行政执法队，现有人员12名。",
           "2023年度法治督察反馈的5个问题全部整改到位，紧扣2023年度短板补齐弱项。",
           "根据2023年12月县委依法治县办会议要求，年初部署全年工作。",
           "落实《法治政府建设实施纲要（2021—2025年）》和2021至2025年普法任务。",
           "印发《青溪镇2023年度普法计划》总结，“2023年度先进集体”上台领奖。",
           "2025年1月召开述法会议，谋划2025年工作，制定2025年度法治政府建设工作计划。",
           "到2035年基本建成法治社会，截至2024年12月31日调解120件。",
           "在2023年工作的基础上提高2个百分点，2023年版执法手册已换发。",
       }) {
    CAPTURE(text);
    CHECK(time_told(time_findings_of(2024, text)) == "");
  }
}

TEST_CASE("title, lead, plan and date of signature") {
  CHECK(time_told(time_findings("青溪镇2024年法治政府建设情况报告\n2023年，青溪镇坚持依法行政，"
                                "现将有关情况报告如下：\n一、主要工作\n2024年组织学法4次。")) ==
        "lead_year(2023年)");
  // The whole text is of another year than the title: told once, at the title.
  CHECK(time_told(time_findings("青溪镇2024年法治政府建设情况报告\n一、主要工作\n2023年，组织学法"
                                "4次。2023年，开展宣传5次。2023年，调解纠纷6件。\n"
                                "二、2024年工作打算\n继续抓好学法。")) == "lead_year(2024年)");
  CHECK(time_told(time_findings_of(2024, "组织学法4次。",
                                   "三、2024年工作打算\n2024年，我镇将继续努力。")) ==
        "plan_year(2024年) plan_year(2024年)");
  CHECK(time_told(time_findings_of(2024, "组织学法4次。",
                                   "三、2025年工作打算\n2025年，针对2024年存在的不足，继续努力，到"
                                   "2027年建成示范镇。\n青溪镇人民政府\n2025年1月9日")) == "");
  CHECK(time_told(time_findings_of(
            2023, "组织学法4次。",
            "三、存在的主要问题和2024年工作计划\n2024年，青溪镇将继续努力。")) == "");
  CHECK(time_told(time_findings_of(2024, "组织学法4次。", "青溪镇人民政府\n2023年1月9日")) ==
        "signed_year(2023年1月9日)");
}

TEST_CASE("meetings and work of another time") {
  CHECK(time_told(time_findings_of(2023, "学习党的二十届二中、三中全会精神。")) ==
        "event_early(二十届二中、三中)");
  CHECK(time_told(time_findings_of(2023, "学习党的二十届三中全会精神。",
                                   "青溪镇人民政府\n2024年8月1日")) == "");
  CHECK(time_told(time_findings_of(2024, "统筹疫情防控，开展动物疫情防控。")) ==
        "stale_event(疫情防控)");
  CHECK(time_told(time_findings_of(2022, "统筹疫情防控。")) == "");
  CHECK(time_told(time_findings_of(2023, "把党规党纪学习教育紧密结合。")) == "");
  CHECK(time_told(time_findings("青溪镇2024年法治政府建设情况报告\n一、主要工作\n学习党的十九大和"
                                "十九届历次全会精神。")) == "stale_congress(十九大)");
}

TEST_CASE("laws that do not exist, ended or lack the article") {
  CHECK(time_told(
            time_findings_of(2024, "学习《合同法》和《劳动合同法》，宣传婚姻法、继承法等知识。")) ==
        "law_repealed(《合同法》) law_repealed(婚姻法) law_repealed(继承法)");
  CHECK(time_told(time_findings_of(
            2024, "清理涉及原《合同法》的文件，废止依据《物权法》的文件。")) == "");
  CHECK(time_told(time_findings_of(2020, "学习《合同法》4次。")) == "");
  CHECK(time_told(time_findings_of(2024, "宣传《环境噪声污染防治法》。")) ==
        "law_renamed(《环境噪声污染防治法》)");
  CHECK(time_told(time_findings_of(2024, "学习《中华人民共和国行政处法》《妇女权益保护法》。")) ==
        "law_unknown(《中华人民共和国行政处法》) law_unknown(《妇女权益保护法》)");
  CHECK(time_told(time_findings_of(2024, "学习《中华人民共和国民典法》。")) ==
        "law_unknown(《中华人民共和国民典法》)");
  CHECK(time_told(time_findings_of(2024, "学习《中华人民共和国村镇集市管理法》。")) ==
        "law_unlisted(《中华人民共和国村镇集市管理法》)");
  CHECK(time_told(time_findings_of(2024, "依据《行政处罚法》第八十六条、第120条，民法典第一千二百七"
                                         "十条。")) ==
        "law_article(第120条) law_article(第一千二百七十条)");
  CHECK(time_told(
            time_findings_of(2022, "学习《法治宣传教育法》，讨论《民营经济促进法（草案）》。")) ==
        "law_early(《法治宣传教育法》)");
}

TEST_CASE("local rules, town papers and books are let alone") {
  for (const char *text : {
           "学习《重庆市信访条例》《青溪镇村规民约》《习近平法治思想学习纲要》《论坚持全面依法治国"
           "》。",
           "制定《青溪镇法治政府建设实施方案（2021—2025年）》《青溪镇行政执法办法》。",
           "落实《广东省法治政府建设实施纲要》《中国共产党纪律处分条例》。",
           "依据《信访工作条例》第三十四条、《中华人民共和国人民调解法》第十七条。",
       }) {
    CAPTURE(text);
    CHECK(time_told(time_findings_of(2024, text)) == "");
  }
}

TEST_CASE("plans whose years are wrong or past") {
  CHECK(time_told(time_findings_of(2023, "落实《法治政府建设实施纲要（2021-2023年）》。")) ==
        "plan_period(《法治政府建设实施纲要（2021-2023年）》)");
  CHECK(time_told(time_findings_of(2023, "落实《法治社会建设实施纲要（2021—2025年）》。")) ==
        "plan_period(《法治社会建设实施纲要（2021—2025年）》)");
  CHECK(time_told(time_findings_of(2023, "落实《法治政府建设实施纲要（20212025年）》。")) == "");
  CHECK(time_told(time_findings_of(2023, "落实《法治政府建设实施纲要（2015－2020年）》。")) ==
        "plan_over(《法治政府建设实施纲要（2015－2020年）》)");
  CHECK(time_told(time_findings_of(2023, "推进“七五”普法，完成“七五”普法总结验收。")) == "");
  CHECK(time_told(time_findings_of(2023, "推进“七五”普法。落实“八五”普法规划（2021—2025年）。")) ==
        "plan_over(“七五”普法)");
  CHECK(time_told(time_findings_of(2023, "学习《全面推进依法行政实施纲要》。")) ==
        "plan_superseded(《全面推进依法行政实施纲要》)");
}
