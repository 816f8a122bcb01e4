#include "wire/catalog_json.h"

#include "indicator/indicator_fields.h"
#include "wire/ledger_json.h"

namespace yifa::wire {
namespace {

json::array catalog_groups(const catalog::Catalog &catalog, bool english) {
  static constexpr std::string_view kPrefix = "group_label.";
  json::array out;
  for (auto at = catalog.phrases.lower_bound(kPrefix);
       at != catalog.phrases.end() && at->first.starts_with(kPrefix); ++at) {
    const auto id = at->first.substr(kPrefix.size());
    const auto translated = catalog.phrase("group_label_en." + id);
    out.push_back(
        {{"id", id},
         {"label", english && !translated.empty() ? std::string(translated) : at->second}});
  }
  return out;
}

json::object catalog_indicator(const catalog::Catalog &catalog, const catalog::Indicator &indicator,
                               bool english) {
  const auto *type = catalog.type(indicator.type);
  json::array by;
  for (const auto &dimension : indicator.by) {
    const auto *field =
        type != nullptr ? indicator::field_of(dimension.field, *type, indicator.part) : nullptr;
    by.push_back({{"id", dimension.id},
                  {"label", field != nullptr ? label_in(field->label, english) : dimension.id}});
  }
  const bool money = indicator.way != catalog::Indicator::Way::Ratio &&
                     indicator::scale_of(catalog, indicator) == 100;
  return {{"id", indicator.id},
          {"label", label_in(indicator.label, english)},
          {"unit", money ? std::string(catalog.phrase("number.yuan")) : indicator.unit},
          {"group", type != nullptr ? std::string(1, type->group) : std::string()},
          {"ledger", indicator.type},
          {"definition", label_in(indicator.definition, english)},
          {"source", indicator.source.text()},
          {"by", std::move(by)},
          {"percent", indicator.percent}};
}

json::object catalog_code(const catalog::CodeWord &word, bool english) {
  json::object out{{"code", word.code}, {"label", label_in(word.label, english)}};
  if (!word.unit.empty()) out["unit"] = word.unit;
  if (!word.under.empty()) out["under"] = word.under;
  if (word.from) out["from"] = word.from->text();
  if (word.to) out["to"] = word.to->text();
  return out;
}

} // namespace

json::object catalog_json(const catalog::Catalog &catalog, bool english) {
  json::array ledgers;
  for (const auto &id : catalog.type_ids())
    ledgers.push_back(ledger_json(catalog, *catalog.type(id), english));
  json::array indicators;
  for (const auto &indicator : catalog.indicators)
    indicators.push_back(catalog_indicator(catalog, indicator, english));
  json::object lists;
  for (const auto &[id, list] : catalog.lists) {
    json::array codes;
    for (const auto &word : list.codes) codes.push_back(catalog_code(word, english));
    lists[id] = std::move(codes);
  }
  json::object roles;
  for (const auto &[id, words] : catalog.roles) roles[id] = label_in(words, english);
  json::array outlines;
  for (const auto &outline : catalog.outlines)
    outlines.push_back({{"id", outline.id}, {"label", label_in(outline.label, english)}});
  json::object laws;
  for (const auto &[id, law] : catalog.laws)
    laws[id] = {{"name", label_in(law.name, english)},
                {"number", law.number},
                {"in_force", law.in_force},
                {"certainty", catalog::to_string(law.seen)}};
  return {{"hash", catalog.hash},
          {"groups", catalog_groups(catalog, english)},
          {"ledgers", std::move(ledgers)},
          {"indicators", std::move(indicators)},
          {"lists", std::move(lists)},
          {"roles", std::move(roles)},
          {"outlines", std::move(outlines)},
          {"laws", std::move(laws)}};
}

} // namespace yifa::wire
