#include "ooxml/zip.h"

#include "base/file.h"

#include <doctest/doctest.h>

#include <unistd.h>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

std::string two_files() {
  ZipWriter zip;
  zip.add("a.xml", "<a/>");
  zip.add("xl/b.xml", std::string(5000, 'b'));
  return zip.finish();
}

/// The archive with `from` replaced everywhere by `to` of the same length.
std::string patched(std::string bytes, std::string_view from, std::string_view to) {
  REQUIRE(from.size() == to.size());
  bool found = false;
  for (auto at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1)) {
    bytes.replace(at, to.size(), to);
    found = true;
  }
  REQUIRE(found);
  return bytes;
}

std::string refusal(std::string bytes, const ZipLimits &limits = {}) {
  auto opened = ZipReader::from_bytes(std::move(bytes), limits);
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::Invalid);
  return opened.error().message;
}

bool says(const std::string &message, std::string_view words) {
  INFO(message);
  return message.find(words) != std::string::npos;
}

std::string central(std::string_view bytes) {
  return std::string(bytes.substr(bytes.find("PK\1\2")));
}

} // namespace

TEST_CASE("an archive comes back as it was written, by any letter case") {
  auto zip = ZipReader::from_bytes(two_files());
  REQUIRE(zip.has_value());
  REQUIRE(zip->entries().size() == 2);
  CHECK(zip->entries()[0].name == "a.xml");
  CHECK(zip->entries()[1].size == 5000);
  CHECK(zip->entries()[1].packed < 100);
  CHECK(*zip->read("XL/B.xml") == std::string(5000, 'b'));
  CHECK(zip->has("A.XML"));
  CHECK(zip->read("c.xml").error().code == ErrorCode::NotFound);
  CHECK(zip->read("xl/b.xml", 4999).error().code == ErrorCode::Invalid);
}

TEST_CASE("the same content gives the same bytes, dated 1980") {
  auto first = two_files();
  CHECK(first == two_files());
  CHECK(first.substr(10, 4) == std::string("\0\0\x21\0", 4));
  CHECK(ZipWriter().finish().size() == 22);
}

TEST_CASE("the caller can stop a stream") {
  auto zip = ZipReader::from_bytes(two_files());
  REQUIRE(zip.has_value());
  auto status = zip->stream("a.xml", [](std::string_view) -> Status { return stale("enough"); });
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().message == "enough");
}

TEST_CASE("names that could leave the archive are refused") {
  auto named = [](std::string_view name) {
    ZipWriter zip;
    zip.add(name, "x");
    return zip.finish();
  };
  for (auto name :
       {"../evil", "a/../../evil", "C:/evil", "//evil", "a//b", "..\\evil", "a/./b", "a\nb"})
    CHECK_MESSAGE(says(refusal(named(name)), "unsafe name"), std::string(name));
  CHECK(says(refusal(named("1/2/3/4/5/6/7/8/9/10/11/12/13/14")), "unsafe name"));
  CHECK(says(refusal(named(std::string(300, 'n'))), "unsafe name"));
  CHECK_FALSE(refusal(named("\xC4\xE3")).empty()); // GBK under the flag of UTF-8
  auto odd = ZipReader::from_bytes(named("xl\\worksheets\\sheet1.xml"));
  REQUIRE(odd.has_value());
  CHECK(odd->has("xl/worksheets/sheet1.xml"));
  CHECK(ZipReader::from_bytes(named("/xl/a.xml"))->has("xl/a.xml"));
  CHECK(ZipReader::from_bytes(named("说明.xml"))->has("说明.xml"));
}

TEST_CASE("a name twice is refused, in any letter case") {
  ZipWriter zip;
  zip.add("xl/a.xml", "1");
  zip.add("XL/A.xml", "2");
  CHECK(says(refusal(zip.finish()), "twice"));
}

TEST_CASE("bombs are refused before anything is unpacked") {
  ZipWriter zip;
  zip.add("zeros.xml", std::string(8 << 20, '\0'));
  auto bomb = zip.finish();
  CHECK(bomb.size() < 20'000);
  CHECK(says(refusal(bomb), "400 times"));
  ZipLimits small;
  small.entry_bytes = 1 << 20;
  CHECK(says(refusal(bomb, small), "at most 1 MB"));
  ZipLimits few;
  few.entries = 1;
  CHECK(says(refusal(two_files(), few), "at most 1"));
  ZipLimits total;
  total.total_bytes = 5001;
  CHECK(says(refusal(two_files(), total), "unpack to more"));
  ZipLimits tiny;
  tiny.file_bytes = 10;
  CHECK(says(refusal(two_files(), tiny), "larger than"));
}

TEST_CASE("a directory too large for its entries is refused before it is read") {
  auto bytes = two_files();
  bytes.replace(bytes.size() - 10, 4, std::string("\0\0\0\x10", 4)); // 256 MB
  CHECK(says(refusal(bytes), "directory is larger"));
}

TEST_CASE("an entry longer or shorter than it declares is damaged") {
  auto bytes = two_files();
  for (std::uint32_t lie : {10U, 6000U}) {
    std::string declared("\x88\x13\0\0", 4), other(4, '\0'); // 5000
    other[0] = static_cast<char>(lie & 0xFF);
    other[1] = static_cast<char>(lie >> 8);
    auto zip = ZipReader::from_bytes(patched(bytes, declared, other));
    if (!zip) continue; // seen on opening: as good
    auto content = zip->read("xl/b.xml");
    REQUIRE_FALSE(content.has_value());
    CHECK(says(content.error().message, "cannot be read"));
  }
}

TEST_CASE("a changed byte of content is noticed") {
  ZipWriter zip;
  zip.add("a.txt", "stored text");
  auto opened = ZipReader::from_bytes(patched(zip.finish(), "stored", "forged"));
  REQUIRE(opened.has_value());
  CHECK(says(opened->read("a.txt").error().message, "checksum"));
}

TEST_CASE("encrypted entries and strange methods are refused") {
  auto bytes = two_files();
  auto directory = bytes.find("PK\1\2");
  auto encrypted = bytes;
  encrypted[directory + 8] |= 1;
  encrypted[6] |= 1;
  CHECK(says(refusal(encrypted), "password"));
  auto method = bytes;
  method[directory + 10] = 14; // LZMA
  CHECK(says(refusal(method), "method"));
}

TEST_CASE("entries that share their bytes are refused") {
  ZipWriter zip;
  std::string noise;
  for (unsigned i = 0, x = 1; i < 3000; ++i)
    noise += static_cast<char>((x = x * 1664525 + 7) >> 24);
  zip.add("a", noise);
  auto one = zip.finish();
  // The directory names the one entry twice, under two names.
  auto entry = central(one).substr(0, 46 + 1);
  auto second = entry;
  second.back() = 'b';
  std::string end = one.substr(one.size() - 22);
  end[8] = end[10] = 2;
  end[12] = static_cast<char>(2 * entry.size());
  std::string twice = one.substr(0, one.find("PK\1\2")) + entry + second + end;
  CHECK(says(refusal(twice), "overlap"));
}

TEST_CASE("what is no zip is named for what it is") {
  std::string ole = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0');
  auto wide = [](std::string_view name) {
    std::string out;
    for (char c : name) (out += c) += '\0';
    return out;
  };
  CHECK(says(refusal(ole + wide("EncryptedPackage")), "password"));
  CHECK(says(refusal(ole + wide("Workbook")), ".xls or .et"));
  CHECK(says(refusal(ole + wide("WordDocument")), ".doc or .wps"));
  CHECK(says(refusal(""), "empty"));
  CHECK(says(refusal("%PDF-1.7"), "PDF"));
  CHECK(says(refusal("<html><table><tr>"), "web page"));
  CHECK(says(refusal("\xEF\xBB\xBF姓名,日期\n"), ".csv"));
  CHECK(says(refusal("<?xml version='1.0'?><Workbook "
                     "xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"),
             "Excel 2003"));
  CHECK(says(refusal(std::string("\x89PNG\r\n", 6)), "picture"));
  CHECK(says(refusal(std::string("MZ\0\0\0\0", 6)), "not an Office file"));
  CHECK(says(refusal(two_files().substr(0, 100)), "damaged or incomplete"));
}

TEST_CASE("any truncation and any changed byte is an answer, not a crash") {
  auto bytes = two_files();
  for (std::size_t n = 0; n < bytes.size(); ++n)
    CHECK_FALSE(ZipReader::from_bytes(bytes.substr(0, n)).has_value());
  for (std::size_t i = 0; i < bytes.size(); ++i)
    for (int flip : {0x01, 0x80, 0xFF}) {
      auto changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      auto zip = ZipReader::from_bytes(changed);
      if (!zip) continue;
      for (const auto &entry : zip->entries()) (void)zip->read(entry.name).has_value();
    }
}

TEST_CASE("files: missing, a folder, not a zip") {
  CHECK(ZipReader::open("/no/such/file.xlsx").error().code == ErrorCode::NotFound);
  CHECK(ZipReader::open("/tmp").error().code == ErrorCode::Invalid);
  std::filesystem::path path = "/tmp/yifa_zip_test_" + std::to_string(::getpid());
  REQUIRE(write_file(path, "a,b,c").has_value());
  CHECK(says(ZipReader::open(path).error().message, ".csv"));
  REQUIRE(write_file(path, two_files()).has_value());
  auto zip = ZipReader::open(path);
  REQUIRE(zip.has_value());
  CHECK(*zip->read("a.xml") == "<a/>");
  REQUIRE(write_file(path, two_files().substr(0, 150)).has_value());
  CHECK(says(ZipReader::open(path).error().message, "damaged or incomplete"));
  std::filesystem::remove(path);
}
