#include "process/process.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace yifa::process {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kComplaint = 64 << 10;
constexpr const char *kDefaultPath = "/usr/local/bin:/usr/bin:/bin";

Error process_errno(std::string_view did) {
  return unavailable(fmt::format("{}: {}", did, std::strerror(errno)));
}

/// A descriptor closed on every way out.
class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor &&other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor &operator=(Descriptor &&other) noexcept {
    if (this != &other) close(), fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

private:
  int fd_;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return process_errno("cannot make a pipe");
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// The input as an unnamed file in memory, so that nobody has to feed it while reading the output.
Result<Descriptor> input_file(std::string_view bytes) {
  Descriptor file(::memfd_create("yifa-input", MFD_CLOEXEC));
  if (!file.open()) return process_errno("cannot make a file in memory");
  while (!bytes.empty()) {
    auto n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return process_errno("cannot fill a file in memory");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return process_errno("cannot rewind a file in memory");
  return file;
}

/// What the child needs, made before the fork: after it only calls that are safe in a signal
/// handler are allowed, since other threads may have held locks.
struct Launch {
  std::vector<char *> argv;
  std::vector<char *> environment;
  const char *home = nullptr;
  int in = -1;
  int out = -1;
  int err = -1;
  int failed = -1;
  Limits limits;
};

void limit_resource(int resource, rlim_t most) {
  rlimit limit = {};
  if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max = std::min(most, limit.rlim_max);
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit);
}

[[noreturn]] void become(const Launch &launch) {
  ::setsid();
  limit_resource(RLIMIT_CORE, 0);
  limit_resource(RLIMIT_CPU, launch.limits.cpu_seconds);
  limit_resource(RLIMIT_AS, launch.limits.memory_bytes);
  limit_resource(RLIMIT_FSIZE, launch.limits.file_bytes);
  bool ready = ::chdir(launch.home) == 0 && ::dup2(launch.in, 0) >= 0 &&
               ::dup2(launch.out, 1) >= 0 && ::dup2(launch.err, 2) >= 0;
  // A parent may block or ignore signals; the program starts with a clean slate.
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  if (ready) ::execve(launch.argv[0], launch.argv.data(), launch.environment.data());
  int reason = errno;
  [[maybe_unused]] auto told = ::write(launch.failed, &reason, sizeof reason);
  ::_exit(127);
}

/// Reads what is there. False at the end.
bool drain(const Descriptor &from, std::string &into, std::size_t most) {
  char buffer[65536];
  auto n = ::read(from.get(), buffer, sizeof buffer);
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  if (n == 0) return false;
  std::size_t room = most > into.size() ? most - into.size() : 0;
  into.append(buffer, std::min(room, static_cast<std::size_t>(n)));
  return true;
}

/// A started program: killed with its group and waited for on every way out.
class Child {
public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child &) = delete;
  Child &operator=(const Child &) = delete;
  ~Child() {
    kill_group();
    if (!ended_) ::waitpid(pid_, &state_, 0);
  }
  /// Before the child called setsid the group does not exist yet: then it alone is killed.
  void kill_group() const {
    ::kill(-pid_, SIGKILL);
    if (!ended_) ::kill(pid_, SIGKILL);
  }
  bool ended() {
    if (ended_) return true;
    auto got = ::waitpid(pid_, &state_, WNOHANG);
    if (got == pid_ || (got < 0 && errno == ECHILD)) ended_ = true;
    return ended_;
  }
  int status() const { return WIFSIGNALED(state_) ? 128 + WTERMSIG(state_) : WEXITSTATUS(state_); }

private:
  pid_t pid_;
  int state_ = 0;
  bool ended_ = false;
};

std::string program_name(const Request &request) {
  return std::filesystem::path(request.argv.front()).filename().string();
}

/// Gathers what the child says until it ends or a limit is reached.
Result<Output> attend(Child &child, Descriptor out, Descriptor err, const Request &request) {
  const auto &limits = request.limits;
  auto deadline =
      Clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(limits.seconds * 1000));
  Output output;
  bool killed_rest = false;
  int pause = 1;
  while (true) {
    bool ended = child.ended();
    if (ended && !out.open() && !err.open()) break;
    // What the program itself left running must not keep its pipes open for ever.
    if (ended && !std::exchange(killed_rest, true)) child.kill_group();
    if (Clock::now() >= deadline)
      return unavailable(fmt::format("{} was stopped: it took more than {:g} seconds",
                                     program_name(request), limits.seconds));
    pollfd watched[2] = {{out.get(), POLLIN, 0}, {err.get(), POLLIN, 0}};
    int ready = ::poll(watched, 2, out.open() || err.open() ? 50 : pause);
    pause = std::min(pause * 2, 50);
    if (ready <= 0) continue;
    if (watched[0].revents != 0 && !drain(out, output.out, limits.output_bytes + 1)) out.close();
    if (watched[1].revents != 0 && !drain(err, output.err, kComplaint)) err.close();
    if (output.out.size() > limits.output_bytes)
      return unavailable(fmt::format("{} was stopped: it gave more than {} MB",
                                     program_name(request), limits.output_bytes >> 20));
  }
  output.status = child.status();
  return output;
}

std::string path_variable() {
  const char *path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody here sets it
  return path != nullptr && *path != '\0' ? path : kDefaultPath;
}

Result<Output> run_in(const Request &request, const std::filesystem::path &home) {
  auto input = TRY(input_file(request.input));
  auto out = TRY(make_pipe());
  auto err = TRY(make_pipe());
  auto failed = TRY(make_pipe());
  auto argv = request.argv;
  std::vector<std::string> environment = {"PATH=" + path_variable(), "HOME=" + home.string(),
                                          "TMPDIR=" + home.string(), "LANG=C.UTF-8",
                                          "LC_ALL=C.UTF-8"};
  std::string folder = home.string();
  Launch launch;
  for (auto &argument : argv) launch.argv.push_back(argument.data());
  launch.argv.push_back(nullptr);
  for (auto &variable : environment) launch.environment.push_back(variable.data());
  launch.environment.push_back(nullptr);
  launch.home = folder.c_str();
  launch.in = input.get();
  launch.out = out.write.get();
  launch.err = err.write.get();
  launch.failed = failed.write.get();
  launch.limits = request.limits;

  pid_t pid = ::fork();
  if (pid < 0) return process_errno("cannot start a process");
  if (pid == 0) become(launch);
  Child child(pid);
  out.write.close();
  err.write.close();
  failed.write.close();
  int reason = 0;
  ssize_t told = 0;
  while ((told = ::read(failed.read.get(), &reason, sizeof reason)) < 0 && errno == EINTR) {
  }
  if (told == static_cast<ssize_t>(sizeof reason))
    return unavailable(
        fmt::format("cannot start {}: {}", request.argv.front(), std::strerror(reason)));
  return attend(child, std::move(out.read), std::move(err.read), request);
}

} // namespace

Result<Output> run(const Request &request) {
  if (request.argv.empty() || request.argv.front().empty())
    return internal_error("no program to run is named");
  if (!request.home.empty()) return run_in(request, request.home);
  auto scratch = TRY(Scratch::make());
  return run_in(request, scratch.path());
}

std::filesystem::path find(std::string_view program) {
  std::string folders = path_variable();
  for (std::size_t at = 0; at <= folders.size();) {
    auto end = std::min(folders.find(':', at), folders.size());
    auto path = std::filesystem::path(folders.substr(at, end - at)) / program;
    std::error_code failed;
    if (end > at && std::filesystem::is_regular_file(path, failed) &&
        ::access(path.c_str(), X_OK) == 0)
      return std::filesystem::absolute(path, failed);
    at = end + 1;
  }
  return {};
}

Result<Scratch> Scratch::make() {
  std::error_code failed;
  auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) folder = "/tmp";
  std::string form = (folder / "yifa-XXXXXX").string();
  if (::mkdtemp(form.data()) == nullptr) return process_errno("cannot make a scratch folder");
  return Scratch(form);
}

Scratch::~Scratch() {
  std::error_code failed;
  if (!path_.empty()) std::filesystem::remove_all(path_, failed);
}

} // namespace yifa::process
