#include "county_at_work.h"
#include "database.h"
#include "folder.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace yifa;
using namespace yifa::testing;

namespace {

constexpr int kPrograms = 2;
constexpr int kClients = 32; ///< of each program
constexpr const char *kDatabase = "writers";

std::uint64_t seed_of_run() {
  const char *given = std::getenv("YIFA_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}() % 1'000'000;
}

/// Every so many events one is refused as a database refuses what it could not put in order.
constexpr const char *kRefusing = R"sql(
CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF random() < 0.02 THEN RAISE EXCEPTION 'not in order' USING ERRCODE = '40001'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_some BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION refuse_some();
)sql";

/// Locks taken the other way round: whoever waits for whom, one of the two is given up.
constexpr const char *kCrossing =
    "BEGIN; SET LOCAL lock_timeout = '400ms'; SELECT 1 FROM chain FOR UPDATE; SELECT "
    "pg_sleep(0.03); SELECT 1 FROM register FOR UPDATE; ROLLBACK";

constexpr const char *kEnding =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'writers' AND pid <> "
    "pg_backend_pid() AND random() < 0.15";

void trouble(const std::atomic<bool> &over, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  while (!over) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 150));
    ask_sql(kDatabase, random() % 3 == 0 ? kEnding : kCrossing);
  }
}

/// A program of its own: works, writes down what it was told, ends.
pid_t started(const std::filesystem::path &folder, const std::string &url, int commands,
              std::uint64_t seed, int part) {
  std::cout.flush(); // or each would print it again
  const auto process = ::fork();
  REQUIRE(process >= 0);
  if (process != 0) return process;
  try {
    CountyAtWork at_work(folder, url, false);
    std::ofstream log(folder / fmt::format("told{}", part));
    for (const auto &call : at_work.work(kClients, commands, seed, part)) log << line_of(call);
    log.close();
    std::fflush(stdout);
    ::_exit(log ? 0 : 3);
  } catch (...) {
    ::_exit(4);
  }
}

} // namespace

TEST_CASE("64 clients of two programs: numbers, keys and versions hold") {
  const auto seed = seed_of_run();
  MESSAGE("YIFA_SEED=", seed);
  const int commands = std::getenv("YIFA_LONG") != nullptr ? 300 : 16;
  Folder folder;
  make_database(kDatabase);
  const auto url =
      url_of(kDatabase, "&yifa_partitions=2&yifa_connections=8&yifa_wait=5&yifa_direct=1");
  { CountyAtWork made(folder.path(), url, true); }
  run_sql(kDatabase, kRefusing);

  std::vector<pid_t> programs;
  for (int part = 0; part < kPrograms; ++part)
    programs.push_back(started(folder.path(), url, commands, seed, part));
  std::atomic<bool> over = false;
  std::thread beside([&] { trouble(over, seed); });
  for (const auto program : programs) {
    int status = 0;
    ::waitpid(program, &status, 0);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  }
  over = true;
  beside.join();
  run_sql(kDatabase, "DROP TRIGGER refuse_some ON event");

  std::vector<Call> calls;
  for (int part = 0; part < kPrograms; ++part) {
    std::ifstream log(folder.path() / fmt::format("told{}", part));
    for (std::string line; std::getline(log, line);) calls.push_back(call_of(line));
  }
  std::map<Call::End, std::size_t> ends;
  for (const auto &call : calls) ++ends[call.end];
  const auto deadlocks = ask_sql(
      kDatabase, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  MESSAGE(calls.size(), " calls: ", ends[Call::End::Done], " done, ", ends[Call::End::Refused],
          " refused, ", ends[Call::End::Unknown], " that the store could not answer; ", deadlocks,
          " deadlocks undone by the server");

  CountyAtWork after(folder.path(), url, false);
  const auto kept = after.kept();
  for (const auto &one : anomalies(calls, kept)) FAIL_CHECK(one);
  for (const auto &fault : after.verified()) FAIL_CHECK(fault);
  // It was no idle run.
  CHECK(kept.size() > static_cast<std::size_t>(commands * kClients / 4));
  CHECK(ends[Call::End::Done] > static_cast<std::size_t>(commands * kClients));
  CHECK(ends[Call::End::Refused] > 10);
  CHECK(ends[Call::End::Unknown] > 0);
  CHECK(std::stoi(deadlocks) > 0);
}
