#include "base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yifa {
namespace {

/// Closes on every way out.
class Handle {
public:
  explicit Handle(int fd) : fd_(fd) {}
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  ~Handle() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

private:
  int fd_;
};

Error from_errno(const char *did, const std::filesystem::path &path) {
  auto message = fmt::format("{} {}: {}", did, path.string(), std::strerror(errno));
  return errno == ENOENT ? not_found(message) : unavailable(message);
}

} // namespace

Result<std::string> read_file(const std::filesystem::path &path, std::size_t limit) {
  Handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return from_errno("cannot open", path);
  struct stat info = {};
  if (::fstat(file.get(), &info) != 0) return from_errno("cannot read", path);
  if (S_ISDIR(info.st_mode)) return invalid(fmt::format("{} is a directory", path.string()));
  std::string content;
  char buffer[65536];
  while (true) {
    auto n = ::read(file.get(), buffer, sizeof buffer);
    if (n < 0) {
      if (errno == EINTR) continue;
      return from_errno("cannot read", path);
    }
    if (n == 0) return content;
    if (content.size() + static_cast<std::size_t>(n) > limit)
      return invalid(fmt::format("{} is larger than {} bytes", path.string(), limit));
    content.append(buffer, static_cast<std::size_t>(n));
  }
}

Status write_file(const std::filesystem::path &path, std::string_view content) {
  auto beside = path;
  beside += fmt::format(".{}.part", ::getpid());
  Handle file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) return from_errno("cannot write", path);
  auto give_up = [&] {
    auto error = from_errno("cannot write", path);
    ::unlink(beside.c_str());
    return error;
  };
  while (!content.empty()) {
    auto n = ::write(file.get(), content.data(), content.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return give_up();
    }
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(file.get()) != 0 || ::close(file.release()) != 0) return give_up();
  if (::rename(beside.c_str(), path.c_str()) != 0) return give_up();
  return Done{};
}

} // namespace yifa
