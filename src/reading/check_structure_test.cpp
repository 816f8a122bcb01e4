#include "reading/check_sample.h"
#include "reading/sequence.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

const CheckSample &structure_sample() {
  static const CheckSample made(check_structure);
  return made;
}

/// A whole report with nothing to say about it, around one chapter of results.
std::string sound_report(const std::string &results) {
  return "青石镇人民政府关于2024年度法治政府建设情况的报告\n"
         "县委、县政府：\n"
         "2024年，青石镇扎实推进法治政府建设。现将有关情况报告如下。\n"
         "一、2024年推进法治政府建设的主要举措和成效\n" +
         results +
         "\n二、党政主要负责人履行推进法治建设第一责任人职责情况\n"
         "党委书记、镇长全年听取法治建设汇报4次，督办重点案件2件。\n"
         "三、存在的不足和原因\n"
         "一是案卷质量不稳定，主要原因是审核放在归档之前。二是学法不够系统，根子在于学用脱节。\n"
         "四、2025年主要安排\n"
         "2025年，青石镇将前移案卷审核，补足执法力量，按季度安排学法。\n"
         "青石镇人民政府\n2025年1月15日\n";
}

std::string without(std::string text, const std::string &part) {
  auto at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.erase(at, part.size());
}

std::vector<std::string> rules_of(const std::vector<Finding> &findings) {
  std::vector<std::string> out;
  for (const auto &one : findings) out.push_back(one.rule);
  return out;
}

using Found = std::vector<std::string>;

} // namespace

TEST_CASE("every rule of structure finds its bad example and is silent in its good one") {
  int seen = 0;
  for (const auto &rule : CheckSample::rules().all()) {
    if (rule.group() != "structure") continue;
    ++seen;
    CAPTURE(rule.id);
    CHECK(structure_sample().finds(rule.id, rule.bad));
    CHECK_FALSE(structure_sample().finds(rule.id, rule.good));
  }
  CHECK(seen >= 30);
}

TEST_CASE("messages of structure leave no slot open") {
  for (const auto &rule : CheckSample::rules().all()) {
    if (rule.group() != "structure") continue;
    for (const auto &one : structure_sample().all(CheckSample::source_of(rule.bad))) {
      CAPTURE(one.message);
      CHECK(one.message.find('{') == std::string::npos);
      CHECK(one.suggestion.find('{') == std::string::npos);
    }
  }
}

TEST_CASE("a sound report has no finding of structure, however it is numbered") {
  for (const std::string results : {
           "（一）加强组织领导\n全年召开专题会议4次。\n（二）坚持依法决策\n作出重大行政决策3件。",
           "（一）加强组织领导。全年召开专题会议4次。\n（二）坚持依法决策。一是公开征求意见。二是"
           "全部经过合法性审查。",
           "1.加强组织领导。全年召开专题会议4次。\n2.坚持依法决策。作出重大行政决策3件。",
           "1、加强组织领导。全年召开专题会议4次。\n2、坚持依法决策。作出重大行政决策3件。",
           "（一）加强组织领导\n1.学法用法。全年学法4次。\n2.年终述法。组织述法9人。\n（二）坚持依"
           "法决策\n3.决策程序。作出决策3件。\n4.合法性审查。审查52件。",
           "一是加强组织领导，全年召开专题会议4次；坚持依法决策，作出重大行政决策3件，全部经过公开"
           "征求意见和合法性审查。",
           "（一）提升我镇全面依法治理水平。全年召开专题会议4次。\n（二）推进我镇严格规范公正文明"
           "执法。全年检查60次。",
           "坚持依法决策\n作出重大行政决策3件，全部经过公开征求意见、风险评估、合法性审查和集体"
           "讨论决定，并向社会公布。",
       }) {
    auto findings = structure_sample().all(CheckSample::source_of(sound_report(results)));
    CAPTURE(results);
    CHECK(rules_of(findings) == Found{});
  }
}

TEST_CASE("what a report must say is looked for by content") {
  auto sound = sound_report("（一）坚持依法决策\n全年作出重大行政决策3件，全部经过合法性审查。");
  auto finds = [](std::string_view rule, const std::string &text) {
    return structure_sample().finds(rule, text);
  };
  SUBCASE("duties may stand within another chapter") {
    auto text = without(sound, "二、党政主要负责人履行推进法治建设第一责任人职责情况\n");
    CHECK_FALSE(finds("structure.no_duties", text));
    text = without(text, "党委书记、镇长全年听取法治建设汇报4次，督办重点案件2件。\n");
    CHECK(finds("structure.no_duties", text));
  }
  SUBCASE("shortcomings and plans may share a chapter") {
    auto text = text::replace_all(sound, "三、存在的不足和原因", "三、存在的问题和2025年工作计划");
    text = without(text, "四、2025年主要安排\n");
    for (auto rule : {"structure.no_shortcomings", "structure.no_causes", "structure.no_next_year",
                      "structure.next_year_unnamed"})
      CHECK_FALSE(finds(rule, text));
  }
  SUBCASE("a chapter without text is none") {
    auto text = without(sound, "2025年，青石镇将前移案卷审核，补足执法力量，按季度安排学法。\n");
    CHECK(finds("structure.no_next_year", text));
  }
  SUBCASE("causes that are only promised") {
    auto text = without(sound, "，主要原因是审核放在归档之前");
    CHECK_FALSE(finds("structure.no_causes", text));
    text = without(text, "，根子在于学用脱节");
    CHECK(finds("structure.no_causes", text));
  }
}

TEST_CASE("rows of numbers") {
  auto faults = [](const std::vector<int> &row) {
    std::string out;
    for (const auto &one : sequence_faults(row)) {
      out += one.kind == SequenceFault::Kind::Gap      ? "gap"
             : one.kind == SequenceFault::Kind::Repeat ? "repeat"
                                                       : "order";
      out += std::to_string(one.at) + " ";
    }
    return out;
  };
  CHECK(faults({1, 2, 3}).empty());
  CHECK(faults({1, 2, 1, 2}).empty());
  CHECK(faults({1, 4}) == "gap1 ");
  CHECK(faults({2, 3}) == "gap0 ");
  CHECK(faults({1, 2, 2, 3}) == "repeat2 ");
  CHECK(faults({1, 2, 2, 4}) == "repeat2 ");
  CHECK(faults({1, 2, 3, 2}) == "repeat3 ");
  CHECK(faults({1, 3, 3, 4}) == "repeat1 ");
  CHECK(faults({1, 3, 2, 4}) == "order2 ");
  CHECK(faults({1, 5, 3}) == "gap1 ");
  CHECK(faults({1, 1, 2}) == "repeat1 ");
}

TEST_CASE("numbering in places where it is easily misread") {
  const auto &sample = structure_sample();
  SUBCASE("one of a row in another form is mixed, not missing") {
    auto text =
        sound_report("（一）加强组织领导。召开会议4次。\n2.坚持依法决策。作出决策3件。\n（三）"
                     "深化普法宣传。开展活动12场次。");
    CHECK(sample.by("structure.number_mixed", text) == Found{"2."});
    CHECK_FALSE(sample.finds("structure.number_gap", text));
  }
  SUBCASE("a row within a row repeats nothing") {
    auto text = sound_report("一是加强学习：一是学宪法，二是学民法典。二是加强培训。");
    CHECK_FALSE(sample.finds("structure.enumeration_repeat", text));
    CHECK_FALSE(sample.finds("structure.enumeration_alone", text));
  }
  SUBCASE("chapters out of count") {
    auto text = text::replace_all(sound_report("召开会议4次。"), "四、2025", "五、2025");
    CHECK(sample.by("structure.number_gap", text) == Found{"五、"});
    text = text::replace_all(sound_report("召开会议4次。"), "四、2025", "三、2025");
    CHECK(sample.by("structure.number_repeat", text) == Found{"三、"});
  }
}

TEST_CASE("headings that run into their text") {
  const auto &sample = structure_sample();
  auto runs = [&](const std::string &results) {
    return sample.by("structure.heading_run_on", sound_report(results));
  };
  CHECK(
      runs("1.推动法治建设走深青石镇党委高度重视，全年研究4次。\n2.规范执法。检查60次。").size() ==
      1);
  CHECK(runs("（一）加强组织领导全年召开专题会议4次，印发文件5份。") ==
        Found{"（一）加强组织领导全年"});
  CHECK(runs("（一）深化法治宣传2024年，全镇开展普法活动12场次。").size() == 1);
  CHECK(runs("（一）加强对全镇严格执法的监督。检查60次。").empty());
  CHECK(runs("（一）总结2024年法治建设经验。印发简报6期。").empty());
}

TEST_CASE("head and tail") {
  const auto &sample = structure_sample();
  auto sound = sound_report("召开会议4次。");
  CHECK(sample.finds("structure.no_signature", without(sound, "青石镇人民政府\n2025")));
  CHECK(sample.finds("structure.no_date", without(sound, "2025年1月15日\n")));
  CHECK(sample.by("structure.addressee_punctuation",
                  text::replace_all(sound, "县委、县政府：", "县委，县政府：")) ==
        Found{"县委，县政府："});
  CHECK(sample.finds("structure.title_year", text::replace_all(sound, "关于2024年度", "关于")));
  auto report = text::replace_all(sound, "2024年，青石镇", "2024年来，青石镇");
  CHECK(sample.by("structure.year_form", report) == Found{"2024年来"});
  CHECK_FALSE(sample.finds("structure.year_form",
                           text::replace_all(sound, "召开会议4次", "2024年来信来访12件")));
}
