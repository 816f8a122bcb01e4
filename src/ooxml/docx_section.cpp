#include "ooxml/docx_story.h"

#include <cmath>

namespace yifa::ooxml {

void RawSection::take(std::string_view name, const XmlAttributes &attributes) {
  auto mm = [&](std::string_view attribute) {
    return read_measure(attributes.get(attribute)).value_or(0) * 25.4 / 1440;
  };
  if (name == "pgSz") {
    look.width = mm("w");
    look.height = mm("h");
  } else if (name == "pgMar") {
    look.top = std::abs(mm("top")); // negative: the text may not push it
    look.bottom = std::abs(mm("bottom"));
    look.left = mm("left");
    look.right = mm("right");
    look.gutter = mm("gutter");
    look.header = mm("header");
    look.footer = mm("footer");
  } else if (name == "titlePg") {
    look.different_first = switched_on(attributes);
  } else if (name == "docGrid") {
    auto type = attributes.get("type");
    look.grid = type == "lines"           ? DocxSection::Grid::Lines
                : type == "linesAndChars" ? DocxSection::Grid::LinesAndChars
                : type == "snapToChars"   ? DocxSection::Grid::SnapToChars
                                          : DocxSection::Grid::None;
    look.grid_line = read_measure(attributes.get("linePitch")).value_or(0) / 20;
    look.grid_char = read_measure(attributes.get("charSpace")).value_or(0) / 4096;
  } else if ((name == "headerReference" || name == "footerReference") && references.size() < 16) {
    auto type = attributes.get("type");
    references.push_back({name == "headerReference",
                          type == "first"  ? DocxMargin::Pages::First
                          : type == "even" ? DocxMargin::Pages::Even
                                           : DocxMargin::Pages::Default,
                          std::string(attributes.get("id"))});
  }
}

} // namespace yifa::ooxml
