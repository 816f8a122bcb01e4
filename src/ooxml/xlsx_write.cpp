#include "ooxml/xlsx_write.h"

#include "base/text.h"
#include "ooxml/xlsx_read.h"
#include "ooxml/xlsx_rules.h"
#include "ooxml/xml.h"
#include "ooxml/zip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

namespace yifa::ooxml {
namespace {

constexpr std::size_t kCellUnits = 32'767; ///< UTF-16 units a cell may hold

std::string sheet_name(std::string_view raw) {
  std::string name;
  for (char c : xml_text(raw)) name += std::strchr("[]:*?/\\\n\t", c) ? ' ' : c;
  name = text::trim(cut_units(text::trim(name), 31));
  while (name.starts_with('\'')) name.erase(0, 1);
  while (name.ends_with('\'')) name.pop_back();
  return name;
}

struct AnyXml final : XmlHandler {
  Status start(std::string_view, const XmlAttributes &) override { return Done{}; }
  Status end(std::string_view) override { return Done{}; }
  Status text(std::string_view) override { return Done{}; }
};

/// Whether every part of a written file is there to its end.
bool whole(const std::filesystem::path &path) {
  ZipLimits any; // our own file may be as large and as uniform as it likes
  any.file_bytes = any.entry_bytes = any.total_bytes = any.ratio = ~0ULL;
  auto zip = ZipReader::open(path, any);
  if (!zip) return false;
  for (const auto &entry : zip->entries()) {
    AnyXml handler;
    XmlParser parser(handler, entry.name);
    auto read = zip->stream(entry.name, [&](std::string_view piece) { return parser.feed(piece); });
    if (!read || !parser.finish()) return false;
  }
  return !zip->entries().empty();
}

const char *number_format_of(ColumnFormat format) {
  switch (format) {
  case ColumnFormat::General:
  case ColumnFormat::Text:
    return nullptr;
  case ColumnFormat::Integer:
    return "0";
  case ColumnFormat::Decimal:
    return "0.######";
  case ColumnFormat::Money:
    return "#,##0.00";
  case ColumnFormat::Date:
    return "yyyy-mm-dd";
  case ColumnFormat::Moment:
    return "yyyy-mm-dd hh:mm";
  }
  return nullptr;
}

} // namespace

struct XlsxWriter::Book {
  struct Closer {
    void operator()(lxw_workbook *open) const { lxw_workbook_free(open); }
  };
  std::filesystem::path path, beside;
  std::unique_ptr<lxw_workbook, Closer> book;
  std::set<std::string> names; ///< lower case
  lxw_worksheet *sheet = nullptr;
  std::string name; ///< of the sheet begun last
  std::vector<ColumnFormat> formats;
  std::uint32_t next_row = 0;
  std::optional<std::uint32_t> filter_row; ///< the header row of a filter still to be set
  std::array<std::array<lxw_format *, 2>, 7> styles{}; ///< by ColumnFormat and marked
  lxw_format *header = nullptr, *header_required = nullptr, *lead = nullptr;
  std::vector<std::vector<std::string>> lists; ///< columns of the hidden sheet

  ~Book() {
    book.reset();
    if (!beside.empty()) ::unlink(beside.c_str());
  }
  lxw_format *style(ColumnFormat format, bool marked);
  lxw_format *header_style(bool required);
  Status write(std::uint32_t column, const CellValue &value, bool marked);
  Status write_text(std::uint32_t column, std::string_view raw, lxw_format *format);
  void end_sheet();
};

lxw_format *XlsxWriter::Book::style(ColumnFormat format, bool marked) {
  auto &made = styles[static_cast<std::size_t>(format)][marked];
  if (made) return made;
  made = workbook_add_format(book.get());
  if (format == ColumnFormat::Text)
    format_set_num_format_index(made, 49); // built in: text
  else if (const char *code = number_format_of(format))
    format_set_num_format(made, code);
  format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
  if (format == ColumnFormat::Text || format == ColumnFormat::General) format_set_text_wrap(made);
  if (marked) format_set_bg_color(made, 0xFFC7CE);
  return made;
}

lxw_format *XlsxWriter::Book::header_style(bool required) {
  auto &made = required ? header_required : header;
  if (made) return made;
  made = workbook_add_format(book.get());
  format_set_bold(made);
  format_set_text_wrap(made);
  format_set_align(made, LXW_ALIGN_CENTER);
  format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
  format_set_border(made, LXW_BORDER_THIN);
  format_set_bg_color(made, required ? 0xFFE699 : 0xDDEBF7);
  return made;
}

Status XlsxWriter::Book::write_text(std::uint32_t column, std::string_view raw,
                                    lxw_format *format) {
  std::string clean = cell_text(raw);
  if (clean.size() > kCellUnits && utf16_units(clean) > kCellUnits) {
    std::string where = name + "!" + cell_name(column, next_row + 1);
    return invalid(
        "a text is too long for a spreadsheet",
        {{where, fmt::format("the text has more than {} characters", kCellUnits), "", ""}});
  }
  if (worksheet_write_string(sheet, next_row, static_cast<lxw_col_t>(column), clean.c_str(),
                             format) != LXW_NO_ERROR)
    return unavailable("the workbook cannot be written");
  return Done{};
}

Status XlsxWriter::Book::write(std::uint32_t column, const CellValue &value, bool marked) {
  auto kind = column < formats.size() ? formats[column] : ColumnFormat::General;
  auto at = static_cast<lxw_col_t>(column);
  if (const auto *words = std::get_if<std::string>(&value)) {
    if (words->empty()) {
      if (marked) worksheet_write_blank(sheet, next_row, at, style(kind, marked));
      return Done{};
    }
    // A text in a date or number column stays a text, and shows as one.
    return write_text(column, *words, style(kind, marked));
  }
  if (const auto *whole = std::get_if<std::int64_t>(&value)) {
    if (kind == ColumnFormat::Text)
      return write_text(column, fmt::format("{}", *whole), style(kind, marked));
    if (std::abs(static_cast<double>(*whole)) >= 1e15) // a spreadsheet keeps fifteen digits
      return write_text(column, fmt::format("{}", *whole), style(ColumnFormat::Text, marked));
    worksheet_write_number(sheet, next_row, at, static_cast<double>(*whole), style(kind, marked));
  } else if (const auto *number = std::get_if<double>(&value)) {
    if (!std::isfinite(*number)) return invalid("a number is not finite");
    worksheet_write_number(sheet, next_row, at, *number, style(kind, marked));
  } else if (const auto *date = std::get_if<Date>(&value)) {
    if (*date < Date::from(1900, 3, 1).value_or(Date())) // before it spreadsheets disagree
      return write_text(column, date->text(), style(ColumnFormat::Text, marked));
    lxw_datetime day{
        date->year(), static_cast<int>(date->month()), static_cast<int>(date->day()), 0, 0, 0};
    worksheet_write_datetime(sheet, next_row, at, &day, style(ColumnFormat::Date, marked));
  } else if (const auto *moment = std::get_if<Moment>(&value)) {
    Date on = moment->date();
    if (on < Date::from(1900, 3, 1).value_or(Date()))
      return write_text(column, moment->text(), style(ColumnFormat::Text, marked));
    auto second = (moment->unix_seconds() + 8 * 3600) % 86'400;
    if (second < 0) second += 86'400;
    lxw_datetime time{on.year(),
                      static_cast<int>(on.month()),
                      static_cast<int>(on.day()),
                      static_cast<int>(second / 3600),
                      static_cast<int>(second / 60 % 60),
                      static_cast<double>(second % 60)};
    worksheet_write_datetime(sheet, next_row, at, &time, style(ColumnFormat::Moment, marked));
  } else if (marked) {
    worksheet_write_blank(sheet, next_row, at, style(kind, marked));
  }
  return Done{};
}

/// A filter's range ends with the rows, so it is set when they are known.
void XlsxWriter::Book::end_sheet() {
  if (filter_row)
    worksheet_autofilter(sheet, *filter_row, 0, next_row - 1,
                         static_cast<lxw_col_t>(formats.size() - 1));
  filter_row.reset();
}

XlsxWriter::XlsxWriter(std::unique_ptr<Book> book) : book_(std::move(book)) {}
XlsxWriter::XlsxWriter(XlsxWriter &&) noexcept = default;
XlsxWriter &XlsxWriter::operator=(XlsxWriter &&) noexcept = default;
XlsxWriter::~XlsxWriter() = default;

Result<XlsxWriter> XlsxWriter::create(const std::filesystem::path &path,
                                      const Properties &properties) {
  auto made = std::make_unique<Book>();
  made->path = path;
  auto beside = path;
  beside += fmt::format(".{}.part", ::getpid());
  // libxlsxwriter opens the file only at the end; a folder that cannot be written is told now.
  int probe = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (probe < 0)
    return unavailable(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
  ::close(probe);
  made->beside = beside;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = LXW_FALSE;
  made->book.reset(workbook_new_opt(beside.c_str(), &options));
  if (!made->book) return unavailable("not enough memory to write a workbook");
  std::string title = xml_text(properties.title), author = xml_text(properties.author);
  lxw_doc_properties fixed{};
  fixed.title = title.data();
  fixed.author = author.data();
  // Noon of the day. Zero would mean "now" to the library.
  fixed.created = static_cast<time_t>(properties.created.days()) * 86'400 + 43'200;
  workbook_set_properties(made->book.get(), &fixed);
  return XlsxWriter(std::move(made));
}

Status XlsxWriter::begin_sheet(const SheetSpec &spec) {
  Book &b = *book_;
  std::string name = sheet_name(spec.name);
  if (name.empty()) return invalid("a sheet needs a name");
  if (spec.columns.empty() || spec.columns.size() > kSheetColumns)
    return invalid(fmt::format("a sheet has one to {} columns", kSheetColumns));
  if (!b.names.insert(text::lower_ascii(name)).second || name == kListSheet)
    return invalid(fmt::format("two sheets are called \"{}\"", name));
  b.end_sheet();
  b.sheet = workbook_add_worksheet(b.book.get(), name.c_str());
  if (!b.sheet) return invalid(fmt::format("\"{}\" cannot name a sheet", name));
  b.name = name;
  b.formats.clear();
  b.next_row = 0;
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    auto at = static_cast<lxw_col_t>(i);
    b.formats.push_back(spec.columns[i].format);
    double width = std::clamp(spec.columns[i].width, 1.0, 255.0);
    worksheet_set_column(b.sheet, at, at, width, b.style(spec.columns[i].format, false));
  }
  if (!spec.lead.empty() && !b.lead) {
    b.lead = workbook_add_format(b.book.get());
    format_set_font_color(b.lead, 0x595959);
  }
  for (const auto &line : spec.lead) {
    TRY(b.write_text(0, line, b.lead));
    ++b.next_row;
  }
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    const auto &column = spec.columns[i];
    TRY(b.write_text(static_cast<std::uint32_t>(i), column.header,
                     b.header_style(column.required)));
    if (column.note.empty()) continue;
    lxw_comment_options look{};
    look.x_scale = 2;
    look.y_scale = 1.5;
    std::string note = cut_units(xml_text(column.note), 2000);
    worksheet_write_comment_opt(b.sheet, b.next_row, static_cast<lxw_col_t>(i), note.c_str(),
                                &look);
  }
  ++b.next_row;
  if (spec.freeze_header) worksheet_freeze_panes(b.sheet, b.next_row, 0);
  if (spec.filter) b.filter_row = b.next_row - 1;
  for (std::size_t i = 0; i < spec.columns.size(); ++i)
    add_column_rule(b.sheet, spec.columns[i], static_cast<std::uint32_t>(i), b.next_row,
                    spec.choice_rows, b.lists);
  return Done{};
}

Status XlsxWriter::row(const std::vector<WriteCell> &cells) {
  Book &b = *book_;
  if (!b.sheet) return internal_error("a row was written before its sheet");
  if (b.next_row >= kSheetRows)
    return invalid(fmt::format("a sheet holds at most {} rows", kSheetRows));
  if (cells.size() > kSheetColumns)
    return invalid(fmt::format("a sheet has at most {} columns", kSheetColumns));
  for (std::size_t i = 0; i < cells.size(); ++i)
    TRY(b.write(static_cast<std::uint32_t>(i), cells[i].value, cells[i].marked));
  ++b.next_row;
  return Done{};
}

Status XlsxWriter::row(const std::vector<CellValue> &cells) {
  std::vector<WriteCell> plain(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) plain[i].value = cells[i];
  return row(plain);
}

std::uint32_t XlsxWriter::row_number() const { return book_->next_row; }

Status XlsxWriter::finish() {
  Book &b = *book_;
  if (!b.book) return internal_error("the workbook is finished already");
  if (b.names.empty()) return invalid("a workbook needs a sheet");
  b.end_sheet();
  write_list_sheet(b.book.get(), b.lists);
  lxw_error error = workbook_close(b.book.release()); // frees it in any case
  if (error != LXW_NO_ERROR)
    return unavailable(fmt::format("cannot write {}: {}", b.path.string(), lxw_strerror(error)));
  // The library does not look at every write: on a full disk a part may be cut off in silence.
  if (!whole(b.beside))
    return unavailable(fmt::format("cannot write {}: the disk is full", b.path.string()));
  int file = ::open(b.beside.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced || ::rename(b.beside.c_str(), b.path.c_str()) != 0)
    return unavailable(fmt::format("cannot write {}: {}", b.path.string(), std::strerror(errno)));
  b.beside.clear();
  return Done{};
}

} // namespace yifa::ooxml
