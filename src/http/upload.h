#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace yifa::http {

/// A temporary file (mode 0600) that is gone when this object is, unless the handler has renamed it
/// away. Every function may block on the disk: worker threads only.
class Upload {
public:
  /// Unavailable when the folder takes no file.
  static Result<Upload> create(const std::filesystem::path &folder);
  Upload(Upload &&other) noexcept;
  Upload &operator=(Upload &&other) noexcept;
  ~Upload();

  const std::filesystem::path &path() const { return path_; }
  /// Appends. Unavailable when the disk is full or fails.
  Status write(std::string_view bytes);
  /// Nothing more is written; the file stays. Unavailable when the disk fails.
  Status close();

private:
  Upload(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
  void remove() noexcept;

  std::filesystem::path path_;
  int file_ = -1;
};

/// The last bytes of an upload, at most `most`. Unavailable when it cannot be read.
Result<std::string> end_of_upload(const std::filesystem::path &path, std::size_t most);

/// Makes the folder and removes uploads older than a day, left by a program that was killed.
/// Unavailable when the folder cannot be made.
Status prepare_spool(const std::filesystem::path &folder);

} // namespace yifa::http
