#include "reading/summary.h"

#include "ooxml/xlsx_read.h"
#include "reading/passages.h"
#include "reading/render_sample.h"

#include <doctest/doctest.h>

#include <filesystem>

using namespace yifa;
using namespace yifa::reading;

namespace {

bool summary_holds(std::string_view all, std::string_view part) {
  return all.find(part) != std::string_view::npos;
}

Summary summary_county() {
  Summary out;
  auto stone = town_of(sample::checked(), true);
  stone.figures = {{"dispute_sweeps", "73次"}, {"training", "4次"}};
  stone.page = "白石乡 2024.html";
  auto willow = stone;
  willow.file = "柳河镇2024.txt";
  willow.place = "柳河镇";
  willow.figures = {{"dispute_sweeps", "48次"}};
  willow.like = {{0, 0.62, {{"柳河镇组织培训3场。", "白石乡组织培训3场。", 12, 9}}}};
  stone.like = {{1, 0.58, {}}};
  out.towns = {willow, stone, town_of(sample::unreadable(), true)};
  out.towns[0].like[0].other = 1;
  out.towns[1].like[0].other = 0;
  out.expected = {"白石乡", "柳河镇", "云台乡"};
  out.missing = {"云台乡"};
  out.indicator_labels = {{"dispute_sweeps", "矛盾纠纷排查"}};
  out.rule_titles = {{"arithmetic.rate", "比率算不拢"}};
  return out;
}

} // namespace

TEST_CASE("towns stand by name, what resembles what once") {
  const auto summary = summary_county();
  CHECK(town_order(summary) == std::vector<std::size_t>{0, 1, 2});
  CHECK(shared_indicators(summary) == std::vector<std::string>{"dispute_sweeps"});
  const auto pairs = pairs_of(summary);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].share_a == doctest::Approx(0.62));
  CHECK(pairs[0].share_b == doctest::Approx(0.58));
  REQUIRE(pairs[0].passages.size() == 1);
  CHECK(pairs[0].passages[0].here.starts_with("柳河镇"));
  CHECK(share_text(0.001) == "1%");
}

TEST_CASE("a pair stated only by the later report has its passages turned round") {
  Summary summary = summary_county();
  summary.towns[0].like.clear();
  summary.towns[1].like = {{0, 0.5, {{"这里", "那里", 1, 2}}}};
  const auto pairs = pairs_of(summary);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].passages[0].here == "那里");
  CHECK(pairs[0].passages[0].line_here == 2);
  CHECK(pairs[0].share_a == 0);
}

TEST_CASE("the summary page") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto page = summary_html(summary_county(), *words);
  CHECK(summary_holds(page, "未报 1 个：云台乡。"));
  CHECK(summary_holds(page, "这份 PDF 只有图像，没有文字。"));
  CHECK(summary_holds(page, "矛盾纠纷排查"));
  CHECK_FALSE(summary_holds(page, "training"));
  CHECK(summary_holds(page, "href=\"#like-1\""));
  CHECK(summary_holds(page, "柳河镇有 62% 的文字见于白石乡"));
  CHECK(summary_holds(page, "<ins>柳河镇</ins>组织培训3场。"));
  CHECK(summary_holds(page, "%E7%99%BD%E7%9F%B3%E4%B9%A1%202024.html"));
  CHECK_FALSE(summary_holds(page, "<script"));
  CHECK_FALSE(summary_holds(page, "://"));
}

TEST_CASE("hostile names stay words") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  auto summary = summary_county();
  const std::string bad = "\"><script>alert(1)</script>";
  for (auto &town : summary.towns) {
    town.place = bad;
    town.file = bad;
    town.page = "javascript:alert(1)";
    for (auto &like : town.like) like.passages = {{bad, bad, 0, 0}};
  }
  summary.missing = {bad};
  summary.indicator_labels = {{"dispute_sweeps", bad}};
  summary.towns[0].by_rule[bad] = 1;
  const auto page = summary_html(summary, *words);
  CHECK_FALSE(summary_holds(page, "<script"));
  CHECK_FALSE(summary_holds(page, "javascript:"));
}

TEST_CASE("passages show what was changed") {
  const auto [a, b] = compared_html("高观镇组织培训3场。", "石坪乡组织培训5场。");
  CHECK(a == "<ins>高观镇</ins>组织培训<ins>3</ins>场。");
  CHECK(b == "<ins>石坪乡</ins>组织培训<ins>5</ins>场。");
  CHECK(compared_html("发放2000份", "发放3000份").first == "发放<ins>2000</ins>份");
  CHECK(compared_html("", "x").second == "<ins>x</ins>");
  const std::string longer(3000, 'x');
  CHECK(compared_html(longer, longer).first == longer);
}

TEST_CASE("the workbook holds the same") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto path = std::filesystem::temp_directory_path() / "yifa_summary_test.xlsx";
  REQUIRE(write_summary_xlsx(path, summary_county(), *words));
  auto book = ooxml::XlsxReader::open(path);
  REQUIRE(book);
  std::vector<std::string> names;
  for (const auto &sheet : book->sheets()) names.push_back(sheet.name);
  CHECK(names == std::vector<std::string>{"汇总", "差错明细", "按规则", "指标对照", "雷同"});
  std::size_t rows = 0;
  REQUIRE(book->read(1, [&](const ooxml::Row &) -> Status {
    ++rows;
    return Done{};
  }));
  CHECK(rows == 13); // a header and six findings of two reports each
  std::filesystem::remove(path);
}
