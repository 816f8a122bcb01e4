#include "process/process.h"

#include <chrono>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

using namespace yifa;
using namespace yifa::process;

namespace {

Request shell(std::string script) {
  Request request;
  request.argv = {"/bin/sh", "-c", std::move(script)};
  return request;
}

} // namespace

TEST_CASE("a program's output, complaints and status come back") {
  auto request = shell("cat; echo bad >&2; exit 3");
  request.input = std::string(300'000, 'x');
  auto output = run(request);
  REQUIRE(output);
  CHECK(output->out == request.input);
  CHECK(output->err == "bad\n");
  CHECK(output->status == 3);
  auto killed = run(shell("kill -9 $$"));
  REQUIRE(killed);
  CHECK(killed->status == 128 + 9);
}

TEST_CASE("a program sees a clean environment and a folder of its own") {
  auto output = run(shell("env | sort | cut -d= -f1 | tr '\\n' ' '; pwd; echo $HOME"));
  REQUIRE(output);
  CHECK(output->out.starts_with("HOME LANG LC_ALL PATH"));
  auto lines = output->out.substr(output->out.find('/'));
  auto half = lines.find('\n');
  CHECK(lines.substr(0, half) == lines.substr(half + 1, half));
  CHECK_FALSE(std::filesystem::exists(lines.substr(0, half)));
}

TEST_CASE("a program over a limit is killed with all it started") {
  auto began = std::chrono::steady_clock::now();
  auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  auto slow = shell("sleep 100 & sleep 100");
  slow.limits.seconds = 0.3;
  auto stopped = run(slow);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::Unavailable);
  CHECK(stopped.error().message == "sh was stopped: it took more than 0.3 seconds");

  auto loud = shell("while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
  loud.limits.output_bytes = 1 << 20;
  CHECK_FALSE(run(loud));

  // A process left behind holds the pipe; the answer must not wait for it.
  auto left = run(shell("sleep 100 & echo done"));
  REQUIRE(left);
  CHECK(left->out == "done\n");

  auto busy = shell("while :; do :; done");
  busy.limits.cpu_seconds = 1;
  auto burnt = run(busy);
  REQUIRE(burnt);
  CHECK(burnt->status > 128);

  auto big = shell("head -c 3000000 /dev/zero > big; wc -c < big");
  big.limits.file_bytes = 1 << 20;
  auto cut = run(big);
  REQUIRE(cut);
  CHECK(cut->out.find("1048576") != std::string::npos);
  CHECK(elapsed() < 20);
}

TEST_CASE("what cannot be started is told") {
  Request request;
  request.argv = {"/nowhere/program"};
  auto output = run(request);
  REQUIRE_FALSE(output);
  CHECK(output.error().message == "cannot start /nowhere/program: No such file or directory");
  CHECK(find("sh").filename() == "sh");
  CHECK(find("no-such-program-of-yifa").empty());
}
