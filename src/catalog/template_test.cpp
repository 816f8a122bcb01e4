#include "catalog/template.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::catalog;

namespace {

std::vector<Token> tokens(std::string_view text) {
  auto made = parse_template(text);
  REQUIRE_MESSAGE(made.has_value(), std::string(text));
  CHECK(made->source == text);
  return made->tokens;
}

Token one(std::string_view text) {
  auto all = tokens(text);
  REQUIRE(all.size() == 1);
  return all.front();
}

std::string fault(std::string_view text) {
  auto made = parse_template(text);
  if (made) return "none";
  std::string out;
  for (const auto &problem : made.error().problems) out += problem.where + " ";
  return out;
}

} // namespace

TEST_CASE("each mark of a clause becomes its token") {
  CHECK(one("自然段").kind == Token::Kind::Text);
  CHECK(one("{cases}").kind == Token::Kind::Figure);
  CHECK(one("{cases}").name == "cases");
  CHECK(one("{cases|起}").argument == "起");
  CHECK(one("{cases^}").kind == Token::Kind::Change);
  CHECK(one("{cases*kind}").kind == Token::Kind::Groups);
  CHECK(one("{cases*materials.kind}").argument == "materials.kind");
  CHECK(one("{cases*kind:5}").limit == 5);
  CHECK(one("{cases*kind:paper}").selector == "paper");
  CHECK(one("{cases*kind:paper}").limit == 0);
  CHECK(one("{cases*kind=land}").kind == Token::Kind::Group);
  CHECK(one("{cases*kind=land}").selector == "land");
  CHECK(one("{cases@title}").kind == Token::Kind::Names);
  CHECK(one("{cases@title:2}").limit == 2);
  CHECK(one("{@span}").kind == Token::Kind::Word);
  CHECK(one("{@verb:activity}").argument == "activity");
  CHECK(one("{@month held_on}").name == "month");
  CHECK(one("{@month held_on}").argument == "held_on");
  auto optional = one("[，其中{done}]");
  CHECK(optional.kind == Token::Kind::Optional);
  REQUIRE(optional.inner.size() == 2);
  CHECK(optional.inner[1].name == "done");
  CHECK(tokens("").empty());
  CHECK(tokens("甲{a}乙[丙{b}]丁").size() == 5);
}

TEST_CASE("what cannot be read is told by its place in code points, all at once") {
  CHECK(fault("事项{things。") == "2 ");
  CHECK(fault("{a}[，[{b}]]") == "5 10 ");
  CHECK(fault("{a}[，其中") == "3 ");
  CHECK(fault("{a}]，}") == "3 5 ");
  CHECK(fault("{}") == "0 ");
  CHECK(fault("{a{b}}") == "0 5 ");
  for (const char *text : {"{A}",    "{a b}", "{a|}",    "{a*}",  "{a*b:}", "{a*b:0}",  "{a*b:100}",
                           "{a*b=}", "{a@}",  "{a@b:x}", "{a^b}", "{@}",    "{@verb:}", "{@a b c}",
                           "{a.}",   "{.a}",  "{a..b}",  "{1a}",  "{一}",   "{a|b c}",  "{a||b}"})
    CHECK_MESSAGE(!parse_template(text).has_value(), text);
}

TEST_CASE("a long and nasty text ends") {
  std::string deep(10000, '[');
  CHECK(!parse_template(deep).has_value());
  std::string open(10000, '{');
  CHECK(!parse_template(open).has_value());
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "{a}字";
  CHECK(parse_template(many)->tokens.size() == 4000);
}
