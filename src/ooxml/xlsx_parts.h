#pragma once

#include "ooxml/number_format.h"
#include "ooxml/xlsx_read.h"
#include "ooxml/xml.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What XlsxReader is made of.
namespace yifa::ooxml {

/// The workbook's shared texts, one after the other in one string.
class SharedTexts {
public:
  std::size_t size() const { return ends_.size(); }
  std::string_view at(std::size_t index) const {
    std::size_t from = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(from, ends_[index] - from);
  }
  /// Reads xl/sharedStrings.xml. Invalid when malformed or over the limits.
  Status load(const ZipReader &zip, const std::string &part, const XlsxLimits &limits);

private:
  friend class SharedTextsHandler;
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

/// The number formats of xl/styles.xml by the style index of a cell.
Result<std::vector<NumberShape>> load_styles(const ZipReader &zip, const std::string &part,
                                             std::size_t most);

/// Streams a part of the package through a handler.
Status parse_part(const ZipReader &zip, const std::string &part, XmlHandler &handler);

/// Undoes _x000D_ and its like, in place: [from, end) of `text`.
void unescape_text(std::string &text, std::size_t from);

/// What the rows of a sheet are read against.
struct SheetContext {
  const SharedTexts &texts;
  const std::vector<NumberShape> &styles;
  const XlsxLimits &limits;
  std::string sheet; ///< name, for addresses
  bool from_1904 = false;
};

/// Reads one worksheet part. Without `on_row` only merged ranges are gathered.
Result<SheetSummary> read_sheet(const ZipReader &zip, const std::string &part,
                                const SheetContext &context,
                                const std::function<Status(const Row &)> &on_row);

} // namespace yifa::ooxml
