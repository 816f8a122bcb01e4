#pragma once

#include "exchange/names.h"
#include "exchange/table_in.h"
#include "ooxml/xlsx_read.h"

#include <string>
#include <vector>

/// What is common to .xlsx and .csv: header rows that name targets, and lines of cells filled by
/// them.
namespace yifa::exchange {

/// A cell of either kind of file.
struct SourceCell {
  std::uint32_t column = 0; ///< 0 is A
  ooxml::CellKind kind = ooxml::CellKind::Text;
  std::string text;
  bool rounded = false;
  bool percent = false;
};

struct SourceLine {
  std::int64_t number = 0;       ///< of the line, as addresses give it
  std::vector<SourceCell> cells; ///< by column; blank ones may be left out
};

/// How cells of a sheet are addressed: Sheet1!B17, file.csv!B17.
struct Addressing {
  std::string name;
  std::string line(std::int64_t number) const;
  std::string cell(std::uint32_t column, std::int64_t number) const;
};

/// The header row of a sheet.
class SheetHeader {
public:
  /// How many cells of the line name something.
  static int matches(const SourceLine &line, const HeaderScope &scope);
  /// Faults: unknown, ambiguous, twice, not to be typed, personal, required but absent.
  /// `elsewhere`: rows fields whose lines stand on sheets of their own.
  static SheetHeader read(const SourceLine &line, const HeaderScope &scope,
                          const Addressing &addressing, const std::vector<int> &elsewhere,
                          std::vector<Problem> &problems);

  const Target *at(std::uint32_t column) const; ///< nullptr without header
  const std::vector<std::string> &texts() const { return texts_; }
  const std::shared_ptr<const Columns> &columns() const { return columns_; }
  bool has(Special special) const;

private:
  std::vector<Target> targets_;
  std::vector<std::string> texts_;
  std::shared_ptr<const Columns> columns_;
};

/// A line of the main sheet, or of a sheet of lines belonging to rows of another.
struct FilledLine {
  WrittenFields fields;
  std::vector<WrittenPart> parts; ///< from "part.field" columns
  std::string special[kSpecials]; ///< by Special
  std::vector<Problem> problems;
  std::vector<std::string> raw;
  bool blank = true;
};

FilledLine fill(const SourceLine &line, const SheetHeader &header, const Addressing &addressing);

} // namespace yifa::exchange
