#include "wire/county_json.h"

#include "wire/completeness_json.h"
#include "wire/ledger_json.h"

namespace yifa::wire {
namespace {

template <typename T> json::value count_or_null(const std::optional<T> &value) {
  return value ? json::value(*value) : json::value();
}

json::value text_or_null(const std::optional<Date> &day) {
  return day ? json::value(day->text()) : json::value();
}

json::value hand_json(const std::optional<service::ClockHand> &hand) {
  if (!hand) return nullptr;
  return {{"rule", hand->rule},
          {"due", hand->due.text()},
          {"before", hand->before.text()},
          {"days_left", hand->days_left},
          {"says", hand->says},
          {"what", hand->what},
          {"source", hand->source},
          {"certainty", hand->certainty},
          {"delegated", hand->delegated}};
}

json::value report_state(const catalog::RecordType *type, const std::string &state, bool english) {
  const auto *found = type != nullptr ? type->state(state) : nullptr;
  return found != nullptr ? json::value(label_in(found->label, english)) : json::value();
}

json::object town_json(const service::TownRow &row, const catalog::RecordType *type, bool english) {
  return {{"org", row.org.text()},
          {"name", row.name},
          {"stage", std::string(to_string(row.stage))},
          {"state", row.record ? json::value(row.state) : json::value()},
          {"state_label", report_state(type, row.state, english)},
          {"since", text_or_null(row.since)},
          {"days", row.since ? json::value(row.days) : json::value()},
          {"record", row.record ? json::value(row.record->text()) : json::value()},
          {"late", row.late},
          {"last", text_or_null(row.last)},
          {"months", months_json(row.months)},
          {"gaps", row.gaps},
          {"figures", count_or_null(row.told.figures)},
          {"errors", count_or_null(row.told.errors)},
          {"stale", count_or_null(row.told.stale)},
          {"chased", text_or_null(row.told.chased)}};
}

json::object counts_json(const service::StageCounts &counts) {
  json::object out;
  for (const auto stage : service::kStages)
    out[to_string(stage)] = counts[static_cast<std::size_t>(stage)];
  return out;
}

} // namespace

json::object to_json(const service::ReportClock &clock, bool english) {
  json::object out{{"year", clock.year},
                   {"submit", hand_json(clock.submit)},
                   {"publish", hand_json(clock.publish)},
                   {"report", nullptr}};
  if (clock.report)
    out["report"] = {{"id", clock.report->id.text()},
                     {"state", clock.report->state},
                     {"state_label", report_state(clock.type, clock.report->state, english)},
                     {"version", clock.report->version}};
  return out;
}

json::object to_json(const service::CountyYear &county, bool english) {
  json::array stages;
  for (const auto stage : service::kStages) stages.emplace_back(std::string(to_string(stage)));
  json::array towns;
  for (const auto &row : county.towns) towns.push_back(town_json(row, county.clock.type, english));
  json::array nodes;
  for (const auto &node : county.nodes)
    nodes.push_back({{"org", node.org.text()},
                     {"name", node.name},
                     {"towns", node.towns},
                     {"reports", counts_json(node.reports)}});
  json::array sums;
  for (const auto &figure : county.sums) {
    auto sum = record::to_json(figure);
    sum["number"] = figure.number();
    if (english && !figure.label_en.empty()) sum["label"] = figure.label_en;
    sums.push_back(std::move(sum));
  }
  return {{"org", county.org.text()},
          {"name", county.name},
          {"year", county.year},
          {"stages", std::move(stages)},
          {"clock", to_json(county.clock, english)},
          {"towns", std::move(towns)},
          {"nodes", std::move(nodes)},
          {"sums", std::move(sums)},
          {"counts", counts_json(county.counts())}};
}

} // namespace yifa::wire
