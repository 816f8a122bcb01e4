#include "http/upload.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace yifa::http {

namespace {

constexpr std::string_view kUploadName = "yifa-upload-";

Error upload_error(std::string_view what) {
  return unavailable(std::string(what) + ": " + std::generic_category().message(errno));
}

} // namespace

Result<Upload> Upload::create(const std::filesystem::path &folder) {
  auto name = (folder / (std::string(kUploadName) + "XXXXXX")).string();
  int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return upload_error("cannot make a file for an upload");
  return Upload(name, file);
}

Upload::Upload(Upload &&other) noexcept
    : path_(std::exchange(other.path_, {})), file_(std::exchange(other.file_, -1)) {}

Upload &Upload::operator=(Upload &&other) noexcept {
  if (this != &other) {
    remove();
    path_ = std::exchange(other.path_, {});
    file_ = std::exchange(other.file_, -1);
  }
  return *this;
}

Upload::~Upload() { remove(); }

void Upload::remove() noexcept {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
}

Status Upload::write(std::string_view bytes) {
  while (!bytes.empty()) {
    auto n = ::write(file_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return upload_error("cannot keep an upload");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return Done{};
}

Status Upload::close() {
  if (::close(std::exchange(file_, -1)) != 0) return upload_error("cannot keep an upload");
  return Done{};
}

Result<std::string> end_of_upload(const std::filesystem::path &path, std::size_t most) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return upload_error("cannot read an upload");
  const auto size = static_cast<std::size_t>(file.tellg());
  std::string end(std::min(size, most), '\0');
  file.seekg(static_cast<std::streamoff>(size - end.size()));
  if (!file.read(end.data(), static_cast<std::streamsize>(end.size())))
    return upload_error("cannot read an upload");
  return end;
}

Status prepare_spool(const std::filesystem::path &folder) {
  namespace fs = std::filesystem;
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return unavailable("cannot make " + folder.string() + ": " + failed.message());
  auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (!at->path().filename().string().starts_with(kUploadName)) continue;
    std::error_code unread;
    auto changed = fs::last_write_time(at->path(), unread);
    if (!unread && changed < yesterday) fs::remove(at->path(), unread);
  }
  return Done{};
}

} // namespace yifa::http
