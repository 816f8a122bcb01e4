#include "base/text.h"
#include "ooxml/xlsx_write.h"
#include "reading/labels.h"
#include "reading/summary.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace yifa::reading {

namespace {

using ooxml::CellValue;
using ooxml::ColumnFormat;
using ooxml::SheetColumn;

/// Fewer than the 32 767 that a cell may hold.
constexpr std::size_t kCellText = 30'000;

CellValue book_text(std::string_view written) {
  return text::shorten(text::encode(text::decode(written)), kCellText);
}
CellValue book_count(int n) { return static_cast<std::int64_t>(n); }
CellValue book_line(std::size_t line) {
  if (line == 0) return std::monostate{};
  return static_cast<std::int64_t>(line);
}

SheetColumn book_column(std::string header, double width,
                        ColumnFormat format = ColumnFormat::General) {
  SheetColumn out;
  out.header = std::move(header);
  out.format = format;
  out.width = width;
  return out;
}

class SummaryBook {
public:
  SummaryBook(const Summary &summary, const Lexicon &lexicon)
      : summary_(summary), lexicon_(lexicon), labels_(lexicon, "summary"),
        order_(town_order(summary)), pairs_(pairs_of(summary)), names_(town_names(summary)),
        alike_(summary.towns.size()) {
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      for (auto town : {pairs_[i].a, pairs_[i].b}) alike_[town].push_back(i);
  }

  Status write(const std::filesystem::path &path) {
    ooxml::XlsxWriter::Properties properties;
    properties.title = labels_.fill("page_title", {{"n", std::to_string(summary_.towns.size())}});
    auto book = TRY(ooxml::XlsxWriter::create(path, properties));
    TRY(towns(book));
    TRY(findings(book));
    TRY(rules(book));
    TRY(figures(book));
    TRY(likes(book));
    return book.finish();
  }

private:
  Status begin(ooxml::XlsxWriter &book, std::string_view name, std::vector<SheetColumn> columns) {
    ooxml::SheetSpec sheet;
    sheet.name = labels_.get(name);
    sheet.columns = std::move(columns);
    sheet.filter = true;
    return book.begin_sheet(sheet);
  }
  Status towns(ooxml::XlsxWriter &book);
  Status findings(ooxml::XlsxWriter &book);
  Status rules(ooxml::XlsxWriter &book);
  Status figures(ooxml::XlsxWriter &book);
  Status likes(ooxml::XlsxWriter &book);
  std::string title_of(const std::string &rule) const {
    const auto title = summary_.rule_titles.find(rule);
    return title == summary_.rule_titles.end() ? rule : title->second;
  }

  const Summary &summary_;
  const Lexicon &lexicon_;
  const Labels labels_;
  const std::vector<std::size_t> order_;
  const std::vector<AlikePair> pairs_;
  const std::vector<std::string> names_;
  std::vector<std::vector<std::size_t>> alike_; ///< pairs of each town
};

Status SummaryBook::towns(ooxml::XlsxWriter &book) {
  const auto groups = found_groups(summary_, lexicon_);
  std::vector<SheetColumn> columns{book_column(labels_.get("town"), 16),
                                   book_column(labels_.get("state"), 12),
                                   book_column(labels_.get("year"), 8, ColumnFormat::Integer)};
  for (auto severity : {Severity::Error, Severity::Warning, Severity::Note})
    columns.push_back(book_column(severity_word(lexicon_, severity), 9, ColumnFormat::Integer));
  for (const auto &group : groups)
    columns.push_back(book_column(group_word(lexicon_, group), 13, ColumnFormat::Integer));
  columns.push_back(book_column(labels_.get("other"), 30));
  columns.push_back(book_column(labels_.get("file"), 40));
  TRY(begin(book, "sheet_towns", std::move(columns)));
  for (auto index : order_) {
    const auto &town = summary_.towns[index];
    std::vector<CellValue> cells{
        book_text(town.place.empty() ? labels_.get("unknown") : town.place)};
    if (town.failed) {
      cells.push_back(book_text(labels_.get("failed")));
      cells.resize(6 + groups.size());
      cells.push_back(book_text(failure_words(lexicon_, *town.failed, town.file)));
      cells.push_back(book_text(town.file));
      TRY(book.row(cells));
      continue;
    }
    cells.push_back(book_text(labels_.get("received")));
    cells.push_back(town.year ? book_count(*town.year) : CellValue{});
    for (int n : {town.errors, town.warnings, town.notes}) cells.push_back(book_count(n));
    for (const auto &group : groups) cells.push_back(book_count(count_of_group(town, group)));
    std::string others;
    for (auto at : alike_[index]) {
      const auto &pair = pairs_[at];
      const bool first = pair.a == index;
      const auto share = first ? pair.share_a : pair.share_b;
      others += (others.empty() ? "" : labels_.get("separator")) + names_[first ? pair.b : pair.a];
      if (share > 0) others += " " + share_text(share);
    }
    cells.push_back(book_text(others));
    cells.push_back(book_text(town.file));
    TRY(book.row(cells));
  }
  for (const auto &place : summary_.missing)
    TRY(book.row(std::vector<CellValue>{book_text(place), book_text(labels_.get("not_received"))}));
  return Done{};
}

Status SummaryBook::findings(ooxml::XlsxWriter &book) {
  if (std::all_of(summary_.towns.begin(), summary_.towns.end(),
                  [](const TownRow &town) { return town.findings.empty(); }))
    return Done{};
  TRY(begin(book, "sheet_findings",
            {book_column(labels_.get("town"), 16),
             book_column(labels_.get("line_number"), 6, ColumnFormat::Integer),
             book_column(labels_.get("severity"), 9), book_column(labels_.get("group"), 14),
             book_column(labels_.get("rule"), 20), book_column(labels_.get("excerpt"), 40),
             book_column(labels_.get("message"), 60), book_column(labels_.get("suggestion"), 40),
             book_column(labels_.get("suspected"), 7), book_column(labels_.get("file"), 30)}));
  for (auto index : order_) {
    const auto &town = summary_.towns[index];
    for (const auto &finding : town.findings)
      TRY(book.row(std::vector<CellValue>{
          book_text(town.place.empty() ? labels_.get("unknown") : town.place),
          book_line(finding.line), book_text(severity_word(lexicon_, finding.severity)),
          book_text(group_word(lexicon_, group_of(finding.rule))),
          book_text(title_of(finding.rule)), book_text(finding.excerpt), book_text(finding.message),
          book_text(finding.suggestion),
          finding.suspected ? book_text(labels_.get("suspected_yes")) : CellValue{},
          book_text(town.file)}));
  }
  return Done{};
}

Status SummaryBook::rules(ooxml::XlsxWriter &book) {
  std::vector<SheetColumn> columns{book_column(labels_.get("group"), 14),
                                   book_column(labels_.get("rule"), 22),
                                   book_column(labels_.get("total"), 8, ColumnFormat::Integer)};
  for (auto index : order_)
    if (!summary_.towns[index].failed)
      columns.push_back(book_column(names_[index], 10, ColumnFormat::Integer));
  TRY(begin(book, "sheet_rules", std::move(columns)));
  std::set<std::string> ids;
  for (const auto &town : summary_.towns)
    for (const auto &rule : town.by_rule) ids.insert(rule.first);
  for (const auto &group : found_groups(summary_, lexicon_)) {
    for (const auto &id : ids) {
      if (group_of(id) != group) continue;
      int all = 0;
      std::vector<CellValue> counts;
      for (auto index : order_) {
        const auto &town = summary_.towns[index];
        if (town.failed) continue;
        const auto n = town.by_rule.find(id);
        counts.push_back(n == town.by_rule.end() ? CellValue{} : book_count(n->second));
        if (n != town.by_rule.end()) all += n->second;
      }
      std::vector<CellValue> cells{book_text(group_word(lexicon_, group)), book_text(title_of(id)),
                                   book_count(all)};
      cells.insert(cells.end(), counts.begin(), counts.end());
      TRY(book.row(cells));
    }
  }
  return Done{};
}

Status SummaryBook::figures(ooxml::XlsxWriter &book) {
  std::vector<SheetColumn> columns{book_column(labels_.get("indicator"), 28)};
  for (auto index : order_)
    if (!summary_.towns[index].failed) columns.push_back(book_column(names_[index], 13));
  TRY(begin(book, "sheet_figures", std::move(columns)));
  for (const auto &id : shared_indicators(summary_)) {
    const auto label = summary_.indicator_labels.find(id);
    std::vector<CellValue> cells{
        book_text(label == summary_.indicator_labels.end() ? id : label->second)};
    for (auto index : order_) {
      const auto &town = summary_.towns[index];
      if (town.failed) continue;
      const auto value = town.figures.find(id);
      cells.push_back(
          book_text(value == town.figures.end() ? labels_.get("unsaid") : value->second));
    }
    TRY(book.row(cells));
  }
  return Done{};
}

Status SummaryBook::likes(ooxml::XlsxWriter &book) {
  TRY(begin(book, "sheet_likes",
            {book_column(labels_.get("town"), 16), book_column(labels_.get("other"), 16),
             book_column(labels_.get("share_here"), 14, ColumnFormat::Integer),
             book_column(labels_.get("line_number"), 6, ColumnFormat::Integer),
             book_column(labels_.get("here"), 60),
             book_column(labels_.get("line_number"), 6, ColumnFormat::Integer),
             book_column(labels_.get("there"), 60)}));
  for (const auto &pair : pairs_) {
    const auto share = pair.share_a > 0
                           ? book_count(static_cast<int>(std::lround(pair.share_a * 100)))
                           : CellValue{};
    if (pair.passages.empty())
      TRY(book.row(
          std::vector<CellValue>{book_text(names_[pair.a]), book_text(names_[pair.b]), share}));
    for (const auto &passage : pair.passages)
      TRY(book.row(std::vector<CellValue>{
          book_text(names_[pair.a]), book_text(names_[pair.b]), share, book_line(passage.line_here),
          book_text(passage.here), book_line(passage.line_there), book_text(passage.there)}));
  }
  return Done{};
}

} // namespace

Status write_summary_xlsx(const std::filesystem::path &path, const Summary &summary,
                          const Lexicon &lexicon) {
  return SummaryBook(summary, lexicon).write(path);
}

} // namespace yifa::reading
