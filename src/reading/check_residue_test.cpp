#include "reading/check_sample.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

const CheckSample &residue_sample() {
  static const CheckSample made(check_residue);
  return made;
}

/// A sentence within a small report.
std::string residue_report(const std::string &sentence) {
  return "青石镇人民政府关于2024年度法治政府建设情况的报告\n"
         "一、主要举措和成效\n（一）规范执法\n" +
         sentence + "\n青石镇人民政府\n2025年1月15日\n";
}

std::vector<std::string> residue_by(std::string_view rule, const std::string &sentence) {
  return residue_sample().by(rule, residue_report(sentence));
}

using Found = std::vector<std::string>;

} // namespace

TEST_CASE("every rule of residue finds its bad example and is silent in its good one") {
  int seen = 0;
  for (const auto &rule : CheckSample::rules().all()) {
    if (rule.group() != "residue" || rule.described) continue;
    ++seen;
    CAPTURE(rule.id);
    CHECK(residue_sample().finds(rule.id, rule.bad));
    CHECK_FALSE(residue_sample().finds(rule.id, rule.good));
    for (const auto &one : residue_sample().all(CheckSample::source_of(rule.good))) {
      CAPTURE(one.rule);
      CHECK(one.rule.empty()); // good examples are good in all
    }
  }
  CHECK(seen >= 18);
}

TEST_CASE("running text of the usual kind leaves residue nothing to find") {
  for (const std::string sentence : {
           "召开会议4次，参加率98.6%，配备“一村一法律顾问”24名；学习《宪法》《民法典》。",
           "村民张××与李××因宅基地发生争执，经3次调解达成协议，面积3×5米。",
           "依据《关于加强法治政府建设的意见》（国发〔2015〕25号）和（2024）鲁03民终12号判决执行。",
           "开展“坚持和发展新时代‘枫桥经验’”专项行动，事事有回应，件件有着落，一件一件办。",
           "目的的实现靠大家，为了了解情况，各支部支部书记和各社区社区干部层层压实责任。",
           "重大执法决定法制审核、法制宣传和坚持领导干部带头学法都已落实。",
           "做好以经济建设为中心的各项工作，学习二十届三中全会精神会议部署。",
           "受理12345热线件655件（办结650件），1—6月共300件，时间8:30至17:30……按期答复。",
           "提供了有效的保障，得到了极大的提升，取得了积极的进展。",
           "落实《中共中央 国务院关于印发〈法治政府建设实施纲要（2021—2025年）〉的通知》要求。",
           "打击“套路贷”等违法行为，网址www.qingshi.gov.cn公开信息164条。",
       }) {
    auto findings = residue_sample().all(CheckSample::source_of(residue_report(sentence)));
    CAPTURE(sentence);
    for (const auto &one : findings) {
      CAPTURE(one.rule);
      CAPTURE(one.excerpt);
      CHECK(one.rule.empty());
    }
  }
}

TEST_CASE("placeholders of all kinds") {
  auto found = [](const std::string &sentence) {
    return residue_by("residue.placeholder", sentence);
  };
  CHECK(found("XX镇召开会议4次。") == Found{"XX镇"});
  CHECK(found("××村、××社区各1名。") == Found{"××村", "××社区"});
  CHECK(found("20xx年召开会议4次。") == Found{"20xx年"});
  CHECK(found("202×年召开会议4次。") == Found{"202×年"});
  CHECK(found("召开会议*次，培训**人次。") == Found{"*次", "**人"});
  CHECK(found("召开会议__次。") == Found{"__次"});
  CHECK(found("召开会议（待填）次。") == Found{"（待填）"});
  CHECK(found("在【】的领导下工作。") == Found{"【】"});
  CHECK(found("召开会议？？次。") == Found{"？？次"});
  CHECK(found("○○年召开会议4次。") == Found{"○○年"});
  CHECK(found("二〇〇〇年和二○○九年成立。").empty());
  CHECK(found("于2024年  月  日成立。").size() == 1);
  CHECK(found("{镇名}召开会议4次。") == Found{"{镇名}"});
  CHECK(found("送法进X活动中有5A级景区1处。").empty());
  CHECK(found("人员有待补充，能力有待提高（见上文）。").empty());
}

TEST_CASE("pairs of brackets and quotes") {
  CHECK(residue_by("residue.bracket_unmatched", "召开会议（含党委会4次。").size() == 1);
  CHECK(residue_by("residue.bracket_unmatched", "召开会议含党委会）4次。").size() == 1);
  CHECK(residue_by("residue.bracket_unmatched", "学习《民法典（2020年）等法律。").size() == 1);
  CHECK(residue_by("residue.bracket_unmatched", "1)召开会议；2)组织学习（4次)。").empty());
  CHECK(residue_by("residue.quote_unmatched", "推行“一村一顾问“制度。").size() == 1);
  CHECK(residue_by("residue.quote_unmatched", "推行一村一顾问”制度。").size() == 1);
  CHECK(residue_by("residue.number_brackets", "印发青政〔20212号文件。").size() == 1);
  CHECK(residue_by("residue.number_brackets", "印发青政［2021］2号文件。").size() == 1);
}

TEST_CASE("marks of mixed width are told once a kind") {
  auto sentence = "合格率100％，化解率98.6%，答复率97%(含热线)，办结率95%（含信访）。";
  auto found = residue_by("residue.width_mixed", sentence);
  CHECK(found.size() == 2);
  std::string many;
  for (int i = 0; i < 20; ++i) many += "坚持法治理念,";
  CHECK(residue_by("residue.half_width_punctuation", many + "严格执法。").size() == 1);
  CHECK(residue_by("residue.half_width_punctuation", "“明白人”队伍,吸纳老党员。") ==
        Found{"伍,吸"});
  CHECK(residue_by("residue.half_width_punctuation", "资料2,800份、手册900本。").empty());
}

TEST_CASE("traces of a word processor and broken lines") {
  auto source = CheckSample::source_of(residue_report("全年召开会议4次，培训3次。"));
  source.format = Format::Docx;
  source.traces = {{Trace::Kind::Comment, 3, 4, 8, "此数待核"},
                   {Trace::Kind::Deletion, 3, 4, 4, "5次"},
                   {Trace::Kind::Insertion, 3, 6, 8, ""},
                   {Trace::Kind::Hidden, 1, 0, 2, "旧稿"},
                   {Trace::Kind::Bookmark, 1, 0, 0, "_GoBack"}};
  CHECK(residue_sample().by("residue.comment", source).size() == 1);
  CHECK(residue_sample().by("residue.tracked_change", source).size() == 1);
  CHECK(residue_sample().by("residue.hidden_text", source).size() == 1);
  CHECK(residue_sample().by("residue.bookmark", source).empty());

  source.traces.clear();
  source.joints = {{3, 8}};
  CHECK(residue_sample().by("residue.broken_line", source).empty());
  source.format = Format::Text;
  CHECK(residue_sample().by("residue.broken_line", source) == Found{"召开会议4次，培训3次。"});
}

TEST_CASE("findings about characters are only suspected in converted files") {
  auto source = CheckSample::source_of(residue_report("坚持法治理念,严格执法，坚持坚持党的领导。"));
  source.converted = true;
  for (const auto &one : residue_sample().all(source))
    CHECK(one.suspected == (one.rule == "residue.half_width_punctuation"));
}
