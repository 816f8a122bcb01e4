#include "reading/check.h"

#include "base/text.h"
#include "reading/load_rules.h"
#include "reading/read_figures.h"
#include "reading/tie.h"

#include <algorithm>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

const catalog::Sources &substance_sources() {
  static const auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value();
  return sources;
}

const Lexicon &substance_lexicon() {
  static const auto lexicon = Lexicon::load(substance_sources()).value();
  return *lexicon;
}

const Rules &substance_rules() {
  static const auto rules = [] {
    const std::string file = "checks/rules/substance.yaml";
    return load_rules({{file, substance_sources().at(file)}}).value();
  }();
  return rules;
}

std::vector<Finding> substance_of(const std::string &written) {
  Report report;
  for (auto &line : text::split(written, '\n'))
    if (auto words = text::trim(line); !words.empty())
      report.source.paragraphs.push_back(std::move(words));
  report.text = Text(report.source.paragraphs);
  report.structure = read_structure(report.text, report.source, substance_lexicon());
  report.figures = read_figures(report.text, report.structure, substance_lexicon());
  Findings findings(report.text, substance_rules(), false);
  Case seen{report, substance_lexicon(), findings};
  check_substance(seen);
  return findings.take();
}

/// The excerpts of the findings of one rule.
std::vector<std::string> found_by(std::string_view rule, const std::string &written) {
  std::vector<std::string> out;
  for (const auto &one : substance_of(written))
    if (one.rule == rule) out.push_back(one.excerpt);
  return out;
}

/// A report around some sentences of its results and of its plans.
std::string report_with(const std::string &results,
                        const std::string &plans = "继续抓好学法用法。") {
  return "青石镇人民政府\n2024年度法治政府建设情况报告\n2024年，青石镇扎实推进法治政府建设。现将有"
         "关情况"
         "报告如下。\n一、主要举措和成效\n（一）综合情况。全年开展普法活动18场次。\n（二）重点工作"
         "。" +
         results +
         "\n二、存在的不足和原因\n干部学法不够系统，主要原因是业务多。\n三、下一年度主要安排\n" +
         plans + "\n青石镇人民政府\n2025年1月10日\n";
}

using Excerpts = std::vector<std::string>;

} // namespace

TEST_CASE("every rule of substance finds its bad example and is silent in its good one") {
  int rules = 0;
  for (const auto &rule : substance_rules().all()) {
    if (rule.group() != "substance") continue;
    ++rules;
    CAPTURE(rule.id);
    CHECK_FALSE(found_by(rule.id, rule.bad).empty());
    CHECK(found_by(rule.id, rule.good).empty());
  }
  CHECK(rules >= 13);
}

TEST_CASE("a tidy report has nothing to be said about its substance") {
  CHECK(substance_of(report_with("化解矛盾纠纷56件，解答群众咨询110人次。")).empty());
}

TEST_CASE("vague numbers count only where something countable was done") {
  const std::string rule = "substance.vague_figure";
  CHECK(found_by(rule, report_with("多次召开党委会听取汇报。")) ==
        Excerpts{"多次召开党委会听取汇报"});
  CHECK(found_by(rule, report_with("先后多次组织专题学习，全年共学习6次。")).empty());
  CHECK(found_by(rule, report_with("每村不少于2名调解员，开展一批次培训3期。")).empty());
  CHECK(found_by(rule, report_with("工作多次受到好评。")).empty());
  CHECK(found_by(rule, report_with("定期召开专题会议。")).empty());
  CHECK(found_by(rule, report_with("开展普法活动20多场。")).empty());
  CHECK(found_by(rule, report_with("开展检查12次。", "多次组织专题学习。")).empty());
}

TEST_CASE("approximations") {
  const std::string twice = "substance.double_approximation";
  CHECK(found_by(twice, report_with("涉及事项多达300余项。")) == Excerpts{"多达300余项"});
  CHECK(found_by(twice, report_with("开展活动近百余场。")) == Excerpts{"近百余场"});
  CHECK(found_by(twice, report_with("服务群众约300人次左右。")) == Excerpts{"约300人次左右"});
  CHECK(found_by(twice, report_with("服务群众超过2万余人次。")) == Excerpts{"超过2万余人次"});
  CHECK(found_by(twice, report_with("节约300余元，服务300余人次，累计40余场。")).empty());
  CHECK(found_by(twice, report_with("近三十余年来，服务企业近300家，覆盖率达60%以上。")).empty());
  const auto total = substance_of(report_with("开展宣传共计90余场次。"));
  REQUIRE(total.size() == 1);
  CHECK(total[0].severity == Severity::Note);

  const std::string odd = "substance.doubtful_approximation";
  CHECK(found_by(odd, report_with("走访排查45余次。")) == Excerpts{"45余次"});
  CHECK(found_by(odd, report_with("开展十五余场次宣讲。")) == Excerpts{"十五余场次"});
  CHECK(
      found_by(odd, report_with("走访40余次，发放2万余份、1.62万余份，学习五十余次，300多人参加。"))
          .empty());
}

TEST_CASE("a claim of all needs its terms near") {
  const std::string rule = "substance.full_claim";
  CHECK(found_by(rule, report_with("实现合法性审查全覆盖。")).size() == 1);
  CHECK(found_by(rule, report_with("参考率、合格率均达100%。")).size() == 1);
  CHECK(found_by(rule, report_with("共96人参加考试。合格率达100%。")).empty());
  CHECK(found_by(rule, report_with("24个行政村全部实现一村一法律顾问。")).empty());
  CHECK(found_by(rule, report_with("化解率达98.6%。")).empty());
}

TEST_CASE("praise rests on something") {
  const std::string rule = "substance.praise";
  CHECK(found_by(rule, report_with("普法工作成效显著，得到群众一致好评。")).size() == 1);
  CHECK(found_by(rule, report_with("普法工作成效显著，化解纠纷56件。")).empty());
  CHECK(found_by(rule, report_with("做法被市司法局推广，成效显著。")).empty());
  const auto two =
      substance_of(report_with("普法工作成效显著。继续加强学习。规范执法行为。群众满意度较高。"));
  REQUIRE(two.size() == 1);
  CHECK(two[0].message.find("2处") != std::string::npos);
}

TEST_CASE("what exists is not planned anew") {
  const std::string rule = "substance.plan_of_existing";
  const std::string done = "研究制定《青石镇领导干部集体学法制度》、《青石镇领导干部述法制度》等。";
  CHECK(found_by(rule, report_with(
                           done, "一是组织述法。制定青石镇领导干部年终述法制度，使述法常态化。")) ==
        Excerpts{"制定青石镇领导干部年终述法制度"});
  CHECK(found_by(rule, report_with(done, "完善青石镇领导干部述法制度。")).empty());
  CHECK(found_by(rule, report_with(done, "建立健全领导干部述法制度。")).empty());
  CHECK(found_by(rule, report_with(done, "制定行政执法公示制度。")).empty());
  CHECK(found_by(rule, report_with("制定《青石镇2024年度普法计划》。", "制定2025年度普法计划。"))
            .empty());
}

TEST_CASE("measure words, scopes and lists") {
  CHECK(found_by("substance.unit_odd", report_with("解答群众咨询110余件。")) ==
        Excerpts{"110余件"});
  CHECK(found_by("substance.unit_odd", report_with("解答法律咨询110件，调解员57名，悬挂横幅19幅。"))
            .empty());
  CHECK(
      found_by("substance.scope_differs", report_with("在18个村居委会开展微宣讲，18个村配齐顾问。"))
          .size() == 1);
  CHECK(found_by("substance.scope_differs",
                 report_with("18个行政村开展微宣讲，18个村配齐顾问，20个村（社区）。"))
            .empty());
  CHECK(found_by("substance.role_count",
                 report_with("通过“政法委员+法庭庭长+派出所所长+司法所长”“三长会商”解决。"))
            .size() == 1);
  CHECK(
      found_by(
          "substance.role_count",
          report_with(
              "落实“三重一大”（重大决策、重要干部任免、重大项目安排、大额资金使用）制度，"
              "推行“三项制度”（行政执法公示、执法全过程记录、重大执法决定法制审核），"
              "压实“三级”（县、镇、村）责任，推广“四议两公开”（村党组织提议、村“两委”会议商议）。"))
          .empty());
}

TEST_CASE("a claim is carried by numbers of its own matter only") {
  const std::string rule = "substance.full_claim";
  CHECK(found_by(rule, report_with("执法队现有人员24名。实现网格巡查全覆盖。")).size() == 1);
  CHECK(found_by(rule, report_with("12名执法队员通过考试。实现执法队伍轮训全覆盖。")).empty());
  CHECK(found_by(rule, report_with("召集部门处置6次，全部办结。")).empty());
  CHECK(found_by(rule, report_with("持有执法证12名。干部学法考试合格率为100%。")).size() == 1);
}
