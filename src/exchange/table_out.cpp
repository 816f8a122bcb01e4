#include "exchange/table_out.h"

#include "base/text.h"
#include "ooxml/xlsx_write.h"
#include "record/codec.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

using catalog::Field;
using catalog::FieldType;

constexpr std::size_t kMeasured = 200; // rows held back to find the widths of a terminal table
constexpr std::size_t kWidest = 40;

struct Column {
  enum class Kind { Field, Id, Number, State, Org, Day, Version, Late };
  Kind kind = Kind::Field;
  int field = -1;
  std::string header;
};

struct SpecialColumn {
  std::string_view name;
  Column::Kind kind;
  std::string_view zh;
  std::string_view en;
};

constexpr SpecialColumn kSpecial[] = {
    {"@number", Column::Kind::Number, "编号", "Number"},
    {"@state", Column::Kind::State, "状态", "State"},
    {"@org", Column::Kind::Org, "单位", "Office"},
    {"@day", Column::Kind::Day, "发生日期", "Day"},
    {"@version", Column::Kind::Version, "@version", "@version"},
    {"@id", Column::Kind::Id, "@id", "@id"},
    {"@late", Column::Kind::Late, "补录", "Late"},
};

/// A rows field with one personal column is personal as a whole in a list.
bool is_personal(const Field &field) {
  return field.personal || std::any_of(field.columns.begin(), field.columns.end(), is_personal);
}

std::string words(const catalog::Words &label, bool english, const std::string &id) {
  const auto &chosen = english && !label.en.empty() ? label.en : label.zh;
  return chosen.empty() ? id : chosen;
}

bool numeric(const Column &column, const catalog::RecordType &type) {
  if (column.kind == Column::Kind::Version) return true;
  if (column.kind != Column::Kind::Field) return false;
  auto t = type.fields[static_cast<std::size_t>(column.field)].type;
  return t == FieldType::Count || t == FieldType::Number || t == FieldType::Money;
}

/// One line, without what would steer a terminal.
std::string for_terminal(std::string_view text, std::size_t widest) {
  auto points = text::decode(text);
  std::u32string out;
  std::size_t columns = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    char32_t c = points[i];
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    if (c < 32 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2066 && c <= 0x2069))
      c = U'?';
    std::size_t w = text::width(text::encode(c));
    if (columns + w > widest) {
      while (!out.empty() && columns + 1 > widest) {
        columns -= text::width(text::encode(out.back()));
        out.pop_back();
      }
      return text::encode(out) + "…";
    }
    columns += w;
    out += c;
  }
  return text::encode(out);
}

std::string padded(const std::string &cell, std::size_t width, bool right) {
  std::size_t own = text::width(cell);
  std::string blanks(width > own ? width - own : 0, ' ');
  return right ? blanks + cell : cell + blanks;
}

std::string table_line(const std::vector<std::string> &cells,
                       const std::vector<std::size_t> &widths, const std::vector<bool> &right) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += "  ";
    line += padded(for_terminal(cells[i], widths[i]), widths[i], right[i]);
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::vector<std::size_t> measure(const std::vector<std::string> &headers,
                                 const std::vector<std::vector<std::string>> &rows,
                                 std::size_t widest) {
  std::vector<std::size_t> widths;
  for (const auto &header : headers) widths.push_back(std::min(text::width(header), widest));
  for (const auto &row : rows)
    for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i)
      widths[i] = std::max(widths[i], std::min(text::width(for_terminal(row[i], widest)), widest));
  return widths;
}

std::string rule(const std::vector<std::size_t> &widths) {
  std::vector<std::string> dashes;
  for (auto width : widths) dashes.push_back(text::replace_all(std::string(width, '-'), "-", "─"));
  return text::join(dashes, "  ") + "\n";
}

ooxml::ColumnFormat xlsx_format(FieldType type) {
  switch (type) {
  case FieldType::Count:
    return ooxml::ColumnFormat::Integer;
  case FieldType::Number:
    return ooxml::ColumnFormat::Decimal;
  case FieldType::Money:
    return ooxml::ColumnFormat::Money;
  case FieldType::Date:
    return ooxml::ColumnFormat::Date;
  case FieldType::Moment:
    return ooxml::ColumnFormat::Moment;
  default:
    return ooxml::ColumnFormat::Text;
  }
}

} // namespace

Result<ListFormat> parse_list_format(std::string_view text) {
  if (text == "table") return ListFormat::Table;
  if (text == "csv") return ListFormat::Csv;
  if (text == "json") return ListFormat::Json;
  if (text == "xlsx") return ListFormat::Xlsx;
  return invalid(fmt::format("there is no format \"{}\"; choose table, csv, json or xlsx", text));
}

struct ListWriter::Impl {
  ListFormat format = ListFormat::Table;
  ListSpec spec;
  Sink sink;
  std::vector<Column> columns;
  std::optional<CsvWriter> csv;
  std::optional<ooxml::XlsxWriter> xlsx;
  std::vector<std::vector<std::string>> held; ///< of a table, until the widths are known
  std::vector<std::size_t> widths;
  std::vector<bool> right;
  std::int64_t rows = 0;

  Status choose_columns() {
    const auto &type = *spec.type;
    auto chosen = spec.columns;
    if (chosen.empty()) {
      chosen = {"@number"};
      if (format == ListFormat::Table && !type.list_columns.empty()) {
        for (const auto &name : type.list_columns)
          if (name.starts_with('@') ||
              (type.field(name) != nullptr && !is_personal(*type.field(name))))
            chosen.push_back(name);
      } else {
        for (const auto &field : type.fields)
          if (!is_personal(field) && !field.absent) chosen.push_back(field.id);
        chosen.push_back("@state");
        chosen.push_back("@org");
      }
    }
    std::vector<Problem> problems;
    for (const auto &name : chosen) {
      auto special = std::find_if(std::begin(kSpecial), std::end(kSpecial),
                                  [&](const SpecialColumn &s) { return s.name == name; });
      if (special != std::end(kSpecial)) {
        columns.push_back(
            {special->kind, -1, std::string(spec.english ? special->en : special->zh)});
        continue;
      }
      int index = type.field_index(name);
      for (std::size_t i = 0; i < type.fields.size() && index < 0; ++i)
        if (type.fields[i].label.zh == name || type.fields[i].label.en == name)
          index = static_cast<int>(i);
      if (index < 0) {
        std::vector<std::string> known;
        for (const auto &field : type.fields)
          known.push_back(field.id), known.push_back(field.label.zh);
        for (const auto &s : kSpecial) known.emplace_back(s.name);
        auto near = text::nearest(name, known);
        problems.push_back({name,
                            fmt::format("{} has no field {}{}", type.label.zh, name,
                                        near.empty() ? "" : "; did you mean " + near + "?"),
                            {},
                            {}});
        continue;
      }
      const auto &field = type.fields[static_cast<std::size_t>(index)];
      if (is_personal(field)) {
        problems.push_back(
            {name,
             fmt::format("{} is personal data and never stands in a list", field.label.zh),
             {},
             {}});
        continue;
      }
      columns.push_back({Column::Kind::Field, index, words(field.label, spec.english, field.id)});
    }
    if (problems.empty()) return Done{};
    auto message = problems.front().message;
    return invalid(std::move(message), std::move(problems));
  }

  std::string one(const Field &field, const catalog::Value &value) const {
    if (const auto *org = value.get<OrgCode>()) return org_text(*org);
    if (const auto *id = value.get<RecordId>())
      return spec.link_label ? spec.link_label(*id) : id->text();
    return record::display(*spec.catalog, field, value, spec.english);
  }

  std::string org_text(const OrgCode &org) const {
    std::string name = spec.org_name ? spec.org_name(org) : "";
    return name.empty() ? org.text() : name;
  }

  std::string cell(const Column &column, const record::Record &record) const {
    switch (column.kind) {
    case Column::Kind::Id:
      return record.id.text();
    case Column::Kind::Number:
      return record.number;
    case Column::Kind::Org:
      return org_text(record.owner_org);
    case Column::Kind::Day:
      return record.day.text();
    case Column::Kind::Version:
      return std::to_string(record.version);
    case Column::Kind::Late:
      return record.late ? (spec.english ? "yes" : "是") : "";
    case Column::Kind::State: {
      const auto *state = spec.type->state(record.state);
      std::string label =
          state != nullptr ? words(state->label, spec.english, state->id) : record.state;
      return record.withdrawn ? (spec.english ? "withdrawn" : "已撤回") : label;
    }
    case Column::Kind::Field:
      break;
    }
    auto index = static_cast<std::size_t>(column.field);
    if (index >= record.values.size()) return {};
    const auto &field = spec.type->fields[index];
    const auto &value = record.values[index];
    const auto *many = value.get<std::vector<catalog::Value>>();
    if (many == nullptr) return one(field, value);
    std::vector<std::string> shown;
    for (const auto &item : *many) shown.push_back(one(field, item));
    return text::join(shown, spec.english ? ", " : "、");
  }

  std::vector<std::string> cells(const record::Record &record) const {
    std::vector<std::string> out;
    for (const auto &column : columns) out.push_back(cell(column, record));
    return out;
  }

  ooxml::CellValue xlsx_cell(const Column &column, const record::Record &record) const {
    if (column.kind == Column::Kind::Day) return record.day;
    if (column.kind == Column::Kind::Version) return record.version;
    if (column.kind == Column::Kind::Field) {
      auto index = static_cast<std::size_t>(column.field);
      if (index >= record.values.size() || !record.values[index].filled()) return std::monostate();
      const auto &value = record.values[index];
      if (const auto *count = value.get<catalog::Count>()) return count->n;
      if (const auto *number = value.get<Decimal>())
        return static_cast<double>(number->millionths()) / 1e6;
      if (const auto *money = value.get<Money>()) return static_cast<double>(money->fen()) / 100;
      if (const auto *date = value.get<Date>()) return *date;
      if (const auto *moment = value.get<Moment>()) return *moment;
    }
    auto text = cell(column, record);
    if (text.empty()) return std::monostate();
    return text;
  }

  json::object json_of(const record::Record &record) const {
    auto object = record::to_json(*spec.type, record, false);
    auto &fields = object["fields"].as_object();
    for (const auto &field : spec.type->fields)
      if (is_personal(field)) fields.erase(field.id);
    if (spec.columns.empty()) return object;
    json::object kept;
    for (const auto &column : columns) {
      if (column.kind != Column::Kind::Field) continue;
      const auto &id = spec.type->fields[static_cast<std::size_t>(column.field)].id;
      if (auto *value = fields.if_contains(id)) kept[id] = *value;
    }
    fields = std::move(kept);
    object.erase("parts");
    return object;
  }

  std::vector<std::string> headers() const {
    std::vector<std::string> out;
    for (const auto &column : columns) out.push_back(column.header);
    return out;
  }

  Status begin(const std::filesystem::path &file) {
    switch (format) {
    case ListFormat::Csv:
      csv.emplace(sink);
      return csv->row(headers());
    case ListFormat::Json:
      return sink("[");
    case ListFormat::Table:
      return Done{};
    case ListFormat::Xlsx:
      break;
    }
    xlsx.emplace(TRY(ooxml::XlsxWriter::create(file, {spec.type->label.zh, "", {}})));
    ooxml::SheetSpec sheet;
    sheet.name = words(spec.type->label, spec.english, spec.type->id);
    sheet.filter = true;
    for (const auto &column : columns) {
      ooxml::SheetColumn made;
      made.header = column.header;
      made.format =
          column.kind == Column::Kind::Field
              ? xlsx_format(spec.type->fields[static_cast<std::size_t>(column.field)].type)
          : column.kind == Column::Kind::Day ? ooxml::ColumnFormat::Date
                                             : ooxml::ColumnFormat::Text;
      made.width = std::max(12.0, static_cast<double>(text::width(column.header)) + 4);
      sheet.columns.push_back(std::move(made));
    }
    return xlsx->begin_sheet(sheet);
  }

  Status open_table() {
    auto head = headers();
    widths = measure(head, held, kWidest);
    for (const auto &column : columns) right.push_back(numeric(column, *spec.type));
    TRY(sink(table_line(head, widths, right) + rule(widths)));
    for (const auto &row : held) TRY(sink(table_line(row, widths, right)));
    held.clear();
    return Done{};
  }
};

ListWriter::ListWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ListWriter::ListWriter(ListWriter &&) noexcept = default;
ListWriter &ListWriter::operator=(ListWriter &&) noexcept = default;
ListWriter::~ListWriter() = default;
std::int64_t ListWriter::rows() const { return impl_->rows; }

Result<ListWriter> ListWriter::create(ListFormat format, ListSpec spec, Sink sink,
                                      const std::filesystem::path &file) {
  auto impl = std::make_unique<Impl>();
  impl->format = format;
  impl->spec = std::move(spec);
  impl->sink = std::move(sink);
  TRY(impl->choose_columns());
  TRY(impl->begin(file));
  return ListWriter(std::move(impl));
}

Status ListWriter::add(const record::Record &record) {
  bool first = impl_->rows++ == 0;
  switch (impl_->format) {
  case ListFormat::Csv:
    return impl_->csv->row(impl_->cells(record));
  case ListFormat::Json:
    return impl_->sink((first ? "\n" : ",\n") + json::serialize(impl_->json_of(record)));
  case ListFormat::Xlsx: {
    std::vector<ooxml::CellValue> cells;
    for (const auto &column : impl_->columns) cells.push_back(impl_->xlsx_cell(column, record));
    return impl_->xlsx->row(cells);
  }
  case ListFormat::Table:
    break;
  }
  if (!impl_->widths.empty())
    return impl_->sink(table_line(impl_->cells(record), impl_->widths, impl_->right));
  impl_->held.push_back(impl_->cells(record));
  return impl_->held.size() < kMeasured ? Status(Done{}) : impl_->open_table();
}

Status ListWriter::finish() {
  switch (impl_->format) {
  case ListFormat::Csv:
    return Done{};
  case ListFormat::Json:
    return impl_->sink(impl_->rows > 0 ? "\n]\n" : "]\n");
  case ListFormat::Xlsx:
    return impl_->xlsx->finish();
  case ListFormat::Table:
    break;
  }
  return impl_->widths.empty() ? impl_->open_table() : Status(Done{});
}

std::string text_table(const std::vector<std::string> &headers,
                       const std::vector<std::vector<std::string>> &rows, std::size_t widest) {
  auto widths = measure(headers, rows, widest);
  std::vector<bool> right(headers.size(), !rows.empty());
  for (const auto &row : rows)
    for (std::size_t i = 0; i < headers.size(); ++i)
      if (i >= row.size() || (row[i].find_first_not_of("0123456789.,%-") != std::string::npos))
        right[i] = false;
  std::string out = table_line(headers, widths, right) + rule(widths);
  for (auto row : rows) {
    row.resize(headers.size());
    out += table_line(row, widths, right);
  }
  return out;
}

} // namespace yifa::exchange
