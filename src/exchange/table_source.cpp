#include "exchange/table_source.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

constexpr std::size_t kHeaderSearch = 20;

std::string suffix_of(const std::filesystem::path &path) {
  return text::lower_ascii(path.extension().string());
}

} // namespace

std::string WrittenFields::address(std::string_view path) const {
  std::string_view rest = path;
  while (!rest.empty()) {
    for (const auto &[known, cell] : cells)
      if (known == rest) return cell;
    if (columns)
      for (const auto &[known, column] : *columns)
        if (known == rest) return column + std::to_string(line);
    auto cut = rest.find_last_of(".[");
    rest = cut == std::string_view::npos ? std::string_view() : rest.substr(0, cut);
  }
  if (path.empty()) return where;
  return fmt::format("{}:{}", where, path);
}

std::vector<Problem> addressed(std::vector<Problem> problems, const WrittenFields &line) {
  for (auto &problem : problems) problem.where = line.address(problem.where);
  return problems;
}

void SheetSurvey::line(SourceLine line) {
  if (decided_) return look(line);
  first_.push_back(std::move(line));
  if (first_.size() == kHeaderSearch) decide();
}

void SheetSurvey::decide() {
  decided_ = true;
  int best = 0;
  std::size_t chosen = 0;
  for (std::size_t i = 0; i < first_.size(); ++i) {
    int n = SheetHeader::matches(first_[i], scope_);
    if (n > best) best = n, chosen = i;
  }
  if (best == 0) {
    problems_.push_back(
        {addressing_.name,
         fmt::format("no row of headers found: none of the first rows names a field of {}",
                     type_label_),
         {},
         {}});
  } else {
    header_line_ = first_[chosen].number;
    header_ = SheetHeader::read(first_[chosen], scope_, addressing_, elsewhere_, problems_);
    for (std::size_t i = chosen + 1; i < first_.size(); ++i) look(first_[i]);
  }
  first_.clear();
}

void SheetSurvey::look(const SourceLine &line) {
  if (header_line_ == 0) return;
  bool any = false;
  for (const auto &cell : line.cells) {
    if (text::trim(cell.text).empty()) continue;
    any = true;
    bool headed = cell.column < header_.texts().size() && !header_.texts()[cell.column].empty();
    if (headed || std::find(headless_.begin(), headless_.end(), cell.column) != headless_.end())
      continue;
    headless_.push_back(cell.column);
    problems_.push_back(
        {addressing_.cell(cell.column, line.number), "a value in a column without header", {}, {}});
  }
  lines_ += any ? 1 : 0;
}

void SheetSurvey::finish(std::vector<Problem> &problems) {
  if (!decided_ && !first_.empty()) decide();
  problems.insert(problems.end(), problems_.begin(), problems_.end());
}

WrittenRow row_of(FilledLine line, std::int64_t number) {
  WrittenRow row;
  static_cast<WrittenFields &>(row) = std::move(line.fields);
  row.number = number;
  auto take = [&](Special special) {
    return std::move(line.special[static_cast<std::size_t>(special)]);
  };
  row.state = take(Special::State);
  row.org = take(Special::Org);
  row.key = take(Special::Key);
  row.reason = take(Special::Reason);
  row.display_number = take(Special::Number);
  row.parts = std::move(line.parts);
  row.problems = std::move(line.problems);
  row.raw.push_back({0, std::move(line.raw)});
  return row;
}

void KeyRegister::check(WrittenRow &row, std::string_view path) {
  if (row.key.empty()) return;
  auto [at, fresh] = seen_.emplace(row.key, row.where);
  if (!fresh)
    row.problems.push_back({row.address(path),
                            fmt::format("the key {} is used already at {}", row.key, at->second),
                            {},
                            {}});
}

Error layout_fault(const std::string &file, std::vector<Problem> problems) {
  std::string message =
      problems.size() == 1
          ? fmt::format("{} cannot be imported: {}", file, problems.front().message)
          : fmt::format("{} cannot be imported; its columns have {} faults", file, problems.size());
  return invalid(std::move(message), std::move(problems));
}

TableSource::TableSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TableSource::TableSource(TableSource &&) noexcept = default;
TableSource &TableSource::operator=(TableSource &&) noexcept = default;
TableSource::~TableSource() = default;

Result<TableSource> TableSource::open(const std::filesystem::path &path,
                                      const catalog::RecordType &type, const Options &options) {
  Options named = options;
  if (named.name.empty()) named.name = path.filename().string();
  std::string suffix = suffix_of(named.name);
  if (std::error_code none; !std::filesystem::exists(path, none))
    return not_found(fmt::format("there is no file {}", path.string()));
  if (suffix == ".xlsx" || suffix == ".xlsm")
    return TableSource(TRY(Impl::open_xlsx(path, type, named)));
  if (suffix == ".csv" || suffix == ".tsv" || suffix == ".txt")
    return TableSource(TRY(Impl::open_csv(path, type, named)));
  if (suffix == ".jsonl" || suffix == ".ndjson")
    return TableSource(TRY(Impl::open_jsonl(path, type, named)));
  if (suffix == ".xls" || suffix == ".et" || suffix == ".ods")
    return invalid(
        fmt::format("{} is a workbook of another kind; save it as .xlsx or as CSV", named.name));
  return invalid(fmt::format("{} is no table this program reads; it reads .xlsx, .csv and .jsonl",
                             named.name));
}

Status TableSource::read(const std::function<Status(WrittenRow &&)> &each) {
  return impl_->read(each);
}
TableFormat TableSource::format() const { return impl_->format; }
bool TableSource::keyed() const { return impl_->keyed; }
const std::vector<std::string> &TableSource::notes() const { return impl_->notes; }
const std::vector<SheetLayout> &TableSource::sheets() const { return impl_->sheets; }
double TableSource::fraction() const { return impl_->fraction(); }

} // namespace yifa::exchange
