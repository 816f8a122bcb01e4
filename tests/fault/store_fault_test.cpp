#include "store_subject.h"

#include <cstdlib>
#include <random>

#include <doctest/doctest.h>

using namespace yifa::testing;
using Fault = DiskPlan::Fault;

namespace {

std::int64_t from_environment(const char *name, std::int64_t otherwise) {
  const char *set = std::getenv(name);
  return set != nullptr ? std::strtoll(set, nullptr, 10) : otherwise;
}

/// 1 tries every n; more leaves some out.
std::int64_t stride() { return from_environment("YIFA_FAULT_STRIDE", 1); }

} // namespace

TEST_CASE("the n-th change of the disk fails, for every n") {
  const auto every = stride();
  for (bool stays : {true, false})
    for (auto fault : {Fault::Full, Fault::Error, Fault::Torn})
      CHECK(fail_every_change(open_store_subject, fault, stays, 6, false, every) > 20 / every);
}

TEST_CASE("the power goes at the n-th change, for every n") {
  for (int round = 0; round < 3; ++round)
    CHECK(fail_every_change(open_store_subject, Fault::PowerLoss, true, 6, false, stride()) >
          20 / stride());
}

TEST_CASE("the disk fails while the store is made") {
  for (auto fault : {Fault::Full, Fault::Torn, Fault::PowerLoss})
    CHECK(fail_every_change(open_store_subject, fault, true, 2, true, stride()) > 5 / stride());
}

TEST_CASE("killed at any moment") {
  auto seed = static_cast<std::uint64_t>(
      from_environment("YIFA_SEED", static_cast<std::int64_t>(std::random_device()())));
  kill_at_random(open_store_subject, static_cast<int>(from_environment("YIFA_KILLS", 100)), seed);
}
