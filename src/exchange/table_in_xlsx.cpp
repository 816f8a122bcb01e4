#include "exchange/spool.h"
#include "exchange/table_source.h"

#include "base/text.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

constexpr std::size_t kMostMergeFaults = 20;

SourceLine source_line(const ooxml::Row &row) {
  SourceLine line;
  line.number = row.number;
  line.cells.reserve(row.cells.size());
  for (const auto &cell : row.cells)
    line.cells.push_back(
        {cell.column, cell.kind, std::string(cell.text), cell.rounded, cell.percent});
  return line;
}

/// What a sheet of the workbook holds.
struct SheetUse {
  std::size_t index = 0; ///< in the workbook
  std::string name;
  int part = -1; ///< the lines are parts, or the rows of a part
  int rows = -1; ///< the lines are rows of this field of the type or part
  int owner = 0; ///< in `uses`: whose rows the lines belong to
  HeaderScope scope;
  SheetHeader header;
  std::int64_t header_line = 0;
};

json::array to_json(const std::vector<Problem> &problems) {
  json::array out;
  for (const auto &problem : problems) out.push_back(json::array{problem.where, problem.message});
  return out;
}

std::string spooled(const FilledLine &line, int sheet, std::int64_t number) {
  json::array cells;
  for (const auto &[path, cell] : line.fields.cells) cells.push_back(json::array{path, cell});
  if (line.fields.columns)
    for (const auto &[path, column] : *line.fields.columns)
      cells.push_back(json::array{path, column + std::to_string(line.fields.line)});
  json::array raw;
  for (const auto &cell : line.raw) raw.emplace_back(cell);
  return json::serialize(json::object{{"s", sheet},
                                      {"n", number},
                                      {"w", line.fields.where},
                                      {"f", line.fields.fields},
                                      {"c", std::move(cells)},
                                      {"p", to_json(line.problems)},
                                      {"r", std::move(raw)}});
}

std::string text_at(const json::value &array, std::size_t i) {
  return std::string(array.as_array()[i].as_string());
}

/// A line of another sheet, read back.
struct SpooledLine {
  int sheet = 0;
  std::int64_t number = 0;
  WrittenFields fields;
  std::vector<Problem> problems;
  std::vector<std::string> raw;
};

SpooledLine unspooled(const std::string &text) {
  auto value = json::parse(text); // our own writing
  const auto &object = value.as_object();
  SpooledLine line;
  line.sheet = static_cast<int>(object.at("s").as_int64());
  line.number = object.at("n").as_int64();
  line.fields.where = object.at("w").as_string();
  line.fields.fields = object.at("f").as_object();
  for (const auto &cell : object.at("c").as_array())
    line.fields.cells.emplace_back(text_at(cell, 0), text_at(cell, 1));
  for (const auto &problem : object.at("p").as_array())
    line.problems.push_back({text_at(problem, 0), text_at(problem, 1), {}, {}});
  for (const auto &cell : object.at("r").as_array()) line.raw.emplace_back(cell.as_string());
  return line;
}

std::string row_reference(int owner, std::string_view row) {
  return fmt::format("{}r{}", owner, row);
}
std::string key_reference(int owner, std::string_view key) {
  return fmt::format("{}k{}", owner, key);
}

struct XlsxSource final : TableSource::Impl {
  XlsxSource(ooxml::XlsxReader opened, Spool kept, const catalog::RecordType &of,
             const TableSource::Options &given)
      : reader(std::move(opened)), spool(std::move(kept)), type(of), options(given) {
    format = TableFormat::Xlsx;
  }

  struct Reference {
    std::vector<Spool::Place> places;
    bool taken = false;
  };

  /// Which part or rows field the sheet is named after; part −1 and rows −1 if none.
  SheetUse use_named(std::string_view name) const {
    SheetUse use;
    auto called = [&](const std::string &id, const catalog::Words &label) {
      return names(name, id, label) || bare_name(name) == bare_name(sheet_name(label.zh)) ||
             bare_name(name) == bare_name(sheet_name(label.en));
    };
    for (bool by_id : {true, false}) {
      for (std::size_t p = 0; p < type.parts.size(); ++p) {
        const auto &part = type.parts[p];
        if (by_id ? name == part.id : called(part.id, part.label)) {
          use.part = static_cast<int>(p);
          use.scope.fields = &part.fields;
          return use;
        }
        for (std::size_t f = 0; f < part.fields.size(); ++f) {
          const auto &field = part.fields[f];
          if (field.type != catalog::FieldType::Rows) continue;
          catalog::Words both{part.label.zh + "." + field.label.zh,
                              part.label.en + "." + field.label.en};
          if (by_id ? name == part.id + "." + field.id : called(part.id + "." + field.id, both)) {
            use.part = static_cast<int>(p);
            use.rows = static_cast<int>(f);
            use.scope.fields = &field.columns;
            return use;
          }
        }
      }
      for (std::size_t f = 0; f < type.fields.size(); ++f) {
        const auto &field = type.fields[f];
        if (field.type != catalog::FieldType::Rows) continue;
        if (by_id ? name == field.id : called(field.id, field.label)) {
          use.rows = static_cast<int>(f);
          use.scope.fields = &field.columns;
          return use;
        }
      }
    }
    return use;
  }

  static bool instructions(std::string_view name) {
    std::string bare = bare_name(name);
    return bare.find("说明") != std::string::npos ||
           bare.find("instruction") != std::string::npos || bare == "readme";
  }

  Status choose_sheets() {
    std::vector<SheetUse> others;
    std::vector<std::size_t> free;
    int main = -1;
    for (std::size_t i = 0; i < reader.sheets().size(); ++i) {
      const auto &sheet = reader.sheets()[i];
      if (sheet.hidden) {
        notes.push_back(fmt::format("the hidden sheet {} is not read", sheet.name));
        continue;
      }
      auto use = use_named(sheet.name);
      bool mine = names(sheet.name, type.id, type.label) ||
                  bare_name(sheet.name) == bare_name(sheet_name(type.label.zh));
      if (mine && main < 0) {
        main = static_cast<int>(i);
      } else if (use.part >= 0 || use.rows >= 0) {
        use.index = i;
        use.name = sheet.name;
        others.push_back(std::move(use));
      } else if (!instructions(sheet.name)) {
        free.push_back(i);
      }
    }
    if (main < 0 && free.empty())
      return invalid(fmt::format("{} has no sheet for {}; name it {}", options.name, type.label.zh,
                                 sheet_name(type.label.zh)));
    if (main < 0) {
      main = static_cast<int>(free.front());
      free.erase(free.begin());
    }
    SheetUse first;
    first.index = static_cast<std::size_t>(main);
    first.name = reader.sheets()[first.index].name;
    first.scope.fields = &type.fields;
    first.scope.parts = &type.parts;
    uses.push_back(std::move(first));
    for (auto &use : others) uses.push_back(std::move(use));
    unread = std::move(free);
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < uses.size(); ++i) {
      uses[i].scope.personal = options.personal;
      uses[i].scope.child = i > 0;
      for (std::size_t k = 1; k < i; ++k)
        if (uses[k].part == uses[i].part && uses[k].rows == uses[i].rows)
          problems.push_back({uses[i].name,
                              fmt::format("two sheets, {} and {}, hold the same lines",
                                          uses[k].name, uses[i].name),
                              {},
                              {}});
      if (uses[i].part < 0 || uses[i].rows < 0) continue;
      for (std::size_t k = 1; k < uses.size(); ++k)
        if (uses[k].part == uses[i].part && uses[k].rows < 0) uses[i].owner = static_cast<int>(k);
      if (uses[i].owner == 0)
        problems.push_back(
            {uses[i].name,
             fmt::format("the lines belong to a sheet {}, which is not there",
                         type.parts[static_cast<std::size_t>(uses[i].part)].label.zh),
             {},
             {}});
    }
    if (!problems.empty()) return layout_fault(options.name, std::move(problems));
    return Done{};
  }

  /// Rows fields of the sheet's scope that have a sheet of their own.
  std::vector<int> elsewhere(std::size_t use) const {
    std::vector<int> found;
    for (std::size_t k = 1; k < uses.size(); ++k)
      if (uses[k].rows >= 0 &&
          (use == 0 ? uses[k].part < 0 : uses[k].part == uses[use].part && uses[use].rows < 0))
        found.push_back(uses[k].rows);
    return found;
  }

  Status survey(std::size_t i, std::vector<Problem> &problems) {
    auto &use = uses[i];
    SheetSurvey survey(use.scope, {use.name}, elsewhere(i),
                       use.rows >= 0 || use.part >= 0 ? use.name : type.label.zh);
    std::int64_t formulas = 0;
    auto summary = TRY(reader.read(use.index, [&](const ooxml::Row &row) -> Status {
      formulas += std::count_if(row.cells.begin(), row.cells.end(),
                                [](const ooxml::Cell &c) { return c.from_formula; });
      survey.line(source_line(row));
      return Done{};
    }));
    if (survey.empty()) {
      if (i == 0)
        return invalid(fmt::format("the sheet {} of {} is empty", use.name, options.name));
      return Done{};
    }
    survey.finish(problems);
    use.header = survey.header();
    use.header_line = survey.header_line();
    if (i == 0) lines = survey.lines();
    if (formulas > 0)
      notes.push_back(fmt::format("{}: {} cells are formulas; their stored results are taken",
                                  use.name, formulas));
    std::size_t told = 0;
    for (const auto &range : summary.merged) {
      if (use.header_line == 0 || range.last_row <= use.header_line) continue;
      if (told++ == kMostMergeFaults) break;
      auto from = ooxml::cell_name(range.first_column, range.first_row);
      auto to = ooxml::cell_name(range.last_column, range.last_row);
      problems.push_back(
          {fmt::format("{}!{}:{}", use.name, from, to),
           "merged cells hold one value for several rows or columns; unmerge them and fill each",
           {},
           {}});
    }
    return Done{};
  }

  /// Puts the lines of the other sheets aside.
  Status spool_lines(std::size_t i) {
    auto &use = uses[i];
    Addressing addressing{use.name};
    TRY(reader.read(use.index, [&](const ooxml::Row &row) -> Status {
      if (row.number <= use.header_line) return Done{};
      auto filled = fill(source_line(row), use.header, addressing);
      if (filled.blank) return Done{};
      const auto &by_row = filled.special[static_cast<std::size_t>(Special::Row)];
      const auto &by_key = filled.special[static_cast<std::size_t>(Special::Key)];
      std::string reference = !by_row.empty()   ? row_reference(use.owner, by_row)
                              : !by_key.empty() ? key_reference(use.owner, by_key)
                                                : "";
      if (reference.empty())
        filled.problems.push_back(
            {filled.fields.where, "the line does not say which row it belongs to", {}, {}});
      auto place = TRY(spool.add(spooled(filled, static_cast<int>(i), row.number)));
      references[reference].places.push_back(place);
      return Done{};
    }));
    return Done{};
  }

  Status prepare() {
    TRY(choose_sheets());
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < uses.size(); ++i) TRY(survey(i, problems));
    if (!problems.empty()) return layout_fault(options.name, std::move(problems));
    for (std::size_t i = 1; i < uses.size(); ++i)
      if (uses[i].header_line > 0) TRY(spool_lines(i));
    for (std::size_t i = 0; i < uses.size(); ++i)
      sheets.push_back({uses[i].name, uses[i].header.texts(), i == 0 ? -1 : uses[i].owner});
    for (std::size_t i : unread) {
      bool any = false;
      TRY(reader.read(i, [&](const ooxml::Row &) -> Status {
        any = true;
        return Done{};
      }));
      if (any) notes.push_back(fmt::format("the sheet {} is not read", reader.sheets()[i].name));
    }
    return Done{};
  }

  /// Lines of other sheets that belong to the row, as they came.
  Status attach(const std::string &reference, WrittenRow &row, WrittenFields &fields,
                int part_index) {
    auto found = references.find(reference);
    if (found == references.end() || found->second.taken) return Done{};
    found->second.taken = true;
    for (auto place : found->second.places) {
      auto line = unspooled(TRY(spool.get(place)));
      const auto &use = uses[static_cast<std::size_t>(line.sheet)];
      row.problems.insert(row.problems.end(), line.problems.begin(), line.problems.end());
      row.raw.push_back({line.sheet, line.raw});
      if (use.rows < 0) {
        WrittenPart part;
        static_cast<WrittenFields &>(part) = std::move(line.fields);
        part.part = use.part;
        TRY(attach(row_reference(line.sheet, std::to_string(line.number)), row, part, use.part));
        row.parts.push_back(std::move(part));
        continue;
      }
      const auto &owner =
          part_index < 0 ? type.fields : type.parts[static_cast<std::size_t>(part_index)].fields;
      const auto &field = owner[static_cast<std::size_t>(use.rows)];
      auto &array = fields.fields[field.id];
      if (!array.is_array()) array = json::array{};
      array.as_array().push_back(std::move(line.fields.fields));
      std::string prefix = fmt::format("{}[{}]", field.id, array.as_array().size());
      for (auto &[path, cell] : line.fields.cells)
        fields.cells.emplace_back(prefix + "." + path, std::move(cell));
      fields.cells.emplace_back(prefix, line.fields.where);
    }
    return Done{};
  }

  Status read(const std::function<Status(WrittenRow &&)> &each) override {
    keys.clear();
    done = 0;
    for (auto &entry : references) entry.second.taken = false;
    const auto &main = uses.front();
    Addressing addressing{main.name};
    TRY(reader.read(main.index, [&](const ooxml::Row &source) -> Status {
      if (source.number <= main.header_line) return Done{};
      auto filled = fill(source_line(source), main.header, addressing);
      if (filled.blank) return Done{};
      auto row = row_of(std::move(filled), source.number);
      keys.check(row, "@key");
      TRY(attach(row_reference(0, std::to_string(row.number)), row, row, -1));
      if (!row.key.empty()) TRY(attach(key_reference(0, row.key), row, row, -1));
      ++done;
      return each(std::move(row));
    }));
    return give_orphans(each);
  }

  /// Lines whose row does not exist, in file order.
  Status give_orphans(const std::function<Status(WrittenRow &&)> &each) {
    std::vector<Spool::Place> left;
    for (const auto &entry : references)
      if (!entry.second.taken)
        left.insert(left.end(), entry.second.places.begin(), entry.second.places.end());
    std::sort(left.begin(), left.end());
    for (auto place : left) {
      auto line = unspooled(TRY(spool.get(place)));
      WrittenRow row;
      row.where = line.fields.where;
      row.number =
          -(line.sheet * std::int64_t{10'000'000} + line.number); // no row of the main sheet
      row.problems = std::move(line.problems);
      if (row.problems.empty())
        row.problems.push_back(
            {row.where,
             fmt::format(
                 "the line belongs to a row that the sheet {} does not have",
                 uses[static_cast<std::size_t>(uses[static_cast<std::size_t>(line.sheet)].owner)]
                     .name),
             {},
             {}});
      row.raw.push_back({line.sheet, std::move(line.raw)});
      TRY(each(std::move(row)));
    }
    return Done{};
  }

  double fraction() const override {
    return lines == 0 ? 1.0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(lines));
  }

  ooxml::XlsxReader reader;
  Spool spool;
  const catalog::RecordType &type;
  TableSource::Options options;
  std::vector<SheetUse> uses; ///< the main sheet first
  std::vector<std::size_t> unread;
  std::unordered_map<std::string, Reference> references;
  KeyRegister keys;
  std::int64_t lines = 0;
  std::int64_t done = 0;
};

} // namespace

Result<std::unique_ptr<TableSource::Impl>>
TableSource::Impl::open_xlsx(const std::filesystem::path &path, const catalog::RecordType &type,
                             const Options &options) {
  auto opened = ooxml::XlsxReader::open(path);
  if (!opened) {
    auto error = opened.error();
    error.message = fmt::format("{}: {}", options.name, error.message);
    return error;
  }
  auto reader = std::move(opened).value();
  auto source =
      std::make_unique<XlsxSource>(std::move(reader), TRY(Spool::create()), type, options);
  TRY(source->prepare());
  return std::unique_ptr<Impl>(std::move(source));
}

} // namespace yifa::exchange
