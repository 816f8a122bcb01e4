#include "sql/org_names.h"
#include "sql/words.h"
#include "store/entries.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::sql;

namespace {

std::vector<std::string> tokens(const std::string &text) {
  std::vector<std::string> out;
  for (auto span : han_tokens(text)) out.push_back(text.substr(span.begin, span.end - span.begin));
  return out;
}

using Words = std::vector<std::string>;

/// As one line: a star behind what only begins a word.
std::string asked(const std::string &word) {
  std::string out;
  for (const auto &token : word_query(word).tokens)
    out += (out.empty() ? "" : " ") + token.text + (token.prefix ? "*" : "");
  return out;
}

} // namespace

TEST_CASE("tokens: pairs and the last character of a run, words of letters and digits") {
  CHECK(tokens("法治政府") == Words{"法治", "治政", "政府", "府"});
  CHECK(tokens("典") == Words{"典"});
  CHECK(tokens("发2800份a4纸，第1号") == Words{"发", "2800", "份", "a4", "纸", "第", "1", "号"});
  CHECK(tokens("𠮷野") == Words{"𠮷野", "野"});
  CHECK(tokens("《民法典》") == Words{"民法", "法典", "典"});
  CHECK(tokens("བོད་ཡིག").size() > 2);
  CHECK(tokens("\xff\xfe\x80 a\xe4\xb8") == Words{"a"});
  CHECK(tokens("").empty());
  CHECK(tokens("\x01o370306 x") == Words{"\x01o370306", "x"});
}

TEST_CASE("words become queries") {
  CHECK(asked("政府") == "政府");
  CHECK(word_query("政府").exact);
  CHECK(asked("政") == "政*");
  CHECK(word_query("政").exact);
  CHECK(asked("法治政府") == "法治 治政 政府");
  CHECK_FALSE(word_query("法治政府").exact);
  CHECK(asked("a4") == "a4*");
  CHECK(asked("a4纸") == "a4* 纸*");
  CHECK_FALSE(word_query("a4纸").exact);
  CHECK_FALSE(word_query("《民法").exact);
  CHECK(asked("，\"").empty());
  CHECK(asked("\x01o37").find('\x01') == std::string::npos);
}

TEST_CASE("folding") {
  CHECK(store::fold("ＷｅＣｈａｔ　公众号 ") == "wechat 公众号");
  CHECK(store::fold(" a \n\n b\t\tc ") == "a\nb c");
  CHECK(store::fold(std::string("a\0\x01z", 4)) == "a z");
  CHECK(store::fold("").empty());
}

TEST_CASE("office names") {
  CHECK(plain_name("张村村民委员会") == "张村");
  CHECK(plain_name("高观村村委会") == "高观村");
  CHECK(plain_name("东街居委会") == "东街社区");
  CHECK(plain_name("村委会") == "村委会");
  CHECK(short_name("高观镇") == "高观");
  CHECK(short_name("城区") == "城区");
  CHECK(short_name("嘎美乡") == "嘎美");
  CHECK(short_name("东风街道办事处") == "东风");
}
