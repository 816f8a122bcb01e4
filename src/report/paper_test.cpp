#include "report/paper.h"

#include <doctest/doctest.h>

namespace yifa::report {
namespace {

Paper sample() {
  Paper paper;
  paper.title = "某某<书>";
  paper.number = "某〔2024〕1号";
  paper.day = Date::parse("2024-03-05").value();
  PaperBlock form;
  form.kind = PaperBlock::Kind::Form;
  form.head = {"", ""};
  form.rows = {{"当事人", "甲 & 乙"}};
  PaperBlock table;
  table.kind = PaperBlock::Kind::Table;
  table.head = {"序号", "名称", "日期"};
  table.rows = {{"1", "笔录\n（两页）", "2024-03-05"}, {"2", "", ""}};
  PaperBlock next;
  next.kind = PaperBlock::Kind::NewPage;
  next.text = "送达回证";
  paper.blocks = {form, table, next};
  return paper;
}

TEST_CASE("a paper as HTML escapes what people wrote") {
  const auto html = render_paper_html(sample());
  CHECK(html.find("<h1>某某&lt;书&gt;</h1>") != std::string::npos);
  CHECK(html.find("甲 &amp; 乙") != std::string::npos);
  CHECK(html.find("<th scope=\"row\">当事人</th>") != std::string::npos);
  CHECK(html.find("<h1>送达回证</h1>") != std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
}

TEST_CASE("a paper as text names the columns behind the second") {
  const auto text = render_paper_text(sample());
  CHECK(text.find("  1  笔录\n    （两页）  日期：2024-03-05\n") != std::string::npos);
  CHECK(text.find("送达回证") != std::string::npos);
}

TEST_CASE("a paper as .docx is the same bytes each time") {
  const auto once = render_paper_docx(sample());
  REQUIRE(once);
  CHECK(once->substr(0, 2) == "PK");
  CHECK(*once == render_paper_docx(sample()).value());
}

} // namespace
} // namespace yifa::report
