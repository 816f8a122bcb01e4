#include "blob/blobs.h"

#include "crypto/hash.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yifa::blob {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1 << 16;

/// A file descriptor that closes itself.
class Descriptor {
public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

private:
  int fd_;
};

Error failed(const char *did, const fs::path &path) {
  auto text = fmt::format("cannot {} {}: {}", did, path.string(), std::strerror(errno));
  return errno == ENOENT ? not_found(text) : unavailable(text);
}

Result<std::size_t> read_some(int fd, char *into, std::size_t size, const fs::path &path) {
  while (true) {
    auto n = ::read(fd, into, size);
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return failed("read", path);
  }
}

Status write_all(int fd, std::string_view bytes, const fs::path &path) {
  while (!bytes.empty()) {
    auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return Done{};
}

/// A rename is only durable when the folder that holds the name is.
Status sync_folder(const fs::path &folder) {
  Descriptor handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() < 0 || ::fsync(handle.get()) != 0) return failed("write", folder);
  return Done{};
}

/// A file beside its place-to-be, removed unless it was given its name.
class PartFile {
public:
  static Result<PartFile> make(const fs::path &folder) {
    auto form = (folder / "XXXXXX.part").string();
    int fd = ::mkostemps(form.data(), 5, O_CLOEXEC);
    if (fd < 0) return failed("write in", folder);
    return PartFile(fd, form);
  }
  PartFile(PartFile &&other) noexcept
      : file_(std::move(other.file_)), path_(std::exchange(other.path_, fs::path())) {}
  PartFile &operator=(PartFile &&) = delete;
  ~PartFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  Status write(std::string_view bytes) { return write_all(file_->get(), bytes, path_); }
  /// Durable under its name when it returns.
  Status become(const fs::path &target) {
    if (::fchmod(file_->get(), 0640) != 0 || ::fsync(file_->get()) != 0)
      return failed("write", path_);
    if (::rename(path_.c_str(), target.c_str()) != 0) return failed("write", target);
    path_.clear();
    return sync_folder(fs::absolute(target).parent_path());
  }

private:
  PartFile(int fd, fs::path path)
      : file_(std::make_unique<Descriptor>(fd)), path_(std::move(path)) {}
  std::unique_ptr<Descriptor> file_;
  fs::path path_;
};

} // namespace

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<std::unique_ptr<Blobs>> Blobs::open(const fs::path &folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return unavailable(fmt::format("cannot make {}: {}", folder.string(), error.message()));
  auto made = std::unique_ptr<Blobs>(new Blobs(folder));
  made->sweep();
  return made;
}

void Blobs::sweep() const {
  // What a crash left half received; a day is longer than any upload.
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(24);
  std::error_code error;
  for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
    std::error_code gone;
    if (at->path().extension() == ".part" && fs::last_write_time(at->path(), gone) < old && !gone)
      fs::remove(at->path(), gone);
  }
}

bool Blobs::has(const std::string &hash) const {
  std::error_code error;
  return fs::exists(path_of(hash), error);
}

fs::path Blobs::path_of(const std::string &hash) const {
  return folder_ / hash.substr(0, 2) / hash.substr(2);
}

Result<Blobs::Kept> Blobs::put(const Source &source, std::int64_t most) {
  auto part = TRY(PartFile::make(folder_));
  Kept kept;
  crypto::Sha256 digest;
  while (true) {
    auto piece = TRY(source());
    if (piece.empty()) break;
    kept.bytes += static_cast<std::int64_t>(piece.size());
    if (kept.bytes > most)
      return invalid(fmt::format("the attachment is larger than {} MB", most >> 20));
    digest.update(piece);
    TRY(part.write(piece));
  }
  kept.hash = crypto::hex(digest.finish());
  kept.known = verify(kept.hash).has_value();
  if (kept.known) return kept;
  // What lies there damaged is replaced by the whole content.
  auto target = path_of(kept.hash);
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error)
    return unavailable(
        fmt::format("cannot make {}: {}", target.parent_path().string(), error.message()));
  TRY(part.become(target));
  TRY(sync_folder(folder_));
  return kept;
}

Result<Blobs::Kept> Blobs::put_file(const fs::path &file, std::int64_t most) {
  Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (in.get() < 0) return failed("open", file);
  struct stat info = {};
  if (::fstat(in.get(), &info) != 0) return failed("read", file);
  if (!S_ISREG(info.st_mode))
    return invalid(fmt::format("{} is no file that could be attached", file.string()));
  std::string piece(kPieceBytes, '\0');
  auto kept = put(
      [&]() -> Result<std::string_view> {
        auto n = TRY(read_some(in.get(), piece.data(), piece.size(), file));
        return std::string_view(piece).substr(0, n);
      },
      most);
  if (!kept && kept.error().code == ErrorCode::Invalid)
    return invalid(fmt::format("{}: {}", file.string(), kept.error().message));
  return kept;
}

Status Blobs::copy_to(const std::string &hash, const fs::path &file) const {
  auto part = TRY(PartFile::make(fs::absolute(file).parent_path()));
  TRY(read(hash, [&part](std::string_view piece) { return part.write(piece); }));
  return part.become(file);
}

Status Blobs::read(const std::string &hash,
                   const std::function<Status(std::string_view)> &each) const {
  if (!is_hash(hash)) return invalid(fmt::format("\"{}\" is no hash of an attachment", hash));
  auto path = path_of(hash);
  Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.get() < 0) {
    if (errno == ENOENT) return not_found(fmt::format("the attachment {} is not here", hash));
    return failed("open", path);
  }
  crypto::Sha256 digest;
  std::string piece(kPieceBytes, '\0');
  while (true) {
    auto n = TRY(read_some(in.get(), piece.data(), piece.size(), path));
    if (n == 0) break;
    auto got = std::string_view(piece).substr(0, n);
    digest.update(got);
    TRY(each(got));
  }
  if (crypto::hex(digest.finish()) != hash)
    return unavailable(
        fmt::format("the attachment {} was altered on disk; bring it back from a backup", hash));
  return Done{};
}

Status Blobs::verify(const std::string &hash) const {
  return read(hash, [](std::string_view) -> Status { return Done{}; });
}

Status Blobs::each(const std::function<Status(const std::string &, std::int64_t)> &each) const {
  std::vector<std::pair<std::string, std::int64_t>> found;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder_, error), end; !error && at != end;
       at.increment(error)) {
    auto hash = at->path().parent_path().filename().string() + at->path().filename().string();
    std::error_code gone; // taken away meanwhile
    auto bytes = is_hash(hash) && at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (is_hash(hash) && !gone) found.emplace_back(hash, static_cast<std::int64_t>(bytes));
  }
  if (error)
    return unavailable(fmt::format("cannot read {}: {}", folder_.string(), error.message()));
  std::sort(found.begin(), found.end());
  for (const auto &[hash, bytes] : found) TRY(each(hash, bytes));
  return Done{};
}

} // namespace yifa::blob
