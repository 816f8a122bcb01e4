#include "exchange/csv.h"
#include "exchange/jsonl.h"
#include "exchange/table_source.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

double share(const TextInput &input) {
  auto total = input.bytes_total();
  return total == 0 ? 1.0 : static_cast<double>(input.bytes_read()) / static_cast<double>(total);
}

/// Where a fault of the file's own form lies, with the file's name.
Error in_file(const std::string &name, Error error) {
  error.message = fmt::format("{}: {}", name, error.message);
  for (auto &problem : error.problems) problem.where = fmt::format("{}: {}", name, problem.where);
  return error;
}

struct CsvSource final : TableSource::Impl {
  CsvSource(CsvReader opened, const catalog::RecordType &of, const TableSource::Options &options)
      : reader(std::move(opened)), type(of), name(options.name) {
    scope.fields = &type.fields;
    scope.parts = &type.parts;
    scope.personal = options.personal;
    format = TableFormat::Csv;
  }

  /// Lines that hold something; false at the end.
  Result<bool> next(SourceLine &line) {
    for (;;) {
      auto more = reader.next(row);
      if (!more) return in_file(name, more.error());
      if (!*more) return false;
      if (row.blank()) continue;
      line.number = row.number;
      line.cells.clear();
      for (std::size_t i = 0; i < row.fields.size(); ++i)
        if (!row.fields[i].empty())
          line.cells.push_back(
              {static_cast<std::uint32_t>(i), ooxml::CellKind::Text, csv_unguard(row.fields[i])});
      return true;
    }
  }

  Status survey() {
    SheetSurvey survey(scope, {name}, {}, type.label.zh);
    SourceLine line;
    while (TRY(next(line))) survey.line(line);
    if (survey.empty()) return invalid(fmt::format("{} is empty", name));
    std::vector<Problem> problems;
    survey.finish(problems);
    if (!problems.empty()) return layout_fault(name, std::move(problems));
    header = survey.header();
    header_line = survey.header_line();
    keyed = header.has(Special::Key);
    sheets = {{name, header.texts()}};
    if (reader.input().charset() != Charset::Utf8)
      notes.push_back(fmt::format("{} is read as {}", name, to_string(reader.input().charset())));
    return Done{};
  }

  Status read(const std::function<Status(WrittenRow &&)> &each) override {
    TRY(reader.rewind());
    keys.clear();
    Addressing addressing{name};
    SourceLine line;
    while (TRY(next(line))) {
      if (line.number <= header_line) continue;
      auto filled = fill(line, header, addressing);
      if (filled.blank) continue;
      auto row_made = row_of(std::move(filled), line.number);
      keys.check(row_made, "@key");
      TRY(each(std::move(row_made)));
    }
    return Done{};
  }
  double fraction() const override { return share(reader.input()); }

  CsvReader reader;
  const catalog::RecordType &type;
  std::string name;
  HeaderScope scope;
  SheetHeader header;
  std::int64_t header_line = 0;
  CsvRow row;
  KeyRegister keys;
};

struct JsonlSource final : TableSource::Impl {
  JsonlSource(JsonlReader opened, const catalog::RecordType &of,
              const TableSource::Options &options)
      : reader(std::move(opened)), type(of), name(options.name) {
    scope.fields = &type.fields;
    scope.personal = options.personal;
    format = TableFormat::Jsonl;
    sheets = {{name, {}}};
  }

  static void fault(WrittenFields &fields, std::vector<Problem> &problems, const std::string &path,
                    std::string message) {
    problems.push_back({fields.address(path), std::move(message), {}, {}});
  }

  /// targets_of, remembered: every line has the same few names.
  const std::vector<Target> &known(const HeaderScope &names, std::string_view member) const {
    auto &seen = remembered[names.fields];
    auto found = seen.find(member);
    if (found != seen.end()) return found->second;
    if (seen.size() > 1000) seen.clear();
    return seen.emplace(std::string(member), targets_of(member, names)).first->second;
  }

  /// One member that names a field; false when it names none.
  bool take_field(WrittenFields &into, std::vector<Problem> &problems, const HeaderScope &names,
                  std::string_view member, const json::value &value) const {
    const auto &found = known(names, member);
    if (found.empty() || found[0].kind != Target::Kind::Field) return false;
    std::string written(member);
    if (found.size() > 1) {
      fault(into, problems, written,
            fmt::format("“{}” is the name of several fields; write the field's id", written));
    } else if (found[0].holds->personal && !names.personal) {
      fault(into, problems, written, "personal data, which a plain import does not take");
    } else if (into.fields.contains(found[0].path)) {
      fault(into, problems, found[0].path, "the field is given twice, under two names");
    } else {
      into.fields[found[0].path] = value;
    }
    return true;
  }

  void take_unknown(WrittenFields &into, std::vector<Problem> &problems, const HeaderScope &names,
                    std::string_view member) const {
    auto near = text::nearest(bare_name(member), known_names(names));
    fault(into, problems, std::string(member),
          fmt::format("there is no field “{}”{}", text::shorten(member, 40),
                      near.empty() ? "" : fmt::format("; did you mean “{}”?", near)));
  }

  void take_part(WrittenRow &row, std::size_t index, const json::value &written) const {
    const auto &part = type.parts[index];
    auto one = [&](const json::value &value, std::size_t n) {
      WrittenPart made;
      made.part = static_cast<int>(index);
      made.where = fmt::format("{}:{}[{}]", row.where, part.id, n);
      if (!value.is_object()) {
        row.problems.push_back({made.where, "a part is an object of its fields", {}, {}});
        return;
      }
      HeaderScope names;
      names.fields = &part.fields;
      names.personal = scope.personal;
      for (const auto &member : value.get_object())
        if (member.key() != "part" &&
            !take_field(made, row.problems, names, member.key(), member.value()))
          take_unknown(made, row.problems, names, member.key());
      row.parts.push_back(std::move(made));
    };
    if (!written.is_array()) return one(written, 1);
    std::size_t n = 0;
    for (const auto &value : written.get_array()) one(value, ++n);
  }

  int part_named(std::string_view written) const {
    for (std::size_t i = 0; i < type.parts.size(); ++i)
      if (names(written, type.parts[i].id, type.parts[i].label)) return static_cast<int>(i);
    return -1;
  }

  void take_parts(WrittenRow &row, const json::value &written) const {
    auto unknown = [&](std::string_view written_name) {
      fault(row, row.problems, "parts",
            fmt::format("{} has no part “{}”", type.label.zh, text::shorten(written_name, 40)));
    };
    if (written.is_object()) {
      for (const auto &member : written.get_object()) {
        int index = part_named(member.key());
        if (index < 0)
          unknown(member.key());
        else
          take_part(row, static_cast<std::size_t>(index), member.value());
      }
    } else if (written.is_array()) {
      for (const auto &value : written.get_array()) {
        const auto *object = value.if_object();
        const auto *kind = object != nullptr ? object->if_contains("part") : nullptr;
        int index = kind != nullptr && kind->is_string() ? part_named(kind->get_string()) : -1;
        if (index < 0)
          unknown(kind != nullptr && kind->is_string() ? std::string_view(kind->get_string())
                                                       : std::string_view());
        else
          take_part(row, static_cast<std::size_t>(index), value);
      }
    } else if (!written.is_null()) {
      fault(row, row.problems, "parts",
            "parts are an object of lists, or a list of objects with “part”");
    }
  }

  void take_special(WrittenRow &row, Special special, std::string_view member,
                    const json::value &value) const {
    if (special == Special::Ignored || special == Special::Row || value.is_null()) return;
    std::string text = value.is_string()   ? std::string(value.get_string())
                       : value.is_number() ? json::serialize(value)
                                           : "";
    if (text.empty() && !(value.is_string()))
      return fault(row, row.problems, std::string(member), "a text is needed here");
    text = text::trim(text);
    if (special == Special::State) row.state = text;
    if (special == Special::Org) row.org = text;
    if (special == Special::Key) row.key = text;
    if (special == Special::Reason) row.reason = text;
    if (special == Special::Number) row.display_number = text;
  }

  WrittenRow row_from(JsonLine &line) const {
    WrittenRow row;
    row.number = line.line;
    row.where = fmt::format("{}:{}", name, line.line);
    row.raw.push_back({0, {line.text}});
    if (!line.value) {
      row.problems.push_back(
          {row.where,
           text::replace_all(line.value.error().message, " at line 1, column", " at column"),
           {},
           {}});
      return row;
    }
    const auto *object = line.value->if_object();
    if (object == nullptr) {
      row.problems.push_back(
          {row.where, "each line is one JSON object of a record's fields", {}, {}});
      return row;
    }
    for (const auto &member : *object) {
      std::string_view key = member.key();
      if (take_field(row, row.problems, scope, key, member.value())) continue;
      if (const auto &found = known(scope, key);
          !found.empty() && found[0].kind == Target::Kind::Special) {
        take_special(row, found[0].special, key, member.value());
      } else if (key == "parts" || key == "@parts") {
        take_parts(row, member.value());
      } else if (int part = part_named(key); part >= 0) {
        take_part(row, static_cast<std::size_t>(part), member.value());
      } else {
        take_unknown(row, row.problems, scope, key);
      }
    }
    return row;
  }

  Status read(const std::function<Status(WrittenRow &&)> &each) override {
    TRY(reader.rewind());
    keys.clear();
    JsonLine line;
    for (;;) {
      auto more = reader.next(line);
      if (!more) return in_file(name, more.error());
      if (!*more) return Done{};
      auto row = row_from(line);
      keys.check(row, "key");
      TRY(each(std::move(row)));
    }
  }
  double fraction() const override { return share(reader.input()); }

  JsonlReader reader;
  const catalog::RecordType &type;
  std::string name;
  HeaderScope scope;
  KeyRegister keys;
  mutable std::map<const void *, std::map<std::string, std::vector<Target>, std::less<>>>
      remembered;
};

} // namespace

Result<std::unique_ptr<TableSource::Impl>>
TableSource::Impl::open_csv(const std::filesystem::path &path, const catalog::RecordType &type,
                            const Options &options) {
  auto reader = CsvReader::open(path);
  if (!reader) return reader.error();
  auto source = std::make_unique<CsvSource>(std::move(reader).value(), type, options);
  TRY(source->survey());
  return std::unique_ptr<Impl>(std::move(source));
}

Result<std::unique_ptr<TableSource::Impl>>
TableSource::Impl::open_jsonl(const std::filesystem::path &path, const catalog::RecordType &type,
                              const Options &options) {
  auto reader = TRY(JsonlReader::open(path));
  return std::unique_ptr<Impl>(std::make_unique<JsonlSource>(std::move(reader), type, options));
}

} // namespace yifa::exchange
