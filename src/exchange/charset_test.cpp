#include "exchange/charset.h"

#include "base/text.h"
#include "exchange/test_type.h"

#include <doctest/doctest.h>
#include <iconv.h>

using namespace yifa;
using namespace yifa::exchange;

namespace {

std::string encoded(const std::string &utf8, const char *charset) {
  iconv_t handle = iconv_open(charset, "UTF-8");
  std::string out(utf8.size() * 4 + 16, '\0');
  char *in = const_cast<char *>(utf8.data());
  char *to = out.data();
  std::size_t left = utf8.size();
  std::size_t room = out.size();
  REQUIRE(iconv(handle, &in, &left, &to, &room) != static_cast<std::size_t>(-1));
  iconv_close(handle);
  out.resize(out.size() - room);
  return out;
}

std::string reread(const TestFolder &folder, const std::string &bytes, Charset expected) {
  auto input = TextInput::open(folder.write("text", bytes));
  REQUIRE_MESSAGE(input.has_value(), (input ? "" : input.error().text()));
  CHECK(input->charset() == expected);
  std::string all;
  std::string piece;
  for (;;) {
    auto more = input->next(piece);
    REQUIRE(more.has_value());
    if (!*more) break;
    CHECK(text::valid_utf8(piece)); // characters are never cut
    all += piece;
  }
  return all;
}

} // namespace

TEST_CASE("the same text in four charsets reads the same, across piece borders") {
  TestFolder folder("charset");
  std::string line = "镕堃喆祎玥珺赟昇㎡，𠮷野家,Ａ，é\n";
  std::string text;
  while (text.size() < 300'000) text += line;
  for (std::size_t shift = 0; shift < 5; ++shift) {
    std::string shifted = std::string(shift, 'x') + text;
    CHECK(reread(folder, shifted, Charset::Utf8) == shifted);
    CHECK(reread(folder, "\xEF\xBB\xBF" + shifted, Charset::Utf8) == shifted);
    CHECK(reread(folder, encoded(shifted, "GB18030"), Charset::Gb18030) == shifted);
    CHECK(reread(folder, "\xFF\xFE" + encoded(shifted, "UTF-16LE"), Charset::Utf16Le) == shifted);
    CHECK(reread(folder, "\xFE\xFF" + encoded(shifted, "UTF-16BE"), Charset::Utf16Be) == shifted);
  }
}

TEST_CASE("short GB 18030 text that looks like UTF-8 of Latin letters") {
  TestFolder folder("accident");
  // 路 is C2 B7 in GBK, "·" in UTF-8; 联通 is the well-known one and no strict UTF-8 at all.
  CHECK(reread(folder, encoded("联通", "GB18030"), Charset::Gb18030) == "联通");
  CHECK(reread(folder, encoded("路", "GB18030"), Charset::Gb18030) == "路");
  CHECK(reread(folder, "多吉·次仁", Charset::Utf8) == "多吉·次仁");
  CHECK(reread(folder, "plain", Charset::Utf8) == "plain");
  CHECK(reread(folder, "", Charset::Utf8).empty());
}

TEST_CASE("damaged texts are refused with the place of the damage") {
  auto bad = to_utf8("标题\n好\xE4\xBD\n"); // a character cut short; no GB 18030 either
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().code == ErrorCode::Invalid);
  CHECK(bad.error().message.find("line 2, byte 4") != std::string::npos);
  CHECK(to_utf8("\xEF\xBB\xBF\x81").error().message.find("says it is UTF-8") != std::string::npos);
  CHECK(to_utf8(std::string("\xFF\xFE\x41", 3)).error().message.find("UTF-16") !=
        std::string::npos);
  CHECK(to_utf8("PK\x03\x04rest").error().message.find(".xlsx") != std::string::npos);
  CHECK(to_utf8("\xD0\xCF\x11\xE0rest").error().message.find(".xls") != std::string::npos);
  CHECK_FALSE(to_utf8("%PDF-1.7").has_value());
  CHECK_FALSE(
      to_utf8("\xED\xA0\x80 abc").has_value()); // a surrogate, and 80 is nothing in GB 18030
}

TEST_CASE("files that are not there") {
  TestFolder folder("absent");
  CHECK(TextInput::open(folder / "none.csv").error().code == ErrorCode::NotFound);
  CHECK(TextInput::open(folder.path()).error().code == ErrorCode::Invalid);
}
