// `yifa_http_load < plan.json`: sends what the plan says and prints for each lane how many answers
// there were a second and how long they took in milliseconds. bench/http/measure.py writes plans.

#include "base/json.h"
#include "load.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

namespace yifa::bench {
namespace {

std::vector<std::string> strings(const json::object &from, std::string_view name) {
  std::vector<std::string> out;
  if (const auto *many = from.if_contains(name))
    for (const auto &one : many->as_array()) out.emplace_back(one.as_string());
  return out;
}

LoadPlan plan_of(const json::object &said) {
  LoadPlan plan;
  plan.port = static_cast<int>(said.at("port").as_int64());
  plan.connections = static_cast<int>(said.at("connections").as_int64());
  plan.requests = said.at("requests").as_int64();
  plan.seconds = said.at("seconds").to_number<double>();
  for (const auto &each : said.at("lanes").as_array()) {
    const auto &lane = each.as_object();
    plan.lanes.push_back({std::string(lane.at("name").as_string()),
                          std::string(lane.at("method").as_string()), strings(lane, "targets"),
                          strings(lane, "headers"), strings(lane, "bodies")});
  }
  return plan;
}

/// The nearest rank: the time that `part` of the answers did not exceed.
double percentile(const std::vector<double> &sorted, double part) {
  if (sorted.empty()) return 0;
  const auto rank = std::ceil(part * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1] * 1000;
}

json::object told(const Lane &lane, LaneResult &result, double seconds) {
  std::sort(result.seconds.begin(), result.seconds.end());
  return {{"name", lane.name},
          {"answers", result.seconds.size()},
          {"rate", static_cast<double>(result.seconds.size()) / seconds},
          {"p50", percentile(result.seconds, 0.5)},
          {"p95", percentile(result.seconds, 0.95)},
          {"p99", percentile(result.seconds, 0.99)},
          {"failed", result.failed},
          {"last_failure", result.last_failure},
          {"failure", result.failure},
          {"sample", result.sample}};
}

void run() {
  const std::string said{std::istreambuf_iterator<char>(std::cin), {}};
  const auto plan = plan_of(json::parse(said).as_object());
  auto result = drive(plan);
  json::array lanes;
  for (std::size_t i = 0; i < plan.lanes.size(); ++i)
    lanes.push_back(told(plan.lanes[i], result.lanes[i], result.seconds));
  std::cout << json::serialize(
                   json::object{{"seconds", result.seconds}, {"lanes", std::move(lanes)}})
            << "\n";
}

} // namespace
} // namespace yifa::bench

int main() {
  try {
    yifa::bench::run();
    return 0;
  } catch (const std::exception &error) {
    fmt::print(stderr, "yifa_http_load: {}\n", error.what());
    return 1;
  }
}
