#pragma once

#include "base/result.h"
#include "ooxml/zip.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yifa::ooxml {

enum class CellKind {
  Text,
  Number, ///< "12", "0.1", "-3.5": plain digits, no exponent, integers without ".0"
  Date,   ///< "2023-03-05"; also a date-and-time that falls on midnight
  Moment, ///< "2023-03-05T09:30:00"
  Time,   ///< "09:30:00"; more than 23 hours for durations ([h]:mm)
  Bool,   ///< "true", "false"
  Error,  ///< "#N/A", "#DIV/0!" …, or "#UNCOMPUTED": a formula saved without its value
};

/// One cell that holds something; blank cells are not delivered.
struct Cell {
  std::uint32_t column = 0; ///< 0 is A
  CellKind kind = CellKind::Text;
  std::string_view text;     ///< UTF-8, valid during the callback; never empty
  bool rounded = false;      ///< a number of more than 15 digits: the spreadsheet has lost the rest
                             ///< (identity and account numbers typed as numbers)
  bool percent = false;      ///< shown with %: 98.6% arrives as 0.986
  bool from_formula = false; ///< the stored result of a formula
};

/// One row that holds at least one cell.
struct Row {
  std::uint32_t number = 0;       ///< as the spreadsheet numbers it, from 1; gaps are blank rows
  const std::vector<Cell> &cells; ///< by column, each column at most once

  /// The cell in a column, or nullptr when blank.
  const Cell *at(std::uint32_t column) const;
  std::string_view text(std::uint32_t column) const; ///< empty when blank
};

/// A rectangle of cells, both ends included; columns from 0, rows from 1.
struct CellRange {
  std::uint32_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;
  bool operator==(const CellRange &) const = default;
};

/// "B17" for column 1, row 17.
std::string cell_name(std::uint32_t column, std::uint32_t row);
/// "B" for 1, "AA" for 26.
std::string column_name(std::uint32_t column);

struct SheetInfo {
  std::string name;
  bool hidden = false;
};

struct SheetSummary {
  std::uint32_t rows = 0;        ///< rows delivered
  std::vector<CellRange> merged; ///< only the top left cell of each holds the value
};

struct XlsxLimits {
  ZipLimits zip;
  std::uint64_t cells = 20'000'000;               ///< filled cells of one sheet
  std::uint64_t shared_text_bytes = 512ULL << 20; ///< of the workbook
  std::size_t cell_bytes = 1 << 20;               ///< one cell's text
  std::size_t styles = 100'000;
};

/// Reads .xlsx and .xlsm row by row in bounded memory: the workbook's shared texts are held once, a
/// sheet never. Values come as the spreadsheet shows them, formulas as their stored result, and
/// dates by the cell's number format, in the 1900 and the 1904 calendar.
class XlsxReader {
public:
  /// Invalid, in words for a person, as ZipReader, and: not a workbook, .xlsb, no sheets, malformed
  /// XML, a document type declaration.
  static Result<XlsxReader> open(const std::filesystem::path &path, const XlsxLimits &limits = {});
  static Result<XlsxReader> from_bytes(std::string bytes, const XlsxLimits &limits = {});
  XlsxReader(XlsxReader &&) noexcept;
  XlsxReader &operator=(XlsxReader &&) noexcept;
  ~XlsxReader();

  /// Worksheets in the order of their tabs (chart sheets are left out).
  const std::vector<SheetInfo> &sheets() const;
  /// The index of a sheet by its exact name; NotFound names the sheets there are.
  Result<std::size_t> find_sheet(std::string_view name) const;
  /// Calls `on_row` for every row that holds something, from the top. An error returned by it ends
  /// the reading and is returned. Invalid: malformed sheet, with the cell's address where known.
  Result<SheetSummary> read(std::size_t sheet, const std::function<Status(const Row &)> &on_row);
  /// The merged ranges alone, in a pass of its own (they stand behind the rows in the file).
  Result<std::vector<CellRange>> merged_ranges(std::size_t sheet);

private:
  struct Book;
  explicit XlsxReader(std::unique_ptr<Book> book);
  static Result<XlsxReader> from_zip(ZipReader zip, const XlsxLimits &limits);
  std::unique_ptr<Book> book_;
};

} // namespace yifa::ooxml
