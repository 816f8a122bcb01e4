#pragma once

#include "ooxml/xlsx_write.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <xlsxwriter.h>

/// Text as spreadsheets take it, and the rules of entry of a column.
namespace yifa::ooxml {

inline constexpr std::uint32_t kSheetRows = 1'048'576, kSheetColumns = 16'384;
inline constexpr const char *kListSheet = "_lists"; ///< the hidden sheet of long lists

/// Length as spreadsheets count it.
std::size_t utf16_units(std::string_view utf8);
std::string cut_units(std::string_view utf8, std::size_t most);
/// Cleaned of what XML cannot hold; a literal "_x0041_" is kept from being read as an escape.
std::string cell_text(std::string_view raw);

using ChoiceLists = std::vector<std::vector<std::string>>;

/// Prompt and drop-down for `rows` rows from `first_row` (from 0). A list the rule itself cannot
/// hold is added to `lists` and referred to on the hidden sheet.
void add_column_rule(lxw_worksheet *sheet, const SheetColumn &spec, std::uint32_t column,
                     std::uint32_t first_row, std::uint32_t rows, ChoiceLists &lists);

/// Writes the hidden sheet, the last of the book, if there are lists.
void write_list_sheet(lxw_workbook *book, const ChoiceLists &lists);

} // namespace yifa::ooxml
