#include "ooxml/docx_look.h"

#include "base/text.h"
#include "ooxml/xlsx_parts.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace yifa::ooxml {
namespace {

template <typename T> void lay_one(std::optional<T> &own, const std::optional<T> &upper) {
  if (upper) own = upper;
}

std::optional<DocxAlign> align_of(std::string_view word) {
  if (word == "left" || word == "start") return DocxAlign::Left;
  if (word == "right" || word == "end") return DocxAlign::Right;
  if (word == "center") return DocxAlign::Center;
  if (word == "both") return DocxAlign::Both;
  if (word == "distribute" || word == "thaiDistribute") return DocxAlign::Distribute;
  return std::nullopt;
}

void take_measure(std::optional<double> &into, const XmlAttributes &attributes,
                  std::string_view name) {
  if (auto value = read_measure(attributes.get(name))) into = value;
}

void take_fonts(RunPatch &patch, const XmlAttributes &attributes, const ThemeFonts &theme) {
  auto font = [&](std::optional<std::string> &into, std::string_view own, std::string_view themed) {
    auto from_theme = theme.find(attributes.get(themed));
    if (from_theme != theme.end() && !from_theme->second.empty())
      into = from_theme->second;
    else if (!attributes.get(own).empty())
      into = std::string(attributes.get(own));
  };
  font(patch.east_asia, "eastAsia", "eastAsiaTheme");
  font(patch.ascii, "ascii", "asciiTheme");
}

/// <a:minorFont><a:latin typeface=…/><a:ea typeface=…/><a:font script="Hans" typeface=…/>
class ThemeHandler final : public XmlHandler {
public:
  ThemeFonts fonts;

  Status start(std::string_view name, const XmlAttributes &attributes) override {
    if (name == "minorFont") set_ = "minor";
    if (name == "majorFont") set_ = "major";
    if (set_.empty()) return Done{};
    std::string face(attributes.get("typeface"));
    if (name == "latin") fonts[set_ + "Ascii"] = fonts[set_ + "HAnsi"] = face;
    // An empty East Asian face leaves the choice to the script of the language.
    if (name == "ea" && !face.empty()) fonts[set_ + "EastAsia"] = face;
    if (name == "font" && attributes.get("script") == "Hans")
      fonts.try_emplace(set_ + "EastAsia", face);
    return Done{};
  }
  Status end(std::string_view name) override {
    if (name == "minorFont" || name == "majorFont") set_.clear();
    return Done{};
  }
  Status text(std::string_view) override { return Done{}; }

private:
  std::string set_;
};

} // namespace

Result<ThemeFonts> load_theme_fonts(const ZipReader &zip, const std::string &part) {
  ThemeHandler handler;
  TRY(parse_part(zip, part, handler));
  return std::move(handler.fonts);
}

bool switched_on(const XmlAttributes &attributes) {
  auto value = attributes.get("val");
  return value != "0" && value != "false" && value != "off";
}

std::string plain_color(std::string_view color) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"red", "FF0000"}, {"black", "000000"}, {"white", "FFFFFF"}, {"blue", "0000FF"}};
  color = color.substr(0, color.find(' ')); // VML: "red [3204]"
  for (auto [name, value] : kNames)
    if (color == name) return std::string(value);
  if (color.starts_with('#')) color.remove_prefix(1);
  std::string out;
  for (char c : color) {
    if (!std::isxdigit(static_cast<unsigned char>(c))) return {};
    out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (color.size() == 3) out += out.back();
  }
  return out.size() == 6 ? out : std::string();
}

std::optional<DocxPlace> place_of(std::string_view word) {
  if (word == "left") return DocxPlace::Left;
  if (word == "center") return DocxPlace::Center;
  if (word == "right") return DocxPlace::Right;
  if (word == "inside") return DocxPlace::Inside;
  if (word == "outside") return DocxPlace::Outside;
  return std::nullopt;
}

std::optional<double> read_measure(std::string_view text) {
  double value = 0;
  auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || !(value > -1e7 && value < 1e7)) return std::nullopt;
  auto unit = text.substr(static_cast<std::size_t>(rest - text.data()));
  if (unit == "pt") return value * 20;
  if (unit == "mm") return value * 1440 / 25.4;
  if (unit == "cm") return value * 14400 / 25.4;
  if (unit == "in") return value * 1440;
  if (unit == "pc" || unit == "pi") return value * 240;
  return value;
}

void RunPatch::lay(const RunPatch &upper) {
  lay_one(style, upper.style);
  lay_one(east_asia, upper.east_asia);
  lay_one(ascii, upper.ascii);
  lay_one(color, upper.color);
  lay_one(size, upper.size);
  lay_one(bold, upper.bold);
  lay_one(hidden, upper.hidden);
}

void RunPatch::take(std::string_view name, const XmlAttributes &attributes,
                    const ThemeFonts &theme) {
  if (name == "rFonts") take_fonts(*this, attributes, theme);
  if (name == "rStyle") style = attributes.get("val");
  if (name == "color") color = plain_color(attributes.get("val"));
  if (name == "b") bold = switched_on(attributes);
  if (name == "vanish") hidden = switched_on(attributes);
  if (name == "sz")
    if (auto half_points = read_measure(attributes.get("val"))) size = *half_points / 2;
}

void ParagraphPatch::lay(const ParagraphPatch &upper) {
  lay_one(style, upper.style);
  lay_one(number, upper.number);
  lay_one(level, upper.level);
  lay_one(align, upper.align);
  lay_one(line_rule, upper.line_rule);
  lay_one(line, upper.line);
  lay_one(left, upper.left);
  lay_one(first, upper.first);
  lay_one(left_chars, upper.left_chars);
  lay_one(first_chars, upper.first_chars);
  lay_one(outline, upper.outline);
  lay_one(on_grid, upper.on_grid);
  lay_one(break_before, upper.break_before);
  lay_one(placed, upper.placed);
  if (!upper.colors.empty()) colors = upper.colors;
}

void ParagraphPatch::take(std::string_view name, const XmlAttributes &attributes) {
  auto value = attributes.get("val");
  if (name == "pStyle") style = value;
  if (name == "numId" || name == "ilvl" || name == "outlineLvl") {
    auto number_read = read_measure(value);
    if (!number_read) return;
    auto &into = name == "numId" ? number : name == "ilvl" ? level : outline;
    into = static_cast<int>(*number_read);
  }
  if (name == "jc") lay_one(align, align_of(value));
  if (name == "snapToGrid") on_grid = switched_on(attributes);
  if (name == "pageBreakBefore") break_before = switched_on(attributes);
  if (name == "framePr") lay_one(placed, place_of(attributes.get("xAlign")));
  if (name == "spacing" && attributes.has("line")) {
    take_measure(line, attributes, "line");
    auto rule = attributes.get("lineRule");
    line_rule = rule == "exact"     ? DocxLineRule::Exact
                : rule == "atLeast" ? DocxLineRule::AtLeast
                                    : DocxLineRule::Multiple;
  }
  if (name != "ind") return;
  take_measure(left, attributes, "left");
  take_measure(left, attributes, "start");
  take_measure(left_chars, attributes, "leftChars");
  take_measure(left_chars, attributes, "startChars");
  take_measure(first, attributes, "firstLine");
  take_measure(first_chars, attributes, "firstLineChars");
  if (auto hanging = read_measure(attributes.get("hanging"))) first = 0 - *hanging;
  if (auto hanging = read_measure(attributes.get("hangingChars"));
      hanging && (*hanging != 0 || !attributes.has("firstLineChars")))
    first_chars = 0 - *hanging;
}

void ParagraphPatch::show(DocxParagraph &paragraph) const {
  paragraph.align = align.value_or(DocxAlign::Left);
  paragraph.line_rule = line_rule.value_or(DocxLineRule::Multiple);
  if (line) paragraph.line = *line / (paragraph.line_rule == DocxLineRule::Multiple ? 240 : 20);
  paragraph.on_grid = on_grid.value_or(true);
  paragraph.break_before = break_before.value_or(false);
  paragraph.left = left.value_or(0) / 20;
  paragraph.first = first.value_or(0) / 20;
  paragraph.left_chars = left_chars.value_or(0) / 100;
  paragraph.first_chars = first_chars.value_or(0) / 100;
  paragraph.outline = outline && *outline >= 0 && *outline < 9 ? *outline + 1 : 0;
  paragraph.placed = placed;
  paragraph.colors = colors;
}

} // namespace yifa::ooxml
