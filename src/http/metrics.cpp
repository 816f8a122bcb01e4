#include "http/metrics.h"

#include <algorithm>

#include <fmt/format.h>

namespace yifa::http {

void Metrics::note(const std::string &operation, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  auto &series = series_[operation];
  ++series.by_status[status];
  ++series.count;
  series.seconds += seconds;
  std::size_t at = 0;
  while (at < kEdges.size() && seconds > kEdges[at]) ++at;
  ++series.buckets[at];
}

std::string Metrics::text(std::vector<store::Gauge> store) const {
  const std::lock_guard lock(mutex_);
  std::string out = "# TYPE yifa_requests_total counter\n";
  for (const auto &[operation, series] : series_)
    for (const auto &[status, count] : series.by_status)
      out += fmt::format("yifa_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n", operation,
                         status, count);
  out += "# TYPE yifa_request_seconds histogram\n";
  for (const auto &[operation, series] : series_) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
      sum += series.buckets[i];
      const auto edge = i < kEdges.size() ? fmt::format("{}", kEdges[i]) : std::string("+Inf");
      out += fmt::format("yifa_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
                         operation, edge, sum);
    }
    out += fmt::format("yifa_request_seconds_sum{{operation=\"{}\"}} {:.6f}\n", operation,
                       series.seconds);
    out +=
        fmt::format("yifa_request_seconds_count{{operation=\"{}\"}} {}\n", operation, series.count);
  }
  std::stable_sort(store.begin(), store.end(),
                   [](const auto &a, const auto &b) { return a.name < b.name; });
  std::string_view last;
  for (const auto &gauge : store) {
    if (gauge.name != last)
      out += fmt::format("# TYPE yifa_store_{} {}\n", gauge.name,
                         gauge.only_rises ? "counter" : "gauge");
    last = gauge.name;
    out += fmt::format("yifa_store_{}{{{}}} {}\n", gauge.name, gauge.label, gauge.value);
  }
  return out;
}

} // namespace yifa::http
