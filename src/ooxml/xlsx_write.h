#pragma once

#include "base/date.h"
#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace yifa::ooxml {

/// How a whole column is formatted, filled or not: what a person types into a blank template is
/// kept the same way.
enum class ColumnFormat {
  General,
  Text,    ///< codes and numbers with leading zeros stay as typed
  Integer, ///< 0
  Decimal, ///< up to six places
  Money,   ///< yuan, #,##0.00
  Date,    ///< yyyy-mm-dd
  Moment,  ///< yyyy-mm-dd hh:mm
};

struct SheetColumn {
  std::string header;
  ColumnFormat format = ColumnFormat::General;
  double width = 14;     ///< in characters of the default font; a Han character takes two
  bool required = false; ///< the header is coloured
  std::string note;      ///< a comment on the header cell; may be empty
  std::string prompt; ///< shown when a cell of the column is entered; ≤ 255 characters are used
  std::vector<std::string> choices; ///< a drop-down list; empty for none
  bool choices_only = true; ///< other input is refused by the spreadsheet; else only warned of
};

struct SheetSpec {
  std::string name; ///< ≤ 31 characters, none of []:*?/\ : others are replaced or cut
  std::vector<SheetColumn> columns;
  std::vector<std::string> lead; ///< lines above the header row, one row each
  bool freeze_header = true;
  bool filter = false;              ///< an auto-filter on the header row
  std::uint32_t choice_rows = 5000; ///< rows below the header that get the drop-downs
};

/// What a cell may hold. A string is always written as a string: "=1+1" and "+86…" stay text.
using CellValue = std::variant<std::monostate, std::string, std::int64_t, double, Date, Moment>;

struct WriteCell {
  CellValue value;
  bool marked = false; ///< on a red ground, for what was rejected
};

/// Writes a workbook row by row in constant memory. Sheets and rows are written in order. Same
/// calls, same bytes. Money cells are given in yuan as double or in text; Money itself is not known
/// here.
class XlsxWriter {
public:
  struct Properties {
    std::string title;
    std::string author;
    Date created; ///< the only day in the file; 1970-01-01 if not given
  };
  /// The file appears at `path`, whole, only by finish(). Unavailable when the folder cannot be
  /// written.
  static Result<XlsxWriter> create(const std::filesystem::path &path, const Properties &properties);
  XlsxWriter(XlsxWriter &&) noexcept;
  XlsxWriter &operator=(XlsxWriter &&) noexcept;
  ~XlsxWriter(); ///< without finish() nothing is left on disk

  /// Begins the next sheet and writes its lead and header rows. Invalid: no name or a name twice
  /// (letter case does not count), no columns, more than 16 384 of them.
  Status begin_sheet(const SheetSpec &spec);
  /// The next row of the sheet begun last. Invalid: more than 1 048 576 rows, a text of more than
  /// 32 767 characters (named by its cell), a day before 1900-01-01 is written as text.
  Status row(const std::vector<WriteCell> &cells);
  Status row(const std::vector<CellValue> &cells);
  /// Rows written to the sheet begun last, lead and header included: the last row's number.
  std::uint32_t row_number() const;
  /// Completes and moves the file into place. Unavailable on a full disk.
  Status finish();

private:
  struct Book;
  explicit XlsxWriter(std::unique_ptr<Book> book);
  std::unique_ptr<Book> book_;
};

} // namespace yifa::ooxml
