#include "reading/tie.h"

#include "base/file.h"
#include "base/text.h"
#include "catalog/embedded.h"

#include <filesystem>

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

/// The table as it stands in the folder, so that the test sees what was just written.
catalog::Sources tie_sources() { return catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value(); }

const Ties &tie_table() {
  static const auto table = load_ties(tie_sources()).value();
  return *table;
}

struct Marked {
  Report report;
  std::vector<std::string> wanted;
};

/// "排查矛盾纠纷{219件=disputes_found}": figures stand in braces with their indicator; z:, c: and
/// e: before the figure say zero, coverage and each; a unit may follow as "|名/村".
Marked marked(const std::string &heading, const std::string &written) {
  Marked out;
  std::u32string plain;
  const auto text = text::decode(written);
  struct Place {
    std::size_t start, end;
    FigureKind kind;
    std::string unit;
  };
  std::vector<Place> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != U'{') {
      plain += text[i];
      continue;
    }
    const auto close = text.find(U'}', i);
    auto inner = text.substr(i + 1, close - i - 1);
    const auto equals = inner.find(U'=');
    out.wanted.push_back(text::encode(inner.substr(equals + 1)));
    inner = inner.substr(0, equals);
    Place place{plain.size(), 0, FigureKind::Amount, {}};
    if (inner.starts_with(U"z:"))
      place.kind = FigureKind::Zero;
    else if (inner.starts_with(U"c:"))
      place.kind = FigureKind::Coverage;
    else if (inner.starts_with(U"e:"))
      place.kind = FigureKind::Each;
    if (place.kind != FigureKind::Amount) inner = inner.substr(2);
    if (const auto bar = inner.find(U'|'); bar != inner.npos) {
      place.unit = text::encode(inner.substr(bar + 1));
      inner = inner.substr(0, bar);
    }
    if (inner.back() == U'%') place.kind = FigureKind::Rate;
    if (place.unit.empty()) {
      auto unit = inner;
      while (!unit.empty() && std::u32string(U"0123456789.,余多万一两近约").find(unit.front()) !=
                                  std::u32string::npos)
        unit.erase(unit.begin());
      place.unit = text::encode(unit);
    }
    plain += inner;
    place.end = plain.size();
    places.push_back(std::move(place));
    i = close;
  }
  out.report.source.paragraphs = {heading, text::encode(plain)};
  out.report.text = Text(out.report.source.paragraphs);
  const auto base = text::decode(heading).size() + 1;
  Section section;
  section.title = {0, base - 1};
  section.span = {0, out.report.text.size()};
  out.report.structure.sections.push_back(section);
  for (const auto &place : places) {
    Figure figure;
    figure.kind = place.kind;
    figure.unit = place.unit;
    figure.span = {base + place.start, base + place.end};
    figure.paragraph = 1;
    figure.section = 0;
    out.report.figures.push_back(std::move(figure));
  }
  return out;
}

void check_ties(const std::string &heading, const std::string &written) {
  auto sample = marked(heading, written);
  tie_figures(sample.report, tie_table());
  REQUIRE(sample.report.figures.size() == sample.wanted.size());
  for (std::size_t i = 0; i < sample.wanted.size(); ++i) {
    CAPTURE(written);
    CAPTURE(sample.report.text.utf8(sample.report.figures[i].span));
    CHECK(sample.report.figures[i].indicator == sample.wanted[i]);
  }
}

} // namespace

TEST_CASE(
    "every indicator of the table of ties exists and is counted in one of its measure words") {
  auto loaded = catalog::load(catalog::embedded_sources());
  REQUIRE(loaded.catalog);
  std::set<std::string> named;
  for (const auto &tie : tie_table().all()) {
    CAPTURE(tie.indicator);
    const auto *indicator = loaded.catalog->indicator(tie.indicator);
    REQUIRE(indicator != nullptr);
    named.insert(tie.indicator);
    CHECK_FALSE(tie.units.empty());
    CHECK_FALSE(tie.any.empty());
    bool agrees = !indicator->unit_of.empty();
    for (const auto &unit : tie.units)
      agrees = agrees || unit == indicator->unit ||
               loaded.catalog->same_family(unit, indicator->unit) ||
               (indicator->money && (unit == "元" || unit == "万元"));
    CHECK(agrees);
    const bool percent = tie.units == std::vector<std::string>{"%"};
    CHECK(percent == indicator->percent);
  }
  CHECK(named.size() >= 140);
}

TEST_CASE("a broken table says where") {
  auto one =
      load_ties({{"checks/indicators.yaml", "ties:\n  - {indicator: a, units: [件], al: [b]}\n"}});
  REQUIRE_FALSE(one.has_value());
  CHECK(one.error().text().find("checks/indicators.yaml:2:") != std::string::npos);
  CHECK_FALSE(load_ties({}).has_value());
}

TEST_CASE("figures of published reports are tied to their indicators") {
  const std::string any = "一、主要举措和成效";
  check_ties(any, "2023年全年，我镇的重大决策{z:未=decision_troubles}引发任何矛盾纠纷和社会舆情。");
  check_ties(any, "最终实现镇村重大事项合法性审查{c:全覆盖=review_coverage}。");
  check_ties(
      any,
      "二是领导干部带头学法，组织全体机关干部职工以及村（社区）干部参加法治理论考试和线上旁听，"
      "2023年，辖区累计{94人=exam_took}参考，参考合格率达到{100%=exam_pass_rate}。");
  check_ties(any, "2023年，全镇累计培育学法用法示范户{22户=households}。");
  check_ties(any, "2023年，累计发放《民法典》《宪法》宣传手册{1600本=copies_law}，其他宣传手册{"
                  "2800余份=copies_book}。");
  check_ties(
      any,
      "在辖区划分综治网格{23个=grids}，完善“一长三员”机制，设置网格公示牌{33块=grid_boards}。");
  check_ties("（5） 多元化解矛盾纠纷，加强信访维稳工作",
             "推动信访问题在一线化解。其中排查矛盾纠纷{219件=disputes_found}，化解{216件=disputes_"
             "found_settled}，"
             "化解率为{98.6%=settle_rate}；运用“群众说事”平台，接访群众{25人次=voice_visitors}"
             "，就地处理矛盾纠纷{25件="
             "voice_settled}，化解率为{100%=voice_rate}；领导干部下访接访群众{362人次=leader_"
             "visitors}。2023年，"
             "全镇{z:无=major_petitions}重大信访上访事件发生，{z:无=troubles}"
             "严重精神障碍患者、吸毒人员肇事肇祸。");
  check_ties(
      "（6） 严守安全红线，筑牢安全底线",
      "2023年累计召开安全生产暨自然灾害防治专题会议{4次=safety_meetings}，做到安全生产逢会必讲；"
      "开展重点人群研判会{5次=care_assessments}，专题会议{16次=care_meetings}，走访排查{45余次="
      "care_visits}；"
      "开展消防安全地震应急救援演练{5次=drills}，悬挂横幅{19幅=safety_banners}，张贴标语{25条="
      "safety_slogans}，发放安全生产宣传资料{1200余份=safety_leaflets}。");
  check_ties(
      "（二）强化责任担当，积极主动作为",
      "全镇有{57名=mediators}调解员，{e:每村配备一名|名/村=counsel_least}兼职法律顾问、{e:5名|名/"
      "村=aware_least}"
      "法律明白人。今年以来，调解员共计开展矛盾纠纷排查{73次=screenings}，解答群众咨询{110余件="
      "consultations}，成功调解纠纷{73件=mediations_done}，成功率达到{100%=mediation_rate}，"
      "通过调解、法律全覆盖工作的开展，极大提高了辖区群众知法的普及度。");
  check_ties(
      any, "今年以来组织党委中心组专题学习相关法规{4次=party_group_studies}，开展党风党纪教育{4次="
           "integrity_studies}。");
}

TEST_CASE("figures of more published reports are tied to their indicators") {
  const std::string any = "一、主要举措和成效";
  check_ties("（三）强化学法用法，提高履职能力",
             "2023年以来，下良镇共组织党政班子学法{5次=leader_studies}"
             "，重点学习了习近平法治思想、《宪法》《民法典》"
             "等相关法律法规、开展法律知识培训{3次=cadre_trainings}"
             "，持续提升了领导干部法治素养和依法履行能力。");
  check_ties(
      any,
      "全面推行“一村一法律顾问”制度，{24个=counsel_villages}行政村{c:全部=counsel_coverage}实现了"
      "{e:每村一名|名/村=counsel_least}法律顾问，打造出全镇法治建设一盘棋的发展局面。");
  check_ties(
      "三、推进综合执法，切实维护社会和谐稳定",
      "全面承接县级行政执法职权事项{55项=items_held}，完成了基础阵地建设和物资配备，{12名=officers}"
      "专职执法队员{c:全部=officers_passed_rate}通过执法证考试。采取“集中培训+"
      "线上培训”相结合的方式，"
      "围绕住建、农业和自然资源等领域的相关业务知识进行培训{10次=officer_trainings}，"
      "实现乡镇综合行政执法队伍业务轮训{c:全覆盖=officers_trained_rate}。");
  check_ties(
      "三、推进综合执法，切实维护社会和谐稳定",
      "挂牌执法范围延伸到{24个=tagged_villages}行政村。今年以来，下良镇执法人员共开展检查{90余次="
      "inspections}，涉及事项多达{300余项=inspection_items}，入企开展服务性执法{22次=service_"
      "visits}。");
  check_ties(
      "（三）充分发挥基层人民调解职能",
      "2023年，镇、村人民调解委员会共成功调解案件{42件=mediations_done}，及时化解了矛盾纠纷。"
      "推进社区矫正和安置帮教工作依法有序开展，{z:无=lost}脱管漏管现象。");
  check_ties(any,
             "2023年以来，共组织开展各类宣传活动{40余次=events}，开展法律宣讲{10余次=lectures}，"
             "发放宣传资料{2万余份=copies_leaflet}。公共法律服务站年接待群众{400余人次=service_"
             "persons}。");
  check_ties(
      any, "2023年，下良镇新组建村级“法律明白人”队伍{120人=aware_new}，{c:全部=aware_equipped_rate}"
           "发放证书和徽章。");
  check_ties("（三）加大宣传力度，推进宪法法律全面实施",
             "全年开展消费者权益保护法宣传{6场次=events}，国家安全教育宣传{14场次=events}"
             "，禁毒宣传日宣传{11场次="
             "events}；开展宪法、民法典等法律法规政策的宣传活动{12次=events}"
             "，开展防邪教防诈骗宣传共计{9余场次="
             "events}；二是深入学校、村居开展精准普法法律宣传活动，在{18个=micro_villages}"
             "村居委会开展“法治微宣讲”，"
             "开展“嘎美普法行”进乡村{47场次=brand_events}，利用法治宣传一条街宣传活动{9次=street_"
             "events}等。");
  check_ties(any, "{18个=resident_villages}"
                  "村第一书记、驻村工作队、村“两委”开展“精准普法”等多渠道开展法律宣传活动。");
  check_ties(any, "乡级专兼职人民调解员{5名=mediators_town}，经过培训上岗。");
  check_ties(any, "我乡{z:未发生=illegal_mass}因行政违法行为侵犯公民合法权益而引发的群体性事件，"
                  "{z:无=suits}行政诉讼案件，{z:无=reconsiderations}行政复议案件发生。");
  check_ties(any, "我乡{z:未发生=decision_mass}因行政决策不当或程序不完善引发的重大群体性事件。");
  check_ties(any, "全面组织落实了我乡{c:全体=exam_take_rate}干部职工的学法用法考试。");
}

TEST_CASE("usual wordings of other reports") {
  const std::string any = "（二）工作开展情况";
  check_ties(any,
             "党委理论学习中心组专题学法{6次=party_group_studies}，会前学法{12次=leader_studies}，"
             "召开法治建设专题会议{4次=law_meetings}。");
  check_ties(any, "审查合同{32份=contracts_reviewed}，出具法律意见书{18份=counsel_opinions}"
                  "，完成合法性审查{41件="
                  "reviews_done}。");
  check_ties(
      any,
      "主动公开政府信息{288条=disclosures}，收到信息公开申请{9件=requests}，{c:全部=}按期答复。");
  check_ties(
      any,
      "立案{14件=cases_filed}，作出行政处罚决定{11件=penalties}，罚没{3.2万元=penalty_amount}。");
  check_ties(
      any, "受理各类矛盾纠纷{150件=mediations_accepted}，调解成功{147件=mediations_accepted_done}，"
           "调解成功率{98%=mediation_rate}。");
  check_ties(any, "化解矛盾纠纷{86起=disputes_settled}。");
  check_ties(any, "现有人民调解员{57名=mediators}，其中专职调解员{5名=}。");
  check_ties(any, "举办法治讲座{9场=lectures}，受众{3900余人次=audience}。");
  check_ties(any, "行政应诉{3件=suits}，败诉{z:0件=suits_lost}，行政复议{2件=reconsiderations}。");
  check_ties(any,
             "查出隐患{36处=hazards}，整改{36处=hazards_fixed}，整改率{100%=hazards_fixed_rate}。");
  check_ties(any, "投入普法经费{5万元=publicity_funds}。");
}

TEST_CASE("no tie rather than a wrong one") {
  const std::string any = "一、主要举措和成效";
  check_ties(any, "全镇辖{24个=}行政村、{3个=}社区，总人口{3.2万人=}。");
  check_ties(any, "为残疾人发放补贴{120人次=}，改厕{300户=}，植树{2000棵=}。");
  check_ties(any, "粮食产量增长{12%=}，群众参保率达到{98%=}。");
  check_ties(any, "召开党建工作会议{4次=}，开展文体活动{8场=}。");
  auto plan = marked(any, "开展普法活动{4次=}");
  plan.report.figures[0].kind = FigureKind::Planned;
  tie_figures(plan.report, tie_table());
  CHECK(plan.report.figures[0].indicator.empty());
}
