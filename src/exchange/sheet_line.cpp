#include "exchange/sheet_line.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

using ooxml::CellKind;

/// 0.986 → 98.6, by moving the point in the written digits.
std::string times_hundred(std::string number) {
  bool negative = number.starts_with('-');
  if (negative) number.erase(0, 1);
  auto point = number.find('.');
  std::string whole = number.substr(0, point);
  std::string rest = point == std::string::npos ? "" : number.substr(point + 1);
  while (rest.size() < 2) rest += '0';
  whole += rest.substr(0, 2);
  rest.erase(0, 2);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (rest.ends_with('0')) rest.pop_back();
  return (negative ? "-" : "") + whole + (rest.empty() ? "" : "." + rest);
}

/// What a cell says to a field, or why it cannot be taken.
std::optional<json::value> value_for(const SourceCell &cell, const catalog::Field *field,
                                     std::string &fault) {
  using catalog::FieldType;
  auto is = [&](FieldType type) { return field != nullptr && field->type == type; };
  switch (cell.kind) {
  case CellKind::Error:
    fault = cell.text == "#UNCOMPUTED"
                ? "the formula was saved without its result; open and save the file in a "
                  "spreadsheet program"
                : fmt::format("the formula gives {}; write the value itself", cell.text);
    return std::nullopt;
  case CellKind::Bool:
    if (is(FieldType::Flag)) return json::value(cell.text == "true");
    return json::value(cell.text == "true" ? "TRUE" : "FALSE");
  case CellKind::Date:
    if (is(FieldType::Moment)) return json::value(cell.text + "T00:00:00");
    return json::value(cell.text);
  case CellKind::Moment:
    if (is(FieldType::Date)) return json::value(cell.text.substr(0, 10));
    return json::value(cell.text);
  case CellKind::Number:
    if (cell.rounded) {
      fault = "a number of more than 15 digits has lost its last ones in the spreadsheet; format "
              "the column as text and "
              "type the number again";
      return std::nullopt;
    }
    if (cell.percent) {
      if (is(FieldType::Number) && field->unit == "%") return json::value(times_hundred(cell.text));
      if (!is(FieldType::Number)) return json::value(times_hundred(cell.text) + "%");
    }
    return json::value(cell.text);
  case CellKind::Time:
  case CellKind::Text:
    return json::value(text::replace_all(cell.text, "\r\n", "\n"));
  }
  return std::nullopt;
}

std::string in_quotes(std::string_view header) {
  return "“" + text::shorten(text::trim(header), 40) + "”";
}

std::string field_words(const catalog::Field &field) {
  return field.label.zh.empty() ? field.id : fmt::format("{} ({})", field.label.zh, field.id);
}

/// Why this header may not stand, or empty.
std::string header_fault(const SourceCell &cell, const std::vector<Target> &found,
                         const HeaderScope &scope, const std::vector<int> &elsewhere) {
  if (found.empty()) {
    auto near = text::nearest(bare_name(cell.text), known_names(scope));
    return fmt::format("there is no field {}{}", in_quotes(cell.text),
                       near.empty() ? "" : fmt::format("; did you mean “{}”?", near));
  }
  if (found.size() > 1) {
    std::vector<std::string> ids;
    for (const auto &target : found) ids.push_back(target.path);
    return fmt::format("{} is the name of several fields; write {}", in_quotes(cell.text),
                       text::join(ids, " or "));
  }
  const auto &target = found.front();
  if (target.kind == Target::Kind::Special) {
    bool fits = scope.child ? target.special == Special::Row || target.special == Special::Key ||
                                  target.special == Special::Ignored
                            : true;
    return fits ? "" : fmt::format("{} has no meaning on this sheet", in_quotes(cell.text));
  }
  const auto &field = *target.holds;
  if (field.derive)
    return fmt::format("{} is worked out from other entries; take the column away",
                       field_words(field));
  if (field.by_register)
    return fmt::format("{} is given by the register; take the column away", field_words(field));
  if (field.personal && !scope.personal)
    return fmt::format("{} is personal data, which a plain import does not take; take the column "
                       "away or use a handler's sheet",
                       field_words(field));
  bool own_sheet = std::find(elsewhere.begin(), elsewhere.end(), target.field) != elsewhere.end();
  if (own_sheet && target.kind != Target::Kind::PartField)
    return fmt::format("{} has a sheet of its own; take the column or the sheet away",
                       field_words(field));
  return {};
}

} // namespace

std::string Addressing::line(std::int64_t number) const {
  return fmt::format("{}!{}", name, number);
}

std::string Addressing::cell(std::uint32_t column, std::int64_t number) const {
  return fmt::format("{}!{}{}", name, ooxml::column_name(column), number);
}

int SheetHeader::matches(const SourceLine &line, const HeaderScope &scope) {
  return static_cast<int>(
      std::count_if(line.cells.begin(), line.cells.end(), [&](const SourceCell &cell) {
        return cell.kind == CellKind::Text && !targets_of(cell.text, scope).empty();
      }));
}

SheetHeader SheetHeader::read(const SourceLine &line, const HeaderScope &scope,
                              const Addressing &addressing, const std::vector<int> &elsewhere,
                              std::vector<Problem> &problems) {
  SheetHeader header;
  std::vector<bool> filled(scope.fields->size(), false);
  for (int index : elsewhere) filled[static_cast<std::size_t>(index)] = true;
  for (const auto &cell : line.cells) {
    if (text::trim(cell.text).empty()) continue;
    if (header.targets_.size() <= cell.column) {
      header.targets_.resize(cell.column + 1);
      header.texts_.resize(cell.column + 1);
    }
    header.texts_[cell.column] = cell.text;
    std::string where = addressing.cell(cell.column, line.number);
    auto found = targets_of(cell.text, scope);
    if (found.size() == 1 && found[0].kind != Target::Kind::PartField && found[0].field >= 0)
      filled[static_cast<std::size_t>(found[0].field)] = true;
    if (auto fault = header_fault(cell, found, scope, elsewhere); !fault.empty()) {
      problems.push_back({where, fault, {}, {}});
      continue;
    }
    bool ignored = found[0].kind == Target::Kind::Special && found[0].special == Special::Ignored;
    bool twice =
        std::any_of(header.targets_.begin(), header.targets_.end(), [&](const Target &other) {
          // A rows field as one cell and as columns of its own would contradict each other.
          bool both = other.part == found[0].part && other.field == found[0].field &&
                      other.field >= 0 && other.kind != found[0].kind &&
                      other.kind != Target::Kind::None;
          return other == found[0] || both;
        });
    if (twice && !ignored) {
      problems.push_back(
          {where, fmt::format("{} stands in two columns", in_quotes(cell.text)), {}, {}});
      continue;
    }
    header.targets_[cell.column] = found[0];
  }
  Columns columns;
  for (std::size_t column = 0; column < header.targets_.size(); ++column) {
    const auto &target = header.targets_[column];
    if (target.kind == Target::Kind::None || target.kind == Target::Kind::PartField) continue;
    columns.emplace_back(target.kind == Target::Kind::Special ? special_path(target.special)
                                                              : target.path,
                         fmt::format("{}!{}", addressing.name,
                                     ooxml::column_name(static_cast<std::uint32_t>(column))));
  }
  header.columns_ = std::make_shared<const Columns>(std::move(columns));
  for (std::size_t i = 0; i < filled.size(); ++i) {
    const auto &field = (*scope.fields)[i];
    if (!filled[i] && needs_column(field))
      problems.push_back(
          {addressing.line(line.number),
           fmt::format("the column {} is missing; every row needs it", field_words(field)),
           {},
           {}});
  }
  if (scope.child && !header.has(Special::Row) && !header.has(Special::Key))
    problems.push_back(
        {addressing.line(line.number),
         "a column 行号 (row) or 记录键 (key) must say which row each line belongs to",
         {},
         {}});
  return header;
}

const Target *SheetHeader::at(std::uint32_t column) const {
  if (column >= targets_.size() || targets_[column].kind == Target::Kind::None) return nullptr;
  return &targets_[column];
}

bool SheetHeader::has(Special special) const {
  return std::any_of(targets_.begin(), targets_.end(), [&](const Target &target) {
    return target.kind == Target::Kind::Special && target.special == special;
  });
}

FilledLine fill(const SourceLine &line, const SheetHeader &header, const Addressing &addressing) {
  FilledLine out;
  out.fields.where = addressing.line(line.number);
  out.fields.columns = header.columns();
  out.fields.line = line.number;
  auto cell_of = [&](const SourceCell &cell) { return addressing.cell(cell.column, line.number); };
  for (const auto &cell : line.cells) {
    if (out.raw.size() <= cell.column) out.raw.resize(cell.column + 1);
    out.raw[cell.column] = cell.text;
    if (text::trim(cell.text).empty()) continue;
    const Target *target = header.at(cell.column);
    bool ignored = target != nullptr && target->kind == Target::Kind::Special &&
                   target->special == Special::Ignored;
    if (target == nullptr || ignored) continue;
    out.blank = false;
    std::string fault;
    auto value = value_for(cell, target->holds, fault);
    if (!value) {
      out.problems.push_back({cell_of(cell), fault, {}, {}});
      continue;
    }
    if (target->kind == Target::Kind::Special) {
      auto index = static_cast<std::size_t>(target->special);
      out.special[index] = text::trim(std::string(value->as_string()));
    } else if (target->kind == Target::Kind::PartField) {
      auto part = std::find_if(out.parts.begin(), out.parts.end(),
                               [&](const WrittenPart &p) { return p.part == target->part; });
      if (part == out.parts.end()) {
        part = out.parts.insert(out.parts.end(), WrittenPart{});
        part->part = target->part;
        part->where = out.fields.where;
      }
      part->fields[target->holds->id] = std::move(*value);
      part->cells.emplace_back(target->path, cell_of(cell));
    } else if (target->kind == Target::Kind::RowsColumn) {
      std::string rows = target->path.substr(0, target->path.find('['));
      auto &lines = out.fields.fields[rows];
      if (!lines.is_array()) lines = json::array{json::object{}};
      lines.as_array()[0].as_object()[target->holds->id] = std::move(*value);
    } else {
      out.fields.fields[target->path] = std::move(*value);
    }
  }
  return out;
}

} // namespace yifa::exchange
