#include "catalog/report.h"
#include "catalog/strict_yaml.h"

#include <doctest/doctest.h>

using namespace yifa::catalog;

namespace {

struct ReadFile {
  SourceFile file;
  std::vector<Diagnostic> faults;
};

/// The file stays where it is: nodes point into it.
std::unique_ptr<ReadFile> read(std::string text) {
  auto out = std::make_unique<ReadFile>();
  out->file.path = "a.yaml";
  out->file.text = std::move(text);
  Report report;
  read_yaml(out->file, report);
  out->faults = report.take();
  return out;
}

std::string at(const ReadFile &read) {
  std::string out;
  for (const auto &fault : read.faults)
    out += std::to_string(fault.line) + ":" + std::to_string(fault.column) + " ";
  return out;
}

std::string flat(const Node &node) {
  if (node.is_text()) return std::string(node.text);
  if (node.is_null()) return "~";
  if (node.broken()) return "!";
  std::string out = node.is_map() ? "{" : "[";
  for (const auto &item : node.items) out += flat(item) + ";";
  return out + (node.is_map() ? "}" : "]");
}

} // namespace

TEST_CASE("block and flow nest in each other") {
  CHECK(flat(read("a: 1\nb:\n  c: [x, {y: z}]\n  d:\n  - e\n  - f: g\n    h: i\n")->file.root) ==
        "{a;1;b;{c;[x;{y;z;};];d;[e;{f;g;h;i;};];};}");
  CHECK(flat(read("- - a\n  - b\n-\n  c: d\n")->file.root) == "[[a;b;];{c;d;};]");
  CHECK(flat(read("a: {b: c,\n    d: [e,\n        f]}\ng:\n")->file.root) ==
        "{a;{b;c;d;[e;f;];};g;~;}");
  CHECK(flat(read("a: [\n  b,\n]\nc: d # e\n")->file.root) == "{a;[b;];c;d;}");
  CHECK(flat(read("a: b#c\nd: http://e\n")->file.root) == "{a;b#c;d;http://e;}");
  CHECK(flat(read("a: 'it''s'\nb: \"x\\\"y\\n\\u4e2d\"\n")->file.root) == "{a;it's;b;x\"y\n中;}");
  CHECK(flat(read("a: |\n  x\n   y\n\n  z\nb: >-\n  x\n  y\n\n  z\n")->file.root) ==
        "{a;x\n y\n\nz\n;b;x y\nz;}");
  CHECK(flat(read("\r\na: b\r\nc:\r\n  d: e\r\n")->file.root) == "{a;b;c;{d;e;};}");
  CHECK(flat(read("")->file.root) == "~");
  CHECK(flat(read("# nothing\n\n")->file.root) == "~");
  CHECK(flat(read("just a text")->file.root) == "just a text");
}

TEST_CASE("columns are counted in code points") {
  auto one = read("标题: {甲: 一, 乙: &二}\n");
  REQUIRE(one->faults.size() == 1);
  CHECK(one->faults[0].line == 1);
  CHECK(one->faults[0].column == 15);
  CHECK(one->faults[0].text() == "a.yaml:1:15: error: an anchor; write the value out\n"
                                 "  标题: {甲: 一, 乙: &二}\n"
                                 "                     ^\n");
}

TEST_CASE("after a fault the reader goes on with the next entry") {
  auto one = read("a: [1, 2\nb: fine\nc: {d: e\nf: *g\nh: i\n");
  CHECK(at(*one) == "1:4 3:4 4:4 ");
  CHECK(flat(one->file.root) == "{a;!;b;fine;c;!;f;!;h;i;}");
  CHECK(one->file.broken);
  auto two = read("a:\n  b: \"open\n  c: good\n  d e\n  f: good\ng: good\n");
  CHECK(at(*two) == "2:6 4:3 ");
  CHECK(flat(two->file.root) == "{a;{b;!;c;good;f;good;};g;good;}");
  CHECK(two->file.root.find("a")->incomplete);
  auto three = read("a:\n  - b\n    c\n  - d: e\n     f: g\n  - h\n");
  CHECK(at(*three) == "3:5 5:6 ");
  CHECK(flat(three->file.root) == "{a;[b;{d;e;};h;];}");
}

TEST_CASE("what another reader would misread is refused") {
  for (const char *text :
       {"a: yes",  "a: No",    "a: on",      "a: ~",   "a: null",    "a: True", "a: 010",
        "a: 0x1f", "a: 1_000", "a: 12:30",   "a: 1e5", "a: .inf",    "a: -0o7", "on: 1",
        "y: 1",    "no: 1",    "\"off\": 1", "007: 1", "<<: {a: b}", "a: [n]",  "a: {b: Y}"})
    CHECK_MESSAGE(read(text)->faults.size() == 1, text);
  for (const char *text :
       {"a: \"yes\"", "a: true", "a: 'No'", "a: 0", "a: 10", "a: 1.5", "a: 2020-01-01", "a: 03-01",
        "a: none", "a: nothing", "a: 1/2", "a: e5", "a: 30 days", "A1: x"})
    CHECK_MESSAGE(read(text)->faults.empty(), text);
}

TEST_CASE("what is no catalog's YAML is refused and ends") {
  for (const char *text : {"a: b\n---\nc: d",
                           "%YAML 1.1\n---\na: b",
                           "a: !!str b",
                           "a: &b c",
                           "a: *b",
                           "a: b: c",
                           "a\n",
                           "a: b\n c: d",
                           "? a\n: b",
                           "a: {b}",
                           "a: [b: c]",
                           "a: {b: c",
                           "a: ]",
                           "a: }",
                           "a: ,",
                           "a: \"b",
                           "a: \"b\" c",
                           "a: @b",
                           "a: `b",
                           "a: %b",
                           "a: |x\n  b",
                           "a: b\n\tc: d",
                           "\ta: b",
                           "a: b\rc: d",
                           "- a\nb: c",
                           "a: b\n- c",
                           "a: - b",
                           "{a: b}: c",
                           "a: \"\\q\"",
                           "a: \"\\u0007\"",
                           "a: 1\na: 2",
                           "{a: 1, a: 2}",
                           "a: [1,,2]",
                           "a: >-\n  b\n    c",
                           "a: 'b''",
                           "a:\n  b: c\n d: e",
                           "[",
                           "{",
                           "{a",
                           "{a:",
                           "- ",
                           "-\n",
                           "a: [\nb: c",
                           "a: {\n  b: c\nd: e"}) {
    auto one = read(text);
    bool refused = !one->faults.empty() || std::string_view(text) == "a\n";
    CHECK_MESSAGE(refused, std::string(text));
  }
  CHECK(read(std::string(1'000'001, '#'))->faults.size() == 1);
  CHECK(!read(std::string(100'000, '['))->faults.empty());
  CHECK(!read(std::string(100'000, '{'))->faults.empty());
  std::string nested;
  for (int i = 0; i < 3000; ++i)
    nested += std::string(static_cast<std::size_t>(i % 200), ' ') + "a:\n";
  CHECK(!read(nested)->faults.empty());
  std::string wide;
  for (int i = 0; i < 50'000; ++i) wide += "k" + std::to_string(i) + ": v\n";
  CHECK(read(wide)->faults.empty());
  wide += "k5: again\n";
  CHECK(read(wide)->faults.size() == 1);
}

TEST_CASE("thousands of faults are said by the hundred") {
  std::string all;
  for (int i = 0; i < 20'000; ++i) all += "a" + std::to_string(i) + ": *b\n";
  auto one = read(all);
  CHECK(one->faults.size() == 301);
}
