#pragma once

#include "exchange/charset.h"

#include <functional>
#include <vector>

namespace yifa::exchange {

struct CsvLimits {
  std::size_t field_bytes = 1 << 20;
  std::size_t fields = 16384;
  std::size_t row_bytes = 8 << 20;
};

struct CsvRow {
  std::int64_t line = 0;   ///< of the file, where the row begins, from 1
  std::int64_t number = 0; ///< as a spreadsheet numbers it, from 1: quoted line feeds do not count
  std::vector<std::string> fields;
  bool blank() const; ///< no field holds anything but blanks
};

/// RFC 4180 with what spreadsheets make of it: quoted line feeds, doubled quotes, CRLF, LF or CR,
/// comma, semicolon or tab (found from the first line outside quotes, or told by a line "sep=;"), a
/// quote inside an unquoted value is itself.
class CsvReader {
public:
  static Result<CsvReader> open(const std::filesystem::path &path, const CsvLimits &limits = {});
  static Result<CsvReader> from_bytes(std::string bytes, const CsvLimits &limits = {});

  /// False at the end. Invalid, with "line N" in `where`: an unclosed quote (the line it opened
  /// on), text behind a closing quote, a NUL, a limit passed.
  Result<bool> next(CsvRow &row);
  Status rewind();
  char separator() const { return separator_; }
  const TextInput &input() const { return input_; }

private:
  CsvReader(TextInput input, const CsvLimits &limits) : input_(std::move(input)), limits_(limits) {}
  Result<bool> peek(char &c);
  Status find_separator();

  TextInput input_;
  CsvLimits limits_;
  char separator_ = ',';
  std::string piece_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  std::int64_t row_ = 0;
  bool ended_ = false;
};

/// Where written bytes go: a file, a string, the terminal.
using Sink = std::function<Status(std::string_view)>;

/// CSV that spreadsheet programs open as UTF-8: a byte order mark, CRLF, quotes where needed. A
/// text that a spreadsheet would take for a formula (= + - @ tab CR in front, unless it is a plain
/// number) gets an apostrophe in front; csv_unguard takes it off again.
class CsvWriter {
public:
  explicit CsvWriter(Sink sink) : sink_(std::move(sink)) {}
  Status row(const std::vector<std::string> &fields);

private:
  Sink sink_;
  bool begun_ = false;
};

std::string csv_guard(std::string_view text);
std::string csv_unguard(std::string_view text);

} // namespace yifa::exchange
