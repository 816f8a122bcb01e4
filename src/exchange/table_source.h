#pragma once

#include "exchange/sheet_line.h"

#include <map>

namespace yifa::exchange {

/// What TableSource keeps, by format.
struct TableSource::Impl {
  virtual ~Impl() = default;
  virtual Status read(const std::function<Status(WrittenRow &&)> &each) = 0;
  virtual double fraction() const = 0;
  TableFormat format = TableFormat::Csv;
  bool keyed = true; ///< rows may carry a key
  std::vector<std::string> notes;
  std::vector<SheetLayout> sheets;

  static Result<std::unique_ptr<Impl>> open_csv(const std::filesystem::path &path,
                                                const catalog::RecordType &type,
                                                const Options &options);
  static Result<std::unique_ptr<Impl>> open_jsonl(const std::filesystem::path &path,
                                                  const catalog::RecordType &type,
                                                  const Options &options);
  static Result<std::unique_ptr<Impl>> open_xlsx(const std::filesystem::path &path,
                                                 const catalog::RecordType &type,
                                                 const Options &options);
};

/// Finds the header row among the first lines of a sheet, then looks at every line for values
/// without header.
class SheetSurvey {
public:
  SheetSurvey(HeaderScope scope, Addressing addressing, std::vector<int> elsewhere,
              std::string type_label)
      : scope_(scope), addressing_(std::move(addressing)), elsewhere_(std::move(elsewhere)),
        type_label_(std::move(type_label)) {}
  void line(SourceLine line);
  /// Behind the last line. Faults of the sheet are added to `problems`.
  void finish(std::vector<Problem> &problems);

  const SheetHeader &header() const { return header_; }
  std::int64_t header_line() const { return header_line_; } ///< 0 when none was found
  std::int64_t lines() const { return lines_; }             ///< with values, under the header
  bool empty() const { return first_.empty() && !decided_; }

private:
  void decide();
  void look(const SourceLine &line);

  HeaderScope scope_;
  Addressing addressing_;
  std::vector<int> elsewhere_;
  std::string type_label_;
  std::vector<SourceLine> first_;
  bool decided_ = false;
  SheetHeader header_;
  std::int64_t header_line_ = 0;
  std::int64_t lines_ = 0;
  std::vector<Problem> problems_;
  std::vector<std::uint32_t> headless_;
};

/// The row of a main line; without lines of other sheets.
WrittenRow row_of(FilledLine line, std::int64_t number);

/// Remembers keys, so that a second use of one is a fault.
class KeyRegister {
public:
  /// Adds a problem to the row when its key was used before.
  void check(WrittenRow &row, std::string_view path);
  void clear() { seen_.clear(); }

private:
  std::map<std::string, std::string> seen_; ///< key → where
};

/// The Invalid error for faults of a file's headers and sheets.
Error layout_fault(const std::string &file, std::vector<Problem> problems);

} // namespace yifa::exchange
