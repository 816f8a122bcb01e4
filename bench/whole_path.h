#pragma once

#include "service/ledgers.h"
#include "service/orgs.h"
#include "service/workspace.h"

#include <chrono>
#include <cstdlib>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "folder.h"

/// A data directory as a township has it, with the catalog of the program, for benchmarks that go
/// the whole path of a command.
namespace yifa::bench {

using Steady = std::chrono::steady_clock;

/// Hours of work instead of seconds, and ten million records instead of a twentieth.
inline bool long_run() { return std::getenv("YIFA_BENCH_LONG") != nullptr; }

template <typename R> auto must(R result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().text());
    std::abort();
  }
  return std::move(result.value());
}

inline void must_do(const Status &done) {
  if (done) return;
  fmt::print(stderr, "{}\n", done.error().text());
  std::abort();
}

inline double seconds(Steady::time_point from) {
  return std::chrono::duration<double>(Steady::now() - from).count();
}

/// The store that benchmarks run on, whatever a data directory's settings say.
Result<std::unique_ptr<store::Store>> open_sqlite(const std::string &,
                                                  const std::filesystem::path &folder);

class Township {
public:
  Township();
  service::Environment &environment() { return space_->environment(); }
  std::filesystem::path database() const;
  const std::filesystem::path &folder() const { return folder_.path(); }
  OrgCode office() const;
  static service::Actor clerk();

private:
  testing::Folder folder_;
  std::unique_ptr<service::Workspace> space_;
};

/// The n-th dispute of a busy township: an opening as a clerk writes it.
record::Command dispute(const OrgCode &office, std::uint64_t n);

} // namespace yifa::bench
