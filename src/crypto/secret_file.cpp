#include "crypto/secret_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yifa::crypto {
namespace {

namespace fs = std::filesystem;

class KeyFile {
public:
  explicit KeyFile(int fd) : fd_(fd) {}
  KeyFile(const KeyFile &) = delete;
  KeyFile &operator=(const KeyFile &) = delete;
  ~KeyFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

private:
  int fd_;
};

bool lies_inside(const fs::path &file, const fs::path &directory) {
  std::error_code ignored;
  auto inner = fs::weakly_canonical(fs::absolute(file, ignored), ignored).lexically_normal();
  auto outer = fs::weakly_canonical(fs::absolute(directory, ignored), ignored).lexically_normal();
  auto relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != "..";
}

Error cannot(const char *verb, std::string_view what, const fs::path &file) {
  return unavailable(
      fmt::format("cannot {} the {} {}: {}", verb, what, file.string(), std::strerror(errno)));
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

} // namespace

Status write_secret(const fs::path &file, const fs::path &data_directory, std::string_view what,
                    std::string_view bytes) {
  if (lies_inside(file, data_directory))
    return invalid(
        fmt::format("the {} {} would lie inside the data directory {}: whoever copies that "
                    "directory would have both the records and their key; choose another place",
                    what, file.string(), data_directory.string()));
  auto folder = fs::absolute(file).parent_path();
  std::error_code failed;
  if (!fs::exists(folder)) {
    fs::create_directories(folder, failed);
    if (failed)
      return unavailable(
          fmt::format("cannot make the folder {}: {}", folder.string(), failed.message()));
    fs::permissions(folder, fs::perms::owner_all, failed);
  }
  KeyFile made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (made.get() < 0) {
    if (errno == EEXIST)
      return stale(
          fmt::format("{} exists already; a {} is never overwritten", file.string(), what));
    return cannot("write", what, file);
  }
  if (::fchmod(made.get(), 0600) != 0 || !write_all(made.get(), bytes) ||
      ::fsync(made.get()) != 0) {
    auto error = cannot("write", what, file);
    ::unlink(file.c_str());
    return error;
  }
  KeyFile parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() < 0 || ::fsync(parent.get()) != 0)
    return cannot("sync the folder of", what, file);
  return Done{};
}

Result<std::string> read_secret(const fs::path &file, std::string_view what, std::size_t most) {
  KeyFile opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (opened.get() < 0) {
    if (errno == ENOENT) return not_found(fmt::format("there is no {} at {}", what, file.string()));
    return cannot("read", what, file);
  }
  struct stat info = {};
  if (::fstat(opened.get(), &info) != 0) return cannot("read", what, file);
  if (!S_ISREG(info.st_mode)) return invalid(fmt::format("{} is not a file", file.string()));
  if ((info.st_mode & 077) != 0)
    return forbidden(
        fmt::format("the {} {} can be reached by other users (mode {:o}); only its owner may "
                    "read it: chmod 600 {}",
                    what, file.string(), info.st_mode & 0777, file.string()));
  if (info.st_uid != ::geteuid() && ::geteuid() != 0)
    return forbidden(fmt::format("the {} {} belongs to another user", what, file.string()));
  if (info.st_size > static_cast<off_t>(most))
    return invalid(fmt::format("{} is not a {}: it has {} bytes", file.string(), what,
                               static_cast<std::int64_t>(info.st_size)));
  std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t got = 0;
  while (got < bytes.size()) {
    auto n = ::read(opened.get(), bytes.data() + got, bytes.size() - got);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return cannot("read", what, file);
    got += static_cast<std::size_t>(n);
  }
  return bytes;
}

} // namespace yifa::crypto
