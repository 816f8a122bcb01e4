#include "wire/messages.h"

#include "catalog/embedded.h"
#include "wire/problems.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace yifa;
using wire::Messages;

namespace {

/// The file of the source tree: it is what the program will embed.
const Messages &chinese() {
  static const Messages messages = [] {
    auto read = Messages::read(catalog::embedded_sources().at("messages.yaml"));
    REQUIRE_MESSAGE(read, (read ? "" : read.error().text()));
    return *read;
  }();
  return messages;
}

std::string zh(std::string_view english) { return chinese().translate(english); }

} // namespace

TEST_CASE("messages: the longest fixed text wins, slots are translated and may change places") {
  auto messages = Messages::read(R"yaml(
- {en: "{1} of {2}", zh: "{2}的{1}"}
- {en: "the copy of {1:raw}", zh: "{1}（副本）"}
- {en: "ten days", zh: "十日"}
- {en: "a list: {1:list}", zh: "有：{1}"}
- {en: "{1:id} is missing", zh: "缺{1}"}
- {en: "no {1:name} here", zh: "没有{1}"}
- {en: "it has {1:codes}", zh: "可选{1}"}
)yaml");
  REQUIRE(messages);
  CHECK(messages->translate("ten days of rain") == "rain的十日");
  CHECK(messages->translate("the copy of ten days") == "ten days（副本）");
  CHECK(messages->translate("a list: ten days, x; y") == "有：十日、x、y");
  CHECK(messages->translate("materials[1].copies is missing") == "缺materials[1].copies");
  CHECK(messages->translate("two words is missing") == "two words is missing");
  CHECK(messages->translate("nobody knows this") == "nobody knows this");
  CHECK(messages->translate("").empty());
  CHECK(messages->translate("it has own 主动, court 诉讼") == "可选主动、诉讼");
  catalog::Catalog catalog;
  catalog.roles["mediator"] = {"人民调解员", "Mediator"};
  messages->name(catalog);
  CHECK(messages->translate("no mediator or clerk here") == "没有人民调解员、clerk");
  CHECK(messages->translate("no such thing here") == "no such thing here");
}

TEST_CASE("messages: a file with faults is not taken") {
  CHECK_FALSE(Messages::read("- {en: \"{1}\", zh: \"{1}\"}\n"));
  CHECK_FALSE(Messages::read("- {en: \"a {1}\", zh: \"{2}\"}\n"));
  CHECK_FALSE(Messages::read("- {en: \"a {1:word}\", zh: \"{1}\"}\n"));
  CHECK_FALSE(Messages::read("- {en: \"a b\", zh: \"甲\"}\n- {en: \"a b\", zh: \"乙\"}\n"));
  CHECK_FALSE(Messages::read("en: a\n"));
}

TEST_CASE("messages: what a form shows under its fields") {
  CHECK(zh("来源 (origin): \"x\" is not in the list; did you mean \"群众\"?") ==
        "来源：“x”不在选项之内；是否为“群众”？");
  CHECK(zh("发现日期 (found_on): \"昨天\" is not a date; write 2023-03-15 or 2023年3月15日") ==
        "发现日期：“昨天”不是日期，请写成 2023-03-15 或 2023年3月15日");
  CHECK(zh("姓名 (name): the value has 17 characters; an identity number has 18") ==
        "姓名：所填内容有 17 位，身份证号码应为18位");
  CHECK(zh("份数 (materials[2].copies): is needed in every line") == "份数：每行必填");
  CHECK(
      zh("村 (village): \"高观镇\" is a township (370306104); a village or community is needed") ==
      "村：“高观镇”是乡镇（街道）（370306104），此处须填村（社区）");
  CHECK(zh("类别 (kind): \"甲\" is not yet in use on 2023-01-01 (from 2024-01-01)") ==
        "类别：“甲”在 2023-01-01 尚未启用（自 2024-01-01）");
  CHECK(zh("处罚决定日期 (decided_on) is missing") == "处罚决定日期未填");
}

TEST_CASE("messages: what an article asks") {
  CHECK(zh("willing: 属于“一方明确拒绝调解”的，不得") == "属于“一方明确拒绝调解”的，不得");
  CHECK(zh("in_office: 调解员 (mediators): 0 in force on 2025-12-31, at least 1 are needed; not in "
           "force: 2023-1") ==
        "调解员：2025-12-31 在任或有效的有 0，至少须有 1；已不在任或无效：2023-1");
  CHECK(zh("in_time: REVIEW.MIN (重大行政决策程序暂行条例 第二十七条): lasts 7 workdays from "
           "2025-03-03 gives 2025-03-12, and it was 2025-03-10") ==
        "自 2025-03-03 起不少于7个工作日，应为 2025-03-12，实为 "
        "2025-03-10（重大行政决策程序暂行条例 第二十七条）");
  CHECK(zh("受理 (accept) is not possible while the record is 已归档 (closed)") ==
        "记录处于“已归档”，不能受理");
  CHECK(zh("possible now: 受理 (accept), 归档 (close)") == "现在可办：受理、归档");
  CHECK(zh("人民调解法 第十七条 (M, unconfirmed)（参照）") ==
        "人民调解法 第十七条（未核实）（参照）");
}

TEST_CASE("messages: found at any depth of an answer") {
  json::value answer = {
      {"warnings", {{{"where", "is missing"}, {"message", "say why"}, {"source", ""}}}}};
  chinese().translate_in(answer);
  CHECK(answer.at("warnings").at(0).at("message") == "请写明理由");
  CHECK(answer.at("warnings").at(0).at("where") == "is missing");
}

TEST_CASE("messages: endless texts cost little and come back") {
  std::string text(3'900, '"');
  CHECK(zh(text) != "x");
  std::string colons;
  while (colons.size() < 3'900) colons += "a: ";
  CHECK_FALSE(zh(colons).empty());
  const std::string longer(100'000, 'x');
  CHECK(zh(longer) == longer);
}

TEST_CASE("problems: codes, statuses and what is told") {
  catalog::Catalog catalog;
  catalog.roles["mediator"] = {"人民调解员", "Mediator"};
  auto error = invalid("the step asks for more",
                       {{"closed_on", "结束日期 (closed_on) is missing", "", "mediator"}});
  const auto body = wire::problem_json(error, catalog, &chinese());
  CHECK(body.at("status") == 422);
  CHECK(body.at("code") == "invalid");
  CHECK(body.at("detail") == "这一步还须填写");
  CHECK(body.at("problems").at(0).at("message") == "结束日期未填");
  CHECK(body.at("problems").at(0).at("supply_label") == "人民调解员");
  const auto english = wire::problem_json(error, catalog, nullptr);
  CHECK(english.at("detail") == "the step asks for more");
  CHECK(english.at("problems").at(0).at("supply_label") == "Mediator");

  CHECK(wire::http_status(wire::unauthenticated()) == 401);
  CHECK(wire::http_status(wire::wrong_origin()) == 403);
  CHECK(wire::problem_code(wire::wrong_origin()) == "csrf");
  const auto waits = wire::too_many("too many wrong attempts; wait before the next one", 90);
  CHECK(wire::http_status(waits) == 429);
  CHECK(wire::wait_seconds(waits) == 90);
  CHECK(wire::problem_json(waits, catalog, &chinese()).at("problems").as_array().empty());
  CHECK(wire::http_status(ErrorCode::Stale) == 412);

  // Neither a fault's words nor a path leave the house.
  for (const auto &fault : {internal_error("secret words"), unavailable("cannot open /srv/secret")})
    CHECK(json::serialize(wire::problem_json(fault, catalog, nullptr)).find("secret") ==
          std::string::npos);
}
