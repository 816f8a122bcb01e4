#pragma once

#include "exchange/csv.h"
#include "record/record.h"

#include <filesystem>
#include <memory>

namespace yifa::exchange {

enum class ListFormat { Table, Csv, Json, Xlsx };
/// "table", "csv", "json", "xlsx". Invalid for others.
Result<ListFormat> parse_list_format(std::string_view text);

/// What a list shows. Personal fields never leave by a list: asking for one is Invalid.
struct ListSpec {
  const catalog::Catalog *catalog = nullptr;
  const catalog::RecordType *type = nullptr;
  /// Field ids, "@number", "@state", "@org", "@day", "@version", "@id", "@late"; empty: @number and
  /// the type's list columns (table), all non-personal fields (csv, xlsx, json).
  std::vector<std::string> columns;
  bool english = false;
  std::function<std::string(const OrgCode &)> org_name;    ///< null: codes
  std::function<std::string(const RecordId &)> link_label; ///< null: ids
};

/// Records one after another into a list. The terminal table measures East Asian width over the
/// first rows (it holds at most 200 back), then streams; JSON is one array of record::to_json
/// objects cut to the columns.
class ListWriter {
public:
  /// `sink` takes the bytes of table, CSV and JSON; .xlsx goes to `file` instead. Invalid: an
  /// unknown column (with the nearest name), a personal one.
  static Result<ListWriter> create(ListFormat format, ListSpec spec, Sink sink,
                                   const std::filesystem::path &file = {});
  ListWriter(ListWriter &&) noexcept;
  ListWriter &operator=(ListWriter &&) noexcept;
  ~ListWriter();
  Status add(const record::Record &record);
  std::int64_t rows() const;
  Status finish();

private:
  struct Impl;
  explicit ListWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Any rows of text as a terminal table: columns padded by East Asian width, numbers to the right.
/// A cell wider than `widest` columns is cut with ….
std::string text_table(const std::vector<std::string> &headers,
                       const std::vector<std::vector<std::string>> &rows, std::size_t widest = 40);

} // namespace yifa::exchange
