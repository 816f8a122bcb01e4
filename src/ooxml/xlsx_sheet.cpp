#include "ooxml/xlsx_parts.h"

#include "base/date.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace yifa::ooxml {
namespace {

constexpr std::uint32_t kMostRows = 1'048'576, kMostColumns = 16'384;

/// "B17" → column 1, row 17. False for anything else, and beyond XFD1048576.
bool parse_cell_name(std::string_view name, std::uint32_t &column, std::uint32_t &row) {
  std::size_t i = 0;
  std::uint32_t c = 0;
  for (; i < name.size() && i < 3 && name[i] >= 'A' && name[i] <= 'Z'; ++i)
    c = c * 26 + static_cast<std::uint32_t>(name[i] - 'A' + 1);
  if (c == 0 || c > kMostColumns || i == name.size() || name[i] == '0') return false;
  auto [end, error] = std::from_chars(name.data() + i, name.data() + name.size(), row);
  if (error != std::errc() || end != name.data() + name.size()) return false;
  column = c - 1;
  return row >= 1 && row <= kMostRows;
}

bool parse_cell_range(std::string_view ref, CellRange &range) {
  auto colon = ref.find(':');
  auto first = ref.substr(0, colon);
  auto last = colon == std::string_view::npos ? first : ref.substr(colon + 1);
  return parse_cell_name(first, range.first_column, range.first_row) &&
         parse_cell_name(last, range.last_column, range.last_row) &&
         range.first_row <= range.last_row && range.first_column <= range.last_column;
}

std::string_view trim_ascii(std::string_view s) {
  auto from = s.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return s.substr(from, s.find_last_not_of(" \t\r\n") - from + 1);
}

/// Only blanks: spaces, no-break and ideographic spaces, line ends.
bool is_blank(std::string_view s) {
  if (s.empty()) return true;
  auto first = static_cast<unsigned char>(s[0]);
  bool may_be = first <= ' ' || first == 0xC2 || first == 0xE2 || first == 0xE3 || first == 0xEF;
  if (!may_be) return false; // spares the decoding of most texts
  for (char32_t c : text::decode(s))
    if (c > U' ' && c != 0xA0 && c != 0x3000 && c != 0xFEFF && c != 0x200B) return false;
  return true;
}

/// <worksheet> … <sheetData><row r><c r s t><f/><v/> or <is>…</is></c></row></sheetData> …
/// <mergeCells><mergeCell ref/>. Elements count only at their proper depth, so that extensions with
/// the same names do no harm.
class SheetHandler final : public XmlHandler {
public:
  SheetHandler(const SheetContext &context, const std::function<Status(const Row &)> &on_row)
      : context_(context), on_row_(on_row) {}
  SheetSummary summary;

  Status start(std::string_view name, const XmlAttributes &attributes) override;
  Status end(std::string_view name) override;
  Status text(std::string_view piece) override;

private:
  /// A cell whose text still lies in row_text_, which may move.
  struct Held {
    Cell cell;
    bool in_row_text = false;
    std::size_t from = 0, size = 0;
  };

  Error broken(const std::string &what) const {
    std::string where = context_.sheet;
    if (row_ > 0) where += "!" + cell_name(column_, row_);
    return invalid(fmt::format("{}: {}", where, what), {{where, what, "", ""}});
  }
  Status start_row(const XmlAttributes &attributes);
  Status start_cell(const XmlAttributes &attributes);
  Status end_cell();
  Status end_row();
  Status number_cell();
  void iso_date_cell();
  void hold(CellKind kind, std::string_view text, bool rounded = false, bool percent = false);

  const SheetContext &context_;
  const std::function<Status(const Row &)> &on_row_;
  int depth_ = 0;
  bool in_data_ = false, in_merges_ = false, in_row_ = false, in_cell_ = false;
  bool in_value_ = false, in_inline_ = false, in_inline_text_ = false;
  int phonetic_ = 0;
  std::uint32_t row_ = 0, column_ = 0, next_column_ = 0;
  std::uint64_t cells_seen_ = 0;

  std::string type_;
  std::uint32_t style_ = 0;
  bool has_formula_ = false, has_value_ = false;
  std::string value_; ///< of <v> or <is>
  std::string row_text_;
  std::vector<Held> held_;
  std::vector<Cell> cells_;
};

Status SheetHandler::start(std::string_view name, const XmlAttributes &attributes) {
  ++depth_;
  if (depth_ == 1 && name != "worksheet")
    return invalid(fmt::format("sheet \"{}\" is not a worksheet", context_.sheet));
  if (depth_ == 2) {
    in_data_ = name == "sheetData";
    in_merges_ = name == "mergeCells";
  } else if (in_merges_ && depth_ == 3 && name == "mergeCell") {
    CellRange range;
    row_ = 0;
    if (!parse_cell_range(attributes.get("ref"), range))
      return broken(fmt::format("\"{}\" is no range of cells", attributes.get("ref")));
    if (summary.merged.size() >= kMostRows) return broken("too many merged ranges");
    summary.merged.push_back(range);
  }
  if (!in_data_ || !on_row_) return Done{};
  if (depth_ == 3 && name == "row") return start_row(attributes);
  if (depth_ == 4 && in_row_ && name == "c") return start_cell(attributes);
  if (!in_cell_) return Done{};
  if (depth_ == 5) {
    in_value_ = name == "v";
    has_value_ = has_value_ || in_value_;
    in_inline_ = name == "is";
    if (name == "f") has_formula_ = true;
  } else if (in_inline_) {
    if (name == "rPh") ++phonetic_;
    if (name == "t") in_inline_text_ = phonetic_ == 0;
  }
  return Done{};
}

Status SheetHandler::start_row(const XmlAttributes &attributes) {
  std::uint32_t number = row_ + 1;
  if (auto r = trim_ascii(attributes.get("r")); !r.empty()) {
    auto [end, error] = std::from_chars(r.data(), r.data() + r.size(), number);
    if (error != std::errc() || end != r.data() + r.size() || number == 0 || number > kMostRows) {
      row_ = 0;
      return broken(fmt::format("\"{}\" is no row number", r));
    }
  }
  if (number <= row_ || number > kMostRows)
    return invalid(fmt::format("{}: row {} comes after row {}", context_.sheet, number, row_));
  row_ = number;
  next_column_ = 0;
  in_row_ = true;
  held_.clear();
  row_text_.clear();
  return Done{};
}

Status SheetHandler::start_cell(const XmlAttributes &attributes) {
  column_ = next_column_;
  if (auto name = trim_ascii(attributes.get("r")); !name.empty()) {
    std::uint32_t row = 0;
    if (!parse_cell_name(name, column_, row) || row != row_) {
      column_ = 0;
      return broken(fmt::format("a cell of row {} says it is \"{}\"", row_, name));
    }
  }
  if (column_ >= kMostColumns) {
    column_ = 0;
    return broken(fmt::format("row {} has more than {} cells", row_, kMostColumns));
  }
  next_column_ = column_ + 1;
  if (++cells_seen_ > context_.limits.cells)
    return broken(fmt::format("the sheet has more than {} cells", context_.limits.cells));
  in_cell_ = true;
  has_formula_ = has_value_ = in_value_ = in_inline_ = in_inline_text_ = false;
  phonetic_ = 0;
  value_.clear();
  type_ = attributes.get("t");
  style_ = 0;
  if (auto s = attributes.get("s"); !s.empty())
    std::from_chars(s.data(), s.data() + s.size(), style_);
  return Done{};
}

Status SheetHandler::text(std::string_view piece) {
  if (!in_cell_ || !(in_value_ || in_inline_text_)) return Done{};
  if (value_.size() + piece.size() > context_.limits.cell_bytes)
    return broken(fmt::format("the cell holds more than {} KB", context_.limits.cell_bytes >> 10));
  value_ += piece;
  return Done{};
}

Status SheetHandler::end(std::string_view name) {
  --depth_;
  if (depth_ == 1) in_data_ = in_merges_ = false;
  if (!in_data_ || !on_row_) return Done{};
  if (in_cell_ && depth_ >= 4) {
    if (depth_ == 4) in_value_ = in_inline_ = in_inline_text_ = false;
    if (depth_ > 4 && in_inline_) {
      if (name == "t") in_inline_text_ = false;
      if (name == "rPh") --phonetic_;
    }
    return Done{};
  }
  if (depth_ == 3 && in_cell_) {
    in_cell_ = false;
    return end_cell();
  }
  if (depth_ == 2 && in_row_) {
    in_row_ = false;
    return end_row();
  }
  return Done{};
}

void SheetHandler::hold(CellKind kind, std::string_view text, bool rounded, bool percent) {
  Held held;
  held.cell.column = column_;
  held.cell.kind = kind;
  held.cell.rounded = rounded;
  held.cell.percent = percent;
  held.cell.from_formula = has_formula_;
  held.in_row_text = true;
  held.from = row_text_.size();
  held.size = text.size();
  row_text_ += text;
  held_.push_back(held);
}

Status SheetHandler::end_cell() {
  if (type_ == "s") {
    auto digits = trim_ascii(value_);
    if (digits.empty()) return Done{};
    std::size_t index = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc() || end != digits.data() + digits.size() ||
        index >= context_.texts.size())
      return broken("the cell's text is missing from the file; save it again in Excel or WPS");
    auto shared = context_.texts.at(index);
    if (is_blank(shared)) return Done{};
    Held held;
    held.cell.column = column_;
    held.cell.text = shared;
    held.cell.from_formula = has_formula_;
    held_.push_back(held);
    return Done{};
  }
  if (type_ == "inlineStr" || type_ == "str") {
    unescape_text(value_, 0);
    if (!is_blank(value_)) hold(CellKind::Text, value_);
    return Done{};
  }
  if (has_formula_ && trim_ascii(value_).empty()) {
    hold(CellKind::Error, "#UNCOMPUTED");
    return Done{};
  }
  auto value = trim_ascii(value_);
  if (value.empty()) return Done{};
  if (type_ == "b")
    hold(CellKind::Bool, value == "1" || value == "true" ? "true" : "false");
  else if (type_ == "e")
    hold(CellKind::Error, value);
  else if (type_ == "d")
    iso_date_cell();
  else
    return number_cell();
  return Done{};
}

void SheetHandler::iso_date_cell() {
  auto value = trim_ascii(value_);
  if (value.ends_with('Z')) value.remove_suffix(1);
  if (auto dot = value.find('.'); dot != std::string_view::npos) value = value.substr(0, dot);
  bool moment = value.size() >= 16 && value[10] == 'T' && Date::parse(value.substr(0, 10));
  if (moment && (value.substr(11) == "00:00:00" || value.substr(11) == "00:00"))
    hold(CellKind::Date, value.substr(0, 10));
  else if (moment && Moment::parse(value))
    hold(CellKind::Moment, value);
  else if (Date::parse(value))
    hold(CellKind::Date, value);
  else if (value.size() >= 5 && value[2] == ':')
    hold(CellKind::Time, value);
  else
    hold(CellKind::Text, trim_ascii(value_));
}

Status SheetHandler::number_cell() {
  auto digits = trim_ascii(value_);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  double number = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc::result_out_of_range)
    number = 0;
  else if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number))
    return broken(fmt::format("\"{}\" is stored as a number but is none",
                              text::shorten(trim_ascii(value_), 40)));
  NumberShape shape;
  if (style_ < context_.styles.size()) shape = context_.styles[style_];
  if (shape.date || shape.time) {
    auto dated = dated_text(number, shape, context_.from_1904);
    switch (dated.kind) {
    case DatedText::Kind::Date:
      hold(CellKind::Date, dated.text);
      return Done{};
    case DatedText::Kind::Moment:
      hold(CellKind::Moment, dated.text);
      return Done{};
    case DatedText::Kind::Time:
      hold(CellKind::Time, dated.text);
      return Done{};
    case DatedText::Kind::Number:
      break;
    }
  }
  hold(CellKind::Number, plain_number(number), std::fabs(number) >= 1e15, shape.percent);
  return Done{};
}

Status SheetHandler::end_row() {
  if (held_.empty()) return Done{};
  std::stable_sort(held_.begin(), held_.end(),
                   [](const Held &a, const Held &b) { return a.cell.column < b.cell.column; });
  cells_.clear();
  for (const Held &held : held_) {
    if (!cells_.empty() && cells_.back().column == held.cell.column) {
      column_ = held.cell.column;
      return broken("the cell stands in the file twice");
    }
    cells_.push_back(held.cell);
    if (held.in_row_text)
      cells_.back().text = std::string_view(row_text_).substr(held.from, held.size);
  }
  ++summary.rows;
  return on_row_(Row{row_, cells_});
}

} // namespace

const Cell *Row::at(std::uint32_t column) const {
  auto found =
      std::lower_bound(cells.begin(), cells.end(), column,
                       [](const Cell &c, std::uint32_t wanted) { return c.column < wanted; });
  return found != cells.end() && found->column == column ? &*found : nullptr;
}

std::string_view Row::text(std::uint32_t column) const {
  const Cell *cell = at(column);
  return cell ? cell->text : std::string_view();
}

std::string column_name(std::uint32_t column) {
  std::string out;
  for (std::uint32_t n = column + 1; n > 0; n = (n - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
  return out;
}

std::string cell_name(std::uint32_t column, std::uint32_t row) {
  return column_name(column) + std::to_string(row);
}

Result<SheetSummary> read_sheet(const ZipReader &zip, const std::string &part,
                                const SheetContext &context,
                                const std::function<Status(const Row &)> &on_row) {
  SheetHandler handler(context, on_row);
  TRY(parse_part(zip, part, handler));
  return std::move(handler.summary);
}

} // namespace yifa::ooxml
