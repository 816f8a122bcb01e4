#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

/// A closed loop of HTTP/1.1 clients on one thread: each connection asks, waits for the whole
/// answer and asks again.
namespace yifa::bench {

/// One kind of request. Requests go round the lanes in turn, so that lanes are measured under the
/// same circumstances; each lane goes round its targets and bodies.
struct Lane {
  std::string name;
  std::string method;
  std::vector<std::string> targets;
  std::vector<std::string> headers; ///< "Name: value"; %KEY% is a key nobody used before
  std::vector<std::string> bodies;  ///< none: no body
};

struct LoadPlan {
  int port = 0; ///< on 127.0.0.1
  int connections = 1;
  std::int64_t requests = 0; ///< ends after so many
  double seconds = 0;        ///< or after this long, whichever is first
  std::vector<Lane> lanes;
};

struct LaneResult {
  std::vector<double> seconds; ///< of each answer, in no order
  std::int64_t failed = 0;     ///< answers other than 2xx
  int last_failure = 0;        ///< status; 0: the connection broke
  std::string failure;         ///< the body of the first that failed
  std::string sample;          ///< the body of the last good one
};

struct LoadResult {
  double seconds = 0;
  std::vector<LaneResult> lanes; ///< in the plan's order
};

/// Throws std::runtime_error when the server cannot be reached or breaks a connection off.
LoadResult drive(const LoadPlan &plan);

} // namespace yifa::bench
