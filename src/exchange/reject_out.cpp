#include "exchange/reject_out.h"

#include "base/file.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/jsonl.h"
#include "exchange/names.h"
#include "exchange/spool.h"
#include "ooxml/xlsx_write.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

constexpr std::size_t kMostReasonText = 2000; // characters of one reasons cell

std::string reasons_of(const std::vector<Problem> &problems) {
  std::vector<std::string> lines;
  for (const auto &problem : problems)
    lines.push_back(problem.where.empty() ? problem.message
                                          : problem.where + ": " + problem.message);
  return text::shorten(text::join(lines, "\n"), kMostReasonText);
}

/// Column of "Sheet1!AB17", -1 for anything else.
int column_of(std::string_view where) {
  auto mark = where.rfind('!');
  if (mark == std::string_view::npos) return -1;
  int column = 0;
  std::size_t at = mark + 1;
  for (; at < where.size() && where[at] >= 'A' && where[at] <= 'Z' && column < 20000; ++at)
    column = column * 26 + (where[at] - 'A' + 1);
  return at == mark + 1 || at == where.size() ? -1 : column - 1;
}

/// A text file that appears whole or not at all.
class WholeFile {
public:
  static Result<WholeFile> create(const std::filesystem::path &path) {
    WholeFile file;
    file.path_ = path;
    file.part_ = path.string() + ".part";
    file.handle_.reset(std::fopen(file.part_.c_str(), "wb"));
    if (!file.handle_)
      return unavailable(
          fmt::format("{} cannot be written: {}", path.string(), std::strerror(errno)));
    return file;
  }
  WholeFile(WholeFile &&) noexcept = default;
  WholeFile &operator=(WholeFile &&) noexcept = default;
  ~WholeFile() {
    if (handle_) {
      handle_.reset();
      std::remove(part_.c_str());
    }
  }
  Status write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), handle_.get()) != text.size()) return fault();
    return Done{};
  }
  Status finish() {
    if (std::fflush(handle_.get()) != 0) return fault();
    handle_.reset();
    if (std::rename(part_.c_str(), path_.c_str()) != 0) return fault();
    return Done{};
  }

private:
  struct Closer {
    void operator()(std::FILE *file) const { std::fclose(file); }
  };
  WholeFile() = default;
  Error fault() const {
    return unavailable(
        fmt::format("{} cannot be written: {}", path_.string(), std::strerror(errno)));
  }
  std::unique_ptr<std::FILE, Closer> handle_;
  std::filesystem::path path_;
  std::string part_;
};

} // namespace

struct RejectFile::Impl {
  Impl(std::filesystem::path to, Spool kept, TableFormat form, std::vector<SheetLayout> layout)
      : path(std::move(to)), spool(std::move(kept)), format(form), sheets(std::move(layout)),
        last_row(sheets.size(), 1) {}

  std::filesystem::path path;
  Spool spool;
  TableFormat format;
  std::vector<SheetLayout> sheets;
  std::vector<std::int64_t> last_row; ///< by sheet, in the file to be written
  std::int64_t rows = 0;

  /// Lines of other sheets name their row by number: here it is another one. A line without row
  /// keeps its number, marked so that it meets no other row by chance.
  void renumber(const RawLine &raw, std::vector<std::string> &cells, bool orphan) {
    auto sheet = static_cast<std::size_t>(raw.sheet);
    ++last_row[sheet];
    const auto &headers = sheets[sheet].headers;
    for (std::size_t i = 0; raw.sheet > 0 && i < headers.size() && i < cells.size(); ++i) {
      if (special_named(headers[i]) != Special::Row || cells[i].empty()) continue;
      cells[i] = orphan ? "?" + cells[i]
                        : std::to_string(last_row[static_cast<std::size_t>(sheets[sheet].owner)]);
    }
  }

  /// Every raw line put aside, in order.
  Status each_line(const std::function<Status(const json::object &)> &each) {
    for (auto place = Spool::begin(); place < spool.end();) {
      auto text = TRY(spool.get(place));
      TRY(each(json::parse(text).as_object()));
      place = Spool::after(place, text);
    }
    return Done{};
  }

  static std::vector<std::string> texts(const json::value &array) {
    std::vector<std::string> out;
    for (const auto &item : array.as_array()) out.emplace_back(item.as_string());
    return out;
  }

  /// Headers with the column of reasons last; an old one goes.
  static std::vector<std::string> headers_of(const SheetLayout &sheet, int &old) {
    auto headers = sheet.headers;
    old = -1;
    for (std::size_t i = 0; i < headers.size(); ++i)
      if (bare_name(headers[i]) == "退回原因") old = static_cast<int>(i);
    if (old >= 0) headers.erase(headers.begin() + old);
    headers.emplace_back("退回原因");
    return headers;
  }

  static std::vector<std::string> cells_of(const json::object &line, std::size_t columns, int old) {
    auto cells = texts(line.at("r"));
    if (old >= 0 && static_cast<std::size_t>(old) < cells.size()) cells.erase(cells.begin() + old);
    cells.resize(columns - 1);
    cells.emplace_back(line.at("why").as_string());
    return cells;
  }

  Status write_csv() {
    auto file = TRY(WholeFile::create(path));
    CsvWriter writer([&](std::string_view text) { return file.write(text); });
    int old = -1;
    auto headers = headers_of(sheets.front(), old);
    TRY(writer.row(headers));
    TRY(each_line(
        [&](const json::object &line) { return writer.row(cells_of(line, headers.size(), old)); }));
    return file.finish();
  }

  Status write_jsonl() {
    auto file = TRY(WholeFile::create(path));
    TRY(each_line([&](const json::object &line) -> Status {
      auto raw = texts(line.at("r"));
      std::string text = raw.empty() ? "" : raw.front();
      auto value = parse_json(text);
      // A line that is no object cannot hold its reasons: it goes back as text.
      json::object out =
          value && value->is_object() ? value->as_object() : json::object{{"@rejected_line", text}};
      out["@rejected"] = line.at("why");
      return file.write(jsonl_line(out));
    }));
    return file.finish();
  }

  Status write_xlsx() {
    auto writer = TRY(ooxml::XlsxWriter::create(path, {}));
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      int old = -1;
      auto headers = headers_of(sheets[i], old);
      ooxml::SheetSpec spec;
      spec.name = sheets[i].name;
      for (const auto &header : headers) {
        ooxml::SheetColumn column;
        column.header = header;
        column.format = ooxml::ColumnFormat::Text;
        spec.columns.push_back(std::move(column));
      }
      spec.columns.back().width = 60;
      TRY(writer.begin_sheet(spec));
      TRY(each_line([&](const json::object &line) -> Status {
        if (static_cast<std::size_t>(line.at("s").as_int64()) != i) return Done{};
        std::vector<ooxml::WriteCell> cells;
        for (auto &text : cells_of(line, headers.size(), old)) {
          ooxml::WriteCell cell;
          if (!text.empty()) cell.value = std::move(text);
          cells.push_back(std::move(cell));
        }
        for (const auto &column : line.at("bad").as_array()) {
          auto at = column.as_int64() - (old >= 0 && column.as_int64() > old ? 1 : 0);
          if (at >= 0 && static_cast<std::size_t>(at) + 1 < cells.size())
            cells[static_cast<std::size_t>(at)].marked = true;
        }
        return writer.row(cells);
      }));
    }
    return writer.finish();
  }
};

RejectFile::RejectFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RejectFile::RejectFile(RejectFile &&) noexcept = default;
RejectFile &RejectFile::operator=(RejectFile &&) noexcept = default;
RejectFile::~RejectFile() = default;

Result<RejectFile> RejectFile::create(const std::filesystem::path &path,
                                      const TableSource &source) {
  return RejectFile(
      std::make_unique<Impl>(path, TRY(Spool::create()), source.format(), source.sheets()));
}

Status RejectFile::add(const WrittenRow &row, const std::vector<Problem> &problems) {
  ++impl_->rows;
  std::string why = reasons_of(problems);
  bool orphan = !row.raw.empty() && row.raw.front().sheet > 0;
  for (const auto &raw : row.raw) {
    auto texts = raw.cells;
    impl_->renumber(raw, texts, orphan);
    json::array cells;
    for (const auto &cell : texts) cells.emplace_back(cell);
    json::array bad;
    const auto &name = impl_->sheets[static_cast<std::size_t>(raw.sheet)].name;
    for (const auto &problem : problems)
      if (int column = column_of(problem.where);
          column >= 0 && problem.where.starts_with(name + "!"))
        bad.push_back(column);
    // The reasons stand beside the row; its lines on other sheets go with it.
    auto text = json::serialize(json::object{{"s", raw.sheet},
                                             {"r", std::move(cells)},
                                             {"why", raw.sheet == row.raw.front().sheet ? why : ""},
                                             {"bad", std::move(bad)}});
    TRY(impl_->spool.add(text));
  }
  return Done{};
}

std::int64_t RejectFile::rows() const { return impl_->rows; }

Status RejectFile::finish() {
  switch (impl_->format) {
  case TableFormat::Csv:
    return impl_->write_csv();
  case TableFormat::Jsonl:
    return impl_->write_jsonl();
  case TableFormat::Xlsx:
    return impl_->write_xlsx();
  }
  return Done{};
}

} // namespace yifa::exchange
