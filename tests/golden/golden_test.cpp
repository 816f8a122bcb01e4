#include "year.h"

#include "record/matches.h"

#include "base/file.h"
#include "catalog/loader.h"
#include "report/render_docx.h"
#include "report/render_html.h"
#include "report/render_json.h"
#include "report/render_markdown.h"
#include "report/writer.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include <doctest/doctest.h>

namespace yifa::golden {

using catalog::FieldType;
using record::Figure;

Year::Year(std::shared_ptr<const catalog::Catalog> catalog, const YAML::Node &year)
    : catalog_(std::move(catalog)) {
  options.year = year["year"].as<int>();
  office_.code = OrgCode::parse(year["org"].as<std::string>()).value();
  office_.name = year["name"].as<std::string>();
  office_.villages = year["villages"].as<std::int64_t>();
  office_.kind = year["kind"].as<std::string>() == "township" ? record::Org::Kind::Township
                                                              : record::Org::Kind::Town;
  for (const auto &pair : year["units"])
    names_[pair.first.as<std::string>()] = pair.second.as<std::string>();

  for (const auto &indicator : catalog_->indicators) fill(indicator, year["figures"][indicator.id]);
  for (const auto &pair : year["figures"])
    REQUIRE_MESSAGE(catalog_->indicator(pair.first.as<std::string>()) != nullptr,
                    pair.first.as<std::string>());
  for (const auto &id : year["zeros"]) {
    auto at = now_.find(id.as<std::string>());
    REQUIRE_MESSAGE(at != now_.end(), id.as<std::string>());
    at->second.status = Figure::Status::ConfirmedZero;
  }
  rates(now_);
  rates(before_);
  for (const auto &pair : year["records"])
    for (const auto &fields : pair.second)
      told_[pair.first.as<std::string>()].push_back(&make(pair.first.as<std::string>(), fields));
  for (const auto &pair : year["plans"])
    for (const auto &fields : pair.second)
      plans_[pair.first.as<std::string>()].push_back(&make(pair.first.as<std::string>(), fields));
}

void Year::fill(const catalog::Indicator &indicator, const YAML::Node &written) {
  Figure figure;
  figure.id = indicator.id;
  figure.label = indicator.label.zh;
  figure.unit = indicator.money ? "元" : indicator.unit;
  figure.scale = indicator.money ? 100 : 1;
  figure.status = Figure::Status::NoRecord;
  if (indicator.way == catalog::Indicator::Way::Ratio) {
    figure.ratio = true;
    figure.percent = indicator.percent;
    figure.numerator_id = indicator.of_indicator;
    figure.denominator_id = indicator.over;
    figure.status = Figure::Status::Undefined;
  }
  Figure last = figure;
  if (written) {
    const auto number = [&](const YAML::Node &node) {
      return static_cast<std::int64_t>(node.as<double>() * static_cast<double>(figure.scale) + 0.5);
    };
    figure.status = Figure::Status::Counted;
    figure.value = number(written.IsMap() ? written["now"] : written);
    if (written.IsMap() && written["last"]) {
      last.status = Figure::Status::Counted;
      last.value = number(written["last"]);
    }
    if (written.IsMap())
      for (const auto &dimension : written["by"]) {
        const auto id = dimension.first.as<std::string>();
        REQUIRE_MESSAGE(indicator.dimension(id) != nullptr, indicator.id << " by " << id);
        const auto *field = report::grouped_field(*catalog_, indicator, id);
        const auto *list = field ? catalog_->list(field->list) : nullptr;
        for (const auto &pair : dimension.second) {
          Figure::Group group;
          group.dimension = id;
          group.code = pair.first.as<std::string>();
          const auto *word = list ? list->find(group.code) : nullptr;
          REQUIRE_MESSAGE(word != nullptr, indicator.id << "*" << id << "=" << group.code);
          group.label = word->label.zh;
          group.phrase = word->phrase;
          group.unit = word->unit;
          group.value = number(pair.second);
          figure.groups.push_back(std::move(group));
        }
      }
    if (written.IsMap())
      for (const auto &fields : written["records"])
        counted_[indicator.id].push_back(&make(indicator.type, fields));
  }
  std::stable_sort(
      figure.groups.begin(), figure.groups.end(),
      [](const Figure::Group &a, const Figure::Group &b) { return a.value > b.value; });
  now_.emplace(figure.id, std::move(figure));
  before_.emplace(last.id, std::move(last));
}

void Year::rates(Figures &figures) {
  for (auto &[id, figure] : figures) {
    if (!figure.ratio) continue;
    const auto value = [&](const std::string &term) -> std::int64_t {
      if (term == "@villages") return office_.villages;
      const auto at = figures.find(term);
      return at != figures.end() && at->second.exists() ? at->second.value : 0;
    };
    figure.numerator = value(figure.numerator_id);
    figure.denominator = value(figure.denominator_id);
    if (figure.denominator > 0) figure.status = Figure::Status::Counted;
  }
}

record::Record &Year::make(const std::string &type_id, const YAML::Node &fields) {
  const auto *type = catalog_->type(type_id);
  REQUIRE_MESSAGE(type != nullptr, type_id);
  record::Record made;
  made.id = ids_.next();
  made.type = type_id;
  made.number = std::to_string(options.year) + "-" + std::to_string(made_.size() + 1);
  made.created_by = "demo";
  made.values.resize(type->fields.size());
  for (const auto &pair : fields) {
    const auto name = pair.first.as<std::string>();
    const int at = type->field_index(name);
    REQUIRE_MESSAGE(at >= 0, type_id << "." << name);
    const auto &field = type->fields[static_cast<std::size_t>(at)];
    auto &value = made.values[static_cast<std::size_t>(at)];
    const auto one = [&](const YAML::Node &node) -> catalog::Value {
      const auto text = node.as<std::string>();
      switch (field.type) {
      case FieldType::Code:
        return catalog::Code{text};
      case FieldType::Date:
        return Date::parse(text).value();
      case FieldType::Org:
        return OrgCode::parse(text).value();
      case FieldType::Flag:
        return node.as<bool>();
      default:
        return text;
      }
    };
    if (pair.second.IsSequence()) {
      std::vector<catalog::Value> many;
      for (const auto &node : pair.second) many.push_back(one(node));
      value = many;
    } else {
      value = one(pair.second);
    }
  }
  made_.push_back(std::move(made));
  return made_.back();
}

const Figure *Year::figure(std::string_view id) const {
  const auto at = now_.find(id);
  return at == now_.end() ? nullptr : &at->second;
}
const Figure *Year::last_year(std::string_view id) const {
  const auto at = before_.find(id);
  return at == before_.end() ? nullptr : &at->second;
}
std::int64_t Year::record_count(std::string_view id, std::string_view dimension,
                                std::string_view group) const {
  const auto *found = figure(id);
  if (!found || found->ratio) return 0;
  for (const auto &one : found->groups)
    if (one.dimension == dimension && one.code == group) return one.value;
  return found->value;
}
std::vector<report::Facts::Counted> Year::counted(std::string_view id) const {
  std::vector<Counted> all;
  const auto at = counted_.find(id);
  if (at != counted_.end())
    for (const auto *record : at->second) all.push_back({record, nullptr});
  return all;
}
std::vector<const record::Record *>
Year::records(std::string_view type, const catalog::Predicate &where, bool next_year) const {
  const auto &from = next_year ? plans_ : told_;
  const auto at = from.find(type);
  if (at == from.end()) return {};
  record::Surroundings alone;
  alone.catalog = catalog_.get();
  auto found = at->second;
  std::erase_if(found, [&](const record::Record *record) {
    return !record::matches(where, *catalog_->type(type), *record, alone);
  });
  return found;
}
std::string Year::org_name(const OrgCode &org) const {
  const auto at = names_.find(org.text());
  return at == names_.end() ? org.text() : at->second;
}

namespace {

std::shared_ptr<const catalog::Catalog> real_catalog() {
  static const std::shared_ptr<const catalog::Catalog> kept = [] {
    auto sources = catalog::read_sources(YIFA_SOURCE_DIR "/catalog");
    REQUIRE(sources);
    auto loaded = catalog::load(*sources);
    std::string faults;
    for (const auto &diagnostic : loaded.diagnostics)
      if (diagnostic.level == catalog::Diagnostic::Level::Error) faults += diagnostic.text() + "\n";
    REQUIRE_MESSAGE(loaded.catalog, faults);
    return loaded.catalog;
  }();
  return kept;
}

Year year_of(const std::string &name) {
  return Year(real_catalog(), YAML::LoadFile(std::string(YIFA_SOURCE_DIR "/tests/golden/") + name));
}

report::Draft drafted(Year &year, const std::string &outline) {
  const auto *found = year.catalog().outline(outline);
  REQUIRE_MESSAGE(found != nullptr, outline);
  auto draft = report::compose(year.catalog(), *found, year, year.options);
  REQUIRE_MESSAGE(draft.has_value(), (draft ? "" : draft.error().text()));
  return std::move(*draft);
}

/// The words with their gaps, and then what is missing and unsaid.
std::string normalised(const report::Draft &draft) {
  std::string out = report::render_text(draft.document, true);
  out += "\n== missing\n";
  for (const auto &gap : draft.missing)
    out +=
        std::string(report::to_string(gap.kind)) + (gap.required ? "! " : " ") + gap.message + "\n";
  out += "\n== unsaid\n";
  for (const auto &figure : draft.unsaid)
    out += figure.indicator + " " + figure.label + " " + figure.value + "\n";
  return out;
}

void compare(const std::string &name, const std::string &text) {
  const std::string path = YIFA_SOURCE_DIR "/tests/golden/expected/" + name;
  if (const char *bless = std::getenv("YIFA_BLESS"); bless && std::string_view(bless) == "1") {
    REQUIRE(write_file(path, text));
    return;
  }
  const auto expected = read_file(path);
  REQUIRE_MESSAGE(expected.has_value(), "no " << path << "; YIFA_BLESS=1 writes it");
  CHECK_MESSAGE(*expected == text,
                name << " differs; YIFA_BLESS=1 rewrites it, then read the diff");
}

} // namespace

TEST_CASE("a full year in every outline") {
  for (const char *outline : {"four_part", "work_summary", "thematic", "responsible_first"}) {
    auto year = year_of("year.yaml");
    year.options.date = Date::parse("2026-01-16").value();
    compare(std::string(outline) + ".txt", normalised(drafted(year, outline)));
  }
}

TEST_CASE("the same year approximately") {
  auto year = year_of("year.yaml");
  year.options.style = report::Style::Approximate;
  compare("approximate.txt", normalised(drafted(year, "four_part")));
}

TEST_CASE("a poor year: what is not recorded is not said") {
  auto year = year_of("poor_year.yaml");
  const auto draft = drafted(year, "four_part");
  CHECK_FALSE(draft.complete());
  compare("poor_year.txt", normalised(draft));
}

TEST_CASE("sentences keep the cap, seams are clean, numbers stand once") {
  for (const auto &outline : real_catalog()->outlines) {
    auto year = year_of("year.yaml");
    const auto draft = drafted(year, outline.id);
    std::map<std::string, int> printed;
    for (const auto &block : draft.document.blocks)
      for (const auto &sentence : block.sentences) {
        const auto text = sentence.text();
        CAPTURE(text);
        for (const char *seam :
             {"，，", "，。", "；。", "。。", "、，", "；；", "，；", "{", "}", "[", "]"})
          CHECK(text.find(seam) == std::string::npos);
        int numbers = 0;
        for (const auto &run : sentence.runs) {
          if (!run.figure) continue;
          const auto kind = run.figure->kind;
          if (kind == report::FigureRef::Kind::Value || kind == report::FigureRef::Kind::Change)
            ++numbers;
          if (kind == report::FigureRef::Kind::Value && run.figure->indicator != "@villages")
            ++printed[run.figure->indicator];
        }
        CHECK(numbers <= 6);
        std::size_t semicolons = 0;
        for (auto at = text.find("；"); at != std::string::npos; at = text.find("；", at + 1))
          ++semicolons;
        CHECK((semicolons <= 1 || !sentence.authors.empty()));
      }
    for (const auto &[id, times] : printed) CHECK_MESSAGE(times == 1, outline.id << ": " << id);
  }
}

TEST_CASE("all forms can be written, the same bytes each time, in less than a tenth of a second") {
  auto year = year_of("year.yaml");
  year.options.document_number = "澄政〔2026〕3号";
  year.options.signer = "王某";
  const auto start = std::chrono::steady_clock::now();
  const auto draft = drafted(year, "four_part");
  const auto docx = report::render_docx(draft);
  const auto took = std::chrono::steady_clock::now() - start;
  REQUIRE(docx);
  CHECK(std::chrono::duration_cast<std::chrono::milliseconds>(took).count() < 100);
  CHECK(*docx == *report::render_docx(drafted(year, "four_part")));
  CHECK(report::render_html(draft, year.catalog()) ==
        report::render_html(drafted(year, "four_part"), year.catalog()));
  if (const char *folder = std::getenv("YIFA_GOLDEN_OUT")) { // to look at
    const std::string base = std::string(folder) + "/report";
    CHECK(write_file(base + ".docx", *docx));
    CHECK(write_file(base + ".html", report::render_html(draft, year.catalog())));
    CHECK(write_file(base + ".md", report::render_markdown(draft, year.catalog())));
    CHECK(write_file(base + ".json", pretty(report::to_json(draft, year.catalog()))));
  }
  CHECK(pretty(report::to_json(draft, year.catalog())).size() > 10000);
}

} // namespace yifa::golden
