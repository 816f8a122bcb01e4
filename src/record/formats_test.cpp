#include "record/formats.h"

#include "base/text.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::record;
using catalog::TextFormat;

namespace {

std::string formed(TextFormat format, std::string_view text) {
  auto made = to_format(format, text);
  return made ? *made : "! " + made.error().message;
}

} // namespace

TEST_CASE("identity numbers: one changed character is always noticed") {
  // The example number of GB 11643.
  const std::string good = "11010519491231002X";
  CHECK(valid_id_card(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char c : std::string("0123456789X")) {
      std::string other = good;
      other[i] = c;
      CHECK(valid_id_card(other) == (other == good));
    }
  }
  CHECK_FALSE(valid_id_card("11010519491331002X")); // no thirteenth month
  CHECK_FALSE(valid_id_card("11010519491231002"));
  CHECK_FALSE(valid_id_card(""));
  CHECK(formed(TextFormat::IdCard, " １１０１０５１９４９１２３１００２ｘ ") == good);
  CHECK(formed(TextFormat::IdCard, "110105 19491231 002x") == good);
  CHECK(formed(TextFormat::IdCard, "110105491231002").find("first generation") !=
        std::string::npos);
  CHECK(formed(TextFormat::IdCard, "110105194912310021").find("check character") !=
        std::string::npos);
  // The refusal never repeats the number.
  CHECK(formed(TextFormat::IdCard, "110105194912310021").find("1949") == std::string::npos);
}

TEST_CASE("social credit codes: one changed character is always noticed") {
  const std::string good = "91350100M000100Y43"; // the example of GB 32100
  CHECK(valid_credit_code(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char c : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
      std::string other = good;
      other[i] = c;
      CHECK(valid_credit_code(other) == (other == good));
    }
  }
  CHECK_FALSE(valid_credit_code("91350100M000100I43")); // I is not used
  CHECK(formed(TextFormat::CreditCode, "91350100m000100y43") == good);
  CHECK(formed(TextFormat::IdOrCredit, good) == good);
  CHECK(formed(TextFormat::IdOrCredit, "11010519491231002X") == "11010519491231002X");
  CHECK(formed(TextFormat::IdCard, good).starts_with("!"));
  CHECK(formed(TextFormat::CreditCode, "11010519491231002X").starts_with("!"));
}

TEST_CASE("telephone numbers and web addresses") {
  for (const char *good : {"13800001111", "0533-1234567", "010-88888888", "12348", "110",
                           "400-810-1234", "+86 138 0000 1111", "7654321", "(0533)1234567"})
    CHECK_MESSAGE(formed(TextFormat::Phone, good) == good, good);
  CHECK(formed(TextFormat::Phone, "１３８００００１１１１") == "13800001111");
  for (const char *bad :
       {"12", "1380000111", "23800001111", "call me", "138 0000 1111 转", "12345678901234"})
    CHECK_MESSAGE(formed(TextFormat::Phone, bad).starts_with("!"), bad);

  for (const char *good :
       {"http://www.example.gov.cn/a?b=1", "https://例子.中国/政务", "HTTPS://a.b"})
    CHECK_MESSAGE(formed(TextFormat::Url, good) == good, good);
  for (const char *bad : {"www.example.cn", "ftp://a.b", "http://", "http://localhost",
                          "http://a b.cn", "javascript:alert(1)", "http://a.cn/\"onclick"})
    CHECK_MESSAGE(formed(TextFormat::Url, bad).starts_with("!"), bad);
}

TEST_CASE("plain text: what is kept, dropped and refused") {
  auto kept = [](std::string_view text, bool one_line) {
    auto made = to_plain(text, one_line);
    return made ? *made : "! " + made.error().message;
  };
  CHECK(kept("  　第一行\r\n第二行\r第三行 \n", false) == "第一行\n第二行\n第三行");
  CHECK(kept("第一行\n第二行", true) == "第一行 第二行");
  CHECK(kept("\xEF\xBB\xBF张\xE2\x80\x8B村", true) == "张村"); // byte order mark, zero-width space
  CHECK(kept("བོད་ལྗོངས", true) == "བོད་ལྗོངས");
  CHECK(kept("𠮷𡈼", true) == "𠮷𡈼");
  CHECK(kept("a\x01"
             "b",
             true)
            .find("U+0001, character 2") != std::string::npos);
  CHECK(kept("\xE2\x80\xAE"
             "abc",
             true)
            .starts_with("!")); // right-to-left override
  CHECK(kept("\xFF\xFE", true) == "! is not valid UTF-8");
  CHECK(kept("\xED\xA0\x80", true) == "! is not valid UTF-8"); // a surrogate
  CHECK(kept(std::string("a\0b", 3), true).starts_with("!"));
  std::string longest;
  for (int i = 0; i < 20'000; ++i) longest += "法";
  CHECK(kept(longest, false) == longest);
  CHECK(kept(longest + "法", false).find("20001 characters; at most 20000") != std::string::npos);
  CHECK(kept(std::string(10'000'000, 'x'), false).find("longer than 20000") != std::string::npos);
}
