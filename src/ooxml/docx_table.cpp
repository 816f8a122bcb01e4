#include "ooxml/docx_parts.h"

#include <algorithm>
#include <cmath>

namespace yifa::ooxml {
namespace {

const char *jc_of(Align align) {
  switch (align) {
  case Align::Left:
    return "left";
  case Align::Center:
    return "center";
  case Align::Right:
    return "right";
  }
  return "left";
}

/// Shares of the type area by weight; the last column takes the rest.
std::vector<int> column_widths(const Table &table) {
  double sum = 0;
  for (const auto &column : table.columns) sum += column.weight > 0 ? column.weight : 1;
  std::vector<int> widths;
  int left = kTextWidth;
  for (const auto &column : table.columns) {
    double weight = column.weight > 0 ? column.weight : 1;
    widths.push_back(static_cast<int>(std::floor(kTextWidth * weight / sum)));
    left -= widths.back();
  }
  widths.back() += left;
  return widths;
}

pugi::xml_node add_cell(pugi::xml_node row, int width, const char *style, const char *align) {
  auto cell = add(row, "w:tc");
  auto pr = add(cell, "w:tcPr");
  auto w = add(pr, "w:tcW");
  set(w, "w:w", width);
  set(w, "w:type", "dxa");
  add_value(pr, "w:vAlign", "center");
  auto paragraph = add(cell, "w:p");
  auto paragraph_pr = add(paragraph, "w:pPr");
  add_value(paragraph_pr, "w:pStyle", style);
  add_value(paragraph_pr, "w:jc", align);
  return paragraph;
}

} // namespace

void BodyWriter::write_table(const Table &table) {
  auto widths = column_widths(table);
  auto node = add(body_, "w:tbl");
  auto pr = add(node, "w:tblPr");
  auto width = add(pr, "w:tblW");
  set(width, "w:w", kTextWidth);
  set(width, "w:type", "dxa");
  add_value(pr, "w:jc", "center");
  auto borders = add(pr, "w:tblBorders");
  for (const char *side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
    auto border = add(borders, side);
    set(border, "w:val", "single");
    set(border, "w:sz", 4);
    set(border, "w:space", 0);
    set(border, "w:color", "000000");
  }
  set(add(pr, "w:tblLayout"), "w:type", "fixed");
  auto margins = add(pr, "w:tblCellMar");
  for (const char *side : {"w:top", "w:left", "w:bottom", "w:right"}) {
    auto margin = add(margins, side);
    set(margin, "w:w",
        side == std::string_view("w:top") || side == std::string_view("w:bottom") ? 40 : 85);
    set(margin, "w:type", "dxa");
  }
  auto grid = add(node, "w:tblGrid");
  for (int w : widths) set(add(grid, "w:gridCol"), "w:w", w);

  auto begin_row = [&](bool head) {
    auto row = add(node, "w:tr");
    auto row_pr = add(row, "w:trPr");
    add(row_pr, "w:cantSplit");
    if (head) add(row_pr, "w:tblHeader");
    return row;
  };
  const bool headed = std::any_of(table.columns.begin(), table.columns.end(),
                                  [](const auto &column) { return !column.head.empty(); });
  if (headed) {
    auto head = begin_row(true);
    const char *style = table.compact ? "TableSmallHead" : "TableHead";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      add_text(add_cell(head, widths[i], style, "center"), table.columns[i].head);
  }
  const char *style = table.compact ? "TableSmall" : "TableText";
  for (const auto &cells : table.rows) {
    auto row = begin_row(false);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      auto paragraph = add_cell(row, widths[i], style, jc_of(table.columns[i].align));
      if (i < cells.size())
        for (const Run &run : cells[i]) add_run(paragraph, run);
    }
  }
}

} // namespace yifa::ooxml
