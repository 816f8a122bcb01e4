#pragma once

#include "base/file.h"
#include "report/compose.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

/// A catalog and a year made by hand, for tests.
namespace yifa::report::fake {

/// catalog/phrases.yaml as the loader keeps it.
inline void load_phrases(catalog::Catalog &catalog, const YAML::Node &node,
                         const std::string &prefix = {}) {
  for (const auto &pair : node) {
    const auto key = pair.first.as<std::string>();
    const auto name = prefix.empty() ? key : prefix + "." + key;
    if (name == "verbs") {
      for (const auto &group : pair.second)
        catalog.verbs[group.first.as<std::string>()] = group.second.as<std::vector<std::string>>();
    } else if (pair.second.IsMap()) {
      load_phrases(catalog, pair.second, name);
    } else if (pair.second.IsSequence()) {
      for (std::size_t i = 0; i < pair.second.size(); ++i)
        catalog.phrases[name + "." + std::to_string(i + 1)] = pair.second[i].as<std::string>();
    } else {
      catalog.phrases[name] = pair.second.as<std::string>();
    }
  }
}

class World : public Facts {
public:
  World() {
    load_phrases(catalog, YAML::LoadFile(YIFA_SOURCE_DIR "/catalog/phrases.yaml"));
    office_.code = OrgCode::parse("500229107").value();
    office_.name = "高观镇";
    office_.kind = record::Org::Kind::Town;
    office_.villages = 12;
    options.year = 2023;
    outline.id = "test";
    outline.title = words("{@org}{@year}年度法治政府建设情况报告");
    outline.signature = false;
  }

  // The catalog.
  catalog::Catalog catalog;
  catalog::Outline outline;
  Options options;
  Office office_;

  static catalog::Template words(std::string_view text) {
    return catalog::parse_template(text).value();
  }

  catalog::Indicator &indicator(const std::string &id, const std::string &unit,
                                const std::string &label = {}) {
    catalog::Indicator made;
    made.id = id;
    made.unit = unit;
    made.type = "ledger";
    made.label.zh = label.empty() ? id : label;
    catalog.indicators.push_back(std::move(made));
    return catalog.indicators.back();
  }

  catalog::Clause &clause(const std::string &topic, const std::string &text, int order = 50) {
    catalog::Clause made;
    made.id = "ledger." + std::to_string(catalog.clauses.size() + 1);
    made.type = "ledger";
    made.topic = topic;
    made.order = order;
    made.forms.push_back({{}, words(text)});
    catalog.clauses.push_back(std::move(made));
    return catalog.clauses.back();
  }

  catalog::Chapter &chapter(const std::string &heading, std::vector<std::string> topics) {
    catalog::Chapter made;
    made.heading = heading;
    made.parts = {"achievements"};
    made.topics = std::move(topics);
    outline.chapters.push_back(std::move(made));
    return outline.chapters.back();
  }

  static catalog::Field field(const std::string &id, catalog::FieldType type,
                              const std::string &label = {}) {
    catalog::Field made;
    made.id = id;
    made.type = type;
    made.label.zh = label.empty() ? id : label;
    return made;
  }

  // The year.
  record::Figure &count(const std::string &id, std::int64_t value) {
    auto &figure = set(now_, id, value);
    figure.status = record::Figure::Status::Counted;
    return figure;
  }
  record::Figure &last(const std::string &id, std::int64_t value) {
    auto &figure = set(before_, id, value);
    figure.status = record::Figure::Status::Counted;
    return figure;
  }
  void zero(const std::string &id) {
    set(now_, id, 0).status = record::Figure::Status::ConfirmedZero;
  }
  void silent(const std::string &id) { set(now_, id, 0).status = record::Figure::Status::NoRecord; }
  record::Figure &rate(const std::string &id, const std::string &of, const std::string &over) {
    auto &figure = set(now_, id, 0);
    figure.status = record::Figure::Status::Counted;
    figure.ratio = figure.percent = true;
    figure.unit = "%";
    figure.numerator_id = of;
    figure.denominator_id = over;
    figure.numerator = now_.count(of) ? now_.at(of).value : 0;
    figure.denominator = now_.count(over) ? now_.at(over).value : 0;
    return figure;
  }
  static void group(record::Figure &figure, const std::string &dimension, const std::string &code,
                    std::int64_t value, const std::string &phrase = {}) {
    record::Figure::Group made;
    made.dimension = dimension;
    made.code = code;
    made.label = phrase.empty() ? code : phrase;
    made.phrase = phrase;
    made.value = value;
    figure.groups.push_back(std::move(made));
  }
  record::Record &record(const std::string &type, std::vector<catalog::Value> values,
                         bool next_year = false) {
    record::Record made;
    made.id = ids_.next();
    made.type = type;
    made.number = "2023-" + std::to_string(records_.size() + 1);
    made.created_by = "张三";
    made.values = std::move(values);
    records_.push_back({std::move(made), next_year});
    return records_.back().record;
  }

  std::map<std::string, std::vector<const record::Record *>> counted_records;

  Result<Draft> compose() {
    catalog.index();
    return report::compose(catalog, outline, *this, options);
  }

  // Facts.
  const Office &office() const override { return office_; }
  Period period() const override {
    auto all = Period::year(options.year);
    if (options.cutoff) all.to = options.cutoff->plus_days(1);
    return all;
  }
  const record::Figure *figure(std::string_view id) const override { return find(now_, id); }
  const record::Figure *last_year(std::string_view id) const override { return find(before_, id); }
  std::int64_t record_count(std::string_view id, std::string_view,
                            std::string_view) const override {
    const auto *figure = find(now_, id);
    return figure ? figure->value : 0;
  }
  std::vector<Counted> counted(std::string_view id) const override {
    std::vector<Counted> all;
    const auto at = counted_records.find(std::string(id));
    if (at != counted_records.end())
      for (const auto *one : at->second) all.push_back({one, nullptr});
    return all;
  }
  std::vector<const record::Record *> records(std::string_view type, const catalog::Predicate &,
                                              bool next_year) const override {
    std::vector<const record::Record *> all;
    for (const auto &kept : records_)
      if (kept.record.type == type && kept.next_year == next_year) all.push_back(&kept.record);
    return all;
  }
  std::string org_name(const OrgCode &org) const override { return "单位" + org.text(); }
  std::string record_name(const RecordId &) const override { return "关联记录"; }

private:
  using Figures = std::map<std::string, record::Figure, std::less<>>;
  struct Kept {
    record::Record record;
    bool next_year = false;
  };

  record::Figure &set(Figures &figures, const std::string &id, std::int64_t value) {
    auto &figure = figures[id];
    figure.id = id;
    figure.value = value;
    figure.label = id;
    for (const auto &declared : catalog.indicators)
      if (declared.id == id) {
        figure.unit = declared.unit;
        figure.label = declared.label.zh;
        if (declared.money) figure.scale = 100;
      }
    return figure;
  }
  static const record::Figure *find(const Figures &figures, std::string_view id) {
    const auto at = figures.find(id);
    return at == figures.end() ? nullptr : &at->second;
  }

  Figures now_;
  Figures before_;
  std::deque<Kept> records_;
  SeededIds ids_{7};
};

/// The text of the report, without titles and headings; of the only chapter, for topic "t", if none
/// was made.
inline std::string said(World &world) {
  if (world.outline.chapters.empty()) world.chapter("情况", {"t"});
  auto draft = world.compose();
  REQUIRE_MESSAGE(draft.has_value(), (draft.has_value() ? "" : draft.error().text()));
  std::string all;
  for (const auto &block : draft->document.blocks)
    if (block.kind == Block::Kind::Paragraph || block.kind == Block::Kind::Point) {
      if (!all.empty()) all += "\n";
      all += block.text();
    }
  return all;
}

/// One figure with a value, one clause: what it says.
inline std::string one(std::int64_t value, const std::string &unit, Style style, bool rough) {
  World world;
  world.indicator("x", unit).rough = rough;
  world.count("x", value);
  world.clause("t", "发放资料{x}。");
  world.options.style = style;
  return said(world);
}

} // namespace yifa::report::fake
