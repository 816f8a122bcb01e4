#include "base/file.h"
#include "catalog/report.h"
#include "catalog/strict_yaml.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <yaml-cpp/yaml.h>

/// What our reader accepts must mean the same to another reader.
using namespace yifa;
using namespace yifa::catalog;
namespace fs = std::filesystem;

namespace {

/// Empty, or where the two trees part.
std::string difference(const Node &ours, const YAML::Node &theirs, const std::string &where) {
  switch (ours.kind) {
  case Node::Kind::Null:
    return theirs.IsNull() ? "" : where + ": nothing";
  case Node::Kind::Broken:
    return where + ": broken";
  case Node::Kind::Scalar:
    if (!theirs.IsScalar() || theirs.Scalar() != ours.text)
      return where + ": " + std::string(ours.text);
    return "";
  case Node::Kind::Sequence:
    if (!theirs.IsSequence() || theirs.size() != ours.items.size()) return where + ": list";
    for (std::size_t i = 0; i < ours.items.size(); ++i)
      if (auto said = difference(ours.items[i], theirs[i], where + "[" + std::to_string(i) + "]");
          !said.empty())
        return said;
    return "";
  case Node::Kind::Map:
    if (!theirs.IsMap() || theirs.size() != ours.pairs()) return where + ": map";
    for (std::size_t i = 0; i < ours.pairs(); ++i) {
      std::string key(ours.key(i).text);
      if (auto said = difference(ours.value(i), theirs[key], where + "." + key); !said.empty())
        return said;
    }
    return "";
  }
  return where;
}

std::string compare(const std::string &text) {
  SourceFile file;
  file.text = text;
  Report report;
  read_yaml(file, report);
  if (file.broken) return "";
  try {
    return difference(file.root, YAML::Load(text), "");
  } catch (const YAML::Exception &fault) {
    return fault.what();
  }
}

} // namespace

TEST_CASE("every catalog file reads the same with yaml-cpp") {
  std::size_t files = 0;
  for (const char *folder : {"catalog", "tests/catalog/base"})
    for (const auto &entry : fs::recursive_directory_iterator(fs::path(YIFA_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".yaml") continue;
      auto text = read_file(entry.path());
      REQUIRE(text.has_value());
      CHECK_MESSAGE(compare(*text) == "", entry.path().string());
      ++files;
    }
  CHECK(files > 60);
}

TEST_CASE("odd texts that we accept read the same with yaml-cpp") {
  for (const char *text : {"a: b",
                           "a:\n- b\n- c",
                           "a: {b: c, d: }",
                           "a: [b, c,]",
                           "a: b # c",
                           "a: b#c",
                           "a: 'b''c'",
                           "a: \"b\\\"c\\n\\u4e2d\"",
                           "a: |\n  b\n\n   c\n  d\n\n\nb: c",
                           "a: |-\n  b\n\n   c\n  d",
                           "a: >\n  b\n  c\n\n  d\n",
                           "a: >-\n  b\n  c\n\n\n  d\n",
                           "a: http://b/c?d=e,f",
                           "a: [http://b, c:d]",
                           "a: {b: c:d}",
                           "a: -b",
                           "- - a\n  - b\n- c: d\n  e: f",
                           "a: '甲，乙：丙'",
                           "a: 甲，乙：丙",
                           "\"a b\": c",
                           "'a': {'b': \"c\"}",
                           "a: [[b, [c]], {d: {e: f}}]",
                           "---\na: b",
                           "a:\n    b: c\n    d:\n      - e\n",
                           "a: b\n# c\n\nd: e\n",
                           "a: {b: c, # d\n  e: f}",
                           "a: [\n]",
                           "a: {}",
                           "a: []"})
    CHECK_MESSAGE(compare(text) == "", std::string(text));
}
