#include "record/codec.h"
#include "record/decode_single.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::record {
namespace {

using catalog::Field;
using catalog::FieldType;

constexpr std::size_t most_values = 1'000; // of a many field
constexpr std::size_t most_lines = 5'000;  // of a rows field

bool blank(const json::value &value) {
  return value.is_null() ||
         (value.is_string() && text::trim(std::string(value.get_string())).empty()) ||
         (value.is_array() && value.get_array().empty());
}

std::vector<std::string> pieces_of(std::string_view written) {
  std::string s(written);
  for (std::string_view mark : {"、", "，", "；", ";", ",", "\n"})
    s = text::replace_all(s, mark, "\x1f");
  std::vector<std::string> pieces;
  for (auto &piece : text::split(s, '\x1f'))
    if (auto trimmed = text::trim(piece); !trimmed.empty()) pieces.push_back(std::move(trimmed));
  return pieces;
}

void add_problems(std::vector<Problem> &problems, const Error &error) {
  problems.insert(problems.end(), error.problems.begin(), error.problems.end());
}

/// Values in their given order, each once.
Result<Value> read_many(const Field &field, const json::value &written,
                        const DecodeContext &context, const std::string &path) {
  std::vector<json::value> given;
  if (written.is_array()) {
    given.assign(written.get_array().begin(), written.get_array().end());
  } else if (written.is_string()) {
    std::string whole(written.get_string());
    if (!text::valid_utf8(whole)) return fault(field, path, "the text is not valid UTF-8");
    // A name may itself hold one of the separators.
    if (auto one = read_single(field, written, context, path); one && one->filled())
      return Value(std::vector<Value>{std::move(one).value()});
    for (const auto &piece : pieces_of(whole)) given.emplace_back(piece);
  } else {
    given.push_back(written);
  }
  if (given.size() > most_values)
    return fault(field, path, fmt::format("has {} values; at most {}", given.size(), most_values));
  std::vector<Value> values;
  std::vector<Problem> problems;
  for (const auto &item : given) {
    auto value = read_single(field, item, context, path);
    if (!value) {
      add_problems(problems, value.error());
    } else if (value->filled() && std::find(values.begin(), values.end(), *value) == values.end()) {
      values.push_back(std::move(value).value());
    }
  }
  if (!problems.empty()) {
    auto message = problems.front().message;
    return invalid(std::move(message), std::move(problems));
  }
  return values.empty() ? Value() : Value(std::move(values));
}

/// Where each name of the input points, those whose unit follows a code behind the others. Unknown
/// and doubly given names are problems.
std::vector<std::pair<int, const json::value *>> places(const std::vector<Field> &fields,
                                                        const json::object &input,
                                                        const std::string &prefix,
                                                        std::vector<Problem> &problems) {
  std::vector<std::pair<int, const json::value *>> found;
  std::vector<bool> seen(fields.size(), false);
  for (const auto &member : input) {
    std::string name(member.key());
    auto index = field_named(fields, name);
    if (!index) {
      problems.push_back(
          {prefix + text::shorten(name, 60), std::move(index).error().message, "", ""});
    } else if (seen[static_cast<std::size_t>(*index)]) {
      const auto &field = fields[static_cast<std::size_t>(*index)];
      problems.push_back({prefix + field.id,
                          fmt::format("{} ({}): is given twice", field.label.zh, prefix + field.id),
                          "", ""});
    } else {
      seen[static_cast<std::size_t>(*index)] = true;
      found.emplace_back(*index, &member.value());
    }
  }
  std::stable_partition(found.begin(), found.end(), [&](const auto &place) {
    return fields[static_cast<std::size_t>(place.first)].unit_of.empty();
  });
  return found;
}

/// Decodes one of several fields; the unit a person may write behind it can follow a code beside
/// it.
Result<Value> decode_among(const std::vector<Field> &fields, const std::vector<Value> &values,
                           int index, const json::value &written, const DecodeContext &context,
                           const std::string &path) {
  const auto &field = fields[static_cast<std::size_t>(index)];
  if (field.unit_of.empty()) return decode_value(field, written, context, path);
  Field with_unit = field;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (const auto *code = values[i].get<catalog::Code>();
        code != nullptr && fields[i].id == field.unit_of)
      if (const auto *list = context.catalog.list(fields[i].list))
        if (const auto *word = list->find(code->text)) with_unit.unit = word->unit;
  return decode_value(with_unit, written, context, path);
}

/// Rows `fixed:` to a list have each of its codes in one line only.
void check_fixed(const Field &field, const std::vector<catalog::Row> &rows, const std::string &path,
                 std::vector<Problem> &problems) {
  for (std::size_t c = 0; c < field.columns.size() && !field.fixed.empty(); ++c) {
    if (field.columns[c].list != field.fixed) continue;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      bool again = std::any_of(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(i),
                               [&](const catalog::Row &row) {
                                 return row.cells[c].filled() && row.cells[c] == rows[i].cells[c];
                               });
      if (again)
        add_problems(problems, fault(field.columns[c],
                                     fmt::format("{}[{}].{}", path, i + 1, field.columns[c].id),
                                     "stands in an earlier line already"));
    }
    return;
  }
}

Result<Value> read_rows(const Field &field, const json::value &written,
                        const DecodeContext &context, const std::string &path) {
  json::value parsed;
  const json::value *lines = &written;
  if (written.is_string()) { // a cell or a command line holds the lines as JSON
    auto made = parse_json(std::string(written.get_string()));
    if (!made) return fault(field, path, "the lines are " + made.error().message);
    parsed = std::move(made).value();
    lines = &parsed;
  }
  if (lines->is_null()) return Value();
  if (!lines->is_array()) return fault(field, path, "a list of lines is needed");
  if (lines->get_array().size() > most_lines)
    return fault(field, path,
                 fmt::format("has {} lines; at most {}", lines->get_array().size(), most_lines));
  std::vector<catalog::Row> rows;
  std::vector<Problem> problems;
  std::size_t number = 0;
  for (const auto &line : lines->get_array()) {
    std::string prefix = fmt::format("{}[{}]", path, ++number);
    if (!line.is_object()) {
      add_problems(problems, fault(field, prefix, "a line is an object of its columns"));
      continue;
    }
    catalog::Row row;
    row.cells.resize(field.columns.size());
    std::size_t before = problems.size();
    for (auto [index, cell] : places(field.columns, line.get_object(), prefix + ".", problems)) {
      auto at = static_cast<std::size_t>(index);
      auto value = decode_among(field.columns, row.cells, index, *cell, context,
                                prefix + "." + field.columns[at].id);
      if (value) {
        row.cells[at] = std::move(value).value();
      } else {
        add_problems(problems, value.error());
      }
    }
    bool empty = std::none_of(row.cells.begin(), row.cells.end(),
                              [](const Value &cell) { return cell.filled(); });
    if (problems.size() > before || empty) continue;
    for (std::size_t i = 0; i < field.columns.size(); ++i) {
      const auto &column = field.columns[i];
      if (!row.cells[i].filled() && column.fallback.filled()) row.cells[i] = column.fallback;
      if (!row.cells[i].filled() && column.required)
        add_problems(problems, fault(column, prefix + "." + column.id, "is needed in every line"));
    }
    rows.push_back(std::move(row));
  }
  check_fixed(field, rows, path, problems);
  if (!problems.empty()) {
    auto message = problems.front().message;
    return invalid(std::move(message), std::move(problems));
  }
  return rows.empty() ? Value() : Value(std::move(rows));
}

} // namespace

Result<int> field_named(const std::vector<Field> &fields, std::string_view written) {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].id == written) return static_cast<int>(i);
  std::string wanted = tidy(written);
  std::string lower = text::lower_ascii(wanted);
  int by_label = -1;
  bool several = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].id == wanted) return static_cast<int>(i);
    if (!same_label(fields[i].label.zh, wanted) && !same_letters(fields[i].label.en, lower))
      continue;
    if (fields[i].absent && by_label >= 0) continue;
    several = by_label >= 0 && !fields[static_cast<std::size_t>(by_label)].absent;
    by_label = static_cast<int>(i);
  }
  if (several)
    return invalid(fmt::format("\"{}\" is the label of several fields; write the field's id",
                               text::shorten(wanted, 40)));
  if (by_label >= 0) return by_label;
  std::vector<std::string> names;
  for (const auto &field : fields) {
    if (field.derive || field.by_register || field.absent) continue;
    names.push_back(field.id);
    names.push_back(field.label.zh);
  }
  auto near = text::valid_utf8(wanted) ? text::nearest(wanted, names) : "";
  return invalid(near.empty() ? fmt::format("there is no field \"{}\"", text::shorten(wanted, 40))
                              : fmt::format("there is no field \"{}\"; did you mean \"{}\"?",
                                            text::shorten(wanted, 40), near));
}

Result<Value> decode_value(const Field &field, const json::value &written,
                           const DecodeContext &context, const std::string &path) {
  if (blank(written)) return Value();
  if (field.type == FieldType::Rows) return read_rows(field, written, context, path);
  return field.many ? read_many(field, written, context, path)
                    : read_single(field, written, context, path);
}

Result<std::vector<Value>> decode_fields(const std::vector<Field> &fields,
                                         const json::object &input, const DecodeContext &context) {
  std::vector<Value> values(fields.size());
  std::vector<Problem> problems;
  for (auto [index, written] : places(fields, input, "", problems)) {
    const Field &field = fields[static_cast<std::size_t>(index)];
    std::string_view barred = field.derive ? "is worked out from other entries and cannot be typed"
                              : field.by_register ? "is given by the register and cannot be typed"
                              : field.absent      ? "does not exist under the rules of that day"
                                                  : "";
    if (!barred.empty()) {
      if (!blank(*written)) add_problems(problems, fault(field, field.id, barred));
      continue;
    }
    auto value = decode_among(fields, values, index, *written, context, field.id);
    if (value) {
      values[static_cast<std::size_t>(index)] = std::move(value).value();
    } else {
      add_problems(problems, value.error());
    }
  }
  if (problems.empty()) return values;
  std::string message = problems.size() == 1
                            ? problems.front().message
                            : fmt::format("{} entries cannot be accepted", problems.size());
  return invalid(std::move(message), std::move(problems));
}

} // namespace yifa::record
