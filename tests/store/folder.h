#pragma once

#include <filesystem>
#include <string>

#include <stdlib.h>

namespace yifa::testing {

/// A folder of its own that goes with the test.
class Folder {
public:
  Folder() {
    std::string form = (std::filesystem::temp_directory_path() / "yifa-test-XXXXXX").string();
    path_ = ::mkdtemp(form.data());
  }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path &path() const { return path_; }

private:
  std::filesystem::path path_;
};

} // namespace yifa::testing
