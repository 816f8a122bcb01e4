#include "reading/render.h"

#include "reading/html.h"
#include "reading/labels.h"
#include "reading/render_sample.h"

#include <doctest/doctest.h>

#include <set>

using namespace yifa;
using namespace yifa::reading;

namespace {

std::size_t render_times(std::string_view all, std::string_view part) {
  std::size_t n = 0;
  for (auto at = all.find(part); at != std::string_view::npos;
       at = all.find(part, at + part.size()))
    ++n;
  return n;
}

bool render_holds(std::string_view all, std::string_view part) {
  return all.find(part) != std::string_view::npos;
}

const std::string kRenderHostile =
    "\"><script>alert(1)</script><img src=x onerror=alert(2)>' & \x1b[31m</style>";

Checked render_hostile() {
  Checked out;
  out.file = "<b>x</b>\"'.txt";
  out.report.file = out.file;
  out.report.source.paragraphs = {kRenderHostile, "正文" + kRenderHostile + "219件。"};
  out.report.text = Text(out.report.source.paragraphs);
  out.report.structure.place = kRenderHostile;
  out.report.structure.year = 2024;
  Figure figure;
  figure.value = Decimal::from_int(219);
  figure.unit = kRenderHostile;
  figure.object = kRenderHostile;
  figure.indicator = kRenderHostile;
  figure.span = sample::find(out.report.text, "219件");
  out.report.figures.push_back(figure);
  auto finding = sample::finding(out.report, "residue.<script>", Severity::Error,
                                 sample::find(out.report.text, "<script>alert"), kRenderHostile,
                                 kRenderHostile);
  finding.excerpt = kRenderHostile;
  finding.elsewhere = Elsewhere{kRenderHostile, kRenderHostile, {0, 3}, kRenderHostile};
  out.findings.push_back(finding);
  return out;
}

} // namespace

TEST_CASE("a report as JSON: values are numbers, offsets are code points") {
  const auto report = sample::report();
  const auto out = read_json(report);
  CHECK(out.at("file").as_string() == "报告/白石乡 2024.docx");
  CHECK(out.at("format").as_string() == "docx");
  CHECK(out.at("title").as_string() == "白石乡2024年度法治政府建设情况报告");
  CHECK(out.at("year").as_int64() == 2024);
  CHECK(out.at("number").is_null());
  const auto &section = out.at("sections").as_array()[1].as_object();
  CHECK(section.at("number").as_string() == "(一)");
  CHECK(section.at("title").as_string() == "强化组织领导。");
  const auto &figures = out.at("figures").as_array();
  CHECK(figures.size() == 6);
  const auto &swept = figures[1].as_object();
  CHECK(swept.at("value").as_int64() == 73);
  CHECK(swept.at("indicator").as_string() == "dispute_sweeps");
  CHECK(swept.at("line").to_number<int>() == 7);
  const auto &rate = figures[5].as_object();
  CHECK(rate.at("value").as_double() == doctest::Approx(96.7));
  CHECK(rate.at("kind").as_string() == "rate");
  CHECK(rate.at("indicator").is_null());
  for (const auto &one : figures) {
    const auto &figure = one.as_object();
    const Span span{figure.at("start").to_number<std::size_t>(),
                    figure.at("end").to_number<std::size_t>()};
    CHECK(report.text.utf8(span) == std::string_view(figure.at("text").as_string()));
  }
}

TEST_CASE("findings as JSON") {
  const auto one = findings_json(sample::checked());
  CHECK(one.at("findings").as_array().size() == 6);
  CHECK(one.at("counts").as_object().at("error").to_number<int>() == 3);
  const auto &suspected = one.at("findings").as_array()[2].as_object();
  CHECK(suspected.at("suspected").as_bool());
  CHECK_FALSE(one.at("findings").as_array()[1].as_object().contains("suspected"));
  const auto failed = findings_json(sample::unreadable());
  CHECK(failed.at("error").as_object().at("code").as_string() == "invalid");
}

TEST_CASE("SARIF: places count lines and code points, every rule is indexed") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto log =
      sarif({sample::checked(), sample::unreadable()}, sample::rules(), *words, "1.2.3");
  CHECK(log.at("version").as_string() == "2.1.0");
  const auto &run = log.at("runs").as_array()[0].as_object();
  CHECK(run.at("columnKind").as_string() == "unicodeCodePoints");
  const auto &rules = run.at("tool").as_object().at("driver").as_object().at("rules").as_array();
  CHECK(rules.size() == 6);
  CHECK(rules[0].as_object().at("name").as_string() == "ArithmeticRate");
  const auto &results = run.at("results").as_array();
  REQUIRE(results.size() == 6);
  for (const auto &one : results) {
    const auto &result = one.as_object();
    const auto index = result.at("ruleIndex").to_number<std::size_t>();
    CHECK(rules[index].as_object().at("id") == result.at("ruleId"));
  }
  const auto location = [&](std::size_t i) {
    return results[i]
        .as_object()
        .at("locations")
        .as_array()[0]
        .as_object()
        .at("physicalLocation")
        .as_object();
  };
  CHECK_FALSE(location(0).contains("region")); // about the whole report
  CHECK(location(0).at("artifactLocation").as_object().at("uri").as_string() ==
        "%E6%8A%A5%E5%91%8A/%E7%99%BD%E7%9F%B3%E4%B9%A1%202024.docx");
  const auto region = location(4).at("region").as_object();
  CHECK(region.at("startLine").to_number<int>() == 7);
  CHECK(region.at("endColumn").to_number<int>() - region.at("startColumn").to_number<int>() ==
        region.at("charLength").to_number<int>());
  CHECK(region.at("snippet").as_object().at("text").as_string() ==
        "受理128件、化解124件，化解率96.7%");
  const auto &related = results[5].as_object().at("relatedLocations").as_array();
  CHECK(related.size() == 1);
  const auto &invocation = run.at("invocations").as_array()[0].as_object();
  CHECK_FALSE(invocation.at("executionSuccessful").as_bool());
  CHECK(invocation.at("toolExecutionNotifications").as_array().size() == 1);
}

TEST_CASE("SARIF: a finding over two lines ends in the second") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  auto checked = sample::checked();
  const auto &lines = checked.report.text.paragraphs();
  checked.findings = {sample::finding(checked.report, "arithmetic.rate", Severity::Error,
                                      {lines[3].start + 2, lines[4].start + 3}, "跨行。", "")};
  const auto log = sarif({checked}, sample::rules(), *words);
  const auto &result =
      log.at("runs").as_array()[0].as_object().at("results").as_array()[0].as_object();
  const auto &region = result.at("locations")
                           .as_array()[0]
                           .as_object()
                           .at("physicalLocation")
                           .as_object()
                           .at("region")
                           .as_object();
  CHECK(region.at("startLine").to_number<int>() == 4);
  CHECK(region.at("startColumn").to_number<int>() == 3);
  CHECK(region.at("endLine").to_number<int>() == 5);
  CHECK(region.at("endColumn").to_number<int>() == 4);
}

TEST_CASE("paths become URI references that carry no scheme") {
  CHECK(uri("a/b.txt") == "a/b.txt");
  CHECK(uri("/a b.txt") == "file:///a%20b.txt");
  CHECK(uri("javascript:alert(1)") == "javascript%3Aalert%281%29");
  CHECK(uri("镇.md") == "%E9%95%87.md");
}

TEST_CASE("for a terminal") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto out = findings_text(sample::checked(), *words);
  CHECK(render_holds(
      out, "报告/白石乡 2024.docx:7: error: 124÷128＝96.9%，文中写96.7%。 [arithmetic.rate]\n"));
  CHECK(
      render_holds(out, "报告/白石乡 2024.docx: error: 写了不足")); // no line for the whole report
  CHECK(render_holds(out, "warning: 疑似：“(一)”"));
  CHECK(render_holds(out, "必须改 3 处，建议改 2 处，请核对 1 处\n"));
  CHECK(findings_text(sample::unreadable(), *words) ==
        "扫描.pdf: 读不出：这份 PDF 只有图像，没有文字。\n");
  CHECK(findings_text(render_hostile(), *words).find('\x1b') == std::string::npos);
  CHECK(render_holds(totals_text(3, 1, {2, 0, 1}, *words), "3 份报告，其中 1 份读不出"));
}

TEST_CASE("the page shows each finding in the text and beside it, under one number") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto rules = sample::rules();
  const auto page =
      findings_html({sample::checked()}, {*words, rules, {{"dispute_sweeps", "矛盾纠纷排查"}}});
  for (int n = 1; n <= 6; ++n) {
    CHECK(render_times(page, "id=\"m1-" + std::to_string(n) + "\"") == 1);
    CHECK(render_times(page, "id=\"n1-" + std::to_string(n) + "\"") == 1);
  }
  CHECK(render_holds(page, "class=\"hole error\"")); // what is missing has a place of its own
  CHECK(render_holds(page, "对应指标：矛盾纠纷排查"));
  CHECK(render_holds(page, "疑似"));
  CHECK_FALSE(render_holds(page, "<table class=\"index"));
  // Nothing is asked from the network.
  CHECK(render_times(page, "src=") == 0);
  CHECK(render_times(page, "http://") + render_times(page, "https://") == 0);
  CHECK(render_times(page, "url(") == 0);
  CHECK(page ==
        findings_html({sample::checked()}, {*words, rules, {{"dispute_sweeps", "矛盾纠纷排查"}}}));
}

TEST_CASE("taking the marks away leaves the words of the report") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto rules = sample::rules();
  const auto checked = sample::checked();
  const auto page = findings_html({checked}, {*words, rules, {}});
  // The sheet's paragraphs without notes, numbers and tags.
  auto sheet = page.substr(page.find("<article"));
  sheet = sheet.substr(0, sheet.find("</article>"));
  std::string plain;
  for (std::size_t at = 0; at < sheet.size();) {
    if (sheet.compare(at, 3, "<ol") == 0) {
      at = sheet.find("</ol>", at) + 5;
    } else if (sheet.compare(at, 3, "<a ") == 0) {
      at = sheet.find("</a>", at) + 4;
    } else if (sheet.compare(at, 15, "<p class=\"hole ") == 0) {
      at = sheet.find("</p>", at) + 4;
    } else if (sheet[at] == '<') {
      at = sheet.find('>', at) + 1;
    } else {
      plain += sheet[at++];
    }
  }
  CHECK(text::trim(plain) == text::trim(checked.report.text.utf8()));
}

TEST_CASE("several files have an index; an unreadable one says why") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto rules = sample::rules();
  auto other = sample::checked();
  other.file = "柳河镇2024.txt";
  other.findings.clear();
  const auto page =
      findings_html({sample::checked(), other, sample::unreadable()}, {*words, rules, {}});
  CHECK(render_holds(page, "3 份报告"));
  CHECK(render_holds(page, "这份 PDF 只有图像，没有文字。"));
  CHECK(render_holds(page, "href=\"#p2-1\"")); // 另一处 opens the other report on the same page
  CHECK(render_times(page, "<section class=\"report\"") == 3);
}

TEST_CASE("a hostile report injects nothing") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto rules = sample::rules();
  const auto page = findings_html({render_hostile(), render_hostile()},
                                  {*words, rules, {{kRenderHostile, kRenderHostile}}});
  CHECK(render_times(page, "<script") == 2); // our own two
  CHECK(render_times(page, "</style>") == 1);
  CHECK(render_times(page, "<img") == 0);
  CHECK(render_times(page, "<b>x") == 0);
  CHECK(page.find('\x1b') == std::string::npos);
}

TEST_CASE("overlapping, touching, empty and far findings keep the text whole") {
  const auto words = sample::lexicon();
  REQUIRE(words);
  const auto rules = sample::rules();
  auto checked = sample::checked();
  const auto size = checked.report.text.size();
  checked.findings.clear();
  std::size_t n = 0;
  for (std::size_t start = 0; start < size; start += 7)
    for (std::size_t length : {0, 1, 5, 60})
      if (start + length <= size && start + length > 0 && ++n > 0)
        checked.findings.push_back(sample::finding(
            checked.report, "arithmetic.rate", Severity::Note, {start, start + length}, "x", ""));
  const auto page = findings_html({checked}, {*words, rules, {}});
  CHECK(render_times(page, "<mark") == render_times(page, "</mark>"));
  CHECK(render_times(page, "id=\"n1-") == n);
  CHECK(render_times(page, "id=\"m1-") == n);
}
