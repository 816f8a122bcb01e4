#include "harness.h"

#include "folder.h"

#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yifa::testing {
namespace {

namespace fs = std::filesystem;

/// In memory where there is such a place: the disk that matters here is the fault disk.
fs::path fast_place() {
  return fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
}

class FastFolder {
public:
  FastFolder() {
    std::string form = (fast_place() / "yifa-fault-XXXXXX").string();
    path_ = ::mkdtemp(form.data());
  }
  FastFolder(const FastFolder &) = delete;
  FastFolder &operator=(const FastFolder &) = delete;
  ~FastFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path &path() const { return path_; }

private:
  fs::path path_;
};

constexpr std::uint64_t kPrepared = 3;

void prepare(const Opening &open, const fs::path &at) {
  auto subject = open(at);
  REQUIRE_MESSAGE(subject, subject.error().text());
  for (std::uint64_t n = 1; n <= kPrepared; ++n) {
    auto done = (*subject)->step(n);
    REQUIRE_MESSAGE(done, done.error().text());
  }
}

} // namespace

std::int64_t fail_every_change(const Opening &open, DiskPlan::Fault fault, bool stays,
                               std::uint64_t steps, bool from_nothing, std::int64_t stride) {
  auto &disk = FaultDisk::get();
  std::mt19937 random(42);
  disk.plan({});
  FastFolder prepared;
  if (!from_nothing) prepare(open, prepared.path());
  std::int64_t strikes = 0;
  for (std::int64_t at = 1;; at += stride) {
    FastFolder trial;
    fs::copy(prepared.path(), trial.path(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    std::set<std::uint64_t> acknowledged;
    if (!from_nothing)
      for (std::uint64_t n = 1; n <= kPrepared; ++n) acknowledged.insert(n);
    CAPTURE(at);
    CAPTURE(static_cast<int>(fault));
    disk.plan({fault, at, stays});
    {
      auto subject = open(trial.path());
      if (!subject) {
        REQUIRE(disk.struck()); // it opens unless the disk fails
        CHECK_MESSAGE(subject.error().code == ErrorCode::Unavailable, subject.error().text());
      }
      for (std::uint64_t n = kPrepared + 1; subject && n <= kPrepared + steps; ++n) {
        auto done = (*subject)->step(n);
        if (done) acknowledged.insert(n);
        if (done) continue;
        REQUIRE_MESSAGE(disk.struck(), done.error().text());
        CHECK_MESSAGE(done.error().code == ErrorCode::Unavailable, done.error().text());
      }
    }
    const bool struck = disk.struck();
    if (struck && fault == DiskPlan::Fault::PowerLoss) disk.lose_power(random);
    disk.plan({});
    auto again = open(trial.path());
    REQUIRE_MESSAGE(again, again.error().text());
    auto wrong = (*again)->check(acknowledged, true);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
    auto done = (*again)->step(1000);
    REQUIRE_MESSAGE(done, done.error().text());
    if (!struck) return strikes;
    ++strikes;
  }
}

namespace {

/// Works until killed, telling every acknowledged step.
[[noreturn]] void work(const Opening &open, const fs::path &at, std::uint64_t first, int tell) {
  auto subject = open(at);
  if (!subject) _exit(3);
  for (std::uint64_t n = first;; ++n) {
    if (!(*subject)->step(n)) _exit(4);
    if (::write(tell, &n, sizeof n) != static_cast<ssize_t>(sizeof n)) _exit(5);
  }
}

struct Worker {
  pid_t process = -1;
  int told = -1;
};

Worker start(const Opening &open, const fs::path &at, std::uint64_t first) {
  int ends[2] = {-1, -1};
  REQUIRE(::pipe(ends) == 0);
  pid_t process = ::fork();
  REQUIRE(process >= 0);
  if (process == 0) {
    ::close(ends[0]);
    work(open, at, first, ends[1]);
  }
  ::close(ends[1]);
  return {process, ends[0]};
}

void stop(const Worker &worker, std::set<std::uint64_t> &acknowledged) {
  ::kill(worker.process, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(worker.process, &status, 0) == worker.process);
  CHECK_MESSAGE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL),
                "the worker ended by itself with ", WEXITSTATUS(status));
  std::uint64_t n = 0;
  while (::read(worker.told, &n, sizeof n) == static_cast<ssize_t>(sizeof n))
    acknowledged.insert(n);
  ::close(worker.told);
}

} // namespace

void kill_at_random(const Opening &open, int kills, std::uint64_t seed) {
  FaultDisk::get().plan({});
  MESSAGE("killing ", kills, " times with seed ", seed);
  std::mt19937_64 random(seed);
  Folder folder;
  std::set<std::uint64_t> acknowledged;
  for (int kill = 1; kill <= kills; ++kill) {
    // Now and then two programs work at once.
    std::vector<Worker> workers;
    const std::uint64_t first = static_cast<std::uint64_t>(kill) * 1'000'000;
    workers.push_back(start(open, folder.path(), first));
    if (kill % 5 == 0) workers.push_back(start(open, folder.path(), first + 500'000));
    std::this_thread::sleep_for(std::chrono::microseconds(500 + random() % 60'000));
    for (const auto &worker : workers) stop(worker, acknowledged);
    auto subject = open(folder.path());
    CAPTURE(kill);
    CAPTURE(seed);
    REQUIRE_MESSAGE(subject, subject.error().text());
    auto wrong = (*subject)->check(acknowledged, kill % 25 == 0 || kill == kills);
    REQUIRE_MESSAGE(wrong.empty(), wrong);
  }
  MESSAGE(acknowledged.size(), " steps were acknowledged and all are there");
  CHECK(!acknowledged.empty());
}

} // namespace yifa::testing
