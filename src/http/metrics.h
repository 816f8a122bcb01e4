#pragma once

#include "http/router.h"

#include "store/port.h"

#include <array>
#include <atomic>
#include <map>
#include <mutex>

namespace yifa::http {

/// What /metrics tells, in the text form that monitoring reads: requests by operation and status,
/// and how long they took. Nothing in it names a person, an office or a record.
class Metrics {
public:
  void note(const std::string &operation, int status, double seconds);
  std::string text(std::vector<store::Gauge> store = {}) const;

private:
  static constexpr std::array<double, 8> kEdges{0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 2, 10};
  struct Series {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kEdges.size() + 1> buckets{};
    double seconds = 0;
    std::uint64_t count = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Series> series_;
};

} // namespace yifa::http
