#include "reading/check.h"
#include "reading/load_rules.h"
#include "reading/town_mention.h"

#include "base/text.h"
#include "catalog/loader.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

struct IdentityTables {
  std::shared_ptr<const Lexicon> lexicon;
  Rules rules;
};

const IdentityTables &identity_tables() {
  static const auto made = [] {
    auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value();
    return IdentityTables{Lexicon::load(sources).value(), load_rules(sources).value()};
  }();
  return made;
}

std::string identity_told(const std::string &place, const std::string &body,
                          const std::string &tail = "", const std::string &publisher = "") {
  const auto &tables = identity_tables();
  Report report;
  report.source.publisher = publisher;
  for (const auto &line : text::split(
           place + "2024年度法治政府建设情况的报告\n2024年，" + place +
               "坚持依法行政。现将有关情况报告如下：\n一、主要工作和成效\n" + body + "\n" + tail,
           '\n'))
    if (!line.empty()) report.source.paragraphs.push_back(line);
  report.text = Text(report.source.paragraphs);
  report.structure = read_structure(report.text, report.source, *tables.lexicon);
  Findings findings(report.text, tables.rules, false);
  Case one{report, *tables.lexicon, findings};
  check_identity(one);
  std::string out;
  for (const auto &found : findings.take())
    out += found.rule.substr(9) + "(" + found.excerpt + ") ";
  return text::trim(out);
}

} // namespace

TEST_CASE("another town as the one that acts") {
  CHECK(identity_told("青溪镇", "大石镇召开会议4次。") == "other_place(大石镇)");
  CHECK(identity_told("青溪镇", "一年来，大石镇党委高度重视，充分发挥大石镇党委作用。") ==
        "other_place(大石镇)");
  CHECK(identity_told("青溪镇", "印发《大石镇2024年普法计划》，现将石桥乡情况通报。") ==
        "other_place(大石镇) other_place(石桥乡)");
  CHECK(identity_told("青溪镇", "凤栖乡党政主要负责人带头学法。") == "other_place(凤栖乡)");
  CHECK(identity_told("东城街道", "西门街道党工委召开会议4次。") == "other_place(西门街道)");
}

TEST_CASE("other towns that are met with, and words that are no towns") {
  for (const char *text : {
           "与双庙镇、石桥乡联合开展执法3次，赴临江县清河镇学习考察经验。",
           "双庙镇派出所协助处置1起，大石镇人民法庭参与调解，青溪镇派出所牵头。",
           "与相邻的月亮湾镇建立联防联调机制，双庙镇、石桥乡、高桥镇等乡镇参加。",
           "成立镇法治政府建设领导小组，健全镇村两级机制，召开镇党委会，邀请镇人大代表。",
           "健全乡村治理体系，整治城镇、集镇、乡镇街道环境，做到小事不出村、大事不出镇。",
           "原高山乡档案已归档，撤乡设镇后面貌一新，打造最美街道，下乡干部进村入户。",
           "邓州市青溪镇人民政府组织镇直单位、镇村干部学法，镇政府门户网站公开信息。",
       }) {
    CAPTURE(text);
    CHECK(identity_told("青溪镇", text) == "");
  }
  CHECK(identity_told("桃花回族乡", "桃花乡组织学法4次，桃花回族乡党委召开会议。") == "");
  CHECK(identity_told("共和乡", "共和乡党委召开会议，我乡组织学法4次。") == "");
}

TEST_CASE("the kind of town") {
  CHECK(identity_told("青溪镇", "我乡组织学法4次，全乡上下共同努力。") == "town_kind(我乡)");
  CHECK(identity_told("青溪乡", "在镇党委领导下，全镇组织学法4次。") == "town_kind(镇党委)");
  CHECK(identity_told("青溪街道", "我镇组织学法4次。") == "town_kind(我镇)");
  CHECK(identity_told("青溪镇", "青溪乡组织学法4次。") == "town_kind(青溪乡)");
  CHECK(identity_told("青溪镇", "原青溪乡撤销后设镇，健全乡村治理体系，完善乡镇党委制度。") == "");
  CHECK(identity_told("青溪乡", "健全镇村机制，推动乡镇政府职能转变，安全镇守边疆。") == "");
  CHECK(identity_told("青溪民族乡", "我乡组织学法4次，乡党委召开会议。") == "");
}

TEST_CASE("who issues the report") {
  CHECK(identity_told("青溪镇人民政府关于", "组织学法4次。", "大石镇人民政府\n2025年1月9日") ==
        "issuer_differs(大石镇)");
  CHECK(identity_told("青溪镇人民政府关于", "组织学法4次。", "中共青溪镇委员会\n2025年1月9日") ==
        "issuer_differs(中共青溪镇委员会)");
  CHECK(identity_told("青溪镇人民政府关于", "组织学法4次。", "青溪镇人民政府\n2025年1月9日") == "");
  CHECK(identity_told("青溪镇人民政府关于", "组织学法4次。", "", "青溪乡") != "");
  CHECK(identity_told("青溪镇人民政府关于", "组织学法4次。", "", "青溪镇人民政府") == "");
  CHECK(identity_told("青溪镇人民政府关于", "组织学法4次。", "", "临江县人民政府") == "");
}

TEST_CASE("a department's or a template's words") {
  CHECK(identity_told("青溪镇", "我局组织学法4次，我局开展宣传。") == "department_subject(我局)");
  CHECK(identity_told("青溪镇", "打破自我局限，我所在的网格、我委托的律师，开展我单位年终述法。") ==
        "");
  CHECK(identity_told("青溪镇", "我镇街组织学法4次。") == "template_subject(我镇街)");
  CHECK(identity_told("青溪镇", "我乡（镇）组织学法4次。") == "template_subject(我乡（镇）)");
  CHECK(identity_told("青溪镇", "我镇街道路面整洁。") == "");
}

TEST_CASE("two names of one town") {
  const auto &lexicon = *identity_tables().lexicon;
  auto town = [&](const char32_t *name) { return read_town(lexicon, name); };
  CHECK(same_town(town(U"邓州市张村镇"), town(U"张村镇")));
  CHECK(same_town(town(U"桃花回族乡"), town(U"桃花乡")));
  CHECK_FALSE(same_town(town(U"张村镇"), town(U"李村镇")));
  CHECK(town(U"张村").empty());
}
