#include "base/text.h"
#include "catalog/loader.h"
#include "reading/check.h"
#include "reading/load_rules.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

/// "rule@line", in the order of the text.
std::string repeated(const std::vector<std::string> &paragraphs) {
  static const auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
  REQUIRE(sources);
  static const auto lexicon = Lexicon::load(*sources);
  static const auto rules =
      load_rules({{"checks/rules/repetition.yaml", sources->at("checks/rules/repetition.yaml")}});
  REQUIRE(lexicon);
  REQUIRE(rules);
  Report report;
  report.source.paragraphs = paragraphs;
  report.text = Text(paragraphs);
  report.structure = read_structure(report.text, report.source, **lexicon);
  Findings findings(report.text, *rules, false);
  Case made{report, **lexicon, findings};
  check_repetition(made);
  std::string told;
  for (const auto &finding : findings.take())
    told += finding.rule.substr(11) + "@" + std::to_string(finding.line) + " ";
  return told;
}

} // namespace

TEST_CASE("what a report must say twice is no repetition") {
  // The formula of lead and closing, a heading and the short head of a point in the plans.
  const std::string formula = "商家镇坚持以习近平新时代中国特色社会主义思想为指导，"
                              "深入学习贯彻党的二十大精神，推进法治政府建设，";
  CHECK(
      repeated({"商家镇2023年度法治政府建设情况报告", "今年，" + formula + "现报告如下。",
                "一、主要举措和成效", "（一）加强法治宣传教育，增强全民法治观念。全年宣讲三十场。",
                "一是加强组织领导，压实工作责任。党委会议题里法治列第一项。", "二、下一年工作安排",
                "（一）加强法治宣传教育，增强全民法治观念。明年开到田头。",
                "一是加强组织领导，压实工作责任。述法列入年终考核。",
                "今后，" + formula + "走在全区前列。"}) == "");
  CHECK(repeated({"商家镇2023年度法治政府建设情况报告", "一、主要举措和成效",
                  "落实《党政主要负责人履行推进法治建设第一责任人职责规定》的要求。",
                  "落实《法治政府建设与责任落实督察工作规定》的要求。",
                  "向全镇居民宣传宪法法律和民法典知识6场次。",
                  "向全镇居民宣传宪法法律和民法典知识9场次。"}) == "");
}

TEST_CASE("sentences that come back are told where they do") {
  const std::string once = "综治中心每月五日会同派出所核对一遍重点人员名单，漏一个补一个。";
  CHECK(repeated({"商家镇2023年度法治政府建设情况报告", "一、主要举措和成效",
                  "网格员每天巡查一次。" + once + "全年没有漏管。",
                  "一是" + once + "二是建立台账。", "普法队伍不断壮大。" + once}) ==
        "sentence@4 sentence@5 ");
  CHECK(repeated({"商家镇2023年度法治政府建设情况报告", "一、主要举措和成效", once, "另起一段。",
                  once}) == "paragraph@5 ");
}

TEST_CASE("doubled words of one phrase") {
  auto told = [](const std::string &phrase) {
    return repeated({"嘎美乡2024年度法治政府建设情况报告", "一、主要举措和成效", phrase});
  };
  CHECK(told("制定《嘎美乡全面清理行政规范性文件清理工作方案》。") == "phrase@3 ");
  CHECK(told("按县里要求对规范性文件开展规范性文件清理。") == "phrase@3 ");
  CHECK(told("执法中开展普法执法法治宣传。") == "synonym@3 ");
  for (const auto *legitimate :
       {"开展安全检查和消防检查工作。", "对排查出的问题逐一排查整改。", "禁毒宣传日宣传11场次。",
        "落实重大行政决策及行政规范性文件合法性审查制度。", "由粗放管理向精细管理转变。",
        "普法和法治宣传一起抓。", "排查矛盾纠纷73次，排查隐患20处。",
        "尊法学法守法用法的氛围更浓。"})
    CHECK_MESSAGE(told(legitimate) == "", legitimate);
}
