#include "http/page.h"

#include "http/form_in.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::http;

TEST_CASE("what a page is given stays text") {
  Page page;
  page.open("p", {{"title", "\"><b>"}, {"", "left out"}}).text("<script>&'\"").close();
  CHECK(page.take() ==
        "<!doctype html>\n<p title=\"&quot;&gt;&lt;b&gt;\">&lt;script&gt;&amp;&#39;&quot;</p>\n");
}

TEST_CASE("elements are closed in order, also those nobody closed") {
  Page page;
  page.open("div");
  {
    const Within list(page, "ul");
    page.open("li").text("a");
  }
  page.element("p", "b").lone("br").open("i").number(7);
  CHECK(page.depth() == 2);
  CHECK(page.take() == "<!doctype html>\n<div><ul><li>a</li></ul><p>b</p><br><i>7</i></div>\n");
  CHECK(page.close().take() == "<!doctype html>\n\n");
}

TEST_CASE("lines become paragraphs") {
  Page page;
  page.paragraphs(" 一\n\n二<\n", "x");
  CHECK(page.take() == "<!doctype html>\n<p class=\"x\">一</p><p class=\"x\">二&lt;</p>\n");
}

TEST_CASE("readers are sent to web addresses only") {
  CHECK(safe_address("https://a.example/x") == "https://a.example/x");
  CHECK(safe_address("HTTP://a.example") == "HTTP://a.example");
  for (const char *bad : {"javascript:alert(1)", "data:text/html,x", "//a.example", "", "ftp://a"})
    CHECK(safe_address(bad).empty());
}

TEST_CASE("a form's fields") {
  const auto form = parse_form("words=%E7%AC%AC+%3D1&words=x&empty&a=&&token=1.2");
  REQUIRE(form);
  CHECK(form->at("words") == "第 =1");
  CHECK(form->at("a").empty());
  CHECK(form->at("empty").empty());
  CHECK(form->at("token") == "1.2");
  CHECK(parse_form("")->empty());
}

TEST_CASE("forms that are none") {
  for (const char *bad : {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "%C0%80=1"})
    CHECK_FALSE(parse_form(bad));
  std::string many;
  for (int i = 0; i < 41; ++i) many += "&f" + std::to_string(i) + "=1";
  CHECK_FALSE(parse_form(many));
}
