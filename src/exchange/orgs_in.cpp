#include "exchange/orgs_in.h"

#include "base/file.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/jsonl.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace yifa::exchange {
namespace {

using record::Org;
namespace fs = std::filesystem;

constexpr std::size_t kMostOrgFaults = 100;

/// code, name, kind, from, to, successor: what columns and members are called.
constexpr std::array<std::array<std::string_view, 3>, 6> kOrgColumns{{
    {"code", "代码", "编码"},
    {"name", "名称", "单位"},
    {"kind", "类别", "类型"},
    {"from", "起", "启用日期"},
    {"to", "止", "停用日期"},
    {"successor", "后继", "并入"},
}};
enum OrgColumn : std::size_t { kCode, kName, kKind, kFrom, kTo, kSuccessor };

int org_column(std::string_view header) {
  std::string bare = text::lower_ascii(text::trim(text::to_half_width(header)));
  for (std::size_t i = 0; i < kOrgColumns.size(); ++i)
    if (std::find(kOrgColumns[i].begin(), kOrgColumns[i].end(), bare) != kOrgColumns[i].end())
      return static_cast<int>(i);
  return -1;
}

std::optional<Org::Kind> kind_named(std::string_view written) {
  using Kind = Org::Kind;
  constexpr std::pair<std::string_view, Kind> words[] = {
      {"区划", Kind::Division},      {"镇", Kind::Town},         {"乡", Kind::Township},
      {"街道", Kind::Street},        {"行政村", Kind::Village},  {"村", Kind::Village},
      {"社区", Kind::Community},     {"部门", Kind::Department}, {"站所", Kind::Department},
      {"内设机构", Kind::Department}};
  std::string bare = text::lower_ascii(text::trim(written));
  for (auto kind : {Kind::Division, Kind::Town, Kind::Township, Kind::Street, Kind::Village,
                    Kind::Community, Kind::Department})
    if (bare == record::to_string(kind)) return kind;
  for (const auto &[word, kind] : words)
    if (bare == word) return kind;
  return std::nullopt;
}

bool kind_fits(Org::Kind kind, OrgLevel level) {
  switch (kind) {
  case Org::Kind::Division:
    return level < OrgLevel::Township;
  case Org::Kind::Town:
  case Org::Kind::Township:
  case Org::Kind::Street:
    return level == OrgLevel::Township;
  case Org::Kind::Village:
  case Org::Kind::Community:
    return level == OrgLevel::Village;
  case Org::Kind::Department:
    return level == OrgLevel::Department;
  }
  return false;
}

bool drop_end(std::string &name, std::string_view end) {
  if (!name.ends_with(end) || name.size() == end.size()) return false;
  name.resize(name.size() - end.size());
  return true;
}

/// The node of one line of texts in the order of kOrgColumns.
Result<Org> org_from(const std::array<std::string, 6> &written) {
  Org org;
  auto code = OrgCode::parse(written[kCode]);
  if (!code) return code.error();
  org.code = *code;
  std::string full = text::trim(written[kName]);
  if (full.empty()) return invalid(fmt::format("{} has no name", org.code.text()));
  if (!text::valid_utf8(full) || text::has_control(full) || text::length(full) > 100)
    return invalid(fmt::format("the name of {} is no name", org.code.text()));
  org.name = place_name(full);
  org.kind = org_kind(org.code, full);
  if (auto kind = text::trim(written[kKind]); !kind.empty()) {
    auto known = kind_named(kind);
    if (!known || !kind_fits(*known, org.code.level()))
      return invalid(fmt::format("{} {} cannot be a {}", org.code.text(), org.name, kind));
    org.kind = *known;
  }
  for (auto [column, day] : {std::pair{kFrom, &org.from}, std::pair{kTo, &org.to}})
    if (!text::trim(written[column]).empty()) *day = TRY(Date::parse_lenient(written[column]));
  if (org.from && org.to && *org.to <= *org.from)
    return invalid(fmt::format("{} ends before it begins", org.code.text()));
  if (!text::trim(written[kSuccessor]).empty())
    org.successor = TRY(OrgCode::parse(written[kSuccessor]));
  return org;
}

/// Reads lines, keeps faults.
class OrgReading {
public:
  explicit OrgReading(const std::function<Status(Org &&)> &each) : each_(each) {}

  Status line(const std::string &where, const std::array<std::string, 6> &written) {
    auto org = org_from(written);
    if (org) return each_(std::move(org).value());
    if (problems_.size() < kMostOrgFaults)
      problems_.push_back({where, org.error().message, {}, {}});
    ++faults_;
    return Done{};
  }

  Status csv(const fs::path &path) {
    auto reader = TRY(CsvReader::open(path));
    auto file = path.filename().string();
    CsvRow row;
    std::vector<int> columns;
    while (TRY(reader.next(row))) {
      if (row.blank()) continue;
      if (columns.empty()) {
        for (const auto &header : row.fields) columns.push_back(org_column(header));
        for (auto needed : {kCode, kName})
          if (std::find(columns.begin(), columns.end(), static_cast<int>(needed)) == columns.end())
            return invalid(fmt::format("{} has no column {}; its first line names the columns",
                                       file, kOrgColumns[needed][0]));
        continue;
      }
      std::array<std::string, 6> written;
      for (std::size_t i = 0; i < columns.size() && i < row.fields.size(); ++i)
        if (columns[i] >= 0) written[static_cast<std::size_t>(columns[i])] = row.fields[i];
      TRY(line(fmt::format("{}:{}", file, row.line), written));
    }
    return Done{};
  }

  Status object(const std::string &where, const json::value &value) {
    std::array<std::string, 6> written;
    if (value.is_object())
      for (const auto &member : value.get_object())
        if (int column = org_column(member.key()); column >= 0 && !member.value().is_null())
          written[static_cast<std::size_t>(column)] = member.value().is_string()
                                                          ? std::string(member.value().get_string())
                                                          : json::serialize(member.value());
    return line(where, written);
  }

  Status jsonl(const fs::path &path) {
    auto reader = TRY(JsonlReader::open(path));
    JsonLine read;
    while (TRY(reader.next(read)))
      TRY(object(fmt::format("{}:{}", path.filename().string(), read.line),
                 read.value ? *read.value : json::value()));
    return Done{};
  }

  Status whole_json(const fs::path &path) {
    auto value = TRY(parse_json(TRY(read_file(path))));
    if (!value.is_array())
      return invalid(fmt::format("{} is not a list of offices", path.filename().string()));
    std::size_t n = 0;
    for (const auto &item : value.get_array())
      TRY(object(fmt::format("{}[{}]", path.filename().string(), ++n), item));
    return Done{};
  }

  Status folder(const fs::path &path) {
    std::error_code code;
    fs::path from = fs::is_directory(path / "dist", code) ? path / "dist" : path;
    std::vector<fs::path> files;
    if (fs::exists(from / "provinces.csv", code)) {
      for (auto name : {"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"})
        if (fs::exists(from / name, code)) files.push_back(from / name);
    } else {
      for (const auto &entry : fs::directory_iterator(from, code))
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
      std::sort(files.begin(), files.end());
    }
    if (files.empty())
      return invalid(fmt::format("the folder {} holds no list of offices", path.string()));
    for (const auto &file : files) TRY(csv(file));
    return Done{};
  }

  Status finish() {
    if (faults_ == 0) return Done{};
    return invalid(fmt::format("{} lines of the list of offices cannot be read{}", faults_,
                               faults_ > problems_.size() ? "; the first are shown" : ""),
                   std::move(problems_));
  }

private:
  const std::function<Status(Org &&)> &each_;
  std::vector<Problem> problems_;
  std::size_t faults_ = 0;
};

} // namespace

std::string place_name(std::string_view written) {
  std::string name(written);
  for (std::string_view end : {"村民委员会", "村委会"}) {
    if (!drop_end(name, end)) continue;
    if (!name.ends_with("村")) name += "村";
    return name;
  }
  std::string rest = name;
  for (std::string_view end : {"居民委员会", "居委会"}) {
    if (!drop_end(rest, end)) continue;
    return rest.ends_with("社区") ? rest : name;
  }
  if (drop_end(rest, "街道办事处")) return rest + "街道";
  return name;
}

record::Org::Kind org_kind(const OrgCode &code, std::string_view name) {
  switch (code.level()) {
  case OrgLevel::Department:
    return Org::Kind::Department;
  case OrgLevel::Township:
    if (name.ends_with("镇")) return Org::Kind::Town;
    return name.ends_with("街道") || name.ends_with("街道办事处") ? Org::Kind::Street
                                                                  : Org::Kind::Township;
  case OrgLevel::Village: {
    for (std::string_view end : {"村民委员会", "村委会"})
      if (name.ends_with(end)) return Org::Kind::Village;
    for (std::string_view end : {"居民委员会", "居委会", "社区"})
      if (name.ends_with(end)) return Org::Kind::Community;
    // The statistical code: 001–199 residents' committees, 200–399 villagers' committees.
    char class_digit = code.text()[9];
    return class_digit == '2' || class_digit == '3' ? Org::Kind::Village : Org::Kind::Community;
  }
  default:
    return Org::Kind::Division;
  }
}

Status read_orgs(const fs::path &path, const std::function<Status(record::Org &&)> &each) {
  std::error_code code;
  if (!fs::exists(path, code)) return not_found(fmt::format("there is no {}", path.string()));
  OrgReading reading(each);
  auto suffix = text::lower_ascii(path.extension().string());
  if (fs::is_directory(path, code)) {
    TRY(reading.folder(path));
  } else if (suffix == ".json") {
    TRY(reading.whole_json(path));
  } else if (suffix == ".jsonl") {
    TRY(reading.jsonl(path));
  } else {
    TRY(reading.csv(path));
  }
  return reading.finish();
}

} // namespace yifa::exchange
