#pragma once

#include "base/json.h"
#include "catalog/model.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// Rows of a spreadsheet, CSV or JSONL file as what somebody wants recorded. Nothing is decoded
/// here: fields leave as written, with the address of the cell each came from, so that the faults
/// record::decode_fields finds can be told by cell. docs/adr/0050-import-form.md draws the form.
namespace yifa::exchange {

/// The columns of a sheet by what they hold: field path → "Sheet1!B".
using Columns = std::vector<std::pair<std::string, std::string>>;

/// Fields as written and where each stood.
struct WrittenFields {
  json::object fields; ///< by field id; a string, or in JSONL whatever was written
  std::string where;   ///< of the whole line: "Sheet1!17", "file.csv!17", "file.jsonl:17"
  std::vector<std::pair<std::string, std::string>>
      cells; ///< field path → "Sheet1!B17", "file.csv!B17", where the columns do not tell it
  std::shared_ptr<const Columns> columns; ///< of its sheet, for filled and empty cells alike
  std::int64_t line = 0;                  ///< in that sheet

  /// The cell of a field path as Problem.where gives it ("title", "materials[2].copies"): that of
  /// the longest known beginning of the path; the line with the path when none is known.
  std::string address(std::string_view path) const;
};

struct WrittenPart : WrittenFields {
  int part = -1; ///< index in RecordType::parts
};

/// The cells of one line as they stood, for giving it back.
struct RawLine {
  int sheet = 0; ///< 0: the main one
  std::vector<std::string> cells;
};

/// One record to be. When `problems` is not empty the row cannot be taken whatever its fields say;
/// the service adds what decoding and the law find.
struct WrittenRow : WrittenFields {
  std::int64_t number = 0; ///< of the line in its sheet or file, from 1; negative for lines of
                           ///< other sheets that belong to no row: unique in the file either way
  std::string state;       ///< @state, 目标状态: id or label; empty for the opening state
  std::string org; ///< @org, 单位: code or name; empty for the office named with the import
  std::string key; ///< @key, 记录键: unique in the file; links of later rows and files may name it
  std::string reason;         ///< @reason, 理由: for gates that warn
  std::string display_number; ///< @number, 编号: given by the store, so only to be compared
  std::string action; ///< @act, 动作: a step of a record made before ("settle", "visit.open");
                      ///< empty: an opening
  std::string record; ///< @record, 记录: the record the act is on, by number, id or row key
  std::vector<WrittenPart> parts; ///< in file order
  std::vector<Problem> problems;  ///< with `where` a cell already
  std::vector<RawLine> raw; ///< the line and its lines on other sheets; of JSONL the text itself
};

/// Rewrites field paths in `problems` into cells of `line`.
std::vector<Problem> addressed(std::vector<Problem> problems, const WrittenFields &line);

struct SheetLayout {
  std::string name; ///< of the sheet; the file's name for CSV and JSONL
  std::vector<std::string> headers;
  int owner = -1; ///< the sheet whose rows its lines belong to; −1 for the main one
};

enum class TableFormat { Csv, Xlsx, Jsonl };

/// A file of rows for one record type, which must outlive it. Reading is streaming: 50 000 rows
/// need a few megabytes.
class TableSource {
public:
  /// Format by the file's name, checked against its first bytes. Invalid with every fault of the
  /// headers at once: a header nobody knows (with the nearest name), one field twice, a required
  /// field without column, derived, register-set and personal fields where they may not stand, a
  /// sheet that cannot be told apart. Personal columns are refused unless `personal`.
  struct Options {
    bool personal = false; ///< a handler's sheet
    std::string name;      ///< of the file in addresses, when it is not the path's own (uploads)
  };
  static Result<TableSource> open(const std::filesystem::path &path,
                                  const catalog::RecordType &type, const Options &options);
  TableSource(TableSource &&) noexcept;
  TableSource &operator=(TableSource &&) noexcept;
  ~TableSource();

  /// Calls `each` for every row that holds something, from the top; may be called again for another
  /// pass. Lines of other sheets that belong to no row come last, as rows with problems and no
  /// fields. An error returned by `each` ends the reading and is returned. Invalid: the file itself
  /// breaks off or cannot be read (an unclosed quote, a damaged sheet).
  Status read(const std::function<Status(WrittenRow &&)> &each);

  TableFormat format() const;
  /// Whether rows may carry a key.
  bool keyed() const;
  /// What was odd but no fault: sheets not read, the charset taken, formulas whose results were
  /// taken.
  const std::vector<std::string> &notes() const;
  const std::vector<SheetLayout> &sheets() const;
  /// How far read() has come, 0 to 1, for a progress bar.
  double fraction() const;

  struct Impl; ///< by format
private:
  explicit TableSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

} // namespace yifa::exchange
