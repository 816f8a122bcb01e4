#include "ooxml/xml.h"

#include <doctest/doctest.h>

using namespace yifa;
using namespace yifa::ooxml;

namespace {

/// Writes down what it hears.
struct Scribe : XmlHandler {
  std::string heard;
  Status start(std::string_view name, const XmlAttributes &attributes) override {
    heard += "<" + std::string(name);
    for (auto known : {"id", "name"})
      if (attributes.has(known)) heard += " " + std::string(attributes.get(known));
    heard += ">";
    if (name == "stop") return refused("stopped", {});
    return Done{};
  }
  Status end(std::string_view name) override {
    heard += "</" + std::string(name) + ">";
    return Done{};
  }
  Status text(std::string_view piece) override { return heard += piece, Done{}; }
};

std::string failure(std::string_view document, const XmlLimits &limits = {}) {
  Scribe scribe;
  auto status = parse_xml(document, scribe, "part.xml", limits);
  REQUIRE_FALSE(status.has_value());
  return status.error().message;
}

bool holds(const std::string &text, std::string_view words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("elements, attributes without prefix, text with the five entities") {
  Scribe scribe;
  auto status =
      parse_xml("<w:a r:id='7' name='n'>x&lt;&amp;&#20013;<!-- c --><b/><![CDATA[<]]></w:a>",
                scribe, "part.xml");
  REQUIRE(status.has_value());
  CHECK(scribe.heard == "<a 7 n>x<&中<b></b><</a>");
}

TEST_CASE("a document fed byte by byte reads the same") {
  Scribe scribe;
  XmlParser parser(scribe, "p");
  for (char c : std::string_view("<a id='1'>中文</a>")) REQUIRE(parser.feed({&c, 1}).has_value());
  REQUIRE(parser.finish().has_value());
  CHECK(scribe.heard == "<a 1>中文</a>");
}

TEST_CASE("document types are refused, and so every entity of one's own") {
  CHECK(holds(failure("<!DOCTYPE a><a/>"), "document type"));
  CHECK(holds(failure("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "document type"));
  CHECK(holds(failure("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "document type"));
  CHECK(holds(failure("<a>&x;</a>"), "undefined entity"));
}

TEST_CASE("malformed documents are placed by line and column") {
  CHECK(holds(failure("<a>\n  <b>\n</a>"), "part.xml, line 3, column 3"));
  CHECK(holds(failure(""), "no element found"));
  CHECK(holds(failure("<a>"), "no element found"));
  CHECK(holds(failure("<a>\xFF</a>"), "not well-formed"));
  CHECK(holds(failure("<?xml version='1.0' encoding='GBK'?><a/>"), "encoding"));
}

TEST_CASE("depth, attributes and endless tags are bounded") {
  std::string deep;
  for (int i = 0; i < 257; ++i) deep += "<a>";
  CHECK(holds(failure(deep), "256 deep"));
  std::string wide = "<a";
  for (int i = 0; i < 1025; ++i) wide += " a" + std::to_string(i) + "='1'";
  CHECK(holds(failure(wide + "/>"), "1024 attributes"));
  CHECK(holds(failure("<a b='" + std::string(6 << 20, 'x')), "more than 4 MB"));
  Scribe scribe; // long text is no endless tag
  CHECK(parse_xml("<a>" + std::string(6 << 20, 'x') + "</a>", scribe, "p").has_value());
}

TEST_CASE("an error of the handler ends the parse and is kept") {
  Scribe scribe;
  XmlParser parser(scribe, "p");
  auto status = parser.feed("<a><stop/><b/></a>");
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().message == "stopped");
  CHECK(scribe.heard == "<a><stop>");
  CHECK(parser.feed("<c/>").error().message == "stopped");
  CHECK(parser.finish().error().message == "stopped");
}

TEST_CASE("text is made fit for XML") {
  CHECK(xml_text("a\x01"
                 "b\x7F"
                 "c\r\nd\re\tf") == "abc\nd\ne\tf");
  CHECK(xml_text("\xEF\xBF\xBE"
                 "x\xEF\xBF\xBF") == "x"); // U+FFFE, U+FFFF
  CHECK(xml_text("a\xFF"
                 "b") == "a\xEF\xBF\xBD"
                         "b");
  CHECK(xml_text("𠮷\xC2\x85") == "𠮷");
}
