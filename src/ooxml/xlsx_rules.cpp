#include "ooxml/xlsx_rules.h"

#include "base/text.h"
#include "ooxml/xml.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

constexpr std::size_t kListUnits = 255; ///< of a drop-down written into the rule itself

} // namespace

std::size_t utf16_units(std::string_view utf8) {
  std::size_t n = 0;
  for (char32_t c : text::decode(utf8)) n += c > 0xFFFF ? 2 : 1;
  return n;
}

std::string cut_units(std::string_view utf8, std::size_t most) {
  std::string out;
  std::size_t units = 0;
  for (char32_t c : text::decode(utf8)) {
    units += c > 0xFFFF ? 2 : 1;
    if (units > most) break;
    out += text::encode(c);
  }
  return out;
}

std::string cell_text(std::string_view raw) {
  std::string clean = xml_text(raw);
  std::size_t at = 0;
  while ((at = clean.find("_x", at)) != std::string::npos) {
    bool escape = clean.size() - at >= 7 && clean[at + 6] == '_' &&
                  std::all_of(clean.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                              clean.begin() + static_cast<std::ptrdiff_t>(at) + 6,
                              [](char c) { return std::isxdigit(static_cast<unsigned char>(c)); });
    if (escape) {
      clean.insert(at, "_x005F");
      at += 6;
    }
    at += 2;
  }
  return clean;
}

void add_column_rule(lxw_worksheet *sheet, const SheetColumn &spec, std::uint32_t column,
                     std::uint32_t first_row, std::uint32_t rows, ChoiceLists &lists) {
  if ((spec.choices.empty() && spec.prompt.empty()) || rows == 0) return;
  lxw_data_validation rule{};
  rule.validate = LXW_VALIDATION_TYPE_ANY;
  rule.show_input = LXW_VALIDATION_ON;
  rule.ignore_blank = LXW_VALIDATION_ON;
  std::string title = cut_units(xml_text(spec.header), 32),
              prompt = cut_units(xml_text(spec.prompt), 255);
  if (!prompt.empty()) {
    rule.input_title = title.data();
    rule.input_message = prompt.data();
  }
  std::string error_title = "不在列表中", error_words = "请从下拉列表中选择", range;
  std::vector<std::string> choices;
  std::vector<const char *> pointers;
  if (!spec.choices.empty()) {
    std::size_t units = 0;
    bool literal = true;
    for (const auto &choice : spec.choices) {
      choices.push_back(xml_text(choice));
      units += choices.back().size() + 1; // the library's buffer counts bytes, not characters
      literal = literal && choices.back().find_first_of(",\"\n\t") == std::string::npos &&
                text::trim(choices.back()) == choices.back();
    }
    rule.error_type =
        spec.choices_only ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING;
    rule.show_error = LXW_VALIDATION_ON;
    rule.error_title = error_title.data();
    rule.error_message = error_words.data();
    rule.dropdown = LXW_VALIDATION_ON;
    if (literal && units - 1 <= kListUnits) {
      for (const auto &choice : choices) pointers.push_back(choice.c_str());
      pointers.push_back(nullptr);
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = const_cast<char **>(pointers.data());
    } else {
      lists.push_back(choices);
      char letters[LXW_MAX_COL_NAME_LENGTH];
      lxw_col_to_name(letters, static_cast<lxw_col_t>(lists.size() - 1), LXW_TRUE);
      range = fmt::format("{}!{}$1:{}${}", kListSheet, letters, letters, choices.size());
      pointers = {"-", nullptr}; // replaced below
      rule.validate = LXW_VALIDATION_TYPE_LIST;
      rule.value_list = const_cast<char **>(pointers.data());
    }
  }
  auto last = std::min<std::uint64_t>(static_cast<std::uint64_t>(first_row) + rows, kSheetRows) - 1;
  auto made = worksheet_data_validation_range(sheet, first_row, static_cast<lxw_col_t>(column),
                                              static_cast<lxw_row_t>(last),
                                              static_cast<lxw_col_t>(column), &rule);
  if (made != LXW_NO_ERROR || range.empty()) return;
  // Version 1.1.4 leaks the formula of LXW_VALIDATION_TYPE_LIST_FORMULA, so a list is made and its
  // formula put in afterwards.
  lxw_data_val_obj *newest = nullptr, *each = nullptr;
  STAILQ_FOREACH(each, sheet->data_validations, list_pointers) newest = each;
  if (char *copy = newest ? ::strdup(range.c_str()) : nullptr) {
    std::free(newest->value_formula);
    newest->value_formula = copy;
  }
}

// The lists stand side by side, written row by row as constant memory wants.
void write_list_sheet(lxw_workbook *book, const ChoiceLists &lists) {
  if (lists.empty()) return;
  auto *hidden = workbook_add_worksheet(book, kListSheet);
  std::size_t longest = 0;
  for (const auto &list : lists) longest = std::max(longest, list.size());
  for (std::size_t row = 0; row < std::min<std::size_t>(longest, kSheetRows); ++row)
    for (std::size_t column = 0; column < lists.size(); ++column)
      if (row < lists[column].size())
        worksheet_write_string(hidden, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                               cell_text(lists[column][row]).c_str(), nullptr);
  worksheet_hide(hidden);
}

} // namespace yifa::ooxml
