#include "reading/read.h"

#include "base/file.h"
#include "base/text.h"
#include "catalog/loader.h"
#include "ooxml/zip.h"
#include "process/process.h"
#include "reading/file_kind.h"
#include "reading/pdf_lines.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <map>
#include <sys/stat.h>

using namespace yifa;
using namespace yifa::reading;

namespace {

namespace fs = std::filesystem;
using Paragraphs = std::vector<std::string>;

const std::string kReadFiles = YIFA_SOURCE_DIR "/tests/reading/files/";

const Lexicon &file_lexicon() {
  static const auto lexicon =
      Lexicon::load(catalog::read_sources(YIFA_SOURCE_DIR "/catalog").value()).value();
  return *lexicon;
}

Paragraphs lines_of_file(const fs::path &path) {
  auto lines = text::split(text::trim(read_file(path).value()), '\n');
  return lines;
}

/// What reading bytes under a name fails with.
std::string complaint(std::string_view name, std::string bytes) {
  auto source = read_report_bytes(name, std::move(bytes), file_lexicon());
  if (source) return "read";
  auto message = source.error().message;
  CHECK(message.starts_with(std::string(name) + ": "));
  return message.substr(name.size() + 2);
}

bool is_installed(const char *program) {
  if (!process::find(program).empty()) return true;
  MESSAGE("skipped: " << program << " is not installed");
  return false;
}

std::string
read_zip_of(std::initializer_list<std::pair<std::string_view, std::string_view>> entries) {
  ooxml::ZipWriter zip;
  for (const auto &[name, content] : entries) zip.add(name, content);
  return zip.finish();
}

/// A PATH of our own while it lives.
struct OtherPath {
  std::string before = std::getenv("PATH") != nullptr ? std::getenv("PATH") : "";
  explicit OtherPath(const std::string &path) { ::setenv("PATH", path.c_str(), 1); }
  ~OtherPath() { ::setenv("PATH", before.c_str(), 1); }
};

std::string read_ole(std::string_view stream) {
  std::string bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  bytes.resize(512);
  for (char c : stream) (bytes += c) += '\0';
  bytes.resize(1024);
  return bytes;
}

} // namespace

TEST_CASE("what is no report is told in words") {
  CHECK(complaint("a.docx", "") == "the file is empty");
  CHECK(
      complaint("a.png", "\x89PNG\r\n") ==
      "this is a picture, not a text; take the file it was made from, or have its text recognised "
      "(OCR) first");
  CHECK(complaint("a.txt", std::string("MZ\x90\0\x03", 5)) ==
        "this is a program or data file, not a report");
  CHECK(complaint("a.zip", read_zip_of({{"报告.txt", "x"}})) ==
        "this is a packed archive; unpack it and give the file inside");
  CHECK(complaint("a.docx", read_zip_of({{"xl/workbook.xml", "<x/>"}})) ==
        "this is a spreadsheet (.xlsx), not a report; save its text as .docx");
  CHECK(complaint("a.ofd", read_zip_of({{"OFD.xml", "<x/>"}})) ==
        "this is an OFD; open it in an OFD reader or WPS and save it as .docx or PDF");
  CHECK(complaint("a.docx", "PK\x03\x04 broken") ==
        "the archive is damaged or incomplete; copy it anew");
  CHECK(complaint("a.docx", read_ole("EncryptedPackage")) ==
        "the file is protected by a password; open it, remove the password and save it again");
  CHECK(complaint("a.doc", read_ole("Workbook")) ==
        "this is an old Excel file (.xls or .et); open it and save it as .xlsx");
  CHECK(complaint("a.txt", "nothing of ours") ==
        "there is no Chinese text in it, so it is no report");
  CHECK(complaint("a.xml", "<?xml version='1.0'?><a>报告</a>") ==
        "this is an XML file, not a report");
  CHECK(complaint("a.doc", "MIME-Version: 1.0\r\n") ==
        "this is a web archive (.mht); open it in Word or WPS and save it as .docx");
  ReadLimits small;
  small.file_bytes = 1 << 20;
  auto large = read_report_bytes("a.txt", std::string(2 << 20, 'a'), file_lexicon(), small);
  REQUIRE_FALSE(large);
  CHECK(large.error().message ==
        "a.txt: the file has 2 MB, far more than a report (the limit is 1 MB)");
}

TEST_CASE("what the bytes are decides before the name does") {
  CHECK(file_kind("{\\rtf1", "doc").value() == FileKind::Rtf);
  CHECK(file_kind(read_ole("WordDocument"), "wps").value() == FileKind::Doc);
  CHECK(file_kind("<html><body>报告", "doc").value() == FileKind::Html);
  CHECK(file_kind("\r\n<!DOCTYPE html>", "txt").value() == FileKind::Html);
  CHECK(file_kind("<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>", "doc")
            .value() == FileKind::WordXml);
  CHECK(file_kind("%PDF-1.4", "txt").value() == FileKind::Pdf);
  CHECK(file_kind("# 报告", "md").value() == FileKind::Markdown);
  CHECK(file_kind("BM是什么", "txt").value() == FileKind::Text);
  CHECK(file_kind(read_zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}}), "odt")
            .value() == FileKind::Odt);
  CHECK(looks_like_report("a/报告.DOCX"));
  CHECK_FALSE(looks_like_report("a/~$报告.docx"));
  CHECK_FALSE(looks_like_report("a/报告.xlsx"));
}

TEST_CASE("paths that are no files are refused at once") {
  auto scratch = process::Scratch::make();
  REQUIRE(scratch);
  auto fails = [&](const fs::path &path) {
    auto source = read_report(path, file_lexicon());
    return source ? "read" : source.error().message.substr(path.string().size() + 2);
  };
  CHECK(fails(scratch->path() / "none.txt") == "there is no such file");
  CHECK(fails(scratch->path()) == "this is a folder, not a file");
  CHECK(fails("/dev/zero") == "this is a device or pipe, not a file");
  auto fifo = scratch->path() / "pipe.txt";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK(fails(fifo) == "this is a device or pipe, not a file");
  auto large = scratch->path() / "large.docx";
  REQUIRE(write_file(large, "x"));
  fs::resize_file(large, 1ULL << 30);
  CHECK(fails(large) == "the file has 1024 MB, far more than a report (the limit is 64 MB)");
}

TEST_CASE("a PDF is read as its paragraphs") {
  if (!is_installed("pdftotext")) return;
  auto source = read_report(kReadFiles + "report.pdf", file_lexicon());
  REQUIRE(source);
  CHECK(source->format == Format::Pdf);
  CHECK(source->converted);
  CHECK(source->paragraphs == lines_of_file(kReadFiles + "report.txt"));
  CHECK(source->joints.size() > 8);
  for (const auto &joint : source->joints) {
    REQUIRE(joint.paragraph < source->paragraphs.size());
    CHECK(joint.at < text::length(source->paragraphs[joint.paragraph]));
  }
}

TEST_CASE("a PDF that cannot be read is told why") {
  if (!is_installed("pdftotext")) return;
  auto fails = [&](std::string_view name) {
    auto source = read_report(kReadFiles + std::string(name), file_lexicon());
    return source ? "read" : source.error().message.substr(kReadFiles.size() + name.size() + 2);
  };
  CHECK(
      fails("scan.pdf").starts_with("this is a scan: the PDF holds pictures of pages and no text"));
  CHECK(fails("password.pdf").starts_with("the PDF is protected by a password"));
  CHECK(fails("damaged.pdf") == "the PDF is damaged or incomplete; copy it anew");
  CHECK(fails("no_characters.pdf").starts_with("the characters of this PDF cannot be read"));
  OtherPath nothing("/nowhere");
  CHECK(fails("report.pdf")
            .starts_with("a PDF is read through pdftotext, which is not installed here; install "
                         "poppler-utils"));
}

TEST_CASE("boxes of words become lines") {
  auto word = [](double left, double top, double right, std::string_view text) {
    return "<word xMin=\"" + std::to_string(left) + "\" yMin=\"" + std::to_string(top) +
           "\" xMax=\"" + std::to_string(right) + "\" yMax=\"" + std::to_string(top + 16) + "\">" +
           std::string(text) + "</word>\n";
  };
  std::string page = "<page width=\"595\" height=\"842\">\n";
  auto body = word(79, 200, 111, "开展") + word(114.6, 200.5, 130.6, "12") +
              word(134, 200, 166, "次，") + word(200, 200, 216, "&lt;签") +
              word(79, 232, 111, "\u2F00是") + word(115, 232, 140, "ISO") +
              word(143, 232, 170, "9001");
  auto head = [&](int n) {
    return page + word(200, 40, 300, "某县公报 第" + std::to_string(n) + "期") +
           word(280, 790, 310, "— " + std::to_string(n) + " —");
  };
  auto pdf =
      read_pdf_words(head(1) + body + "</page>" + head(2) + body + "</page>", file_lexicon());
  CHECK(pdf.pages == 2);
  REQUIRE(pdf.lines.size() == 4);
  CHECK(pdf.lines[0].text == "开展12次， <签");
  CHECK(pdf.lines[1].text == "一是ISO 9001");
  CHECK(read_pdf_words("<word xMin=\"1\"", file_lexicon()).lines.empty());
  CHECK(read_pdf_words("<page ><word xMin=\"x\" yMin=\"nan\">a</word>", file_lexicon())
            .lines.empty());
}

TEST_CASE("an old Office file goes through a program") {
  std::string rtf = "{\\rtf1\\ansi\\ansicpg936 \\u28165?\\u28330?\\u38215?\\u25253?\\u21578?\\par "
                    "\\u19968?\\u12289?\\u24037?\\u20316?\\par}";
  SUBCASE("none is installed") {
    OtherPath nothing("/nowhere");
    CHECK(complaint("a.rtf", rtf)
              .starts_with("this is an old Office file (.doc, .wps, .rtf, .odt), and no program "
                           "that reads it is "
                           "installed here; install LibreOffice"));
  }
  SUBCASE("a small converter") {
    auto scratch = process::Scratch::make();
    REQUIRE(scratch);
    auto script = scratch->path() / "antiword";
    REQUIRE(write_file(script, "#!/bin/sh\necho 清溪镇2024年法治政府建设报告\necho 一、工作\n"));
    fs::permissions(script, fs::perms::owner_all);
    OtherPath path(scratch->path().string() + ":/usr/bin:/bin");
    auto source = read_report_bytes("a.wps", read_ole("WordDocument"), file_lexicon());
    REQUIRE(source);
    CHECK(source->format == Format::Office);
    CHECK(source->converted);
    CHECK(source->paragraphs == Paragraphs{"清溪镇2024年法治政府建设报告", "一、工作"});
  }
  SUBCASE("an office suite") {
    if (!is_installed("soffice")) return;
    auto source = read_report_bytes("a.doc", rtf, file_lexicon());
    REQUIRE(source);
    CHECK(source->paragraphs == Paragraphs{"清溪镇报告", "一、工作"});
    CHECK(source->layout == nullptr);
  }
}

TEST_CASE("web pages give the report and nothing else") {
  std::size_t pages = 0;
  for (const auto &entry : fs::directory_iterator(YIFA_SOURCE_DIR "/tests/reading/pages")) {
    if (entry.path().extension() != ".html") continue;
    CAPTURE(entry.path().filename().string());
    ++pages;
    auto source = read_report(entry.path(), file_lexicon());
    REQUIRE(source);
    CHECK(source->format == Format::Html);
    CHECK(source->converted);
    // The first line of the twin is who put the page up, the rest is the report.
    auto want = lines_of_file(fs::path(entry.path()).replace_extension(".txt"));
    CHECK(source->publisher == want.front());
    want.erase(want.begin());
    CHECK(source->paragraphs == want);
  }
  CHECK(pages >= 6);
}

TEST_CASE("web pages built to hurt are refused or read, soon") {
  auto page = [](std::string inside) {
    return "<html><body>" + std::move(inside) + "<p>报告</p></body></html>";
  };
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  CHECK(complaint("a.html", page(deep))
            .starts_with("the web page is damaged: its elements are nested"));
  std::string wide = "<a ";
  for (int i = 0; i < 200'000; ++i) wide += "a" + std::to_string(i) + "=1 ";
  std::string many;
  for (int i = 0; i < 60; ++i) many += wide + ">";
  CHECK(complaint("a.html", page(many.substr(0, 15 << 20)))
            .starts_with("the web page is damaged: its tags"));
  CHECK(
      complaint("a.html", page(std::string(17 << 20, 'a'))).starts_with("the web page has 18 MB"));
  CHECK(complaint("a.html", "<html><script>法治</script>") == "the file holds no text");
}

TEST_CASE("the published reports are read as a person would") {
  const fs::path seeds = YIFA_SOURCE_DIR "/../shared/seeds";
  if (!fs::exists(seeds)) {
    MESSAGE("skipped: the published reports are not here");
    return;
  }
  std::map<std::string, std::pair<std::size_t, std::size_t>> want = {
      {"000_1ebe46d8353cd950.txt", {16, 0}},
      {"001_8bbce195ef1a7697.txt", {23, 0}},
      {"002_6658a1d91244e074.txt", {24, 3}},
      {"003_37c65fdbcc430811.txt", {27, 0}},
      {"004_0eaea493a516bd61.txt", {20, 0}}};
  for (const auto &[name, counts] : want) {
    CAPTURE(name);
    auto source = read_report(seeds / name, file_lexicon());
    REQUIRE(source);
    CHECK(source->paragraphs.size() == counts.first);
    CHECK(source->joints.size() == counts.second);
    auto whole = text::join(source->paragraphs, "\n");
    if (name[2] != '2') continue;
    for (auto words :
         {"决策部署和省、市工作要求", "成功调解纠纷73件，成功率达到100%", "学习《民法典》相关内容"})
      CHECK(whole.find(words) != std::string::npos);
  }
}
