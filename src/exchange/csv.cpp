#include "exchange/csv.h"

#include "base/text.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

Error at_line(std::int64_t line, std::string message) {
  return invalid(fmt::format("line {}: {}", line, message),
                 {{fmt::format("line {}", line), message, {}, {}}});
}

/// 12, -3.5, 1,200, +0.1: what a spreadsheet reads as a number, so that it is no formula.
bool plain_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
         text.find_first_not_of("0123456789.,") == std::string_view::npos;
}

bool formula_like(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

} // namespace

bool CsvRow::blank() const {
  return std::all_of(fields.begin(), fields.end(),
                     [](const std::string &f) { return text::trim(f).empty(); });
}

Result<CsvReader> CsvReader::open(const std::filesystem::path &path, const CsvLimits &limits) {
  CsvReader reader(TRY(TextInput::open(path)), limits);
  TRY(reader.find_separator());
  return reader;
}

Result<CsvReader> CsvReader::from_bytes(std::string bytes, const CsvLimits &limits) {
  CsvReader reader(TRY(TextInput::from_bytes(std::move(bytes))), limits);
  TRY(reader.find_separator());
  return reader;
}

Result<bool> CsvReader::peek(char &c) {
  while (at_ >= piece_.size()) {
    if (ended_ || !TRY(input_.next(piece_))) {
      ended_ = true;
      piece_.clear();
      at_ = 0;
      return false;
    }
    at_ = 0;
  }
  c = piece_[at_];
  return true;
}

Status CsvReader::find_separator() {
  std::array<std::int64_t, 3> seen{};
  constexpr std::string_view kKnown = ",;\t";
  std::string begin;
  bool quoted = false;
  bool any = false;
  // The first line that holds something; a title line without separators does not decide.
  for (char c = 0; TRY(peek(c)); ++at_) {
    if (begin.size() < 8) begin += c;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (auto i = kKnown.find(c); i != std::string_view::npos) ++seen[i], any = true;
    if ((c == '\n' || c == '\r') && any) break;
  }
  if (begin.starts_with("sep=") && begin.size() > 4) {
    separator_ = begin[4];
  } else if (any) {
    separator_ =
        kKnown[static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin())];
  }
  return rewind();
}

Status CsvReader::rewind() {
  TRY(input_.rewind());
  piece_.clear();
  at_ = 0;
  line_ = 1;
  row_ = 0;
  ended_ = false;
  return Done{};
}

Result<bool> CsvReader::next(CsvRow &row) {
  row.fields.clear();
  char c = 0;
  if (!TRY(peek(c))) return false;
  row.line = line_;
  row.number = ++row_;
  std::string field;
  std::size_t bytes = 0;
  bool quoted = false; // inside quotes
  bool closed = false; // behind a closing quote
  std::int64_t opened = 0;
  auto end_field = [&] {
    row.fields.push_back(std::move(field));
    field.clear();
    closed = false;
  };
  for (; TRY(peek(c)); ++at_) {
    if (c == '\0') return at_line(line_, "a NUL byte; the file is no CSV text");
    if (++bytes > limits_.row_bytes)
      return at_line(row.line,
                     fmt::format("a row of more than {} bytes; a quote was perhaps not closed",
                                 limits_.row_bytes));
    if (quoted) {
      if (c == '"') {
        quoted = false;
        closed = true;
        continue;
      }
      if (c == '\n') ++line_;
      field += c;
    } else if (c == '"' && closed) { // a doubled quote
      field += c;
      quoted = true;
      closed = false;
    } else if (c == '"' && field.empty()) {
      quoted = true;
      opened = line_;
    } else if (c == separator_) {
      end_field();
      if (row.fields.size() >= limits_.fields)
        return at_line(line_, fmt::format("more than {} columns", limits_.fields));
    } else if (c == '\n' || c == '\r') {
      ++at_;
      char after = 0;
      if (c == '\r' && TRY(peek(after)) && after == '\n') ++at_;
      ++line_;
      end_field();
      if (row_ == 1 && row.fields.size() <= 2 && row.fields[0].starts_with("sep=")) {
        row_ = 0; // spreadsheets do not show that line
        return next(row);
      }
      return true;
    } else if (closed && c != ' ') {
      return at_line(line_,
                     "text behind a closing quote; inside a quoted value a quote is written twice");
    } else if (!closed) {
      field += c;
    }
    if (field.size() > limits_.field_bytes)
      return at_line(quoted ? opened : line_,
                     fmt::format("a value of more than {} bytes; a quote was perhaps not closed",
                                 limits_.field_bytes));
  }
  if (quoted) return at_line(opened, "a quote is opened and never closed");
  end_field();
  return true;
}

std::string csv_guard(std::string_view text) {
  if ((formula_like(text) && !plain_number(text)) || text.starts_with('\''))
    return "'" + std::string(text);
  return std::string(text);
}

std::string csv_unguard(std::string_view text) {
  if (text.size() > 1 && text[0] == '\'' && (formula_like(text.substr(1)) || text[1] == '\''))
    text.remove_prefix(1);
  return std::string(text);
}

Status CsvWriter::row(const std::vector<std::string> &fields) {
  std::string out;
  if (!begun_) out = "\xEF\xBB\xBF";
  begun_ = true;
  bool first = true;
  for (const auto &field : fields) {
    if (!first) out += ',';
    first = false;
    std::string guarded = csv_guard(field);
    bool quote = guarded.find_first_of(",;\t\"\r\n") != std::string::npos ||
                 guarded.starts_with(' ') || guarded.ends_with(' ') ||
                 (fields.size() == 1 && guarded.empty());
    out += quote ? "\"" + text::replace_all(std::move(guarded), "\"", "\"\"") + "\"" : guarded;
  }
  return sink_(out + "\r\n");
}

} // namespace yifa::exchange
