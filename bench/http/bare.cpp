// What the listener costs by itself: `yifa_http_bare GET_BYTES POST_BYTES LOG` answers every GET
// with the bytes of one file and every POST with those of another, after it appended the body to
// LOG and flushed it to disk. Prints its port; ends with SIGTERM.

#include "http/listener.h"

#include <atomic>
#include <csignal>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

namespace yifa::bench {
namespace {

std::string bytes_of(const char *file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Bare final : public http::Handler {
public:
  Bare(std::string given, std::string taken, int log)
      : given_(std::move(given)), taken_(std::move(taken)), log_(log) {}

  http::BodyPlan plan(const http::Head &) override {
    http::BodyPlan plan;
    plan.limit = 1 << 20;
    return plan;
  }
  http::Response serve(http::Request request) override {
    http::Response response;
    if (request.method == http::Method::Get) {
      response.body = given_;
      return response;
    }
    const auto written = ::write(log_, request.body.data(), request.body.size());
    const bool kept =
        written == static_cast<ssize_t>(request.body.size()) && ::fdatasync(log_) == 0;
    response.status = kept ? 201 : 500;
    response.body = taken_;
    return response;
  }
  void served(const http::Head &, int, std::uint64_t, double) override {}

private:
  const std::string given_;
  const std::string taken_;
  const int log_;
};

int run(char **arguments) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  const int log = ::open(arguments[3], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) return 1;
  Bare bare(bytes_of(arguments[1]), bytes_of(arguments[2]), log);
  http::ListenOptions options;
  options.port = 0;
  options.workers = 24; // as `yifa serve`
  options.spool = std::filesystem::temp_directory_path();
  auto listener = http::Listener::start(options, bare);
  if (!listener) {
    fmt::print(stderr, "{}\n", listener.error().text());
    return 1;
  }
  fmt::print("{}\n", (*listener)->port());
  std::fflush(stdout);
  int which = 0;
  while (sigwait(&signals, &which) != 0) {
  }
  (*listener)->stop();
  ::close(log);
  return 0;
}

} // namespace
} // namespace yifa::bench

int main(int argc, char **argv) {
  if (argc != 4) {
    fmt::print(stderr, "yifa_http_bare GET_BYTES POST_BYTES LOG\n");
    return 2;
  }
  return yifa::bench::run(argv);
}
