#include "ooxml/xlsx_parts.h"

#include "base/text.h"

#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

namespace yifa::ooxml {

Status parse_part(const ZipReader &zip, const std::string &part, XmlHandler &handler) {
  XmlParser parser(handler, part);
  TRY(zip.stream(part, [&](std::string_view piece) { return parser.feed(piece); }));
  return parser.finish();
}

void unescape_text(std::string &text, std::size_t from) {
  auto at = text.find("_x", from);
  if (at == std::string::npos) return;
  std::string out = text.substr(from, at - from);
  while (at < text.size()) {
    unsigned code = 0;
    bool escape = text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x' &&
                  text[at + 6] == '_' &&
                  std::from_chars(&text[at + 2], &text[at + 6], code, 16).ptr == &text[at + 6];
    if (escape && (code < 0xD800 || code > 0xDFFF)) {
      // Line feed and tab are text; other control characters were never meant to be seen.
      if (code == '\n' || code == '\t' || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF))
        out += text::encode(static_cast<char32_t>(code));
      at += 7;
    } else {
      out += text[at++];
    }
  }
  text.replace(from, std::string::npos, out);
}

/// <sst><si><t/> or <r><t/></r> …; <rPh> holds the reading of rare characters and is left out.
class SharedTextsHandler final : public XmlHandler {
public:
  SharedTextsHandler(SharedTexts &texts, const XlsxLimits &limits)
      : texts_(texts), limits_(limits) {}

  Status start(std::string_view name, const XmlAttributes &) override {
    if (name == "si" && !in_item_) {
      in_item_ = true;
      from_ = texts_.bytes_.size();
    } else if (name == "rPh") {
      ++phonetic_;
    } else if (name == "t") {
      in_text_ = in_item_ && phonetic_ == 0;
    }
    return Done{};
  }
  Status end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") --phonetic_;
    if (name != "si" || !in_item_) return Done{};
    in_item_ = false;
    unescape_text(texts_.bytes_, from_);
    if (texts_.ends_.size() >= limits_.cells)
      return invalid(fmt::format("the workbook holds more than {} different texts", limits_.cells));
    texts_.ends_.push_back(static_cast<std::uint32_t>(texts_.bytes_.size()));
    return Done{};
  }
  Status text(std::string_view piece) override {
    if (!in_text_) return Done{};
    if (texts_.bytes_.size() + piece.size() >
        std::min<std::uint64_t>(limits_.shared_text_bytes, 0xFFFFFFFFULL))
      return invalid(fmt::format("the workbook holds more than {} MB of text",
                                 limits_.shared_text_bytes >> 20));
    if (texts_.bytes_.size() - from_ + piece.size() > limits_.cell_bytes)
      return invalid(
          fmt::format("a text of the workbook is longer than {} KB", limits_.cell_bytes >> 10));
    texts_.bytes_ += piece;
    return Done{};
  }

private:
  SharedTexts &texts_;
  const XlsxLimits &limits_;
  bool in_item_ = false, in_text_ = false;
  int phonetic_ = 0;
  std::size_t from_ = 0;
};

Status SharedTexts::load(const ZipReader &zip, const std::string &part, const XlsxLimits &limits) {
  SharedTextsHandler handler(*this, limits);
  return parse_part(zip, part, handler);
}

namespace {

std::uint32_t style_number(std::string_view digits) {
  std::uint32_t n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

/// <numFmts><numFmt numFmtId formatCode/> and <cellXfs><xf numFmtId/>; the same elements elsewhere
/// (cellStyleXfs, dxfs) mean other things.
class StylesHandler final : public XmlHandler {
public:
  explicit StylesHandler(std::size_t most) : most_(most) {}
  std::vector<NumberShape> shapes;

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    ++depth_;
    if (depth_ == 2) group_ = name == "numFmts" ? 'n' : name == "cellXfs" ? 'x' : ' ';
    if (depth_ != 3) return Done{};
    if (group_ == 'n' && name == "numFmt") {
      codes_[style_number(attributes.get("numFmtId"))] =
          shape_of_code(attributes.get("formatCode"));
      if (codes_.size() > most_) return too_many();
    } else if (group_ == 'x' && name == "xf") {
      auto id = style_number(attributes.get("numFmtId"));
      auto custom = codes_.find(id);
      shapes.push_back(custom == codes_.end() ? shape_of_builtin(id) : custom->second);
      if (shapes.size() > most_) return too_many();
    }
    return Done{};
  }
  Status end(std::string_view) override { return --depth_, Done{}; }
  Status text(std::string_view) override { return Done{}; }

private:
  Error too_many() const {
    return invalid(fmt::format("the workbook has more than {} cell formats", most_));
  }
  std::size_t most_;
  int depth_ = 0;
  char group_ = ' ';
  std::unordered_map<std::uint32_t, NumberShape> codes_;
};

} // namespace

Result<std::vector<NumberShape>> load_styles(const ZipReader &zip, const std::string &part,
                                             std::size_t most) {
  StylesHandler handler(most);
  TRY(parse_part(zip, part, handler));
  return std::move(handler.shapes);
}

} // namespace yifa::ooxml
